import type { ConversationKey, Language } from "../conversation/message.ts";
import type { Bill, Invoice } from "../domain/bill.ts";
import type { Notice } from "../domain/notice.ts";
import type { PaymentRef } from "../domain/ref.ts";
import type { Rupiah } from "../domain/rupiah.ts";
import type { RequestRef, StaffId } from "../domain/staff.ts";
import type { NewOperatorTask } from "../records/records.ts";
import type { Requests } from "../relay/request.ts";
import type { NewPayment, OwedNotice, Payment, PaymentState, Sighting } from "./payment.ts";

export type Opened =
  | { readonly kind: "opened"; readonly payment: Payment }
  | { readonly kind: "exists"; readonly payment: Payment }
  /** Another payment of the vehicle is live. `ref` is given only to its own payer. */
  | {
      readonly kind: "vehicle-busy";
      readonly since: number;
      readonly plate: string;
      readonly ref: PaymentRef | undefined;
    }
  /** The bill was inquired before the vehicle's last payment ended. */
  | { readonly kind: "bill-too-old" }
  /** Paid within 24 h: only the operator pays that vehicle again. `ref` is given only to its own payer. */
  | { readonly kind: "paid-lately"; readonly plate: string; readonly ref: PaymentRef | undefined }
  /** The invoice was sent before. */
  | { readonly kind: "invoice-used" }
  | Unsecured;

/** Why an agent's balance does not secure it. Nothing was written. */
export type Unsecured =
  /** So much is missing that his balance, with his credit, covers it. */
  | { readonly kind: "short"; readonly missing: Rupiah }
  /** It would be more than what he may confirm in a day. */
  | { readonly kind: "capped" };

/** How far an agent may go. Without it: no credit, and no limit a day. */
export interface Limits {
  /** How far below zero his balance may go. */
  readonly credit: Rupiah;
  /** `since`: the last midnight WIB, ms. Counts his payments opened since that were not let go, and his taken requests. */
  readonly daily?: { readonly since: number; readonly max: Rupiah };
}

/** One line of a posting. The amounts of a posting sum to zero. */
export interface Entry {
  /** payments/life/postings.ts has the chart of accounts; `agent:<id>` is an agent's balance. */
  readonly account: string;
  readonly amount: Rupiah;
}

export interface Posting {
  /** Stable: the same id twice is one posting. */
  readonly id: string;
  readonly what: string;
  readonly entries: readonly Entry[];
}

/** Money that belongs to no payment and no request: a top-up, an adjustment, the deposit. */
export interface FreePosting extends Posting {
  /** Who booked it, and why: kept beside it. */
  readonly by: string;
  readonly why: string;
  readonly letters?: readonly Letter[];
}

export type Posted =
  | "done"
  /** It was posted before: nothing was changed. */
  | "again"
  | { readonly kind: "short"; readonly missing: Rupiah };

/** One line of an account. */
export interface Line {
  readonly at: number;
  /** The posting's `what`. */
  readonly what: string;
  readonly amount: Rupiah;
  /** What it is about: a payment or a request. */
  readonly ref: PaymentRef | undefined;
  readonly request: RequestRef | undefined;
  /** Of money that belongs to neither: who booked it, and why; else empty. */
  readonly by: string;
  readonly why: string;
}

/** News, addressed. */
export interface Letter {
  readonly to: ConversationKey;
  /** Of a chat that has no conversation any more. */
  readonly language: Language;
  readonly notice: Notice;
}

export interface LedgerChange {
  readonly at: number;
  /**
   * `lease` given: it must still be the caller's, and is given back with the change unless `keepLeaseFor` (ms from `at`)
   * renews it. Undefined: the revision alone decides, and a lease that another holds stays his.
   */
  readonly payment: {
    readonly next: Payment;
    readonly expect: number;
    readonly lease: string | undefined;
    readonly keepLeaseFor?: number;
  };
  readonly sighting?: Sighting;
  readonly postings?: readonly Posting[];
  readonly notices?: readonly Letter[];
  readonly tasks?: readonly NewOperatorTask[];
  /** Keys of operator's tasks that this change settles. */
  readonly closes?: readonly string[];
  /** Checked with the change: the sum of all that was sent since `since` and this payment's total may not pass `max`. */
  readonly cap?: { readonly since: number; readonly max: Rupiah };
}

export type Committed =
  | "done"
  /** The revision moved on or the lease is no longer ours: nothing was changed. */
  | "conflict"
  /** An ended payment may not be opened again: another one of its vehicle is live. Nothing was changed. */
  | "vehicle-busy"
  | { readonly kind: "capped" };

/** One notice, and what became of it. */
export interface News extends Pick<OwedNotice, "to" | "notice" | "writtenAt"> {
  /** When a platform took it, ms; undefined: not yet, or never. */
  readonly toldAt: number | undefined;
}

export interface LeasedPayment {
  readonly payment: Payment;
  readonly lease: string;
  /** Another hand had it and did not bring it to an end (a crash, a restart): money rule 8. */
  readonly takenOver: boolean;
}

