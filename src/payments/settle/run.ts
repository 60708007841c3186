import { type Doorbell, makeDoorbell } from "../doorbell.ts";
import type { SettlerDeps } from "./deps.ts";

/** How many payments are claimed at once. */
const CLAIM = 16;
const SWEEP_MS = 3_600_000;
/** The first sweep comes when what the last process left has been looked at: until then all of it would seem stuck. */
const FIRST_SWEEP_MS = 120_000;
/** Looked again at the latest, ms: what another process of `npx loket` did rings no bell here. */
const IDLE_MS = 5_000;
/** The shortest rest while due payments find no place, ms. */
const BUSY_MS = 100;
const FAILED_MS = 1_000;

export interface Work {
  /** Claims and starts; what was started ends by itself and never rejects. */
  start(limit: number): Promise<readonly Promise<void>[]>;
  sweep(): Promise<void>;
}

/** Starts what is due, sleeps until the next is, until `stop` aborts; then waits for what is under way. */
export async function runLoop(deps: SettlerDeps, work: Work, stop: AbortSignal): Promise<void> {
  const { clock, ledger } = deps;
  const inHand = new Set<Promise<void>>();
  const bell = makeDoorbell(clock);
  const ringing = ringOnWake(deps, bell, stop);
  let sweptAt = clock.now() - SWEEP_MS + FIRST_SWEEP_MS;
  while (!stop.aborted) {
    const until = await careful(deps, async () => {
      const started = await work.start(CLAIM);
      for (const drive of started) track(inHand, drive, bell.ring);
      if (clock.now() - sweptAt >= SWEEP_MS) {
        sweptAt = clock.now();
        await work.sweep();
      }
      if (started.length === CLAIM) return clock.now();
      const next = (await ledger.nextDue(clock.now())) ?? Number.POSITIVE_INFINITY;
      return Math.min(Math.max(next, clock.now() + BUSY_MS), clock.now() + IDLE_MS);
    });
    await bell.wait(until, stop);
  }
  await Promise.all([...inHand, ringing]);
}

async function careful({ clock, log }: SettlerDeps, turn: () => Promise<number>): Promise<number> {
  try {
    return await turn();
  } catch (error) {
    log.error({ error }, "payments could not be looked at; tried again in a second");
    return clock.now() + FAILED_MS;
  }
}

function track(inHand: Set<Promise<void>>, drive: Promise<void>, ring: () => void): void {
  inHand.add(drive);
  void drive.finally(() => {
    inHand.delete(drive);
    ring();
  });
}

async function ringOnWake({ ledger, log }: SettlerDeps, bell: Doorbell, stop: AbortSignal): Promise<void> {
  try {
    for await (const _ of ledger.wake(stop)) bell.ring();
  } catch (error) {
    log.error({ error }, "the ledger rings no more; payments are looked at every few seconds");
  }
}
