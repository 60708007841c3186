import { showRef } from "../../domain/ref.ts";
import { showRupiah } from "../../domain/rupiah.ts";
import type { NewOperatorTask } from "../../records/records.ts";
import type { Payment } from "../payment.ts";

export function suspectKey({ ref }: Pick<Payment, "ref">): string {
  return `suspect:${ref}`;
}

export function reviewKey({ ref }: Pick<Payment, "ref">): string {
  return `review:${ref}`;
}

/** After 30 min without certainty. */
export function suspectTask(payment: Payment): NewOperatorTask {
  return {
    ...about(payment),
    key: suspectKey(payment),
    kind: "suspect",
    text: `${named(payment)}: for 30 min the biller has not said for certain what became of it. It is asked on; ask the biller's people, too. ${shown(payment)}`,
  };
}

/** Only the operator can end it. */
export function reviewTask(payment: Payment, why: string): NewOperatorTask {
  return {
    ...about(payment),
    key: reviewKey(payment),
    kind: "review",
    text: `${named(payment)}: ${why} Find out from the biller's people what became of it, then decide: npx loket payments resolve ${payment.ref}. ${shown(payment)}`,
  };
}

/** The biller said something that cannot be, of a payment that has ended. The end stands. */
export function oddTask(payment: Payment, said: string): NewOperatorTask {
  return {
    ...about(payment),
    key: `odd:${payment.ref}`,
    kind: "review",
    text: `${named(payment)} ended as ${payment.state}, and now the biller says "${said}". Compare the deposit with the biller's list. ${shown(payment)}`,
  };
}

/** It may hint at a debit, and cannot be read. The end stands, and its vehicle is not paid until something can be. */
export function unreadableTask(payment: Payment, cause: string): NewOperatorTask {
  return {
    ...about(payment),
    key: `unreadable:${payment.ref}`,
    kind: "review",
    text: `${named(payment)} ended as ${payment.state}, and now the biller's answer about it cannot be read (${cause}). Its vehicle is not paid again before it can be. Compare the deposit with the biller's list. ${shown(payment)}`,
  };
}

/** The operator said "paid", and no CONFIRM was ever read. */
export function noProofTask(payment: Payment): NewOperatorTask {
  return {
    ...about(payment),
    key: `proof:${payment.ref}`,
    kind: "proof-undelivered",
    text: `${named(payment)} was resolved as paid, but the biller never said CONFIRM, so there is no proof. The payer has been told so, with your reference: give him the biller's own paper. ${shown(payment)}`,
  };
}

export function unwatchedTask(payment: Payment): NewOperatorTask {
  return {
    ...about(payment),
    key: `stuck:${payment.ref}`,
    kind: "stuck",
    text: `${named(payment)} ended as ${payment.state}, but the biller could not be asked about it again for 4 days. ${shown(payment)}`,
  };
}

function about({ ref, payer }: Payment): Pick<NewOperatorTask, "ref"> & Pick<NewOperatorTask, "chat"> {
  return { ref, chat: payer };
}

function named({ ref, bill }: Payment): string {
  return `${showRef(ref)} (${showRupiah(bill.total)})`;
}

function shown({ ref }: Payment): string {
  return `See: npx loket payments show ${ref}`;
}
