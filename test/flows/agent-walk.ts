import type { InquiryResult, LookResult, OpenResult, Task } from "../../flows/index.ts";
import type { Notice } from "../../src/domain/notice.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { AGENT_VIEW, type AgentChat, billNumber, factsOf, PIN, refOf } from "../fakes/agent-chat.ts";
import { HOUR, MINUTE, NIK, REGIONS } from "../fakes/flow-chat.ts";

const chassis = (number: number) => `MH1JFZ110HK${200_000 + number}`;
const whole = (number: number) => `Jawa Barat ${NIK} ${chassis(number)}`;

const TEXTS = [
  ...["halo", "menu", "batal", "kembali", "bantuan", "status", "riwayat", "bukti", "BUKTI 7K2MQ", "BUKTI 7K2MQ-94QD"],
  ...["petugas", "mulai lagi", "lanjut", "privasi", "hapus data", "ASLI 7K2MQ-94QD", "asli", "english", "indonesia"],
  ...["ubah", "ubah nik", "tetap", "ya", "tidak", "bayar", "1", "2", "3", "4", "99", "terima kasih", "kendaraan lain"],
  ...["di mana nomor rangka", "Jawa Barat", "Jawa Tengah", "bandung", "F 1234 AB", "B 1234 ABC", "AB 1234 CD"],
  ...[
    NIK,
    "3204123108900002",
    "32O4123108900001",
    "320412310890001",
    "12345",
    chassis(1),
    chassis(2),
    "MH1JFZI10HK123456",
  ],
  ...[
    "saldo",
    "mutasi",
    "kunci",
    "tugas",
    "istirahat",
    "isi 500rb",
    "isi 500",
    "isi",
    "lap hari ini",
    "lap nov",
    "lap x",
  ],
  ...[
    "buang",
    "buang 1",
    "buang 2,3",
    "bukti pdf",
    "bukti struk",
    "DAFTAR K7QM94QD",
    "274183",
    "111222",
    "1234",
    "pin",
  ],
  ...["apa ini ya", "😀", "", "x".repeat(5000), "\u202e\u200f", "__proto__", "constructor"],
];

const LISTS = [
  `1. ${NIK} ${chassis(1)}\n2. ${NIK} ${chassis(2)} F 9 Z\n3. motornya yang merah itu`,
  `Jawa Barat\n${NIK} ${chassis(3)}\n\n${NIK} ${chassis(4)}\nmakasih pak`,
  `1. ${NIK}\n2. ${chassis(5)}`,
  `Jawa Tengah\n1. ${NIK} ${chassis(6)}\n2. ${NIK} ${chassis(7)}`,
  Array.from({ length: 12 }, (_, index) => `${index + 1}. ${NIK} ${chassis(20 + index)}`).join("\n"),
];

const TAPS = [
  ...["region:SAMSAT_JABAR", "region:SAMSAT_JATENG", "region:MARS", "word:menu", "word:help", "word:cancel", "another"],
  ...["same-nik", "last", "erase:yes", "erase:no", "pay:unknown", "pay:", "nonsense", "__proto__", "proof:7K2MQ:image"],
  ...[
    "retry:7K2M2",
    "returned:7K2M2",
    "retry:x",
    "wish:500000",
    "wish-again:500000",
    "wish:x",
    "no-wish",
    "doubt:1:keep",
  ],
  ...["open:SAMSAT_JATENG", "change:nik"],
];

const WAITS = [
  1000,
  3000,
  21_000,
  MINUTE,
  2 * MINUTE,
  6 * MINUTE,
  16 * MINUTE,
  31 * MINUTE,
  61 * MINUTE,
  5 * HOUR,
  25 * HOUR,
];

/** What an agent, the biller, the ledger and the clock may do at any time: one act, chosen by two numbers in [0, 1). */
export function walk(chat: AgentChat, which: number, how: number): void {
  const total = ACTS.reduce((sum, [weight]) => sum + weight, 0);
  let rest = which * total;
  for (const [weight, act] of ACTS) {
    rest -= weight;
    if (rest < 0) return void act(chat, how);
  }
}

type Act = (chat: AgentChat, how: number) => unknown;

