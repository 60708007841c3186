import { expect, it } from "vitest";
import type { BillerReceipt, Settlement } from "../../src/biller/biller.ts";
import type { Ledger, LedgerChange } from "../../src/payments/ledger.ts";
import type { Happening } from "../../src/payments/life/step.ts";
import { decide } from "../../src/payments/life.ts";
import type { NewPayment, Payment } from "../../src/payments/payment.ts";
import { lettersOf } from "../../src/payments/settle/happen.ts";
import { aPayment } from "../fakes/bills.ts";
import type { MadeLedger } from "./ledger.ts";

export const NOW = Date.UTC(2019, 6, 7, 3, 0, 0);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export type LedgerLaw = (name: string, test: (ledger: Ledger, made: MadeLedger) => Promise<void>) => void;

export function lawOver(make: () => Promise<MadeLedger>): LedgerLaw {
  return (name, test) =>
    it(name, async () => {
      const made = await make();
      try {
        await test(made.ledger, made);
      } finally {
        await made.close();
      }
    });
}

export async function opened(ledger: Ledger, over: Partial<NewPayment> = {}, at = NOW): Promise<Payment> {
  const answer = await ledger.open(aPayment(at, over), at);
  if (answer.kind !== "opened") throw new Error(`it should have been opened: ${answer.kind}`);
  return answer.payment;
}

export function changeOf(payment: Payment, happening: Happening, over: Partial<LedgerChange> = {}): LedgerChange {
  const step = decide(payment, happening);
  if (step.kind === "impossible") throw new Error(step.why);
  const { next, notices, tasks, closes, postings, sighting } = step;
  return {
    at: happening.at,
    payment: { next, expect: payment.revision, lease: undefined },
    notices: lettersOf(next, notices),
    tasks,
    closes,
    postings,
    ...(sighting === undefined ? {} : { sighting }),
    ...over,
  };
}

/** Commits what happened; gives the payment as it then is. */
export async function happened(ledger: Ledger, payment: Payment, happening: Happening): Promise<Payment> {
  const change = changeOf(payment, happening);
  expect(await ledger.commit(change)).toBe("done");
  return change.payment.next;
}

export const send = (at = NOW): Happening => ({ kind: "send", at });
export const withdraw = (at = NOW): Happening => ({ kind: "withdraw", why: "cancelled", at });

/** An answer of the biller that was asked and heard at the same time. */
export function said(from: "pay" | "status", settlement: Settlement, at = NOW): Happening<"answer"> {
  return { kind: "answer", from, settlement, askedAt: at, at, jitter: 0 };
}

export const notSent = (at = NOW) => said("pay", { kind: "not-sent", cause: "ECONNREFUSED" }, at);
export const pending = (at = NOW) => said("status", { kind: "pending" }, at);

/** The CONFIRM that fits a payment. */
export function receiptOf({ bill }: Pick<Payment, "bill">): BillerReceipt {
  const { total, paymentCode } = bill;
  return { reference: "5A834FE7", trace: "245209", total, tanggal: "2019-07-07 13:14:15", paymentCode };
}

export function confirmed(payment: Payment, at = NOW): Happening<"answer"> {
  return said("pay", { kind: "paid", receipt: receiptOf(payment) }, at);
}

export async function paid(ledger: Ledger, over: Partial<NewPayment> = {}, at = NOW): Promise<Payment> {
  const payment = await happened(ledger, await opened(ledger, over, at), send(at));
  return happened(ledger, payment, confirmed(payment, at));
}

/** Sent, and surely not. */
export async function notCharged(ledger: Ledger, over: Partial<NewPayment> = {}, at = NOW): Promise<Payment> {
  return happened(ledger, await happened(ledger, await opened(ledger, over, at), send(at)), notSent(at));
}

export async function balances(ledger: Ledger): Promise<Readonly<Record<string, number>>> {
  return Object.fromEntries((await ledger.accounts()).map(({ account, balance }) => [account, balance]));
}
