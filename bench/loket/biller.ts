import { appendFileSync, existsSync, readFileSync } from "node:fs";
import type { Biller, Order, Settlement } from "../../src/biller/biller.ts";
import type { Bill, Invoice } from "../../src/domain/bill.ts";
import type { Chassis } from "../../src/domain/chassis.ts";
import type { Nik } from "../../src/domain/nik.ts";
import type { Region } from "../../src/domain/region.ts";
import { rupiah } from "../../src/domain/rupiah.ts";

/** What six messages to Loket's counter hold. The chassis number is the user's own: a vehicle is paid once. */
export const CHASSIS = "MH1JFZ110HK";

export function chassisOf(user: number): string {
  return `${CHASSIS}${String(user % 1_000_000).padStart(6, "0")}`;
}

const REGIONS: readonly Region[] = ["SAMSAT_JABAR", "SAMSAT_JATENG", "SAMSAT_BANTEN"].map((product) => ({
  product,
  code: product,
  debet: "tagihan+5000",
  cashback: rupiah(2_000),
  open: true,
}));

/**
 * A biller in the same process that answers at once. Its book of payments is a file, so that it outlives a killed
 * program as the real one does. `paid` is called when a payment stands in the book.
 */
export function benchBiller(book: string, paid: (user: number) => void): Biller {
  const settled = ({ invoice, total }: Order): Settlement => ({
    kind: "paid",
    receipt: { reference: `R${invoice}`, trace: "", total, tanggal: "2026-11-24 10:00:00", paymentCode: "" },
  });
  return {
    regions: async () => ({ kind: "regions", regions: REGIONS, at: Date.now() }),
    inquire: async ({ product, nik, chassis }) => ({ kind: "bill", bill: billOf(product, nik, chassis) }),
    async pay(order, mayGo) {
      if (!mayGo()) return { kind: "not-sent", cause: "not in time" };
      appendFileSync(book, `${order.invoice}\n`);
      paid(Number(order.invoice.slice(-6)));
      return settled(order);
    },
    async status(order) {
      const paidBefore = existsSync(book) && readFileSync(book, "utf8").split("\n").includes(order.invoice);
      return paidBefore ? settled(order) : { kind: "unpaid" };
    },
  };
}

function billOf(product: string, nik: Nik, chassis: Chassis): Bill {
  const number = Number(chassis.slice(-6));
  return {
    product,
    invoice: `2${String(number).padStart(10, "0")}` as Invoice,
    paymentCode: "322020060719000",
    nik,
    chassis,
    owner: "JORDAN",
    address: "KP CITAMIANG DUA RT1 RW4",
    plate: plateOf(number),
    brand: "YAMAHA",
    model: "28D (AL115S/MIO)",
    color: "MERAH MARUN",
    year: "2010",
    pkb: rupiah(143_500),
    swdkllj: rupiah(35_000),
    bbn: rupiah(0),
    pkbPenalty: rupiah(0),
    swdklljPenalty: rupiah(0),
    bbnPenalty: rupiah(0),
    fee: rupiah(5_000),
    total: rupiah(183_500),
    other: rupiah(0),
    billedAt: "2026-11-24 10:00:00",
  };
}

/** Another plate for each number up to a million. */
function plateOf(number: number): string {
  const letter = (at: number) => String.fromCharCode(65 + (at % 26));
  const block = Math.floor(number / 9999);
  return `F ${1 + (number % 9999)} ${letter(Math.floor(block / 26))}${letter(block)}`;
}
