import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Ask, measured } from "./child.ts";
import type { Findings, Killed } from "./findings.ts";
import type { KillOptions } from "./modes/kill.ts";
import type { Parked } from "./modes/park.ts";
import type { Race } from "./modes/race.ts";
import type { Speed, SpeedOptions } from "./modes/speed.ts";
import type { Twice } from "./modes/twice.ts";
import type { Options } from "./options.ts";
import { LASTING, NAMES } from "./systems.ts";

export type Say = (line: string) => void;

/** Everything of every system. All are measured once before the next round: what slows the machine slows them all. */
export async function compare(options: Options, redisUrl: string, say: Say): Promise<readonly Findings[]> {
  const names = options.names ?? NAMES;
  const all = names.map((name): Findings => ({ name, speed: [], parked: [], broken: [] }));
  const lasting = all.filter(({ name }) => LASTING.includes(name));
  const does = (part: string) => options.only.includes(part);
  for (let round = 1; round <= options.rounds && does("speed"); round++) {
    for (const one of all) {
      await measureSpeed(one, options, redisUrl);
      say(`round ${round}: ${one.name}: ${speedLine(one)}`);
    }
  }
  for (const one of does("parked") ? lasting : []) {
    const users = options.quick ? 200 : 2000;
    keep(one, "parked", await measured<Parked>({ system: one.name, mode: "park", options: { users }, redisUrl }));
    say(`${one.name}: ${JSON.stringify(one.parked)}`);
  }
  for (const one of does("behaviour") ? lasting : []) {
    await behave(one, options, redisUrl);
    say(`${one.name}: ${JSON.stringify({ twice: one.twice, race: one.race, killed: one.killed })}`);
  }
  return all;
}

async function measureSpeed(one: Findings, options: Options, redisUrl: string): Promise<void> {
  const { inFlight, ms, warmTurns } = options;
  const how: SpeedOptions = { inFlight, ms, warmTurns };
  keep(one, "speed", await measured<Speed>({ system: one.name, mode: "speed", options: how, redisUrl }));
}

type Many = "speed" | "parked";

function keep<K extends Many>(one: Findings, what: K, told: Awaited<ReturnType<typeof measured<Findings[K][number]>>>) {
  if (told.kind === "result") (one[what] as Findings[K][number][]).push(told.result);
  else one.broken.push(`${what}: ${told.why}`);
}

function speedLine({ speed, broken }: Findings): string {
  const rows = speed.at(-1)?.rows ?? [];
  const each = rows.map((row) => `${row.inFlight} in flight ${row.perSecond}/s, ${row.nodeCpu} us`);
  return each.join("; ") || (broken.at(-1) ?? "");
}

async function behave(one: Findings, options: Options, redisUrl: string): Promise<void> {
  const ask = { system: one.name, redisUrl };
  const twice = await measured<Twice>({ ...ask, mode: "twice" });
  if (twice.kind === "result") one.twice = twice.result;
  else one.broken.push(`twice: ${twice.why}`);
  const race = await measured<Race>({ ...ask, mode: "race", options: { users: options.quick ? 8 : 100 } });
  if (race.kind === "result") one.race = race.result;
  else one.broken.push(`race: ${race.why}`);
  one.killed = await killed(ask);
}

/** Two lives: the first is killed inside pay. */
async function killed(ask: Pick<Ask, "system" | "redisUrl">): Promise<Killed> {
  const folder = mkdtempSync(join(tmpdir(), "loket-bench-kill-"));
  const trace = join(folder, "trace.txt");
  const life = (dies: boolean) => {
    const options: KillOptions = { trace, dies };
    return measured({ ...ask, mode: "kill", options, folder });
  };
  const first = await life(true);
  appendFileSync(trace, `${first.kind === "ended" && first.why === "SIGKILL" ? "killed" : "was not killed"}\n`);
  const second = await life(false);
  if (second.kind === "ended") appendFileSync(trace, `broke: ${second.why.split("\n")[0]}\n`);
  const lines = readFileSync(trace, "utf8").trim().split("\n");
  rmSync(folder, { recursive: true, force: true });
  const times = (what: string) => lines.filter((line) => line === what).length;
  return { pays: times("pay"), proofs: times("6"), trace: lines };
}
