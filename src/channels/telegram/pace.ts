import type { Clock } from "../../clock.ts";

/** Waits until another message may go out. */
export type Pace = () => Promise<void>;

/** At most `perSecond` messages in any second of steady sending, and as many at once after a pause. */
export function makePace(clock: Clock, perSecond: number): Pace {
  const apart = 1000 / perSecond;
  const never = new AbortController().signal;
  /** When, on the clock that never goes back, the messages so far would have gone out one by one. */
  let paidUntil = 0;
  return async () => {
    const now = clock.monotonic();
    paidUntil = Math.max(paidUntil, now) + apart;
    const wait = paidUntil - now - perSecond * apart;
    if (wait > 0) await clock.sleep(clock.now() + wait, never);
  };
}
