import type { Driven } from "./drive.ts";
import type { Findings } from "./findings.ts";
import { median, rounded } from "./measure.ts";

/** The tables of a run, in Markdown: medians of its rounds. */
export function tables(all: readonly Findings[]): readonly string[] {
  return [
    "",
    ...speedTable(all),
    "",
    ...promiseTable(all),
    "",
    ...ratios(all).map(({ what, value, wanted }) => `${what}: ${value} (wanted: ${wanted})`),
    ...all.flatMap(({ name, broken }) => broken.map((why) => `BROKEN ${name}: ${why}`)),
  ];
}

function speedTable(all: readonly Findings[]): readonly string[] {
  return [
    "| system | in flight | turns/s | p50 ms | p99 ms | Node CPU µs/turn | Redis CPU µs/turn |",
    "|---|--:|--:|--:|--:|--:|--:|",
    ...all.flatMap((one) =>
      levelsOf(one).map((inFlight) => {
        const of = (field: "perSecond" | "p50" | "p99" | "nodeCpu" | "otherCpu") => show(value(one, inFlight, field));
        const row = [one.name, inFlight, of("perSecond"), of("p50"), of("p99"), of("nodeCpu"), of("otherCpu")];
        return `| ${row.join(" | ")} |`;
      }),
    ),
  ];
}

function promiseTable(all: readonly Findings[]): readonly string[] {
  const lasting = all.filter(({ twice, race, killed, parked }) => twice ?? race ?? killed ?? parked[0]);
  return [
    "| system | bytes a parked conversation (its key) | same update twice | two messages at once: place lost | two taps on pay: paid twice | killed inside pay: pay called, proofs |",
    "|---|--:|---|--:|--:|---|",
    ...lasting.map(({ name, parked, twice, race, killed }) => {
      const bytes = parked.length === 0 ? undefined : median(parked.map(({ grown }) => grown));
      const key = parked[0]?.key;
      const row = [
        name,
        `${show(bytes)}${key === undefined ? "" : ` (${key})`}`,
        twice === undefined ? "-" : `answered ${twice.answeredTwice}, went on ${twice.wentOn}, pay ${twice.pays}`,
        race === undefined ? "-" : `${race.lost} of ${race.users}`,
        race === undefined ? "-" : `${race.paidTwice} of ${race.payers}`,
        killed === undefined ? "-" : `${killed.pays}, ${killed.proofs}`,
      ];
      return `| ${row.join(" | ")} |`;
    }),
  ];
}

export interface Ratio {
  readonly what: string;
  readonly value: number;
  readonly wanted: string;
}

const LEVEL = 64;

/** The sums that Loket is held to, within this run. Those whose parts were not measured are left out. */
export function ratios(all: readonly Findings[]): readonly Ratio[] {
  const of = (name: string, field: keyof Driven, level = LEVEL) => {
    const one = all.find((found) => found.name === name);
    return one === undefined ? Number.NaN : (value(one, level, field) ?? Number.NaN);
  };
  const cpu = (name: string) => of(name, "nodeCpu");
  const parts = cpu("telegraf-echo") + cpu("loket-step") + cpu("one-evalsha");
  const found: Ratio[] = [
    { what: "CPU of a turn on Redis / (echo + step + one script)", value: cpu("loket-redis") / parts, wanted: "≤ 1.5" },
    { what: "CPU of a turn on SQLite / (echo + step + one script)", value: cpu("loket-sqlite") / parts, wanted: "-" },
    ...[1, 64, 256].map((level) => ({
      what: `turns/s on Redis / telegraf with xstate snapshots, ${level} in flight`,
      value: of("loket-redis", "perSecond", level) / of("telegraf-xstate", "perSecond", level),
      wanted: "≥ 1",
    })),
    {
      what: "turns/s on SQLite / telegraf with xstate snapshots, 64 in flight",
      value: of("loket-sqlite", "perSecond") / of("telegraf-xstate", "perSecond"),
      wanted: "-",
    },
    { what: "turns/s on SQLite, 64 in flight", value: of("loket-sqlite", "perSecond"), wanted: "≥ 10,000" },
  ];
  return found.filter(({ value }) => !Number.isNaN(value)).map((one) => ({ ...one, value: rounded(one.value) }));
}

function levelsOf({ speed }: Findings): readonly number[] {
  return speed[0]?.rows.map(({ inFlight }) => inFlight) ?? [];
}

function value({ speed }: Findings, inFlight: number, field: keyof Driven): number | undefined {
  const values = speed.flatMap(({ rows }) => rows.find((row) => row.inFlight === inFlight)?.[field] ?? []);
  return values.length === 0 ? undefined : median(values);
}

function show(number: number | undefined): string {
  if (number === undefined) return "-";
  return number >= 1000 ? Math.round(number).toLocaleString("en-US") : String(rounded(number));
}
