import type { Clock } from "../clock.ts";

/** Remembers that something rang, so that no ring between a look and a wait is lost. */
export interface Doorbell {
  ring(): void;
  /** Resolves at a ring, at the time `until`, or when `stop` aborts. */
  wait(until: number | undefined, stop: AbortSignal): Promise<void>;
}

/** Given as the reason, so that no error is made of each ring. */
const RUNG = "rung";

/** Rings with each of these sources too. */
export function makeDoorbell(clock: Clock, sources: readonly AsyncIterable<void>[] = []): Doorbell {
  let rung = false;
  let open: (() => void) | undefined;
  /** Kept until a ring ends a sleep. */
  let sleep = new AbortController();
  const ring = () => {
    rung = true;
    open?.();
  };
  for (const source of sources) void follow(source, ring);
  return {
    ring,
    async wait(until, stop) {
      if (!rung && !stop.aborted) {
        const end = () => sleep.abort(RUNG);
        open = end;
        // By hand: `AbortSignal.any` costs far more, and this is done at every ring of every loop.
        stop.addEventListener("abort", end, { once: true });
        await clock.sleep(until ?? Number.MAX_SAFE_INTEGER, sleep.signal);
        stop.removeEventListener("abort", end);
        open = undefined;
        if (sleep.signal.aborted) sleep = new AbortController();
      }
      rung = false;
    },
  };
}

async function follow(source: AsyncIterable<void>, ring: () => void): Promise<void> {
  for await (const _ of source) ring();
  ring();
}