export interface PaymentQuery {
  readonly ref?: PaymentRef;
  readonly payer?: ConversationKey;
  /** Payments that this agent's balance secures, whoever asked for them. */
  readonly agent?: StaffId;
  readonly states?: readonly PaymentState[];
  /** Those that ended from `since` on and before `until`, ms. */
  readonly ended?: { readonly since: number; readonly until: number };
  readonly invoice?: Invoice;
  /** Payments of this bill's vehicle: the same product and chassis, or the same plate. */
  readonly vehicle?: Bill;
  /** The plate, in any spelling. */
  readonly plate?: string;
  /** Newest first, at most this many (default 20). */
  readonly limit?: number;
}

export interface Account {
  readonly account: string;
  readonly balance: Rupiah;
}

/**
 * Money. One change, one transaction, durable when it resolves. The rules of one payment an invoice for ever and one
 * live payment a vehicle are unique indexes in the database itself.
 */
export interface Ledger {
  /**
   * "exists" is a second confirmation of the same bill by the same payer, whatever has become of it since: also a
   * withdrawn one. A withdrawn invoice is opened again by a bill that was inquired anew: under its reference by the same
   * payer, under another by another, and what the first one was told stays his. The total is held with it, taken
   * from the agent's balance when there is one. The payment of a request is opened by `requests.commit` alone: here it
   * throws.
   */
  open(payment: NewPayment, at: number, limits?: Limits): Promise<Opened>;
  /** What `open` would say, without opening: "free" for "opened". For a bill that is about to be shown. */
  check(
    payment: NewPayment,
    at: number,
    limits?: Limits,
  ): Promise<Exclude<Opened, { kind: "opened" | "exists" }> | { readonly kind: "free" | "exists" }>;
  load(ref: PaymentRef): Promise<Payment | undefined>;
  commit(change: LedgerChange): Promise<Committed>;
  /** Payments whose `dueAt` has come and that nobody leases, oldest first; each leased to the caller. */
  claim(now: number, leaseFor: number, limit: number): Promise<readonly LeasedPayment[]>;
  /**
   * Once, at a program's start. Where it owns its store alone: ends every lease (of notices, too) and makes what its
   * predecessor had in hand due (`takenOver`). In a store that others share leases are left to run out. wentBack: the
   * ledger is behind its counter of sent payments, or its database began anew from an older state, so it was restored;
   * said at each start until `restoreSeen`.
   */
  takeOver(now: number): Promise<{ readonly wentBack: boolean }>;
  /** All that a restore asks for was done and is saved: this one is told no more. The next one is. */
  restoreSeen(): Promise<void>;
  /** Gives a lease back without a change, with the next time to look, unless the payment has ended for good meanwhile. */
  release(ref: PaymentRef, lease: string, dueAt: number): Promise<void>;
  /**
   * Notices that nobody was told yet, in the order of writing; each leased to the caller. Of one chat none while an
   * earlier one is out on a lease, so `told` must follow the delivery at once.
   */
  owed(now: number, leaseFor: number, limit: number): Promise<readonly OwedNotice[]>;
  /** The platform took it: `platformRef` is its id of the message ("moot": nobody need hear it any more). Twice is once. */
  told(notice: string, platformRef: string, at: number): Promise<void>;
  /** The chat takes nothing any more: settled by the task that is written with it. */
  untellable(notice: string, task: NewOperatorTask, at: number): Promise<void>;
  /** What people were told, or are owed, of a payment, oldest first. */
  news(ref: PaymentRef): Promise<readonly News[]>;
  /** Notices written before `before` that nobody was told, oldest first, leased or not. For the hourly sweep. */
  overdue(before: number, limit: number): Promise<readonly OwedNotice[]>;
  find(query: PaymentQuery): Promise<readonly Payment[]>;
  /** What was heard of the biller and done by the operator, oldest first. */
  sightings(ref: PaymentRef): Promise<readonly Sighting[]>;
  /**
   * Takes the person out of a payment that has ended: NIK, chassis, owner, address. Amounts, references, times and the
   * sealed indexes of the vehicle stay. Resolves to false when the payment is live.
   */
  forgetPerson(ref: PaymentRef, at: number): Promise<boolean>;
  /** Ended payments whose person is still known and that ended before, oldest first. */
  forgettable(endedBefore: number, limit: number): Promise<readonly PaymentRef[]>;
  accounts(): Promise<readonly Account[]>;
  /** What an account holds; zero when nothing was ever posted to it. */
  balance(account: string): Promise<Rupiah>;
  /**
   * Once: the same id again changes nothing, and is an error when its lines are others. No agent's balance is taken below
   * `floor` (zero without it) by what this takes from it.
   */
  post(posting: FreePosting, at: number, floor?: Rupiah): Promise<Posted>;
  /** An account's lines, newest first: from `since` on and before `until` (ms), at most `limit`. */
  lines(
    account: string,
    query: { readonly since?: number; readonly until?: number; readonly limit?: number },
  ): Promise<readonly Line[]>;
  /** What customers ask of agents: in the same store, so that money and request change in one transaction. */
  readonly requests: Requests;
  /** Other payments of the same vehicle (product and chassis, or plate), newest first. */
  ofVehicle(ref: PaymentRef): Promise<readonly Payment[]>;
  /** When the next payment can be claimed, ms (a time that has passed: now); undefined when none waits. */
  nextDue(now: number): Promise<number | undefined>;
  /** Yields when something may have become due. Ends when `stop` aborts. */
  wake(stop: AbortSignal): AsyncIterable<void>;
}
