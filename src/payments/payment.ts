import type { BillerReceipt, Settlement } from "../biller/biller.ts";
import type { ConversationKey, Language } from "../conversation/message.ts";
import type { Bill } from "../domain/bill.ts";
import type { Notice, WithdrawnWhy } from "../domain/notice.ts";
import type { AuthenticityCode, PaymentRef } from "../domain/ref.ts";
import type { Rupiah } from "../domain/rupiah.ts";
import type { RequestRef, StaffId } from "../domain/staff.ts";

/**
 * Where a payment stands (money-rules: the life of a payment).
 *
 * intended    -> sending | withdrawn | suspect | review   (the last two only after a restart, a takeover or a restore)
 * sending     -> paid | suspect | not-charged             (not-charged only when surely not sent)
 * suspect     -> paid | refunded | not-charged | review
 * review      -> paid | refunded | not-charged            (the operator decides, with a reason)
 * refunded, not-charged -> review                         (when the biller later says otherwise)
 * withdrawn   -> intended                                 (never sent: the same invoice may be opened again)
 */
export type PaymentState =
  | "intended"
  | "sending"
  | "paid"
  | "suspect"
  | "refunded"
  | "not-charged"
  | "review"
  | "withdrawn";

/** The states in which a vehicle is locked: at most one payment of a vehicle is in one of them. */
export const LIVE: readonly PaymentState[] = ["intended", "sending", "suspect", "review"];

/** What was heard of the biller about this invoice, so far: all that money rules 6 and 7 ask. */
export interface Heard {
  /** An answer of pay or status was ever `ok` with a status other than INQUIRY. */
  readonly everOk: boolean;
  /** pay said "already paid". */
  readonly saidPaid: boolean;
  /** FAILUREs (or INQUIRYs) in a row, up to now, and when the first and the last of the row came (ms). */
  readonly failures: number;
  readonly firstFailureAt: number | undefined;
  readonly lastFailureAt: number | undefined;
  /** When the first REFUND of the present row was heard, ms. */
  readonly refundAt: number | undefined;
  /** How often status was asked since the call. */
  readonly asks: number;
  /** When it was asked last, or pay answered (ms). */
  readonly askedAt: number | undefined;
  /** How far the payment's own time had come with the last answer, ms: the time of its call, and what surely passed since. */
  readonly sureAt: number | undefined;
  /** The last answer, in a word, for the operator. */
  readonly last: string;
}

/** Of a payment that was just opened. */
export const NOTHING_HEARD: Heard = {
  everOk: false,
  saidPaid: false,
  failures: 0,
  firstFailureAt: undefined,
  lastFailureAt: undefined,
  refundAt: undefined,
  asks: 0,
  askedAt: undefined,
  sureAt: undefined,
  last: "",
};

/** Who made it secure, and how. Fixed when it is opened. */
export interface Secured {
  /** Whose balance secures it, and where he hears of it; undefined: nobody's (policy `direct`). */
  readonly agent: { readonly id: StaffId; readonly chat: ConversationKey } | undefined;
  /** The request that it is the payment of: its hold was made when the request was taken. */
  readonly request: RequestRef | undefined;
  /** The counter's own fee on top of the bill, which the agent takes in cash. */
  readonly markup: Rupiah;
}

export interface Payment extends Secured {
  readonly ref: PaymentRef;
  readonly code: AuthenticityCode;
  /** Grows by one with each commit. */
  readonly revision: number;
  readonly state: PaymentState;
  readonly payer: ConversationKey;
  readonly language: Language;
  readonly bill: Bill;
  /** Our clock when the inquiry of this bill was asked, ms. */
  readonly inquiredAt: number;
  /** When the quote ends, ms (money rule 10). */
  readonly expiresAt: number;
  readonly openedAt: number;
  /** When `sending` was committed: the call goes out only after it. */
  readonly sentAt: number | undefined;
  /** When it came into the state of its end, ms. Kept when an end becomes a review: its hold is then a dispute. */
  readonly endedAt: number | undefined;
  readonly heard: Heard;
  readonly receipt: BillerReceipt | undefined;
  /** The operator's reference, where he decided it as paid and the biller never said CONFIRM: there is then no receipt. */
  readonly decidedAs?: string;
  readonly paidAt: number | undefined;
  /** What the biller takes from the deposit for this bill, by the region's formula; undefined when it could not be read. */
  readonly debit: Rupiah | undefined;
  readonly cashback: Rupiah;
  readonly withdrawnWhy: WithdrawnWhy | undefined;
  /** The stages of the promise that were told: how many of minute, half-hour, three-hours, day. */
  readonly told: number;
  /** How often the ended payment was looked at again (money rule 7). */
  readonly watched: number;
  /** When it must be looked at again, ms; undefined when never. */
  readonly dueAt: number | undefined;
  /** Refused by pay: counts for the pause after three vehicles in a row. */
  readonly refused: boolean;
}

export interface NewPayment extends Secured {
  readonly payer: ConversationKey;
  readonly language: Language;
  readonly bill: Bill;
  readonly inquiredAt: number;
  readonly expiresAt: number;
  readonly debit: Rupiah | undefined;
  readonly cashback: Rupiah;
}

/** One answer (or the lack of one), kept for ever beside the payment. */
export interface Sighting {
  readonly at: number;
  readonly from: "pay" | "status" | "operator";
  readonly settlement: Settlement["kind"] | "resolved";
  readonly detail: string;
}

export interface OwedNotice {
  readonly id: string;
  /** What it is about: a payment, a request, or neither. */
  readonly ref: PaymentRef | undefined;
  readonly request: RequestRef | undefined;
  readonly to: ConversationKey;
  readonly language: Language;
  readonly notice: Notice;
  readonly writtenAt: number;
}
