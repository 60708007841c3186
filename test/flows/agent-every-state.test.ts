import { describe, expect, it } from "vitest";
import type { AgentPlace } from "../../flows/index.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { type AgentChat, agentChat, factsOf, paidNotice, REF } from "../fakes/agent-chat.ts";
import { billOf, CHASSIS, HOUR, NIK } from "../fakes/flow-chat.ts";
import { kindsOf, STYLES } from "./chats.ts";

const PLACES: readonly AgentPlace[] = ["desk", "pinNew", "pinAgain", "pin"];
const EVERYWHERE = STYLES.flatMap((style) => PLACES.map((place) => [place, style] as const));

/** A chat that has come to this place the plain way, with a bill on the desk. */
function chatAt(place: AgentPlace, style: "buttons" | "numbers"): AgentChat {
  const chat = agentChat({ style, agent: { pin: place === "desk" || place === "pin" ? "set" : "none" } });
  chat.says(`Jawa Barat ${NIK} ${CHASSIS}`);
  chat.billed({ kind: "bill", bill: billOf() });
  if (place !== "desk") chat.says(chat.code);
  if (place === "pinAgain") chat.says("835201");
  if (chat.place !== place) throw new Error(`the chat is at ${chat.place}, not at ${place}`);
  return chat;
}

/** What is asked of the world for it; none of these moves a chat. */
const ASKED = [
  ["riwayat", "look"],
  ["bukti", "look"],
  ["BUKTI 7K2MQ-94QD", "look"],
  ["ASLI 7K2MQ-94QD", "look"],
  ["saldo", "account"],
  ["mutasi", "account"],
  ["lap kemarin", "report"],
  ["isi 500rb", "top-up-wish"],
  ["tugas", "duty"],
  ["bukti pdf", "proof-form"],
  ["petugas", "human"],
  ["DAFTAR K7QM94QD", "enrol"],
  [`Jawa Barat ${NIK} MH1JFZ110HK654321`, "inquire"],
] as const;

const SAID = [
  ["menu", "SALDO, MUTASI"],
  ["halo", "SALDO, MUTASI"],
  ["bantuan", "SALDO, MUTASI"],
  ["status", "Tagihan terbuka"],
  ["lanjut", "Tagihan terbuka"],
  ["bayar", "Balas kode tagihannya"],
  ["asli", "Ketik ASLI dan kode di bukti"],
  ["privasi", "Data pribadi di Loket Samsat"],
  ["hapus data", "terhapus sendiri"],
  ["english", "All right, we use English."],
  ["kunci", "Terkunci."],
  ["di mana nomor rangka", "NOMOR RANGKA"],
  ["ubah nik", "Ketik saja nomor yang benar"],
  ["kendaraan lain", ""],
  ["terima kasih", "Sama-sama."],
  ["1", "Balas kode tagihannya"],
] as const;

const RUBBISH = [
  "😀😀",
  "asdf qwer",
  "?!",
  "",
  " ",
  "\u200f\u202e",
  "ا".repeat(50),
  "x".repeat(60_000),
  "<b>&lt;",
  "{}",
];

describe.each(EVERYWHERE)("at %s (%s)", (place, style) => {
  it.each(ASKED)("%s asks the world, and the place is kept", (text, kind) => {
    const chat = chatAt(place, style);
    chat.says(text);
    expect(kindsOf(chat)).toContain(kind);
    expect(chat.place).toBe(place);
  });

  it.each(SAID)("%s is answered, and the place is kept", (text, sentence) => {
    const chat = chatAt(place, style);
    const said = chat.says(text);
    expect(said).not.toBe("");
    expect(said).toContain(sentence);
    expect(chat.place).toBe(place);
  });

  it("rubbish is answered, the place is kept, and nothing is paid", () => {
    const chat = chatAt(place, style);
    for (const text of RUBBISH) {
      expect(chat.says(text), text.slice(0, 20)).not.toBe("");
      expect(chat.place, text.slice(0, 20)).toBe(place);
    }
    expect(chat.tasks.filter(({ kind }) => kind === "pay")).toEqual([]);
  });

  it("a tap that means nothing any more is answered, and the place is kept", () => {
    const chat = chatAt(place, style);
    for (const id of [
      "",
      "pay",
      "pay:",
      "pay:x",
      "doubt:9:fix",
      "same-nik",
      "last",
      "erase:yes",
      "retry:x",
      "retry:7K2MQ",
      "__proto__",
    ]) {
      expect(chat.tapsId(id), id).not.toBe("");
      expect(chat.place, id).toBe(place);
    }
    expect(chat.tasks.filter(({ kind }) => kind === "pay" || kind === "erase")).toEqual([]);
  });

  it("BATAL is answered, and the bill stays", () => {
    const chat = chatAt(place, style);
    expect(chat.says("batal")).not.toBe("");
    expect(chat.context.entries).toHaveLength(1);
    expect(chat.place).toBe("desk");
  });

  it("pictures, voice notes, calls are answered", () => {
    const chat = chatAt(place, style);
    for (const media of ["photo", "voice", "call", "sticker"] as const) expect(chat.sends(media), media).not.toBe("");
    expect(chat.place).toBe(place);
  });

  it("what was written while we were away is answered once", () => {
    const chat = chatAt(place, style);
    expect(chat.gets("late")).toContain("kami baru tersambung lagi");
    expect(chat.gets("late")).toBe("");
  });

  it("all news are told, and the place is kept", () => {
    const chat = chatAt(place, style);
    const payment = factsOf();
    expect(chat.tells({ kind: "under-way", payment, nextAt: chat.now })).not.toBe("");
    expect(chat.tells({ kind: "still-asking", stage: "minute", payment, nextAt: chat.now })).not.toBe("");
    expect(chat.tells({ kind: "not-paid", how: "refunded", payment })).not.toBe("");
    expect(chat.tells({ kind: "changed-its-word", payment })).not.toBe("");
    expect(chat.tells({ kind: "withdrawn", why: "expired", payment })).not.toBe("");
    expect(chat.tells(paidNotice())).not.toBe("");
    expect(chat.tells({ kind: "balance", what: "adjustment", amount: rupiah(-5000) })).toContain("-Rp5.000");
    expect(chat.place).toBe(place);
  });

  it("what the world answers late changes nothing", () => {
    const chat = chatAt(place, style);
    const { context } = chat;
    const result = { kind: "already-paid", reason: "" } as const;
    expect(chat.hears({ type: "inquired", number: 99, inquiredAt: chat.now, result })).toBe("");
    expect(chat.hears({ type: "opened", nonce: "x", result: { kind: "opened", ref: REF, state: "live" } })).toBe("");
    for (const name of ["slow", "retry", "batch", "region"] as const) {
      expect(chat.hears({ type: "timer", name, number: 99 })).toBe("");
    }
    expect(chat.context).toEqual(context);
    expect(chat.place).toBe(place);
  });

  it("a day of silence forgets what was typed, and the place is kept", () => {
    const chat = chatAt(place, style);
    chat.waits(25 * HOUR);
    expect(chat.context.entries).toEqual([]);
    expect(chat.place).toBe(place);
  });
});
