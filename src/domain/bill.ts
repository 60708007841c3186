import type { Brand } from "./brand.ts";
import type { Chassis } from "./chassis.ts";
import type { Nik } from "./nik.ts";
import type { Rupiah } from "./rupiah.ts";

/** The biller's key of a bill: the one thing that pay and status take. Trimmed, as the biller wrote it. */
export type Invoice = Brand<string, "Invoice">;

/** What the six sums of a bill are. */
export interface BillSums {
  readonly pkb: Rupiah;
  readonly swdkllj: Rupiah;
  readonly bbn: Rupiah;
  readonly pkbPenalty: Rupiah;
  readonly swdklljPenalty: Rupiah;
  readonly bbnPenalty: Rupiah;
}

/**
 * A bill as the biller gave it: decoded, cleaned (no control or bidi characters, at most 64 characters a field),
 * its sum checked. Amounts are whole rupiah.
 */
export interface Bill extends BillSums {
  readonly product: string;
  readonly invoice: Invoice;
  readonly paymentCode: string;
  readonly nik: Nik;
  readonly chassis: Chassis;
  readonly owner: string;
  readonly address: string;
  /** As printed by the biller: `F 0001 Z`. May be empty. */
  readonly plate: string;
  readonly brand: string;
  readonly model: string;
  readonly color: string;
  readonly year: string;
  readonly fee: Rupiah;
  /** What the payer pays. Never recomputed. */
  readonly total: Rupiah;
  /** `total` less its parts: 0 is normal, more is shown as "Komponen lain" (money rule 11). */
  readonly other: Rupiah;
  /** The biller's own time, as given, without a zone. */
  readonly billedAt: string;
}
