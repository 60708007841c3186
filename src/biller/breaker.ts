import type { Clock } from "../clock.ts";

/** Spares a biller that is down, and the people who would wait for it. For inquiries alone: never for pay or status. */
export interface Breaker<Failure> {
  /** The last failure while it is open, else undefined: try. After the rest one try is let through at a time. */
  refusal(): Failure | undefined;
  /** What the try came to; undefined when it went well. */
  heard(failure: Failure | undefined): void;
}

export interface BreakerOptions {
  /** It opens after so many failures in a row. */
  readonly failures: number;
  /** How long it then rests before each try, ms. */
  readonly restMs: number;
}

export function breaker<Failure>(clock: Pick<Clock, "monotonic">, options: BreakerOptions): Breaker<Failure> {
  let inARow = 0;
  let last: Failure | undefined;
  let restedFrom = 0;
  return {
    refusal() {
      if (inARow < options.failures) return undefined;
      if (clock.monotonic() - restedFrom < options.restMs) return last;
      restedFrom = clock.monotonic();
      return undefined;
    },
    heard(failure) {
      last = failure;
      inARow = failure === undefined ? 0 : inARow + 1;
      restedFrom = clock.monotonic();
    },
  };
}
