import { conversationKey } from "../../src/conversation/message.ts";
import type { Bill, Invoice } from "../../src/domain/bill.ts";
import { type Chassis, keepChassis } from "../../src/domain/chassis.ts";
import { keepNik, type Nik } from "../../src/domain/nik.ts";
import { rupiah, ZERO } from "../../src/domain/rupiah.ts";
import type { NewPayment } from "../../src/payments/payment.ts";

export const ANI = conversationKey("telegram", "4242");
export const BUDI = conversationKey("whatsapp", "6281200000001");

/** The document's own example. */
export function aBill(over: Partial<Bill> = {}): Bill {
  return {
    product: "SAMSAT_JABAR",
    invoice: anInvoice("11111111111"),
    paymentCode: "322020060719000",
    nik: aNik("3204110101800001"),
    chassis: aChassis("MH1JFZ110HK123456"),
    owner: "JORDAN",
    address: "KP CITAMIANG DUA RT1 RW4",
    plate: "F 0001 Z",
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
    billedAt: "2019-07-07 13:14:15",
    ...over,
  };
}

/** Another vehicle for each number: its own invoice, chassis and plate. */
export function otherBill(number: number, over: Partial<Bill> = {}): Bill {
  return aBill({
    invoice: anInvoice(String(20_000_000_000 + number)),
    chassis: aChassis(`MH1JFZ110HK${String(200_000 + number)}`),
    plate: `F ${1000 + number} AB`,
    ...over,
  });
}

/** Inquired a minute before `at`. */
export function aPayment(at: number, over: Partial<NewPayment> = {}): NewPayment {
  return {
    payer: ANI,
    language: "id",
    bill: aBill(),
    inquiredAt: at - 60_000,
    expiresAt: at + 59 * 60_000,
    debit: rupiah(183_500),
    cashback: rupiah(2_000),
    agent: undefined,
    request: undefined,
    markup: ZERO,
    ...over,
  };
}

export function anInvoice(text: string): Invoice {
  return text as Invoice;
}

export function aChassis(text: string): Chassis {
  return must(keepChassis(text), text);
}

export function aNik(text: string): Nik {
  return must(keepNik(text), text);
}

export function must<T>(value: T | undefined, what = "a value"): T {
  if (value === undefined) throw new Error(`${what} was expected`);
  return value;
}
