import type { InquiryResult, LookResult, OpenResult, Task } from "../../flows/index.ts";
import type { Notice, WithdrawnWhy } from "../../src/domain/notice.ts";
import type { PaymentRef } from "../../src/domain/ref.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { billOf, CHASSIS, type FlowChat, HOUR, MINUTE, NIK, REGIONS } from "../fakes/flow-chat.ts";
import { factsOf, OTHER_CHASSIS, unavailable } from "./chats.ts";
import { relayAct } from "./relay-walk.ts";

/** A random walk through a chat: what a person, the biller, the ledger and the clock may do at any time. */
export interface Walker {
  readonly chat: FlowChat;
  /** One act, chosen by two numbers in [0, 1). */
  act(which: number, how: number): void;
}

const PLATES = ["F 0001 Z", "F 4321 CD", ""];
const REFS = ["7K2MQ", "9PXMA", "2B3CD"] as readonly string[] as readonly PaymentRef[];

const TEXTS = [
  ...[
    "halo",
    "menu",
    "batal",
    "kembali",
    "bantuan",
    "status",
    "riwayat",
    "bukti",
    "BUKTI 7K2MQ",
    "BUKTI 7K2MQ-94QD",
    "saldo",
    "DAFTAR K7QM94QD",
    "petugas",
    "mulai lagi",
  ],
  ...[
    "lanjut",
    "lanjut",
    "privasi",
    "hapus data",
    "ASLI 7K2MQ-94QD",
    "asli",
    "english",
    "indonesia",
    "ubah",
    "ubah nik",
  ],
  ...[
    "ubah wilayah",
    "ubah rangka",
    "tetap",
    "ya",
    "tidak",
    "bayar",
    "1",
    "2",
    "3",
    "9",
    "terima kasih",
    "kendaraan lain",
  ],
  ...[
    "di mana nomor rangka",
    "BAYAR 000",
    "Jawa Barat",
    "Jawa Tengah",
    "bandung",
    "F 1234 AB",
    "B 1234 ABC",
    "B 1234 ABC",
  ],
  ...["yogyakarta", "AB 1234 CD", NIK, NIK, "3204123108900002", "9904123108900001", "32O4123108900001", "3204123108"],
  ...[
    "900001",
    "320412310890001",
    "12345",
    CHASSIS,
    CHASSIS,
    OTHER_CHASSIS,
    "MH1JFZI10HK123456",
    "MHKAB0123456",
    "AB12",
  ],
  ...[`Jawa Barat ${NIK} ${CHASSIS}`, `${NIK} ${OTHER_CHASSIS}`, "apa ini", "😀", "", "x".repeat(3000), "\u202e\u200f"],
];

const TAPS = [
  ...[
    "region:SAMSAT_JABAR",
    "region:SAMSAT_JATENG",
    "region:MARS",
    "word:menu",
    "word:help",
    "word:cancel",
    "word:resume",
  ],
  ...[
    "word:status",
    "change:unsaid",
    "change:nik",
    "doubt:1:keep",
    "open:SAMSAT_JATENG",
    "proof:7K2MQ:image",
    "another",
  ],
  ...["same-nik", "last", "erase:yes", "erase:no", "pay:unknown", "nonsense", "__proto__"],
];

/** The next word of somebody who follows the questions. */
const SENSIBLE: Readonly<Record<string, readonly string[]>> = {
  idle: ["menu", "lanjut", OTHER_CHASSIS],
  region: ["Jawa Barat", "Jawa Barat", "Jawa Tengah", "B 1234 ABC", "1"],
  nik: [NIK, NIK, "3204123108", "320412310890001", "9904123108900001"],
  chassis: [CHASSIS, OTHER_CHASSIS, "MH1JFZI10HK123456", "MHKAB0123456"],
  doubt: ["1", "tetap", "2", "3"],
  closed: ["1", "2"],
  again: ["ya", "2", "kembali", OTHER_CHASSIS],
  notFound: ["1", OTHER_CHASSIS, "3", "kembali"],
  bill: ["lanjut", "kembali", "ubah", "1", OTHER_CHASSIS],
  slow: ["kembali", "batal", "lanjut", CHASSIS],
  down: ["kembali", "batal", "lanjut", CHASSIS],
  confirming: ["bayar", "batal", "lanjut", "BAYAR 000"],
  watching: ["bayar", "batal", "lanjut", "BAYAR 000", OTHER_CHASSIS],
  counters: ["1", "2", "3", "kembali", "batal", "4"],
  nobody: ["1", "2", "kembali", "batal"],
  requested: ["sudah", "batal", "status", "ya", "bayar", OTHER_CHASSIS],
  human: ["halo", "motor saya", "jawa", "kembali", "menu"],
};

