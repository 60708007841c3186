import { rupiah } from "../../domain/rupiah.ts";
import type { Entry, Posting } from "../ledger.ts";
import type { Payment } from "../payment.ts";

/**
 * The chart of accounts. An account is a pot: a posting takes from some what it puts into others, so that it sums to
 * zero. A pot that stands for the world outside may fall below zero.
 *
 * deposit     the operator's prepaid deposit at the biller, as we reckon it
 * unsecured   what holds of the policy `direct` are taken from: nobody's balance (with agents: `agent:<id>`)
 * holds       the totals of the payments in sending, suspect and review
 * disputed    the totals of ended payments of which the biller later said that money moved (they are in review)
 * sales       what was sold to payers
 * payable     what the biller passes on as tax: total less fee
 * fees        what the biller keeps: its debit less the tax
 * cashback    what the biller owes the partner; `cashback-due` is where it comes from
 */
export const ACCOUNTS = {
  deposit: "deposit",
  unsecured: "unsecured",
  holds: "holds",
  disputed: "disputed",
  sales: "sales",
  payable: "payable",
  fees: "fees",
  cashback: "cashback",
  cashbackDue: "cashback-due",
} as const;

/** The total is bound from the moment that the payment may go out. */
export function hold(payment: Payment): Posting {
  return posting(payment, "hold", [
    [ACCOUNTS.unsecured, -payment.bill.total],
    [ACCOUNTS.holds, payment.bill.total],
  ]);
}

/** No money moved, or it came back. */
export function release(payment: Payment): Posting {
  return posting(payment, "release", [
    [boundIn(payment), -payment.bill.total],
    [ACCOUNTS.unsecured, payment.bill.total],
  ]);
}

/** A hold that was released, and should perhaps not have been. */
export function dispute(payment: Payment): Posting {
  return posting(payment, "dispute", [
    [ACCOUNTS.unsecured, -payment.bill.total],
    [ACCOUNTS.disputed, payment.bill.total],
  ]);
}

/**
 * CONFIRM: the hold becomes a sale, and the biller took its debit from the deposit. A debit whose formula could not be
 * read is taken to be the total; the operator sees the difference when he compares the deposit.
 */
export function take(payment: Payment): Posting {
  const { total, fee } = payment.bill;
  const debit = payment.debit ?? total;
  const tax = total - fee;
  return posting(payment, "paid", [
    [boundIn(payment), -total],
    [ACCOUNTS.sales, total],
    [ACCOUNTS.deposit, -debit],
    [ACCOUNTS.payable, tax],
    [ACCOUNTS.fees, debit - tax],
    [ACCOUNTS.cashback, payment.cashback],
    [ACCOUNTS.cashbackDue, -payment.cashback],
  ]);
}

/** A review that was an end before has no hold any more. */
export function isDisputed({ state, endedAt }: Payment): boolean {
  return state === "review" && endedAt !== undefined;
}

function boundIn(payment: Payment): string {
  return isDisputed(payment) ? ACCOUNTS.disputed : ACCOUNTS.holds;
}

/** The revision makes the id: a payment that is disputed and resolved may come the same way again. */
function posting(
  payment: Payment,
  what: string,
  lines: readonly (readonly [account: string, amount: number])[],
): Posting {
  const entries: readonly Entry[] = lines
    .filter(([, amount]) => amount !== 0)
    .map(([account, amount]) => ({ account, amount: rupiah(amount) }));
  return { id: `${payment.ref}.${payment.revision}.${what}`, what, entries };
}
