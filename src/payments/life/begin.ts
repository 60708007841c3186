import type { Payment } from "../payment.ts";
import { hear, saysOk, sightingOf } from "./answers.ts";
import { underWay, withdrawn } from "./notices.ts";
import { release } from "./postings.ts";
import { CALL_OVER_MS, suspectDue, tellAt } from "./schedule.ts";
import { type Happening, type Impossible, impossible, type Step, stepTo } from "./step.ts";
import { reviewTask } from "./tasks.ts";

/** intended -> sending. The call goes out only after this is committed, and at most once for an invoice. */
export function send(payment: Payment, { at }: Happening<"send">): Step | Impossible {
  if (payment.sentAt !== undefined) return impossible("it was sent before");
  if (at >= payment.expiresAt) return impossible("its quote has ended");
  const sending = { ...payment, state: "sending", sentAt: at, told: 0 } as const;
  // Should the caller vanish, this is when another may look; a word is due before that only by day.
  const dueAt = Math.min(tellAt(at, 0) ?? Number.POSITIVE_INFINITY, at + CALL_OVER_MS);
  return stepTo(payment, { ...sending, dueAt }, { notices: [underWay(payment, at)] });
}

/** intended -> withdrawn: surely never sent. */
export function withdraw(payment: Payment, { at, why }: Happening<"withdraw">): Step {
  const change = { state: "withdrawn", withdrawnWhy: why, endedAt: at, dueAt: undefined } as const;
  return stepTo(payment, change, { notices: [withdrawn(payment, why)], postings: [release(payment)] });
}

/**
 * An `intended` that was found after a restart or a takeover: an `ok` other than INQUIRY says that it was sent in a time
 * that this ledger does not remember, so it is suspect; anything else withdraws it (money rule 8).
 */
export function found(payment: Payment, { at, settlement, jitter }: Happening<"found">): Step {
  const answer = { from: "status", settlement, askedAt: at, at } as const;
  const sighting = sightingOf(answer);
  if (!saysOk(settlement)) return { ...withdraw(payment, { kind: "withdraw", at, why: "restart" }), sighting };
  const heard = hear(payment, answer);
  // Asked from now on, as after a call.
  const suspect = {
    ...payment,
    state: "suspect",
    sentAt: at,
    told: 0,
    heard: { ...heard, askedAt: undefined },
  } as const;
  const change = { ...suspect, dueAt: suspectDue(suspect, at, jitter) };
  return stepTo(payment, change, { notices: [underWay(payment, at)], sighting });
}

/**
 * intended -> review, after a restore: it may have been sent, and even paid, in the time that was lost. The payer is told
 * nothing new before the operator has decided.
 */
export function restored(payment: Payment, { at }: Happening<"restored">): Step {
  const change = { state: "review", sentAt: at, told: 4, dueAt: undefined } as const;
  const why = "the ledger was restored from an older copy, and this payment may have been sent in the time between.";
  return stepTo(payment, change, { tasks: [reviewTask(payment, why)] });
}