const WITHDRAWN: readonly WithdrawnWhy[] = ["expired", "cancelled", "region-closed", "paused", "too-slow"];
const WAITS = [
  1000,
  3000,
  25_000,
  MINUTE,
  2 * MINUTE,
  11 * MINUTE,
  16 * MINUTE,
  31 * MINUTE,
  61 * MINUTE,
  5 * HOUR,
  23 * HOUR,
  25 * HOUR,
];

export function walker(chat: FlowChat): Walker {
  const pick = <T>(all: readonly [T, ...T[]] | readonly T[], how: number): T => {
    const found = all[Math.floor(how * all.length)];
    if (found === undefined) throw new Error("nothing to pick from");
    return found;
  };
  const acts: Readonly<Record<string, readonly [weight: number, act: (how: number) => void]>> = {
    follows: [30, (how) => chat.says(pick(SENSIBLE[chat.place] ?? ["apa ini"], how))],
    says: [22, (how) => chat.says(pick(TEXTS, how))],
    taps: [6, (how) => chat.tapsId(pick(TAPS, how))],
    tapsShown: [5, (how) => chat.buttons.length > 0 && chat.taps(pick(chat.buttons, how))],
    tapsBill: [4, (how) => tapBill(chat, how)],
    codes: [8, (how) => sayCode(chat, how)],
    media: [4, (how) => chat.sends(pick(["voice", "photo", "call", "sticker"], how))],
    operator: [1, () => chat.gets("operator")],
    late: [2, () => chat.gets("late")],
    bills: [24, (how) => chat.place === "inquiring" && chat.billed(inquiryResult(how, chat))],
    lateBill: [
      1,
      (how) =>
        chat.hears({
          type: "inquired",
          number: chat.context.inquiry - 1,
          result: inquiryResult(how, chat),
          inquiredAt: chat.now,
        }),
    ],
    relays: [26, (how) => chat.world.counters !== undefined && relayAct(chat, how, pick)],
    opens: [10, (how) => answerLedger(chat, how)],
    tells: [10, (how) => chat.hears({ type: "notice", id: `n${how}`, notice: noticeFor(chat, how) })],
    cancels: [2, () => chat.hears({ type: "not-cancelled" })],
    looks: [4, (how) => chat.hears({ type: "looked", result: lookResult(how) })],
    enrols: [1, (how) => chat.hears({ type: "enrolled", result: how < 0.5 ? "wrong" : "done" })],
    erases: [1, (how) => chat.hears({ type: "erased", busy: how < 0.5 ? undefined : REFS[0] })],
    waits: [10, (how) => chat.waits(pick(WAITS, how))],
    // Who waits for a region is looked after every half hour: that would be a long walk.
    staysAway: [0.3, () => chat.context.waitsFor === undefined && chat.waits(91 * 24 * HOUR)],
    regions: [2, (how) => changeRegions(chat, how)],
  };
  const total = Object.values(acts).reduce((sum, [weight]) => sum + weight, 0);
  return {
    chat,
    act(which, how) {
      let rest = which * total;
      for (const [weight, act] of Object.values(acts)) {
        rest -= weight;
        if (rest < 0) return act(how);
      }
    },
  };
}

function tapBill(chat: FlowChat, how: number): void {
  const { quote, bills } = chat.context;
  const nonce = how < 0.6 ? quote?.nonce : bills[Math.floor(how * bills.length)]?.nonce;
  if (nonce !== undefined) chat.tapsId(`pay:${nonce}`);
}

/** The code of the bill on offer or of an old one, plain, behind BAYAR, as a question, or with a slip. */
function sayCode(chat: FlowChat, how: number): void {
  const { quote, bills } = chat.context;
  const code = how < 0.6 ? quote?.code : bills[Math.floor(how * bills.length)]?.code;
  if (code === undefined) return;
  const slip = `${code.slice(0, 2)}${(Number(code.slice(2)) + 1) % 10}`;
  const ways = [code, `BAYAR ${code}`, `BAYAR ${code}?`, slip, `BAYAR ${slip}`, `bayr${code}`];
  chat.says(ways[Math.floor(how * 60) % ways.length] ?? code);
}

