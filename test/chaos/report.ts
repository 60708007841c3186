import type { PaymentState } from "../../src/payments/payment.ts";
import { proofsIn } from "./audit.ts";
import type { Ran } from "./run.ts";

export interface Summary {
  readonly seed: number;
  /** With kills; and the whole run, with its end. */
  readonly minutes: number;
  readonly seconds: number;
  readonly users: number;
  readonly kills: number;
  /** That were sent to the biller. */
  readonly payments: number;
  readonly paid: number;
  /** That stand. */
  readonly debits: number;
  readonly refunds: number;
  /** Payments whose proof arrived. */
  readonly proofs: number;
  /** Suspect still: the biller has not said for certain. Within 24 h. */
  readonly unsure: number;
  readonly notCharged: number;
  readonly refunded: number;
  /** Let go before they were sent. */
  readonly withdrawn: number;
  readonly openTasks: number;
  readonly lateDenials: number;
  readonly violations: number;
}

export function summaryOf(ran: Ran, { seed, users }: { readonly seed: number; readonly users: number }): Summary {
  const { ledger, counter, killed, chats, violations } = ran;
  const { debits } = counter.biller.sandbox.book;
  const of = (state: PaymentState) => ledger.payments.filter((payment) => payment.state === state).length;
  return {
    ...{ seed, minutes: Number((ran.killingSeconds / 60).toFixed(1)), seconds: Math.round(ran.seconds) },
    ...{ users, kills: killed.kills },
    payments: ledger.payments.filter(({ sentAt }) => sentAt !== undefined).length,
    paid: of("paid"),
    debits: debits.filter(({ refundedAt }) => refundedAt === undefined).length,
    refunds: debits.filter(({ refundedAt }) => refundedAt !== undefined).length,
    proofs: proofsIn(chats).size,
    unsure: of("suspect") + of("review"),
    notCharged: of("not-charged"),
    refunded: of("refunded"),
    withdrawn: of("withdrawn"),
    openTasks: ledger.tasks.length,
    lateDenials: ran.lateDenials,
    violations: violations.length,
  };
}

export function tableOf({ killed, billerFaults, telegramFaults, ends, errors, chats }: Ran): string {
  return [
    ...group("kills", killed.aims),
    ...group("faults of the biller", billerFaults),
    ...group(
      "other",
      new Map([
        ["faults ordered of Telegram", telegramFaults],
        ["chats", chats.length],
      ]),
    ),
    ...group("what became of the vehicles, as the people saw it", ends),
    ...group("errors in the program's log", errors),
  ].join("\n");
}

export function group(title: string, counts: ReadonlyMap<string, number>): readonly string[] {
  if (counts.size === 0) return [];
  return [title, ...[...counts].map(([name, count]) => `  ${String(count).padStart(6)}  ${name}`)];
}
