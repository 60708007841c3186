import { describe, expect, it } from "vitest";
import { rupiah } from "../../src/domain/rupiah.ts";
import { billOf, HOUR, NOON } from "../fakes/flow-chat.ts";
import { chatAt, codeOf, kindsOf, payButton, pays, payTasks, RELAY, STYLES } from "./chats.ts";

describe("a bill is paid", () => {
  it("by its button", () => {
    const chat = chatAt("bill");
    expect(chat.taps("Bayar Rp183.500")).toBe("");
    expect(kindsOf(chat)).toEqual(["close", "pay"]);
    expect(chat.place).toBe("confirming");
  });

  it.each([
    "{}",
    "BAYAR {}",
    "bayar {}",
    "BAYAR{}",
    "bayr {}",
    "bayara {}",
    "bayra {}",
    "Bayar {}.",
    " bayar  {} ",
    "PAY {}",
  ])("by its code, as %s", (typed) => {
    const chat = chatAt("bill", { style: "numbers" });
    chat.says(typed.replace("{}", codeOf(chat)));
    expect(kindsOf(chat)).toEqual(["pay"]);
  });

  it("on a channel of buttons by its code, too", () => {
    const chat = chatAt("bill");
    chat.says(codeOf(chat));
    expect(payTasks(chat)).toHaveLength(1);
  });

  it("with exactly what was shown", () => {
    const chat = chatAt("bill");
    const { quote } = chat.context;
    pays(chat);
    expect(payTasks(chat)[0]).toMatchObject({
      nonce: quote?.nonce,
      bill: { total: 183_500, plate: "F 0001 Z" },
      expiresAt: NOON + HOUR,
      language: "id",
    });
  });

  it("while a human has the chat", () => {
    const chat = chatAt("bill", { style: "numbers" });
    const code = codeOf(chat);
    chat.says("petugas");
    chat.says(`BAYAR ${code}`);
    expect(payTasks(chat)).toHaveLength(1);
  });
});

describe("a bill is not paid", () => {
  const SHY = [
    "1",
    "ya",
    "Ya!",
    "iya",
    "y",
    "ok",
    "oke",
    "okay",
    "bayar",
    "BAYAR",
    "byar",
    "pay",
    "yes",
    "setuju",
    "betul",
    "gas",
  ];
  it.each(SHY)("by %s", (text) => {
    const chat = chatAt("bill", { style: "numbers" });
    expect(chat.says(text)).toBe(
      `Belum kami bayar. Untuk membayar Rp183.500 untuk F 0001 Z, balas BAYAR ${codeOf(chat)}.`,
    );
    expect(payTasks(chat)).toEqual([]);
    expect(chat.place).toBe("bill");
  });

  it.each([
    "BAYAR {}?",
    "{}?",
    "bayar {} ya",
    "ok bayar {}",
    "BAYAR {} 👍",
    "kode {}",
    "BAYAR {} Rp183.500",
    '"BAYAR {}"',
    "mau bayar",
  ])("by %s, and hears how", (typed) => {
    const chat = chatAt("bill", { style: "numbers" });
    const answer = chat.says(typed.replace("{}", codeOf(chat)));
    expect(answer).toBe(`Belum kami bayar. Untuk membayar Rp183.500 untuk F 0001 Z, balas BAYAR ${codeOf(chat)}.`);
    expect(payTasks(chat)).toEqual([]);
  });

  it("by another code", () => {
    const chat = chatAt("bill", { style: "numbers" });
    const wrong = codeOf(chat) === "000" ? "111" : "000";
    expect(chat.says(`BAYAR ${wrong}`)).toContain("Belum kami bayar.");
    expect(chat.says(wrong)).toContain("Belum kami bayar.");
    expect(payTasks(chat)).toEqual([]);
  });

  it("by typing what stands on its button", () => {
    const chat = chatAt("bill");
    expect(chat.says("Bayar Rp183.500")).toContain("tekan tombol Bayar");
    expect(payTasks(chat)).toEqual([]);
  });

  it("by a wish with buttons: the button is named, and shown again", () => {
    const chat = chatAt("bill");
    expect(chat.says("ya")).toBe("Belum kami bayar. Untuk membayar Rp183.500 untuk F 0001 Z, tekan tombol Bayar.");
    expect(chat.buttons).toContain("Bayar Rp183.500");
  });
});

describe("who may not pay here by himself", () => {
  it.each(STYLES)("is told how with the bill (%s)", (style) => {
    const chat = chatAt("inquiring", { style, policy: RELAY });
    const answer = chat.billed({ kind: "bill", bill: billOf() });
    expect(answer).toContain(
      "Untuk membayar, hubungi petugas: Budi 0812-3456-789, atau ketik PETUGAS. Jangan serahkan uang sebelum petugas menjawab.",
    );
    expect(answer).not.toMatch(/BAYAR|Tekan tombol Bayar/);
    expect(chat.buttons).not.toContain("Bayar Rp183.500");
  });

  it.each(["ya", "bayar", "1", "BAYAR 000"])("is told again at %s", (text) => {
    const chat = chatAt("bill", { style: "numbers", policy: RELAY });
    expect(chat.says(text)).toBe(
      "Pembayaran lewat chat ini belum dibuka. Hubungi petugas: Budi 0812-3456-789; belum ada pembayaran.",
    );
    expect(chat.place).toBe("bill");
  });

  it("cannot pay by guessing the code or the button either", () => {
    const chat = chatAt("bill", { style: "numbers", policy: RELAY });
    expect(chat.says(codeOf(chat))).toContain("Pembayaran lewat chat ini belum dibuka.");
    expect(chat.tapsId(payButton(chat))).toContain("Pembayaran lewat chat ini belum dibuka.");
    expect(payTasks(chat)).toEqual([]);
  });

  it("is told how when a human has the chat", () => {
    for (const [policy, said] of [
      [RELAY, "Pembayaran lewat chat ini belum dibuka."],
      [{}, "Belum kami bayar. Untuk membayar Rp183.500 untuk F 0001 Z, balas BAYAR"],
    ] as const) {
      const chat = chatAt("bill", { style: "numbers", policy });
      chat.says("petugas");
      expect(chat.says("bayar")).toContain(said);
      expect(chat.place).toBe("human");
    }
  });

  it("and a bill above the limit goes through a human", () => {
    const chat = chatAt("inquiring", { style: "numbers", policy: { payMax: rupiah(100_000) } });
    expect(chat.billed({ kind: "bill", bill: billOf() })).toContain(
      "Tagihan di atas Rp100.000 hanya lewat petugas. Ketik PETUGAS.",
    );
    expect(chat.says("ya")).toBe("Tagihan di atas Rp100.000 hanya lewat petugas. Ketik PETUGAS.");
    chat.says(codeOf(chat));
    expect(payTasks(chat)).toEqual([]);
  });
});
