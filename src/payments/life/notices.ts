import { type Notice, type PaidFacts, type PaymentFacts, vehicleOf, type WithdrawnWhy } from "../../domain/notice.ts";
import type { Payment } from "../payment.ts";
import { promiseOf, STAGES, tellAt } from "./schedule.ts";

/** The first word. It promises the time of the next. */
export function underWay(payment: Payment, sentAt: number): Notice {
  return { kind: "under-way", payment: factsOf(payment), nextAt: promiseOf(tellAt(sentAt, 0) ?? sentAt) };
}

/** The word of one stage (its place in STAGES). After the last there is no next: `nextAt` is then 0. */
export function stillAsking(payment: Payment, sentAt: number, stage: number): Notice | undefined {
  const told = STAGES[stage];
  if (told === undefined) return undefined;
  const next = tellAt(sentAt, stage + 1);
  const nextAt = next === undefined ? 0 : promiseOf(next);
  return { kind: "still-asking", stage: told.stage, payment: factsOf(payment), nextAt };
}

export function withdrawn(payment: Payment, why: WithdrawnWhy): Notice {
  return { kind: "withdrawn", why, payment: factsOf(payment) };
}

/** `reference` is the biller's. */
export function paid(
  payment: Payment,
  said: { readonly reference: string; readonly trace: string },
  at: number,
): Notice {
  return { kind: "paid", payment: paidFacts(payment, said, at) };
}

/** `reference` is the operator's: the biller never said CONFIRM, so there is no proof to speak of. */
export function decidedPaid(payment: Payment, reference: string, at: number): Notice {
  return { kind: "paid", payment: { ...paidFacts(payment, { reference, trace: "" }, at), decided: true } };
}

function paidFacts(
  payment: Payment,
  { reference, trace }: { readonly reference: string; readonly trace: string },
  at: number,
): PaidFacts {
  return { ...factsOf(payment), paidAt: at, reference, trace, code: payment.code };
}

export function notPaid(payment: Payment, how: "refunded" | "not-charged"): Notice {
  return { kind: "not-paid", how, payment: factsOf(payment) };
}

export function changedItsWord(payment: Payment): Notice {
  return { kind: "changed-its-word", payment: factsOf(payment) };
}

function factsOf({ ref, bill }: Payment): PaymentFacts {
  return { ref, plate: bill.plate, vehicle: vehicleOf(bill), product: bill.product, total: bill.total };
}
