import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { measured, type Told } from "./child.ts";
import type { Say } from "./compare.ts";
import { median, rounded } from "./measure.ts";
import type { Paid } from "./modes/paid.ts";
import type { ParkedCost, ParkedCostOptions } from "./modes/parked-cost.ts";
import type { Shared, ShareOptions } from "./modes/share.ts";
import type { Soak } from "./modes/soak.ts";
import type { SpeedOptions } from "./modes/speed.ts";
import type { Options } from "./options.ts";
import { HERE } from "./prepare.ts";

/** Loket on its own two stores, if nothing else was asked for. */
function namesOf({ names }: Options): readonly string[] {
  return names ?? ["loket-sqlite", "loket-redis"];
}

function must<T>(told: Told<T>): T {
  if (told.kind === "ended") throw new Error(told.why);
  return told.result;
}

const FEW = 1000;

/** What a turn costs with `count` conversations parked, beside what it costs with a thousand: in one process, in turns. */
export async function parkedRun(options: Options, count: number, redisUrl: string, say: Say): Promise<unknown> {
  const { ms, warmTurns } = options;
  const how: ParkedCostOptions = { steps: [FEW, count], ms, warmTurns };
  const results: Record<string, unknown> = {};
  for (const system of namesOf(options)) {
    const rounds: ParkedCost[] = [];
    for (let round = 1; round <= options.rounds; round++) {
      const ask = { system, mode: "parked-cost", options: how, redisUrl };
      const one = must(await measured<ParkedCost>(ask));
      rounds.push(one);
      for (const step of one.steps) {
        say(
          `${system}, ${step.parked} parked: ${step.perSecond} turns/s, Node ${step.nodeCpu} µs, Redis ${step.otherCpu ?? "-"} µs`,
        );
      }
    }
    const ratio = (field: "nodeCpu" | "otherCpu") =>
      rounded(
        median(rounds.map(({ steps: [few, many] }) => (many?.[field] ?? Number.NaN) / (few?.[field] ?? Number.NaN))),
      );
    results[system] = { nodeCpuRatio: ratio("nodeCpu"), redisCpuRatio: ratio("otherCpu"), rounds };
    say(
      `${system}: Node CPU of a turn with ${count} parked / with ${FEW}: ${ratio("nodeCpu")}; Redis ${ratio("otherCpu")}`,
    );
  }
  return { parked: count, results };
}

/** Turns a second of 1, 2 … `count` processes that share one Redis; each has 64 users in flight. */
export async function processesRun(options: Options, count: number, redisUrl: string, say: Say): Promise<unknown> {
  const results: { readonly processes: number; readonly perSecond: number; readonly nodeCpu: number }[] = [];
  for (let processes = 1; processes <= count; processes++) {
    const rates: number[] = [];
    const cpus: number[] = [];
    for (let round = 1; round <= options.rounds; round++) {
      const at = Date.now() + 3000 + 1500 * processes;
      const ask = (place: number) => {
        const how: ShareOptions = { place, inFlight: 64, ms: options.ms, warmMs: options.ms, at };
        return measured<Shared>({ system: "loket-redis", mode: "share", options: how, redisUrl });
      };
      const all = (await Promise.all(Array.from({ length: processes }, (_, place) => ask(place)))).map(must);
      const replies = all.reduce((sum, one) => sum + one.replies, 0);
      rates.push(all.reduce((sum, one) => sum + one.replies / one.seconds, 0));
      cpus.push(all.reduce((sum, one) => sum + one.nodeCpu, 0) / replies);
    }
    const row = { processes, perSecond: rounded(median(rates)), nodeCpu: rounded(median(cpus)) };
    results.push(row);
    say(`${processes} processes: ${row.perSecond} turns/s, Node ${row.nodeCpu} µs/turn`);
  }
  return { results };
}

export async function soakRun(options: Options, turns: number, redisUrl: string, say: Say): Promise<unknown> {
  const results: Record<string, Soak> = {};
  for (const system of namesOf(options)) {
    const ask = { system, mode: "soak", options: { turns }, redisUrl, nodeArgs: ["--expose-gc"] };
    const soak = must(await measured<Soak>(ask));
    for (const one of soak.samples)
      say(`${system}: ${one.turns} turns: ${mib(one.resident)} MiB, heap ${mib(one.heap)} MiB`);
    results[system] = soak;
  }
  return { results };
}

export async function paidRun(options: Options, redisUrl: string, say: Say): Promise<unknown> {
  const results: Record<string, Paid> = {};
  for (const system of namesOf(options)) {
    const ask = { system, mode: "paid", options: { payments: options.quick ? 20 : 500 }, redisUrl };
    const paid = must(await measured<Paid>(ask));
    say(`${system}: ${paid.perSecond} payments/s, p50 ${paid.p50} ms, p99 ${paid.p99} ms, Node ${paid.nodeCpu} µs`);
    results[system] = paid;
  }
  return { results };
}

/** Writes a .cpuprofile of 64 users in flight for each system. */
export async function profileRun(options: Options, redisUrl: string, say: Say): Promise<unknown> {
  const written: string[] = [];
  for (const system of namesOf(options)) {
    const folder = join(HERE, "results", system);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const how: SpeedOptions = { inFlight: [64], ms: options.ms, warmTurns: options.warmTurns };
    const nodeArgs = ["--cpu-prof", "--cpu-prof-interval=500", "--cpu-prof-dir", folder];
    must(await measured({ system, mode: "speed", options: how, redisUrl, nodeArgs }));
    written.push(folder);
    say(`${system}: ${folder}`);
  }
  return { written };
}

function mib(bytes: number): number {
  return rounded(bytes / 2 ** 20);
}
