import type { Bill, Invoice } from "../domain/bill.ts";
import type { Chassis } from "../domain/chassis.ts";
import type { Nik } from "../domain/nik.ts";
import type { Region } from "../domain/region.ts";
import type { Rupiah } from "../domain/rupiah.ts";

/** What the biller's CONFIRM answer said. A proof is made from this alone (money rule 12). */
export interface BillerReceipt {
  /** The bill as the CONFIRM answer repeated it; fields that it left out are those of the confirmed bill. */
  readonly reference: string;
  /** Empty when none was given. */
  readonly trace: string;
  readonly total: Rupiah;
  /** The biller's own time of the payment, as given, without a zone. May be empty. */
  readonly tanggal: string;
  readonly paymentCode: string;
}

/** What became of an inquiry. `reason` is the biller's own sentence, cleaned, at most 200 characters. */
export type Inquiry =
  | { readonly kind: "bill"; readonly bill: Bill }
  /** An answer that names a bill but cannot be read with certainty: no payment, an operator's task. */
  | { readonly kind: "bad-bill"; readonly why: string; readonly invoice: string }
  | { readonly kind: "not-found"; readonly reason: string }
  | { readonly kind: "already-paid"; readonly reason: string }
  | { readonly kind: "closed"; readonly reason: string }
  /** login: the login or our address was refused; a human must act. Else trying again later may help. */
  | {
      readonly kind: "unavailable";
      readonly why: "timeout" | "network" | "garbled" | "login";
      readonly reason: string;
    };

/** What pay or status said of an invoice, classed as money rule 4 wants it. Only `paid` is a yes, only `not-sent` a no. */
export type Settlement =
  | { readonly kind: "paid"; readonly receipt: BillerReceipt }
  | { readonly kind: "pending" }
  | { readonly kind: "refunded" }
  /** pay said "no": NOT a proof that no money moved. */
  | { readonly kind: "refused"; readonly reason: string; readonly code?: string; readonly saysPaid: boolean }
  /** status said FAILURE. */
  | { readonly kind: "failure"; readonly reason: string }
  /** status said INQUIRY. */
  | { readonly kind: "unpaid" }
  | { readonly kind: "not-sent"; readonly cause: string }
  | {
      readonly kind: "unknown";
      readonly cause:
        | "timeout"
        | "network"
        | "garbled"
        | "too-large"
        | "bad-field"
        | "other-invoice"
        | "other-total"
        | "no-reference";
      /** Whether the answer was `ok` with a status other than INQUIRY: then it can never end as not-charged. */
      readonly ok: boolean;
      /**
       * Whether it says CONFIRM or PENDING in so many words, and names no other invoice: a debit may stand, though the
       * answer cannot be taken for one (money rule 7).
       */
      readonly saysDebit?: true;
    };

export interface Order {
  readonly invoice: Invoice;
  readonly total: Rupiah;
}

export type Regions =
  | {
      readonly kind: "regions";
      readonly regions: readonly Region[];
      /** Our clock when they were asked for: what they say is at least so old. */
      readonly at: number;
    }
  | {
      readonly kind: "unavailable";
      readonly why: "timeout" | "network" | "garbled" | "login";
      readonly reason: string;
    };

/**
 * The company that knows the bills and takes the payments. Outcomes are values; a throw is a bug.
 * Nothing is ever retried inside.
 */
export interface Biller {
  /** A look at most `maxAgeMs` old. */
  regions(maxAgeMs: number): Promise<Regions>;
  inquire(query: { readonly product: string; readonly nik: Nik; readonly chassis: Chassis }): Promise<Inquiry>;
  /**
   * Debits the deposit, at once and for ever. `mayGo` is asked in the tick of the first byte: false means that nothing
   * is sent, and the answer is `not-sent`.
   */
  pay(order: Order, mayGo: () => boolean): Promise<Settlement>;
  status(order: Order): Promise<Settlement>;
}
