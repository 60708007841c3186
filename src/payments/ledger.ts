import type { ConversationKey } from "../conversation/message.ts";
import type { Bill, Invoice } from "../domain/bill.ts";
import type { Notice } from "../domain/notice.ts";
import type { PaymentRef } from "../domain/ref.ts";
import type { Rupiah } from "../domain/rupiah.ts";
import type { NewOperatorTask } from "../records/records.ts";
import type { NewPayment, OwedNotice, Payment, PaymentState, Sighting } from "./payment.ts";

export type Opened =
  | { readonly kind: "opened" | "exists"; readonly payment: Payment }
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
  | { readonly kind: "invoice-used" };

/** One line of a posting. The amounts of a posting sum to zero. */
export interface Entry {
  /** `deposit`, `holds`, `payable`, `fees`, `cashback`, `disputed`, `agent:<id>` … */
  readonly account: string;
  readonly amount: Rupiah;
}

export interface Posting {
  /** Stable: the same id twice is one posting. */
  readonly id: string;
  readonly what: string;
  readonly entries: readonly Entry[];
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
  readonly notices?: readonly Notice[];
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
  | { readonly kind: "short"; readonly missing: Rupiah }
  | { readonly kind: "capped" };

export interface LeasedPayment {
  readonly payment: Payment;
  readonly lease: string;
  /** Another hand had it and did not bring it to an end (a crash, a restart): money rule 8. */
  readonly takenOver: boolean;
}

export interface PaymentQuery {
  readonly ref?: PaymentRef;
  readonly payer?: ConversationKey;
  readonly states?: readonly PaymentState[];
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
   * withdrawn one. A withdrawn invoice is opened again by a bill that was inquired anew.
   */
  open(payment: NewPayment, at: number): Promise<Opened>;
  /** What `open` would say, without opening: "free" for "opened". For a bill that is about to be shown. */
  check(
    payment: NewPayment,
    at: number,
  ): Promise<Exclude<Opened, { kind: "opened" | "exists" }> | { readonly kind: "free" | "exists" }>;
  load(ref: PaymentRef): Promise<Payment | undefined>;
  commit(change: LedgerChange): Promise<Committed>;
  /** Payments whose `dueAt` has come and that nobody leases, oldest first; each leased to the caller. */
  claim(now: number, leaseFor: number, limit: number): Promise<readonly LeasedPayment[]>;
  /**
   * For a program that owns its store alone, once, at its start: ends every lease (of notices, too) and makes what its predecessor had in
   * hand due (`takenOver`). wentBack: the ledger is behind its counter of sent payments, so it was restored.
   */
  takeOver(now: number): Promise<{ readonly wentBack: boolean }>;
  /** Gives a lease back without a change, with the next time to look. */
  release(ref: PaymentRef, lease: string, dueAt: number): Promise<void>;
  /**
   * Notices that nobody was told yet, in the order of writing; each leased to the caller. Of one chat none while an
   * earlier one is out on a lease, so `told` must follow the delivery at once.
   */
  owed(now: number, leaseFor: number, limit: number): Promise<readonly OwedNotice[]>;
  /** The platform took it: `platformRef` is its id of the message. Twice is once. */
  told(notice: string, platformRef: string, at: number): Promise<void>;
  /** The chat takes nothing any more: settled by the task that is written with it. */
  untellable(notice: string, task: NewOperatorTask, at: number): Promise<void>;
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
  /** Other payments of the same vehicle (product and chassis, or plate), newest first. */
  ofVehicle(ref: PaymentRef): Promise<readonly Payment[]>;
  /** When the next payment can be claimed, ms (a time that has passed: now); undefined when none waits. */
  nextDue(now: number): Promise<number | undefined>;
  /** Yields when something may have become due. Ends when `stop` aborts. */
  wake(stop: AbortSignal): AsyncIterable<void>;
}
