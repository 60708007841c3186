import type { BillerReceipt, Settlement } from "../../biller/biller.ts";
import { maskSecrets } from "../../domain/mask.ts";
import type { Heard, Payment, Sighting } from "../payment.ts";
import { CALL_OVER_MS, REFUND_GAP_MS, SURELY_DEAD_MS } from "./schedule.ts";

/** One answer of the biller about a payment. `askedAt`: when the question left, ms; it speaks of no earlier time. */
export interface Answer {
  readonly from: "pay" | "status";
  readonly settlement: Settlement;
  readonly askedAt: number;
  readonly at: number;
  /**
   * The same two moments in the payment's own time (settle/sure.ts), which no setting of the wall clock moves on: rule 6
   * waits by it. Without it the wall clock is trusted.
   */
  readonly sure?: { readonly askedAt: number; readonly at: number };
}

/** What an answer, with all that was heard before, makes certain (money rules 4 and 6). */
export type Verdict =
  | { readonly kind: "paid"; readonly receipt: BillerReceipt }
  | { readonly kind: "refunded" | "not-charged" | "open" };

/** What is known after one more answer. */
export function hear(payment: Payment, answer: Answer): Heard {
  const { heard } = payment;
  const { settlement, from } = answer;
  return {
    everOk: heard.everOk || saysOk(settlement),
    saidPaid: heard.saidPaid || (settlement.kind === "refused" && settlement.saysPaid),
    ...failuresAfter(payment, answer),
    refundAt: refundAfter(heard, answer),
    sureAt: Math.max(heard.sureAt ?? sureOf(answer).at, sureOf(answer).at),
    asks: heard.asks + (from === "status" ? 1 : 0),
    // An answer of pay covers the times to ask that passed while it was awaited.
    askedAt: from === "status" ? answer.askedAt : answer.at,
    last: `${from}: ${inAWord(settlement)}`,
  };
}

/** `heard` is what `hear` made of this answer. */
export function judge(payment: Payment, heard: Heard, answer: Answer): Verdict {
  const { settlement } = answer;
  if (settlement.kind === "paid") {
    return isOurs(payment, settlement.receipt) ? { kind: "paid", receipt: settlement.receipt } : { kind: "open" };
  }
  if (settlement.kind === "refunded" && heard.refundAt !== undefined) {
    return { kind: sureOf(answer).askedAt - heard.refundAt >= REFUND_GAP_MS ? "refunded" : "open" };
  }
  return { kind: surelyNotCharged(payment, heard) ? "not-charged" : "open" };
}

/**
 * Whether an answer about a payment that ended without a debit says that there is one after all (money rule 7). Garbage
 * that merely begins with "ok" says nothing: it would lock the vehicle and frighten the payer.
 */
export function contradictsEnd(settlement: Settlement): boolean {
  if (settlement.kind === "unknown") return settlement.saysDebit === true;
  return settlement.kind === "paid" || settlement.kind === "pending";
}

/** Whether nothing was said that can be read. */
export function isSilent(settlement: Settlement): boolean {
  return settlement.kind === "not-sent" || (settlement.kind === "unknown" && !contradictsEnd(settlement));
}

/** An `ok` with a status other than INQUIRY: a pay was accepted at some time. */
export function saysOk(settlement: Settlement): boolean {
  if (settlement.kind === "unknown") return settlement.ok;
  return settlement.kind === "paid" || settlement.kind === "pending" || settlement.kind === "refunded";
}

export function sightingOf({ from, settlement, at }: Answer): Sighting {
  return { at, from, settlement: settlement.kind, detail: detailOf(settlement) };
}

/** The biller's client compares these, too. A proof hangs on them, so they are compared where the state is changed. */
function isOurs(payment: Payment, receipt: BillerReceipt): boolean {
  return receipt.total === payment.bill.total && receipt.reference.trim() !== "";
}

/** A FAILURE while the call may still run says nothing. Anything but FAILURE and INQUIRY ends the row, silence too. */
function failuresAfter(payment: Payment, answer: Answer): Pick<Heard, "failures" | "firstFailureAt" | "lastFailureAt"> {
  const { heard, sentAt } = payment;
  const { askedAt } = sureOf(answer);
  const fails = answer.settlement.kind === "failure" || answer.settlement.kind === "unpaid";
  const counts = answer.from === "status" && sentAt !== undefined && askedAt - sentAt >= CALL_OVER_MS;
  if (!fails || !counts) return { failures: 0, firstFailureAt: undefined, lastFailureAt: undefined };
  return {
    failures: heard.failures + 1,
    firstFailureAt: heard.firstFailureAt ?? askedAt,
    lastFailureAt: askedAt,
  };
}

/** The first REFUND is as late as it was heard. An answer that did not arrive takes nothing back, any other one does. */
function refundAfter(heard: Heard, answer: Answer): number | undefined {
  const { settlement } = answer;
  if (settlement.kind === "refunded") return heard.refundAt ?? sureOf(answer).at;
  const arrived = settlement.kind !== "unknown" || !["timeout", "network"].includes(settlement.cause);
  return arrived ? undefined : heard.refundAt;
}

function sureOf({ sure, askedAt, at }: Answer): { readonly askedAt: number; readonly at: number } {
  return sure ?? { askedAt, at };
}

function surelyNotCharged({ sentAt }: Payment, heard: Heard): boolean {
  if (sentAt === undefined || heard.everOk || heard.saidPaid || heard.failures < 3) return false;
  const first = heard.firstFailureAt ?? 0;
  const last = heard.lastFailureAt ?? 0;
  return first - sentAt >= CALL_OVER_MS && last - sentAt >= SURELY_DEAD_MS;
}

function inAWord(settlement: Settlement): string {
  const { kind } = settlement;
  return kind === "unknown" ? `unknown (${settlement.cause})` : kind;
}

/** For the operator, kept for ever: numbers that the biller's sentence may repeat are masked. */
function detailOf(settlement: Settlement): string {
  switch (settlement.kind) {
    case "refused":
    case "failure":
      return maskSecrets(settlement.reason).slice(0, 200);
    case "unknown":
    case "not-sent":
      return settlement.cause;
    case "paid":
      return `reference ${settlement.receipt.reference}`;
    case "pending":
    case "refunded":
    case "unpaid":
      return "";
  }
}
