import type { Context, InquiryResult, Place, Policy } from "../../flows/index.ts";
import type { Bill, Invoice } from "../../src/domain/bill.ts";
import { keepChassis } from "../../src/domain/chassis.ts";
import { keepNik } from "../../src/domain/nik.ts";
import type { Region } from "../../src/domain/region.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { type ChatOptions, type PureChat, pureChat } from "./pure-chat.ts";

export type { Watched } from "./pure-chat.ts";

export const NIK = "3204123108900001";
export const CHASSIS = "MH1JFZ110HK123456";
/** 7 July 2026, 13.00 WIB. */
export const NOON = Date.UTC(2026, 6, 7, 6, 0);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

const region = (product: string, open: boolean): Region => ({
  product,
  code: product,
  debet: "tagihan+5000",
  cashback: rupiah(2000),
  open,
});

export const REGIONS: readonly Region[] = [
  region("SAMSAT_JABAR", true),
  region("SAMSAT_JATENG", false),
  region("SAMSAT_JAKARTA", false),
  region("SAMSAT_JATIM", false),
];

export const POLICY: Policy = {
  loket: "Loket Samsat",
  sandbox: false,
  mayPay: true,
  contact: "Budi 0812-3456-789",
  hours: { text: "08.00–20.00 WIB", from: 8 * 60, to: 20 * 60 },
  relayText: "",
  adminFee: rupiah(5000),
  payMax: rupiah(10_000_000),
  limits: { perHour: 5, perDay: 20 },
};

export function billOf(changes: Partial<Bill> = {}): Bill {
  const nik = keepNik(NIK);
  const chassis = keepChassis(CHASSIS);
  if (nik === undefined || chassis === undefined) throw new Error("the sample is no longer readable");
  return {
    product: "SAMSAT_JABAR",
    invoice: "11111111111" as Invoice,
    paymentCode: "322020060719000",
    nik,
    chassis,
    owner: "JORDAN",
    address: "KP CITAMIANG DUA",
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
    fee: rupiah(5000),
    total: rupiah(183_500),
    other: rupiah(0),
    billedAt: "2026-07-07 13:00:00",
    ...changes,
  };
}

export interface FlowChat extends PureChat<Place, Context> {
  /** The biller answers the inquiry that is under way. */
  billed(result: InquiryResult): string;
}

/** A customer's conversation. */
export function flowChat(options: ChatOptions & { policy?: Partial<Policy>; at?: number } = {}): FlowChat {
  const chat = pureChat<Place, Context>({
    options,
    world: { policy: { ...POLICY, ...options.policy }, regions: REGIONS, who: { kind: "customer" } },
    at: options.at ?? NOON,
    openAs(open) {
      if (open.flow !== "counter") throw new Error(`the chat is in the flow ${open.flow}`);
      return open;
    },
  });
  const billed = (result: InquiryResult) =>
    chat.hears({ type: "inquired", number: chat.context.inquiry, result, inquiredAt: chat.now });
  return Object.assign(chat, { billed });
}
