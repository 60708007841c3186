import type { BillerReceipt } from "../../src/biller/biller.ts";
import { conversationKey } from "../../src/conversation/message.ts";
import type { Bill, Invoice } from "../../src/domain/bill.ts";
import { type Chassis, keepChassis } from "../../src/domain/chassis.ts";
import { keepNik, type Nik } from "../../src/domain/nik.ts";
import { type AuthenticityCode, type PaymentRef, readCode, readRef } from "../../src/domain/ref.ts";
import { rupiah, ZERO } from "../../src/domain/rupiah.ts";
import type { Payment } from "../../src/payments/payment.ts";
import type { Counter } from "../../src/proof/proof.ts";

export const counter: Counter = { name: "Loket Samsat Cibinong", contact: "WA 0811-2222-333", sandbox: false };

export const NIK = must<Nik>(keepNik("3204110203850001"));
export const CHASSIS = must<Chassis>(keepChassis("MH1JFZ110HK123456"));
export const CODE = must<AuthenticityCode>(readCode("7K2MQ-94QD"));
/** 7 July 2019, 13.14 WIB. */
export const PAID_AT = Date.UTC(2019, 6, 7, 6, 14, 40);

const REF = must<PaymentRef>(readRef("7K2MQ"));

/** A paid payment of the vehicle of the owner's document, with what a test wants to be otherwise. */
export function paid(
  changes: { bill?: Partial<Bill>; receipt?: Partial<BillerReceipt>; payment?: Partial<Payment> } = {},
) {
  const bill: Bill = { ...BILL, ...changes.bill };
  const receipt: BillerReceipt = { ...RECEIPT, total: bill.total, paymentCode: bill.paymentCode, ...changes.receipt };
  return { ...PAYMENT, bill, receipt, ...changes.payment } satisfies Payment;
}

/** Each field of a bill as long as the decoder lets it through, and the greatest sums. */
export function longest(letter: string) {
  const field = letter.repeat(64).slice(0, 64);
  const most = rupiah(999_999_999_999);
  return paid({
    bill: {
      invoice: field as Invoice,
      paymentCode: field,
      chassis: must<Chassis>(keepChassis("W".repeat(25))),
      owner: field,
      plate: field,
      brand: field,
      model: field,
      color: field,
      year: field,
      pkb: most,
      swdkllj: most,
      bbn: most,
      pkbPenalty: most,
      swdklljPenalty: most,
      bbnPenalty: most,
      fee: most,
      total: most,
      other: most,
    },
    receipt: { reference: field, trace: field, tanggal: field },
  });
}

export function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("A fixture of the test is wrong.");
  return value;
}

const BILL: Bill = {
  product: "SAMSAT_JABAR",
  invoice: "11111111111" as Invoice,
  paymentCode: "322020060719000",
  nik: NIK,
  chassis: CHASSIS,
  owner: "JORDAN",
  address: "KP CITAMIANG DUA RT1 RW4 PAMIJAHAN KAB BOGOR",
  plate: "F 0001 Z",
  brand: "YAMAHA",
  model: "28D (AL115S/MIO)",
  color: "MERAH MARUN",
  year: "2010",
  pkb: rupiah(143_500),
  swdkllj: rupiah(35_000),
  bbn: ZERO,
  pkbPenalty: ZERO,
  swdklljPenalty: ZERO,
  bbnPenalty: ZERO,
  fee: rupiah(5_000),
  total: rupiah(183_500),
  other: ZERO,
  billedAt: "2019-07-07 13:12:15",
};

const RECEIPT: BillerReceipt = {
  reference: "5A834FE7A6394BA0A387EA9E8EFB1E48",
  trace: "245209",
  total: BILL.total,
  tanggal: "2019-07-07 13:14:38",
  paymentCode: BILL.paymentCode,
};

const PAYMENT: Payment = {
  ref: REF,
  code: CODE,
  revision: 3,
  state: "paid",
  payer: conversationKey("telegram", "4242"),
  language: "id",
  bill: BILL,
  inquiredAt: PAID_AT - 120_000,
  expiresAt: PAID_AT + 3_480_000,
  openedAt: PAID_AT - 12_000,
  sentAt: PAID_AT - 10_000,
  endedAt: PAID_AT,
  heard: {
    everOk: true,
    saidPaid: false,
    failures: 0,
    firstFailureAt: undefined,
    lastFailureAt: undefined,
    refundAt: undefined,
    asks: 0,
    askedAt: undefined,
    sureAt: undefined,
    last: "CONFIRM",
  },
  receipt: RECEIPT,
  paidAt: PAID_AT,
  debit: rupiah(183_500),
  cashback: rupiah(2_000),
  agent: undefined,
  request: undefined,
  markup: rupiah(0),
  withdrawnWhy: undefined,
  told: 0,
  watched: 0,
  dueAt: undefined,
  refused: false,
};
