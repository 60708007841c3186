import { describe, expect, it } from "vitest";
import type { Place } from "../../flows/index.ts";
import { chatAt, kindsOf, PLACES, payTasks, STYLES } from "./chats.ts";

const EVERYWHERE = STYLES.flatMap((style) => PLACES.map((place) => [place, style] as const));

/** What a person types, and what is asked of the world for it. None of these moves a chat. */
const LOOKS = [
  ["status", { kind: "look", what: "status" }],
  ["riwayat", { kind: "look", what: "history" }],
  ["bukti", { kind: "look", what: "proof" }],
  ["BUKTI 7K2MQ", { kind: "look", what: "proof", ref: "7K2MQ" }],
  ["ASLI 7K2MQ-94QD", { kind: "look", what: "authentic", code: "7K2MQ-94QD" }],
] as const;

const SENTENCES = [
  ["asli", "Ketik ASLI dan kode di bukti"],
  ["privasi", "Data pribadi di Loket Samsat"],
  ["hapus data", "Hapus NIK, nomor rangka, riwayat, dan bukti Anda"],
  ["bantuan", "Apa yang bisa kami bantu?"],
  ["english", "All right, we use English."],
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
  "7",
  "99",
];

describe.each(EVERYWHERE)("at %s (%s)", (place, style) => {
  it.each(LOOKS)("%s is looked up", (word, look) => {
    const chat = chatAt(place, { style });
    const said = chat.says(word);
    // The chat itself knows how its request stands.
    if (place === "requested" && word === "status") return expect(said).toContain("sedang kami teruskan");
    expect(chat.last).toMatchObject([look]);
    expect(chat.place).toBe(place);
  });

  it.each(SENTENCES)("%s is answered, and the place is kept", (word, sentence) => {
    const chat = chatAt(place, { style });
    expect(chat.says(word)).toContain(sentence);
    expect(chat.place).toBe(place);
  });

  it("MENU leads to the first question, PETUGAS to a human, MULAI LAGI to the beginning", () => {
    for (const [word, to] of [
      ["menu", "region"],
      ["/start", "region"],
      ["petugas", "human"],
      ["mulai lagi", "region"],
    ] as const) {
      const chat = chatAt(place, { style });
      expect(chat.says(word), word).not.toBe("");
      expect(chat.place, word).toBe(to);
    }
  });

  it("BATAL is answered, by the ledger once something was confirmed", () => {
    const chat = chatAt(place, { style });
    const answer = chat.says("batal");
    expect(answer !== "" || chat.last.some(({ kind }) => kind === "cancel")).toBe(true);
    const stays = place === "confirming" || place === "watching" || place === "requested";
    expect(chat.place).toBe(stays ? place : "idle");
  });

  it("rubbish is answered, and the place is kept", () => {
    const chat = chatAt(place, { style });
    for (const text of RUBBISH) {
      const answer = chat.says(text);
      const isPassedOn = place === "human" && kindsOf(chat).includes("human");
      expect(answer === "", text.slice(0, 20)).toBe(isPassedOn);
      expect(chat.place, text.slice(0, 20)).toBe(place);
    }
    expect(payTasks(chat).length).toBe(paysAt(place));
  });

  it("a tap that means nothing any more is answered, and the place is kept", () => {
    const chat = chatAt(place, { style });
    for (const id of [
      "",
      "pay",
      "doubt:999:fix",
      "doubt:x:y",
      "region:",
      "region:SAMSAT_MARS",
      "word:format-disk",
      "constructor",
      "__proto__",
      "same-nik",
      "x".repeat(64),
    ]) {
      if (id === "same-nik" && place === "again") continue;
      expect(chat.tapsId(id), id).not.toBe("");
      expect(chat.place, id).toBe(place);
    }
  });

  it("a button of the first greeting still means its region", () => {
    const chat = chatAt(place, { style });
    expect(chat.tapsId("region:SAMSAT_JATENG")).not.toBe("");
    expect(chat.context.answers.product).toBe("SAMSAT_JATENG");
    expect(chat.place).toBe(place === "doubt" ? "doubt" : "closed");
  });

  it("what the world answers late changes nothing", () => {
    const chat = chatAt(place, { style });
    const { context } = chat;
    const late = { number: context.inquiry - 1, inquiredAt: chat.now } as const;
    expect(chat.hears({ type: "inquired", ...late, result: { kind: "already-paid", reason: "" } })).toBe("");
    expect(chat.hears({ type: "timer", name: "slow", number: context.inquiry - 1 })).toBe("");
    expect(chat.hears({ type: "timer", name: "retry", number: context.inquiry - 1 })).toBe("");
    expect(chat.hears({ type: "quiet" })).toBe("");
    expect(chat.place).toBe(place);
    expect(chat.context).toEqual(context);
  });
});

function paysAt(place: Place): number {
  return place === "confirming" || place === "watching" ? 1 : 0;
}
