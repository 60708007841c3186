import type { Bill, BillSums, Invoice } from "../domain/bill.ts";
import type { Chassis } from "../domain/chassis.ts";
import { keepChassis } from "../domain/chassis.ts";
import type { Nik } from "../domain/nik.ts";
import { type Rupiah, rupiah, ZERO } from "../domain/rupiah.ts";
import { clean } from "../domain/text.ts";
import type { Answer } from "./answer.ts";

export interface BillQuery {
  readonly product: string;
  readonly nik: Nik;
  readonly chassis: Chassis;
}

export type BillReading =
  | { readonly kind: "bill"; readonly bill: Bill }
  | { readonly kind: "bad"; readonly why: string };

/**
 * The bill that an `ok` answer of the inquiry carries. It must be the answer to this question (product, KTP number and
 * chassis echoed), and its sums must be readable and add up to no more than the total; otherwise it cannot be paid with
 * certainty. `why` is English and names no personal data.
 */
export function readBill(answer: Answer, query: BillQuery): BillReading {
  const why = firstDoubt(answer, query);
  if (why !== undefined) return { kind: "bad", why };
  const sums = readSums(answer);
  if (sums.kind === "bad") return sums;
  return { kind: "bill", bill: { ...query, ...described(answer), ...sums.sums } };
}

function firstDoubt(answer: Answer, query: BillQuery): string | undefined {
  const status = answer.raw("status");
  if (status !== "INQUIRY") return `the status is ${clean(status, 20) || "missing"}, not INQUIRY`;
  const invoice = answer.raw("invoice");
  if (invoice === "") return "there is no invoice";
  // pay sends the invoice as it was written: one that cleaning would change cannot be shown, logged and sent alike.
  if (invoice !== clean(invoice)) return "the invoice has characters that no invoice has";
  if (answer.raw("product") !== query.product) return "the product is not the one that was asked";
  if (keepChassis(bare(answer.raw("structure_number"))) !== query.chassis)
    return "the chassis is not the one that was asked";
  if (bare(answer.raw("customer_number")) !== query.nik) return "the KTP number is not the one that was asked";
  return undefined;
}

function bare(echo: string): string {
  return echo.replace(/[\s.-]/g, "");
}

function described(answer: Answer) {
  return {
    invoice: answer.raw("invoice") as Invoice,
    paymentCode: answer.text("paymentcode"),
    owner: answer.text("customer_name"),
    address: answer.text("customer_address"),
    plate: answer.text("license_plate"),
    brand: answer.text("vehicle_brand"),
    model: answer.text("vehicle_model"),
    color: answer.text("vehicle_color"),
    year: answer.text("year_built"),
    billedAt: answer.text("tanggal"),
  };
}

interface Sums extends BillSums {
  readonly fee: Rupiah;
  readonly total: Rupiah;
  readonly other: Rupiah;
}

/** The document's names. `bnn` is its spelling of BBN. */
const PARTS = {
  pkb: "tax_pkb",
  swdkllj: "tax_swd",
  bbn: "tax_bnn",
  pkbPenalty: "penalty_pkb",
  swdklljPenalty: "penalty_swd",
  bbnPenalty: "penalty_bnn",
  fee: "fee",
} as const;

type SumsReading = { readonly kind: "sums"; readonly sums: Sums } | { readonly kind: "bad"; readonly why: string };

function readSums(answer: Answer): SumsReading {
  const unreadable = [...Object.values(PARTS), "total"].find((name) => answer.sum(name) === undefined);
  if (unreadable !== undefined) return { kind: "bad", why: `${unreadable} is no sum in whole rupiah` };
  const sum = (name: string): Rupiah => answer.sum(name) ?? ZERO;
  const total = sum("total");
  const parts = {
    pkb: sum(PARTS.pkb),
    swdkllj: sum(PARTS.swdkllj),
    bbn: sum(PARTS.bbn),
    pkbPenalty: sum(PARTS.pkbPenalty),
    swdklljPenalty: sum(PARTS.swdklljPenalty),
    bbnPenalty: sum(PARTS.bbnPenalty),
    fee: sum(PARTS.fee),
  };
  const other = total - Object.values(parts).reduce<number>((all, part) => all + part, 0);
  if (total === 0) return { kind: "bad", why: "the total is 0" };
  if (other < 0) return { kind: "bad", why: "the total is less than its parts" };
  return { kind: "sums", sums: { ...parts, total, other: rupiah(other) } };
}
