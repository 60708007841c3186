import type { Rupiah } from "../../domain/rupiah.ts";
import { rupiah } from "../../domain/rupiah.ts";
import { agentAccount, type StaffId } from "../../domain/staff.ts";
import type { Entry, Posting } from "../ledger.ts";
import type { Payment } from "../payment.ts";

/**
 * The chart of accounts. An account is a pot: a posting takes from some what it puts into others, so that it sums to
 * zero. A pot that stands for the world outside may fall below zero.
 *
 * agent:<id>  an agent's balance: what he has paid in, and may still confirm
 * topups      where what agents pay in comes from
 * adjustments where what the operator corrects comes from, or goes to
 * deposit     the operator's prepaid deposit at the biller, as we reckon it; what was there when he first said so comes
 *             from `deposit-start`, what he paid in since from `deposit-topups`, corrections from `deposit-adjustments`
 * unsecured   what holds of the policy `direct` are taken from: nobody's balance
 * holds       the totals of the requests that an agent has in hand, and of the payments in intended, sending, suspect
 *             and review
 * disputed    the totals of ended payments of which the biller later said that money moved (they are in review)
 * sales       what was sold to payers
 * payable     what the biller passes on as tax: total less fee
 * fees        what the biller keeps: its debit less the tax
 * cashback    what the biller owes the partner; `cashback-due` is where it comes from
 * markup      the counter's own fee of what was paid; `till:<id>` is where it comes from: the agent took it in cash, and
 *             it is none of the balance. For the counter's own reckoning with him
 */
export const ACCOUNTS = {
  topups: "topups",
  adjustments: "adjustments",
  deposit: "deposit",
  depositStart: "deposit-start",
  depositTopups: "deposit-topups",
  depositAdjustments: "deposit-adjustments",
  unsecured: "unsecured",
  holds: "holds",
  disputed: "disputed",
  sales: "sales",
  payable: "payable",
  fees: "fees",
  cashback: "cashback",
  cashbackDue: "cashback-due",
  markup: "markup",
} as const;

/** Where the counter's own fee is that an agent took in cash. */
export function tillAccount(id: StaffId): string {
  return `till:${id}`;
}

/** Whose money an account is that must not be overdrawn. */
export function isSecured(account: string): boolean {
  return account.startsWith("agent:");
}

/** The total is bound from the moment that the payment is opened. One of a request has the request's hold. */
export function hold(payment: Payment): Posting {
  return posting(payment, "hold", [
    [sourceOf(payment), -payment.bill.total],
    [ACCOUNTS.holds, payment.bill.total],
  ]);
}

/** No money moved, or it came back. */
export function release(payment: Payment): Posting {
  return posting(payment, "release", [
    [boundIn(payment), -payment.bill.total],
    [sourceOf(payment), payment.bill.total],
  ]);
}

/**
 * A hold that was released, and should perhaps not have been. The agent's balance may thereby fall below his credit: it
 * is not asked whether there is enough, since the money may be gone.
 */
export function dispute(payment: Payment): Posting {
  return posting(payment, "dispute", [
    [sourceOf(payment), -payment.bill.total],
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
    ...takings(payment),
  ]);
}

/** Nobody but an agent takes more than the bill. */
function takings({ agent, markup }: Payment): readonly Amount[] {
  if (agent === undefined) return [];
  return [
    [tillAccount(agent.id), -markup],
    [ACCOUNTS.markup, markup],
  ];
}

/** A review that was an end before has no hold any more. */
export function isDisputed({ state, endedAt }: Payment): boolean {
  return state === "review" && endedAt !== undefined;
}

function boundIn(payment: Payment): string {
  return isDisputed(payment) ? ACCOUNTS.disputed : ACCOUNTS.holds;
}

function sourceOf({ agent }: Payment): string {
  return agent === undefined ? ACCOUNTS.unsecured : agentAccount(agent.id);
}

type Amount = readonly [account: string, amount: number];

/** The revision makes the id: a payment that is disputed and resolved may come the same way again. */
function posting(payment: Payment, what: string, amounts: readonly Amount[]): Posting {
  return { id: `${payment.ref}.${payment.revision}.${what}`, what, entries: entriesOf(amounts) };
}

/** Lines of nothing are left out. */
export function entriesOf(amounts: readonly Amount[]): readonly Entry[] {
  return amounts.filter(([, amount]) => amount !== 0).map(([account, amount]) => ({ account, amount: rupiah(amount) }));
}

/** From one account to another. */
export function moved(from: string, to: string, sum: Rupiah): readonly Entry[] {
  return entriesOf([
    [from, -sum],
    [to, sum],
  ]);
}
