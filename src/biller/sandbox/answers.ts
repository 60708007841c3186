import { createHash } from "node:crypto";
import type { Slip } from "./paying.ts";
import { sumsOf } from "./sums.ts";

/** MMBC's answers, written as its document prints them: all values strings, blanks before the bank's references. */
export type Fields = Readonly<Record<string, string>>;

export interface Asked {
  readonly product: string;
  readonly nik: string;
  readonly chassis: string;
}

const AGENT = "JKT-00000";

/** `2019-07-07 13:14:15`, Indonesian western time. */
export function tanggalOf(at: number): string {
  return new Date(at + 7 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
}

/** The bill of an inquiry. */
export function billAnswer(slip: Slip, at: number): Fields {
  return { ...vehicleFields(slip, at), ...money(slip, 0), kodeagen: AGENT, status: "INQUIRY" };
}

/** The answer of pay, and of status_invoice: the bill, the bank's references, the status. */
export function paidAnswer(slip: Slip, status: string, at: number): Fields {
  // Upper-case hex, 32 of them, as in the document; the same for an invoice whenever it is asked.
  const hash = createHash("sha256").update(slip.invoiced.invoice).digest("hex").toUpperCase();
  const trace = String(Number.parseInt(hash.slice(-5), 16) % 1_000_000).padStart(6, "0");
  return {
    ...vehicleFields(slip, at),
    ...money(slip, slip.vehicle.kind === "wrong-total" ? 1_000 : 0),
    kodeagen: AGENT,
    reference_number: ` ${hash.slice(0, 32)}`,
    trace_number: ` ${trace}`,
    status,
  };
}

export function noAnswer(asked: Asked, invoice: string, reason: string, at: number): Fields {
  return {
    result: "no",
    tanggal: tanggalOf(at),
    product: asked.product,
    invoice,
    customer_number: asked.nik,
    structure_number: asked.chassis,
    kodeagen: AGENT,
    reason,
  };
}

export function failureAnswer(invoice: string): Fields {
  return { result: "no", status: "FAILURE", reason: `Failure Invoice ${invoice}!` };
}

/** Strict JSON, or the document's way of printing it: keys without quotes. */
export function written(fields: Fields, keys: "quoted" | "bare"): string {
  if (keys === "quoted") return JSON.stringify(fields);
  const lines = Object.entries(fields).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`);
  return `{\n${lines.join(",\n")}\n}`;
}

function vehicleFields({ invoiced, vehicle }: Slip, at: number): Fields {
  return {
    result: "ok",
    tanggal: tanggalOf(at),
    product: invoiced.product,
    invoice: invoiced.invoice,
    paymentcode: `32${invoiced.invoice.slice(-13).padStart(13, "0")}`,
    customer_number: invoiced.nik,
    customer_name: "JORDAN",
    customer_address: "KP CITAMIANG DUA RT1 RW4 PAMIJAHAN KAB BOGOR",
    structure_number: invoiced.chassis,
    license_plate: vehicle.plate,
    vehicle_brand: "YAMAHA",
    vehicle_model: "28D (AL115S/MIO)",
    vehicle_color: "MERAH MARUN",
    year_built: "2010",
  };
}

function money(slip: Slip, more: number): Fields {
  const sums = Object.entries(sumsOf(slip.vehicle.kind)).map(([name, sum]) => [name, String(sum)]);
  const total = sumsOf(slip.vehicle.kind).total + more;
  return { ...Object.fromEntries(sums), total: String(total) };
}
