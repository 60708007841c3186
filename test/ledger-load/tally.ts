import { rupiah } from "../../src/domain/rupiah.ts";
import type { Entry } from "../../src/payments/ledger.ts";
import { isDisputed } from "../../src/payments/life/postings.ts";
import { LIVE, type Payment } from "../../src/payments/payment.ts";

/** What accounts must have come to, reckoned from what happened and not from what was posted. */
export type Tally = Record<string, number>;

export function add(tally: Tally, account: string, sum: number): void {
  tally[account] = (tally[account] ?? 0) + sum;
}

export function move(tally: Tally, from: string, to: string, sum: number): void {
  add(tally, from, -sum);
  add(tally, to, sum);
}

/** What a payment's way from one state to another must have moved. */
export function tallyPayment(tally: Tally, before: Payment, after: Payment): void {
  const { total, fee } = after.bill;
  const source = sourceOf(after);
  const bound = isDisputed(before) ? "disputed" : "holds";
  if (after.state === before.state) return;
  if (LIVE.includes(after.state)) {
    if (!LIVE.includes(before.state)) move(tally, source, "disputed", total);
  } else if (after.state !== "paid") move(tally, bound, source, total);
  else {
    const debit = after.debit ?? total;
    move(tally, bound, "sales", total);
    add(tally, "deposit", -debit);
    add(tally, "payable", total - fee);
    add(tally, "fees", debit - (total - fee));
    move(tally, "cashback-due", "cashback", after.cashback);
    if (after.agent !== undefined) move(tally, `till:${after.agent.id}`, "markup", after.markup);
  }
}

export function sourceOf({ agent }: Pick<Payment, "agent">): string {
  return agent === undefined ? "unsecured" : `agent:${agent.id}`;
}

export function summed(tallies: readonly Tally[]): Tally {
  const all: Tally = {};
  for (const tally of tallies) for (const [account, sum] of Object.entries(tally)) add(all, account, sum);
  return all;
}

export function entries(from: string, to: string, sum: number): readonly Entry[] {
  const line = (account: string, amount: number): Entry => ({ account, amount: rupiah(amount) });
  return [line(from, -sum), line(to, sum)];
}
