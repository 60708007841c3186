import type { ConversationKey, Language } from "../conversation/message.ts";
import type { Bill } from "../domain/bill.ts";
import type { PaymentRef } from "../domain/ref.ts";
import type { Rupiah } from "../domain/rupiah.ts";
import type { RequestRef, StaffId } from "../domain/staff.ts";
import type { Letter, Limits, Opened, Posting, Unsecured } from "../payments/ledger.ts";
import type { NewPayment } from "../payments/payment.ts";
import type { NewOperatorTask } from "../records/records.ts";

/**
 * Where a request stands: a customer asks, an agent takes it, has the money in his hand, and pays. It locks no vehicle.
 *
 * asked    -> taken | closed
 * taken    -> paying | received | asked | unpaid | closed   (asked again: the agent let go; unpaid: taken back)
 * received -> paying | taken | unpaid | closed              (a fresh bill came, with another sum it is taken again)
 * paying   -> done | unpaid                                 (as its payment ends)
 * unpaid   -> taken | done | closed                         (tried again, or paid after all, or the money went back)
 */
export type RequestState = "asked" | "taken" | "received" | "paying" | "unpaid" | "done" | "closed";

/** Those that are not over: a customer has at most one of a vehicle. */
export const OPEN: readonly RequestState[] = ["asked", "taken", "received", "paying", "unpaid"];

/** Those whose total is held of the agent's balance. In paying the payment has the hold. */
export const HELD: readonly RequestState[] = ["taken", "received"];

export type ClosedWhy = "cancelled" | "nobody" | "expired" | "returned" | "operator";

/** One of the counter's agents, and where he hears of it. */
export interface Reached {
  readonly id: StaffId;
  readonly chat: ConversationKey;
}

export interface Request {
  readonly ref: RequestRef;
  /** Grows by one with each commit. */
  readonly revision: number;
  readonly state: RequestState;
  readonly customer: { readonly chat: ConversationKey; readonly language: Language };
  /** What is asked to be paid. A fresh bill of the same vehicle takes its place. */
  readonly bill: Bill;
  /** Our clock when the inquiry of this bill was asked, and when its quote ends, ms. */
  readonly inquiredAt: number;
  readonly expiresAt: number;
  /** As a payment has them. */
  readonly debit: Rupiah | undefined;
  readonly cashback: Rupiah;
  readonly markup: Rupiah;
  /** The agent whom the customer chose; undefined: any, also when he chose another way since. */
  readonly wanted: StaffId | undefined;
  /** When it was asked last, ms: an agent who lets go makes it asked anew. */
  readonly askedAt: number;
  /** To whom it was offered, oldest first. `skipped`: he said no. */
  readonly offers: readonly (Reached & { readonly at: number; readonly skipped: boolean })[];
  /** Who has taken it, when, and until when the money is to be handed over, ms. */
  readonly taken: (Reached & { readonly at: number; readonly until: number }) | undefined;
  /** The customer said that he has handed the money over (SUDAH): when, ms, and whether with a picture. */
  readonly said: { readonly at: number; readonly photo: boolean } | undefined;
  /** How often somebody was told, since it came to where it stands, that it waits for him; of bills, how often in vain. */
  readonly reminders: number;
  /**
   * When the agent said that the money is in his hand, ms. While it is taken: the sum has moved
   * since, and the customer is asked. While it is unpaid and not set: the customer wants his money back.
   */
  readonly receivedAt: number | undefined;
  /**
   * The sum that the customer said yes to, while the bill has another one by now: in whosever hand it is, it is not paid
   * before he says yes to that.
   */
  readonly agreedTo?: Rupiah | undefined;
  /** The payments that were opened for it, oldest first. */
  readonly payments: readonly PaymentRef[];
  /** When it must be looked at again, ms; undefined when never. */
  readonly dueAt: number | undefined;
  readonly closed: { readonly at: number; readonly why: ClosedWhy } | undefined;
}

export type NewRequest = Pick<
  Request,
  "customer" | "bill" | "inquiredAt" | "expiresAt" | "debit" | "cashback" | "markup" | "wanted" | "offers" | "dueAt"
>;

export interface Asked {
  /** "exists": this customer has an open one of this vehicle, and nothing was written. */
  readonly kind: "asked" | "exists";
  readonly request: Request;
}

export interface RequestChange {
  readonly at: number;
  readonly next: Request;
  /** The revision that was loaded. `next.revision` is `expect + 1`. */
  readonly expect: number;
  readonly postings?: readonly Posting[];
  readonly letters?: readonly Letter[];
  readonly tasks?: readonly NewOperatorTask[];
  /** Keys of operator's tasks that this change settles. */
  readonly closes?: readonly string[];
  /** Opens its payment, which takes over the hold of the request. Its reference is added to `next.payments`. */
  readonly opens?: NewPayment;
  /** Of the agent, for what `postings` take from him. A claim gives them with the limit of the day. */
  readonly limits?: Limits;
}

export type RequestCommitted =
  | "done"
  /** The revision moved on: somebody else was quicker. */
  | "conflict"
  | Unsecured
  /** The payment cannot be opened: nothing was written. */
  | { readonly kind: "not-opened"; readonly opened: Exclude<Opened, { kind: "opened" }> };

export interface RequestQuery {
  readonly customer?: ConversationKey;
  /** In whose hand it is, or was when it came to its end. */
  readonly agent?: StaffId;
  readonly states?: readonly RequestState[];
  /** Newest first, at most this many (default 20). */
  readonly limit?: number;
}

/**
 * Requests, kept with the ledger. One change, one transaction, durable when it resolves. What follows what is not known
 * here; what must never be is refused by a throw, and nothing is written: a request in an agent's hand without an agent,
 * a hold that is not what the state says (HELD: the total; paying: the payment's; else none), two live payments of one.
 */
export interface Requests {
  /** `letters` tell of it: made of the request as it then is. */
  ask(request: NewRequest, at: number, letters: (request: Request) => readonly Letter[]): Promise<Asked>;
  load(ref: RequestRef): Promise<Request | undefined>;
  find(query: RequestQuery): Promise<readonly Request[]>;
  /** Those whose `dueAt` has come, and those in paying whose payment is live no more; oldest first. */
  due(now: number, limit: number): Promise<readonly Request[]>;
  /** When the next is due, ms (a time that has passed: now); undefined when none waits. `Ledger.wake` rings for it, too. */
  nextDue(now: number): Promise<number | undefined>;
  commit(change: RequestChange): Promise<RequestCommitted>;
  /** Takes the customer's person out of a request that is over, as the ledger does with a payment. False: it is open. */
  forgetPerson(ref: RequestRef, at: number): Promise<boolean>;
  /** Those that were over before, whose person is still known, oldest first. */
  forgettable(overBefore: number, limit: number): Promise<readonly RequestRef[]>;
}