const ACTS: readonly (readonly [number, Act])[] = [
  [14, (chat, how) => chat.says(whole(Math.floor(how * 14)))],
  [7, (chat, how) => chat.says(pick(LISTS, how))],
  [24, (chat, how) => chat.says(pick(TEXTS, how))],
  [4, (chat, how) => chat.tapsId(pick(TAPS, how))],
  [6, (chat, how) => chat.buttons.length > 0 && chat.taps(pick(chat.buttons, how))],
  [22, sayCode],
  [10, (chat) => chat.place !== "desk" && chat.says(PIN)],
  [2, (chat, how) => chat.place !== "desk" && chat.says(pick(["111222", "835201", "1234", "batal"], how))],
  [28, answerBiller],
  [12, answerLedger],
  [14, tellNews],
  [3, (chat, how) => chat.sends(pick(["voice", "photo", "call", "sticker"], how))],
  [1, (chat) => chat.gets("operator")],
  [2, (chat) => chat.gets("late")],
  [3, (chat, how) => chat.hears({ type: "looked", result: lookResult(how) })],
  [
    2,
    (chat, how) =>
      chat.hears({ type: "wished", amount: rupiah(500_000), result: how < 0.5 ? "sent" : "twice", since: 0 }),
  ],
  [2, account],
  [1, (chat, how) => chat.hears({ type: "enrolled", result: pick(["done", "wrong", "rest", "taken"] as const, how) })],
  [1, (chat) => chat.hears({ type: "erased", busy: undefined })],
  [1, (chat) => chat.hears({ type: "not-cancelled" })],
  [1, (chat) => chat.hears({ type: "pin", outcome: "wrong", left: 4 })],
  [10, (chat, how) => chat.waits(pick(WAITS, how))],
  [4, changeAgent],
  [1, changeRegions],
];

function pick<T>(all: readonly T[], how: number): T {
  const found = all[Math.floor(how * all.length)];
  if (found === undefined) throw new Error("nothing to pick from");
  return found;
}

/** A code of an open bill or table, of an old one, as a question, or with a slip. */
function sayCode(chat: AgentChat, how: number): void {
  const { entries, batches, codes } = chat.context;
  const open = [...entries.map(({ quote }) => quote?.code ?? ""), ...batches.map(({ code }) => code)];
  const known = (how < 0.75 ? open : codes).filter((code) => code !== "");
  if (known.length === 0) return;
  const code = pick(known, (how * 7) % 1);
  const ways = [
    code,
    `BAYAR ${code}`,
    code,
    `BAYAR ${code}?`,
    `${code.slice(0, 2)}${(Number(code[2]) + 1) % 10}`,
    `buang ${code}`,
  ];
  chat.says(pick(ways, (how * 31) % 1));
}

function answerBiller(chat: AgentChat, how: number): void {
  const asking = chat.context.entries.filter(({ state }) => state === "asking");
  const entry = asking[Math.floor(((how * 13) % 1) * asking.length)];
  const late = how > 0.98;
  if (entry === undefined && !late) return;
  const number = late ? 0 : (entry?.number ?? 0);
  const vehicle = Number(entry?.answers.chassis?.slice(-2) ?? 1);
  chat.hears({ type: "inquired", number, result: inquiryResult(how, vehicle), inquiredAt: chat.now });
}

function inquiryResult(how: number, vehicle: number): InquiryResult {
  if (how < 0.7) return { kind: "bill", bill: billNumber(vehicle, how < 0.6 ? 183_500 : 1_960_000) };
  if (how < 0.8) return { kind: "not-found", reason: "Maaf" };
  if (how < 0.9) return { kind: "unavailable", why: how < 0.89 ? "timeout" : "login", reason: "" };
  if (how < 0.92) return { kind: "already-paid", reason: "" };
  if (how < 0.94) return { kind: "paid-lately", plate: "F 1 A", ref: refOf(1) };
  if (how < 0.96) return { kind: "vehicle-busy", plate: "F 1 A", since: 0, ref: undefined };
  return how < 0.97 ? { kind: "closed", reason: "" } : { kind: "bad-bill", why: "", invoice: "" };
}

function answerLedger(chat: AgentChat, how: number): void {
  const asked = chat.context.entries.filter(({ state }) => state === "asked");
  const entry = asked[Math.floor(((how * 11) % 1) * asked.length)];
  if (entry === undefined) return;
  chat.hears({ type: "opened", nonce: entry.quote?.nonce ?? "", result: openResult(how, entry.number) });
}

