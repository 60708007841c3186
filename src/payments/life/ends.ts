import type { BillerReceipt } from "../../biller/biller.ts";
import type { Payment } from "../payment.ts";
import { contradictsEnd, hear, isSilent, sightingOf } from "./answers.ts";
import { changedItsWord, decidedPaid, notPaid, paid } from "./notices.ts";
import { dispute, release, take } from "./postings.ts";
import { watchAgain, watchOf } from "./schedule.ts";
import { type Happening, type Step, stepTo } from "./step.ts";
import { noProofTask, oddTask, reviewKey, reviewTask, suspectKey, unreadableTask, unwatchedTask } from "./tasks.ts";

/** The end that everybody wants: the biller said CONFIRM for this invoice, with the confirmed total. */
export function toPaid(payment: Payment, receipt: BillerReceipt, at: number): Step {
  const change = { ...payment, state: "paid", receipt, paidAt: at, endedAt: at, dueAt: undefined } as const;
  return stepTo(payment, change, {
    notices: [paid(payment, receipt, at)],
    postings: [take(payment)],
    closes: [suspectKey(payment), reviewKey(payment)],
  });
}

/** No debit stands. It is looked at again for three days. */
export function toNotPaid(payment: Payment, how: "refunded" | "not-charged", at: number): Step {
  const change = { ...payment, state: how, endedAt: at, ...watchOf(at, at) } as const;
  return stepTo(payment, change, {
    notices: [notPaid(payment, how)],
    postings: [release(payment)],
    closes: [suspectKey(payment), reviewKey(payment)],
  });
}

/** refunded, not-charged: what the biller says when it is asked again (money rule 7). */
export function endAnswered(payment: Payment, happening: Happening<"answer">): Step {
  const { settlement, at } = happening;
  const sighting = sightingOf(happening);
  const heard = hear(payment, happening);
  const endedAt = payment.endedAt ?? at;
  if (contradictsEnd(settlement)) return { ...reopened(payment, happening), sighting };
  if (!isSilent(settlement)) {
    const tasks = settlement.kind === "refunded" && payment.state === "not-charged" ? [oddTask(payment, "REFUND")] : [];
    return stepTo(payment, { heard, ...watchOf(endedAt, at) }, { sighting, tasks });
  }
  const dueAt = watchAgain(endedAt, at);
  // Told at the first of a row: the same garbage comes again with each look.
  const isNews = settlement.kind === "unknown" && settlement.ok && payment.heard.last !== heard.last;
  const garbage = isNews ? [unreadableTask(payment, settlement.cause)] : [];
  const tasks = dueAt === undefined ? [...garbage, unwatchedTask(payment)] : garbage;
  return stepTo(payment, { heard, dueAt }, { sighting, tasks });
}

/** paid: nobody asks any more. What comes late is kept, and what does not fit is shown to the operator. */
export function paidAnswered(payment: Payment, happening: Happening<"answer">): Step {
  const { settlement } = happening;
  const odd = settlement.kind === "refunded" || settlement.kind === "failure" || settlement.kind === "unpaid";
  const tasks = odd ? [oddTask(payment, settlement.kind)] : [];
  return stepTo(payment, { heard: hear(payment, happening) }, { sighting: sightingOf(happening), tasks });
}

/** review: the operator decides, whatever is said. A receipt is kept for the proof. */
export function reviewAnswered(payment: Payment, happening: Happening<"answer">): Step {
  const receipt = receiptIn(payment, happening) ?? payment.receipt;
  return stepTo(payment, { heard: hear(payment, happening), receipt }, { sighting: sightingOf(happening) });
}

export function resolve(payment: Payment, happening: Happening<"resolve">): Step {
  const { outcome, at } = happening;
  const sighting = {
    at,
    from: "operator",
    settlement: "resolved",
    detail: `${outcome.kind === "paid" ? `paid, reference ${outcome.reference}` : outcome.kind}, by ${happening.by}: ${happening.why}`,
  } as const;
  if (outcome.kind !== "paid") return { ...toNotPaid(payment, outcome.kind, at), sighting };
  if (payment.receipt !== undefined) return { ...toPaid(payment, payment.receipt, at), sighting };
  const { reference } = outcome;
  const change = { state: "paid", decidedAs: reference, paidAt: at, endedAt: at, dueAt: undefined } as const;
  return stepTo(payment, change, {
    notices: [decidedPaid(payment, reference, at)],
    postings: [take(payment)],
    tasks: [noProofTask(payment)],
    closes: [suspectKey(payment), reviewKey(payment)],
    sighting,
  });
}

/** The vehicle is locked again, and everybody hears of it. */
function reopened(payment: Payment, happening: Happening<"answer">): Step {
  const receipt = receiptIn(payment, happening);
  const change = { state: "review", heard: hear(payment, happening), receipt, told: 4, dueAt: undefined } as const;
  const why = `it ended as ${payment.state}, the payer was told so, and now the biller says "${happening.settlement.kind}".`;
  return stepTo(payment, change, {
    notices: [changedItsWord(payment)],
    postings: [dispute(payment)],
    tasks: [reviewTask(payment, why)],
  });
}

function receiptIn(payment: Payment, { settlement }: Happening<"answer">): BillerReceipt | undefined {
  const ours = settlement.kind === "paid" && settlement.receipt.total === payment.bill.total;
  return ours ? settlement.receipt : undefined;
}
