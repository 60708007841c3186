import { systemClock } from "../../src/clock.ts";
import { pause } from "./chance.ts";
import type { Failure, World } from "./fleet-failures.ts";
import type { Wait } from "./silences.ts";

/** One failure and the time after it, ms of the steady clock. */
export interface Phase {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** How long the cause lasted. */
  readonly lasted: number;
  /** From its end to the next debit; undefined: none came. */
  readonly back: number | undefined;
}

export interface PhaseOptions<W extends World> {
  readonly world: W;
  readonly failures: readonly Failure<W>[];
  /** How long each phase lasts at least, ms. */
  readonly share: number;
  /** How many debits the biller has made. */
  readonly debits: () => number;
  readonly progress: (line: string) => void;
}

/** A fleet that has not made a payment for so long after a failure does not go on by itself, ms. */
const PATIENCE = 180_000;
const LOOK_MS = 50;
const never = new AbortController().signal;

/** One failure after the other; the next one comes when the fleet has made a payment since the last. */
export async function failAgainAndAgain<W extends World>(options: PhaseOptions<W>): Promise<readonly Phase[]> {
  const phases: Phase[] = [];
  for (const failure of options.failures) {
    const phase = await fail(options, failure);
    phases.push(phase);
    const [lasted, back] = [phase.lasted, phase.back].map((ms) => (ms === undefined ? "never" : seconds(ms)));
    options.progress(`${failure.name}: it lasted ${lasted}, the next debit came after ${back}`);
  }
  return phases;
}

async function fail<W extends World>(
  { world, share, debits }: PhaseOptions<W>,
  { name, strike }: Failure<W>,
): Promise<Phase> {
  const from = systemClock.monotonic();
  await strike(world);
  const over = systemClock.monotonic();
  const before = debits();
  let back: number | undefined;
  for (;;) {
    const now = systemClock.monotonic();
    if (back === undefined && debits() > before) back = now - over;
    if (back === undefined ? now - over > PATIENCE : now - from >= share) break;
    await pause(LOOK_MS, never);
  }
  return { name, from, to: systemClock.monotonic(), lasted: over - from, back };
}

/** The waits of a phase, the longest first. A wait belongs to the phase in which its middle lies. */
export function waitsIn(phase: Phase, waits: readonly Wait[]): readonly Wait[] {
  return waits
    .filter(({ from, to }) => (from + to) / 2 >= phase.from && (from + to) / 2 < phase.to)
    .toSorted((a, b) => b.to - b.from - (a.to - a.from));
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
