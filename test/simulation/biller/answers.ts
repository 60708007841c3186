import type { Random } from "../random.ts";
import { FEE, type Sheet, type Vehicle, type Word } from "./books.ts";

/** What the biller writes: the texts that the real client's readers are given. */

const SWDKLLJ = 35_000;

export function penaltyOf(sheet: Pick<Sheet, "total" | "vehicle">): number {
  return sheet.total - sheet.vehicle.pkb - SWDKLLJ - FEE;
}

export function totalOf(vehicle: Vehicle, penalty: number): number {
  return vehicle.pkb + SWDKLLJ + FEE + penalty;
}

function billFields(sheet: Sheet) {
  const { vehicle, invoice, total } = sheet;
  return {
    result: "ok",
    tanggal: "2026-07-07 13:14:15",
    product: vehicle.product,
    invoice,
    paymentcode: `32${invoice}`,
    customer_number: vehicle.nik,
    customer_name: "JORDAN",
    customer_address: "KP CITAMIANG DUA",
    structure_number: vehicle.chassis,
    license_plate: vehicle.plate,
    vehicle_brand: "YAMAHA",
    vehicle_model: "MIO",
    vehicle_color: "MERAH",
    year_built: "2010",
    tax_pkb: String(vehicle.pkb),
    tax_swd: String(SWDKLLJ),
    tax_bnn: "0",
    penalty_pkb: String(penaltyOf(sheet)),
    penalty_swd: "0",
    penalty_bnn: "0",
    fee: String(FEE),
    total: String(total),
  };
}

export function inquiryText(sheet: Sheet): string {
  return JSON.stringify({ ...billFields(sheet), status: "INQUIRY" });
}

/** Its parts come to more than its total. */
export function badBillText(sheet: Sheet): string {
  return JSON.stringify({ ...billFields(sheet), tax_pkb: String(sheet.total + 1), status: "INQUIRY" });
}

export function noText(reason: string): string {
  return JSON.stringify({ result: "no", reason });
}

export function okText(sheet: Sheet, status: Word, change: Readonly<Record<string, string>> = {}): string {
  const { reference } = sheet;
  return JSON.stringify({
    ...billFields(sheet),
    ...(status === "INQUIRY" ? {} : { reference_number: reference, trace_number: reference.slice(-6) }),
    status,
    ...change,
  });
}

export function failureText(invoice: string): string {
  return JSON.stringify({ result: "no", status: "FAILURE", reason: `Failure Invoice ${invoice}!` });
}

export const ALREADY_PAID = "Transaksi tidak dapat diproses. Tagihan sudah dibayar (Kode: 0054)";

const REFUSALS = [
  "Saldo tidak cukup",
  "Transaksi tidak dapat diproses (Kode: 0068)",
  "Sistem sedang gangguan, coba beberapa saat lagi",
  ALREADY_PAID,
];

export function refusalText(random: Random): string {
  return noText(random.pick(REFUSALS));
}

export function garbled(text: string, random: Random): string {
  switch (random.below(6)) {
    case 0:
      return text.slice(0, Math.floor(text.length * random.next()));
    case 1:
      return "<html><body>502 Bad Gateway</body></html>";
    case 2:
      return "";
    case 3:
      return `<br />\n<b>Warning</b>: mysql_connect() in db.php\n${text}`;
    default:
      return JSON.stringify({ result: "OK", status: "SUCCESS" });
  }
}
