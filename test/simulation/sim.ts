import { type Coverage, coverage } from "./coverage.ts";
import { type FaultKind, LIES, rateOf } from "./faults.ts";
import { type Random, randomOf } from "./random.ts";
import { type Timeline, timeline } from "./timeline.ts";

/** A law of money-rules.md that was broken, and how. */
export interface Violation {
  readonly law: string;
  readonly what: string;
  /** Ms since the world began. */
  readonly at: number;
}

/** What all parts of a simulated world share: time, chance, faults, and the book of what happened. */
export interface Sim {
  readonly seed: string;
  readonly lies: boolean;
  readonly time: Timeline;
  readonly cover: Coverage;
  readonly violations: readonly Violation[];
  /** The same name gives the same row of chances, whatever else is drawn. */
  random(stream: string): Random;
  /** Whether the database of this world will be put back in time. */
  readonly restores: boolean;
  /** Whether programs die here at all. */
  readonly crashes: boolean;
  /** Whether the biller refuses every pay for a while: the deposit is used up. */
  readonly empty: boolean;
  /** Whether it goes wrong here. Counted when it does. */
  fault(kind: FaultKind, random: Random): boolean;
  violate(law: string, what: string): void;
  /** A line of the history; made only when somebody reads it. */
  note(line: () => string): void;
  readonly history: readonly string[];
}

export interface SimOptions {
  readonly seed: string;
  readonly lies: boolean;
  readonly traced: boolean;
  /** Faults that do not happen: for finding the shortest history. */
  readonly without: ReadonlySet<FaultKind>;
  readonly nextDue: () => number | undefined;
}

const DAY = 86_400_000;
/** 7 July 2026, 00.00 WIB. */
const MIDNIGHT = Date.UTC(2026, 6, 6, 17, 0);

export function makeSim({ seed, lies, traced, without, nextDue }: SimOptions): Sim {
  const streams = new Map<string, Random>();
  const random = (stream: string): Random => {
    const found = streams.get(stream) ?? randomOf(`${seed} ${stream}`);
    streams.set(stream, found);
    return found;
  };
  const moods = random("mood");
  const mood = moods.pick([0.15, 0.5, 1, 1, 1, 2]);
  const start = MIDNIGHT + Math.floor(moods.next() * DAY);
  const time = timeline({ start, random: random("order"), nextDue });
  const violations: Violation[] = [];
  const history: string[] = [];
  const cover = coverage();
  const note = (line: () => string) => {
    if (traced) history.push(`${stamp(time)} ${line()}`);
  };
  const fault = (kind: FaultKind, from: Random) => {
    const happens = from.chance(rateOf(kind, mood)) && !without.has(kind) && (lies || !(kind in LIES));
    if (happens) cover.count("faults", kind);
    return happens;
  };
  return {
    seed,
    lies,
    time,
    cover,
    violations,
    history,
    random,
    note,
    fault,
    restores: fault("restore", random("restore")),
    crashes: !without.has("crash"),
    empty: fault("deposit-empty", random("deposit")),
    violate(law, what) {
      violations.push({ law, what, at: time.steady() });
      note(() => `VIOLATION ${law}: ${what}`);
    },
  };
}

/** `0+00:12:03.512 19.14`: since the world began, and the wall clock (WIB). */
function stamp(time: Timeline): string {
  const ms = Math.round(time.steady());
  const two = (n: number) => String(Math.floor(n)).padStart(2, "0");
  const clock = `${two((ms / 3_600_000) % 24)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}`;
  const wall = new Date(time.wall() + 7 * 3_600_000);
  return `${Math.floor(ms / DAY)}+${clock}.${String(ms % 1000).padStart(3, "0")} ${two(wall.getUTCHours())}.${two(wall.getUTCMinutes())}`;
}
