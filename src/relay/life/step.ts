import type { ConversationKey, Language } from "../../conversation/message.ts";
import type { Bill } from "../../domain/bill.ts";
import type { WithdrawnWhy } from "../../domain/notice.ts";
import type { PaymentRef } from "../../domain/ref.ts";
import type { Rupiah } from "../../domain/rupiah.ts";
import type { StaffId } from "../../domain/staff.ts";
import type { Letter, Posting } from "../../payments/ledger.ts";
import type { NewPayment, PaymentState } from "../../payments/payment.ts";
import type { NewOperatorTask } from "../../records/records.ts";
import type { Reached, Request } from "../request.ts";

/** An agent as letters speak of him and to him. */
export interface Face {
  readonly name: string;
  /** Where and how he takes money, as he wrote it. */
  readonly handover: string;
  readonly language: Language;
}

export type Faces = ReadonlyMap<StaffId, Face>;

/** An agent who would have it. */
export interface Taker extends Reached {
  /** All that are his: nobody is the agent of his own request. */
  readonly chats: readonly ConversationKey[];
  readonly suspended: boolean;
}

interface At {
  /** Our clock, ms. */
  readonly at: number;
}

interface ByAgent extends At {
  readonly by: StaffId;
}

/** What can happen to a request. */
export interface Happenings {
  readonly taken: At & { readonly by: Taker };
  readonly skipped: ByAgent;
  /** LEPAS. */
  readonly "let-go": ByAgent;
  /** R5: the customer wants it offered to others. */
  readonly others: At;
  /** BATAL, and no money was handed over. */
  readonly cancelled: At;
  /** BATAL, and the money was handed over. */
  readonly "taken-back": At;
  /** SUDAH. */
  readonly said: At & { readonly photo: boolean };
  /** The money is in the agent's hand. `fresh`: a fresh bill is wanted whatever the clock says of this one. */
  readonly received: ByAgent & { readonly fresh: boolean };
  /** The same, of an agent who is suspended. */
  readonly barred: ByAgent;
  /** The customer says yes to the sum that moved. */
  readonly agreed: At & { readonly sum: Rupiah };
  readonly bill: At & {
    readonly bill: Bill;
    readonly inquiredAt: number;
    readonly expiresAt: number;
    readonly debit: Rupiah | undefined;
    readonly cashback: Rupiah;
  };
  /** "unavailable": worth another try. */
  readonly "no-bill": At & { readonly why: "unavailable" | "no-bill" | "already-paid" | "balance" };
  /** How its payment stands that is live no more. `why`: of one that was let go before it was sent. */
  readonly ended: At & { readonly payment: PaymentRef; readonly state: PaymentState; readonly why?: WithdrawnWhy };
  /** Coba lagi. */
  readonly again: ByAgent;
  /** Uang dikembalikan. */
  readonly returned: ByAgent;
  /** Its time has come. `agents`: to whom it may be offered, best first. `live`: a payment of it is live after all. */
  readonly due: At & { readonly agents: readonly Reached[]; readonly live: boolean };
  /** The operator gives it to this agent. */
  readonly given: At & { readonly to: Taker };
  /** The operator closes it. */
  readonly shut: At;
}

export type HappeningKind = keyof Happenings;

export type Happening<K extends HappeningKind = HappeningKind> = { [P in K]: { readonly kind: P } & Happenings[P] }[K];

/** All that one happening changes, for one transaction. */
export interface Step {
  readonly kind: "step";
  /** The revision is one more. */
  readonly next: Request;
  /** In the order in which they are to be told. */
  readonly letters: readonly Letter[];
  readonly tasks: readonly NewOperatorTask[];
  /** Keys of the operator's tasks that this settles. */
  readonly closes: readonly string[];
  readonly postings: readonly Posting[];
  /** The payment that it becomes. */
  readonly opens?: NewPayment;
  /** Agents whose offer has gone by without an answer. */
  readonly lapsed: readonly StaffId[];
}

/** It cannot happen to a request that stands so. */
export interface Impossible {
  readonly kind: "impossible";
  /** For the operator and the log, in English. */
  readonly why: string;
}

export type Extras = Partial<Omit<Step, "kind" | "next">>;

/** `change` may name no revision: it always grows by one. */
export function stepTo(
  request: Request,
  change: Partial<Omit<Request, "ref" | "revision">>,
  extras: Extras = {},
): Step {
  const next = { ...request, ...change, revision: request.revision + 1 };
  return { kind: "step", next, letters: [], tasks: [], closes: [], postings: [], lapsed: [], ...extras };
}

export function impossible(why: string): Impossible {
  return { kind: "impossible", why };
}