function inquiryResult(how: number, chat: FlowChat): InquiryResult {
  if (how < 0.5) {
    const second = chat.context.answers.chassis === OTHER_CHASSIS;
    const total = rupiah(how < 0.4 ? 183_500 : 196_300);
    return { kind: "bill", bill: billOf({ total, plate: PLATES[second ? 1 : 0] ?? "" }) };
  }
  if (how < 0.65) return { kind: "not-found", reason: "Maaf" };
  if (how < 0.85) return { ...unavailable, why: how < 0.83 ? "timeout" : "login" };
  if (how < 0.9) return { kind: "already-paid", reason: "" };
  if (how < 0.93) return { kind: "paid-lately", plate: "F 0001 Z", ref: REFS[0] };
  if (how < 0.96) return { kind: "vehicle-busy", plate: "F 0001 Z", since: chat.now, ref: undefined };
  return how < 0.98 ? { kind: "closed", reason: "" } : { kind: "bad-bill", why: "", invoice: "" };
}

const OPENED: readonly Exclude<OpenResult["kind"], "short">[] = [
  "opened",
  "opened",
  "opened",
  "opened",
  "bill-too-old",
  "invoice-used",
  "vehicle-busy",
  "over-cap",
];

function answerLedger(chat: FlowChat, how: number): void {
  const asked = chat.context.bills.filter(({ state }) => state === "asked").at(how < 0.8 ? -1 : 0);
  if (asked === undefined) return;
  const kind = OPENED[Math.floor(how * OPENED.length)] ?? "opened";
  const state = how < 0.4 ? "live" : how < 0.45 ? "paid" : "ended";
  const free = REFS.find((ref) => chat.context.bills.every((bill) => bill.ref !== ref)) ?? ("2222Q" as PaymentRef);
  const result: OpenResult =
    kind === "opened"
      ? { kind, ref: free, state }
      : kind === "vehicle-busy" || kind === "paid-lately"
        ? { kind, plate: asked.plate, since: chat.now, ref: undefined }
        : { kind };
  chat.hears({ type: "opened", nonce: asked.nonce, result });
}

function noticeFor(chat: FlowChat, how: number): Notice {
  const open = chat.context.bills.findLast(({ state }) => state === "live" || state === "asked");
  // Now and then of a payment that this conversation knows nothing of.
  const about = how < (chat.place === "confirming" ? 0.5 : 0.8) ? open : undefined;
  const ref = about?.ref ?? REFS[Math.floor(how * REFS.length)] ?? ("7K2MQ" as PaymentRef);
  const payment = factsOf({ ref, plate: about?.plate ?? "F 9 Z" });
  const turn = (how * 10) % 1;
  if (turn < 0.2) return { kind: "under-way", payment, nextAt: chat.now + MINUTE };
  if (turn < 0.3) return { kind: "still-asking", stage: "minute", payment, nextAt: chat.now + MINUTE };
  if (turn < 0.5) {
    const code = "7K2MQ-94QD" as never;
    return { kind: "paid", payment: { ...payment, paidAt: chat.now, reference: "5A83", trace: "", code } };
  }
  if (turn < 0.65) return { kind: "not-paid", how: turn < 0.6 ? "not-charged" : "refunded", payment };
  if (turn < 0.7) return { kind: "changed-its-word", payment };
  if (turn < 0.85) return { kind: "withdrawn", why: "restart", payment };
  return { kind: "withdrawn", why: WITHDRAWN[Math.floor(how * WITHDRAWN.length)] ?? "expired", payment };
}

function lookResult(how: number): LookResult {
  const line = {
    ref: REFS[0] ?? ("7K2MQ" as PaymentRef),
    plate: "F 0001 Z",
    total: rupiah(183_500),
    at: 0,
    nextAt: undefined,
  };
  if (how < 0.3) return { what: "status", payments: [{ ...line, state: "live" }] };
  if (how < 0.5) return { what: "history", payments: [{ ...line, state: "paid" }] };
  // Wrong codes count.
  if (how < 0.7) return { what: "proof", found: undefined, asked: line.ref, code: "7K2MQ-94QD" as never };
  return { what: "proof", found: how < 0.9 ? { ...line, state: "paid" } : undefined, asked: undefined };
}

function changeRegions(chat: FlowChat, how: number): void {
  const isOpen = (product: string) => product === "SAMSAT_JABAR" || how > 0.4;
  chat.world.regions = how < 0.05 ? [] : REGIONS.map((region) => ({ ...region, open: isOpen(region.product) }));
}

/** All that a flow may ask of the world. */
export const TASKS: ReadonlySet<Task["kind"]> = new Set<Task["kind"]>([
  "say",
  "document",
  "inquire",
  "pay",
  "cancel",
  "look",
  "timer",
  "forget",
  "close",
  "human",
  "consent",
  "erase",
  "enrol",
  "request",
  "customer-act",
]);
