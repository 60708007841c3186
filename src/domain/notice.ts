import type { Bill } from "./bill.ts";
import type { AuthenticityCode, PaymentRef } from "./ref.ts";
import type { Rupiah } from "./rupiah.ts";

/** What a sentence about a payment may name. No NIK, no chassis, no owner. */
export interface PaymentFacts {
  readonly ref: PaymentRef;
  /** As the biller prints it, cleaned: `F 0001 Z`. */
  readonly plate: string;
  /** Brand, model and year, cleaned: `YAMAHA 28D (AL115S/MIO) 2010`. */
  readonly vehicle: string;
  readonly product: string;
  readonly total: Rupiah;
}

/** What a paid payment adds: taken from the biller's CONFIRM answer alone (money rule 12). */
export interface PaidFacts extends PaymentFacts {
  /** Our clock at CONFIRM, ms. */
  readonly paidAt: number;
  readonly reference: string;
  /** Empty when the biller gave none. */
  readonly trace: string;
  readonly code: AuthenticityCode;
}

/** Why a payment that was never sent was let go. */
export type WithdrawnWhy =
  | "expired"
  | "cancelled"
  | "region-closed"
  | "regions-unknown"
  | "paused"
  | "day-cap"
  | "restart"
  | "too-slow";

/**
 * What a payer is owed about a payment. Written in the same transaction as the state that it tells of, and owed
 * until a platform took the message (money rule 12).
 */
export type Notice =
  | { readonly kind: "under-way"; readonly payment: PaymentFacts; readonly nextAt: number }
  | {
      readonly kind: "still-asking";
      readonly stage: "minute" | "half-hour" | "three-hours" | "day";
      readonly payment: PaymentFacts;
      /** When the next word comes, ms. For the last stage there is none: a human has it. */
      readonly nextAt: number;
    }
  | { readonly kind: "withdrawn"; readonly why: WithdrawnWhy; readonly payment: PaymentFacts }
  | { readonly kind: "paid"; readonly payment: PaidFacts }
  | { readonly kind: "not-paid"; readonly how: "refunded" | "not-charged"; readonly payment: PaymentFacts }
  | { readonly kind: "changed-its-word"; readonly payment: PaymentFacts };

/** The vehicle of a bill in one short line. */
export function vehicleOf(bill: Bill): string {
  return [bill.brand, bill.model, bill.year].filter((part) => part !== "").join(" ");
}