function openResult(how: number, number: number): OpenResult {
  if (how < 0.6)
    return { kind: "opened", ref: refNumber(number), state: how < 0.55 ? "live" : how < 0.58 ? "paid" : "ended" };
  if (how < 0.7) return { kind: how < 0.65 ? "bill-too-old" : "quotes-void" };
  if (how < 0.8) return { kind: "short", missing: rupiah(1000) };
  if (how < 0.86) return { kind: pick(["capped", "suspended", "sales-paused"] as const, (how - 0.8) / 0.06) };
  if (how < 0.93) return { kind: how < 0.9 ? "invoice-used" : "over-cap" };
  return how < 0.97
    ? { kind: "vehicle-busy", plate: "F 1 A", since: 0, ref: undefined }
    : { kind: "paid-lately", plate: "F 1 A", ref: undefined };
}

/** A reference of its own for each vehicle that was asked for. */
function refNumber(number: number) {
  const sign = (place: number) => "23456789ABCDEFGHJKMNPQRSTUVWXYZ"[Math.floor(number / 31 ** place) % 31] ?? "2";
  return `2${sign(2)}${sign(1)}${sign(0)}Q` as ReturnType<typeof refOf>;
}

function tellNews(chat: AgentChat, how: number): void {
  const live = chat.context.entries.filter(({ state }) => ["asked", "live", "unpaid"].includes(state));
  const entry = how < 0.85 ? live[Math.floor(((how * 17) % 1) * live.length)] : undefined;
  const ref = entry?.ref ?? (entry === undefined ? refOf(Math.floor(how * 8)) : refNumber(entry.number));
  const payment = factsOf({ ref, plate: entry?.quote?.bill.plate ?? "F 9 Z" });
  chat.tells(notice(((how * 29) % 1) * 10, chat.now, payment));
}

function notice(turn: number, now: number, payment: ReturnType<typeof factsOf>): Notice {
  if (turn < 2) return { kind: "under-way", payment, nextAt: now };
  if (turn < 3) return { kind: "still-asking", stage: turn < 2.5 ? "minute" : "day", payment, nextAt: now };
  if (turn < 6)
    return {
      kind: "paid",
      payment: { ...payment, paidAt: now, reference: "5A", trace: "", code: "7K2MQ-94QD" as never },
    };
  if (turn < 7.5) return { kind: "not-paid", how: "not-charged", payment };
  if (turn < 8) return { kind: "changed-its-word", payment };
  if (turn < 9) return { kind: "withdrawn", why: "too-slow", payment };
  return { kind: "balance", what: "top-up", amount: rupiah(500_000) };
}

function lookResult(how: number): LookResult {
  const line = { ref: refOf(1), plate: "F 1 A", total: rupiah(183_500), at: 0, nextAt: undefined };
  if (how < 0.2) return { what: "status", payments: [{ ...line, state: "live" }] };
  if (how < 0.4) return { what: "history", payments: [{ ...line, state: "paid" }] };
  const code = "7K2MQ-94QD" as never;
  if (how < 0.6) return { what: "authentic", code, found: undefined };
  return { what: "proof", found: how < 0.8 ? { ...line, state: "paid" } : undefined, asked: line.ref, code };
}

function account(chat: AgentChat, how: number): void {
  const zero = rupiah(0);
  if (how < 0.3)
    chat.hears({ type: "accounted", result: { what: "balance", balance: zero, held: zero, credit: zero } });
  else if (how < 0.6) chat.hears({ type: "accounted", result: { what: "lines", balance: zero, lines: [] } });
  else {
    const report = {
      since: 0,
      until: 86_400_000,
      count: how < 0.8 ? 0 : 1,
      total: zero,
      fees: zero,
      cashback: zero,
      markup: zero,
    };
    chat.hears({ type: "accounted", result: { what: "report", report } });
  }
}

function changeAgent(chat: AgentChat, how: number): void {
  const changes = [
    { suspended: true },
    { balance: rupiah(100_000) },
    { pin: "locked" as const },
    { pin: "none" as const },
    { markup: rupiah(5000) },
    AGENT_VIEW,
    AGENT_VIEW,
    AGENT_VIEW,
  ];
  chat.becomes(pick(changes, how));
}

function changeRegions(chat: AgentChat, how: number): void {
  chat.world.regions = how < 0.2 ? [] : REGIONS.map((region) => ({ ...region, open: region.open || how > 0.6 }));
}

/** All that an agent's flow may ask of the world. */
export const AGENT_TASKS: ReadonlySet<Task["kind"]> = new Set<Task["kind"]>([
  ...(["say", "document", "inquire", "pay", "look", "timer", "forget", "close", "human", "enrol"] as const),
  ...(["account", "report", "report-file", "top-up-wish", "proof-form", "duty"] as const),
  "agent-act",
]);
