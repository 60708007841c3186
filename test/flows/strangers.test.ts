import { describe, expect, it } from "vitest";
import { flowChat, HOUR, MINUTE } from "../fakes/flow-chat.ts";
import { chatAt, PLACES, REF } from "./chats.ts";

const CODE = "7K2MQ-94QD" as never;

describe("an agent's words from somebody who is none", () => {
  it.each(["SALDO", "isi 500rb", "mutasi", "LAP HARI INI", "buang 2", "tugas", "bukti pdf"])("%s", (text) => {
    const chat = flowChat();
    expect(chat.says(text)).toBe("Perintah itu untuk agen terdaftar. Ketik MENU untuk cek pajak.");
    expect(chat.last.map(({ kind }) => kind)).toEqual(["say"]);
  });

  it.each(PLACES.filter((place) => place !== "human"))("move nothing at %s", (place) => {
    const chat = chatAt(place);
    chat.says("saldo");
    expect(chat.place).toBe(place);
  });

  it("go to the human who has the chat", () => {
    const chat = chatAt("human");
    expect(chat.says("saldo")).toBe("");
    expect(chat.last).toMatchObject([{ kind: "human", text: "saldo" }]);
  });

  it("are not heard in what customers say", () => {
    for (const text of ["isi bensin dulu", "isinya apa", "laporkan saja", "daftar pajak", "daftar"]) {
      expect(flowChat().says(text), text).not.toContain("agen terdaftar");
    }
  });
});

describe("DAFTAR", () => {
  it.each(["DAFTAR K7QM94QD", "daftar k7qm-94qd", "/daftar K7QM 94QD", "enrol K7QM94QD"])("%s", (text) => {
    const chat = flowChat();
    chat.says(text);
    expect(chat.last).toEqual([{ kind: "enrol", code: "K7QM94QD" }]);
  });

  it.each([
    ["wrong", "tidak berlaku"],
    ["rest", "Coba lagi satu jam lagi"],
    ["taken", "atas nama lain"],
    ["done", "sekarang terdaftar"],
  ] as const)("that is %s is told so", (result, sentence) => {
    const chat = flowChat();
    expect(chat.hears({ type: "enrolled", result })).toContain(sentence);
  });
});

describe("BUKTI with the whole code", () => {
  it("is looked for in any chat, and its proof comes with the code", () => {
    const chat = flowChat();
    chat.says("BUKTI 7K2MQ-94QD");
    expect(chat.last).toEqual([{ kind: "look", what: "proof", ref: REF, code: "7K2MQ-94QD" }]);
    const found = { ref: REF, plate: "F 0001 Z", total: 0 as never, state: "paid", at: 0, nextAt: undefined } as const;
    chat.hears({ type: "looked", result: { what: "proof", found, asked: REF, code: CODE } });
    expect(chat.last).toEqual([{ kind: "document", ref: REF, form: "pdf", language: "id", code: CODE }]);
  });

  it("of a wrong code says the same as of an unknown one", () => {
    const said = (code: boolean) => {
      const result = { what: "proof", found: undefined, asked: REF, ...(code ? { code: CODE } : {}) } as const;
      return flowChat().hears({ type: "looked", result });
    };
    expect(said(true)).toBe(said(false));
  });

  it("rests after five wrong ones in an hour, and references go on", () => {
    const chat = flowChat();
    for (let tries = 0; tries < 5; tries += 1) {
      chat.says("BUKTI 7K2MQ-94QD");
      expect(chat.last).toMatchObject([{ kind: "look" }]);
      chat.hears({ type: "looked", result: { what: "proof", found: undefined, asked: REF, code: CODE } });
      chat.waits(MINUTE);
    }
    expect(chat.says("BUKTI 7K2MQ-94QD")).toContain("Terlalu banyak kode bukti yang salah. Bisa lagi pukul 14.00 WIB");
    expect(chat.says("ASLI 7K2MQ-94QD")).toContain("Terlalu banyak kode bukti yang salah.");
    chat.says("BUKTI 7K2MQ");
    expect(chat.last).toMatchObject([{ kind: "look" }]);
    chat.waits(HOUR);
    chat.says("BUKTI 7K2MQ-94QD");
    expect(chat.last).toMatchObject([{ kind: "look" }]);
  });
});
