import type { Clock } from "../../clock.ts";
import type { PaymentRef } from "../../domain/ref.ts";
import type { Payment } from "../payment.ts";

/**
 * A payment's own time: the wall time of its call, and what has surely passed since. The wall clock may be set (a minute
 * on, and two REFUNDs would be a minute apart that were not); so only the steady clock moves it. A restart forgets the
 * steady clock: then it goes on from where the last answer left it, and nothing is counted for the time between.
 */
export interface SureTime {
  /** The call goes out now. */
  began(ref: PaymentRef, at: { readonly wall: number; readonly steady: number }): void;
  /** Ms, to be compared with `sentAt`. */
  now(payment: Payment): number;
}

/** Who is forgotten only waits longer. */
const MOST = 10_000;

export function sureTime(clock: Pick<Clock, "now" | "monotonic">): SureTime {
  const known = new Map<PaymentRef, { readonly wall: number; readonly steady: number }>();
  const keep: SureTime["began"] = (ref, at) => {
    const [oldest] = known.size >= MOST ? known.keys() : [];
    if (oldest !== undefined) known.delete(oldest);
    known.set(ref, at);
  };
  return {
    began: keep,
    now({ ref, heard, sentAt }) {
      const found = known.get(ref);
      const since = found ?? { wall: heard.sureAt ?? sentAt ?? clock.now(), steady: clock.monotonic() };
      if (found === undefined) keep(ref, since);
      return since.wall + Math.floor(clock.monotonic() - since.steady);
    },
  };
}
