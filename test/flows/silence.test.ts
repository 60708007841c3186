import { describe, expect, it } from "vitest";
import { billOf, CHASSIS, flowChat, HOUR, MINUTE, NIK } from "../fakes/flow-chat.ts";
import { chatAt, OTHER_CHASSIS, PLACES, paid, pays, payTasks, underWay } from "./chats.ts";

const DAY = 24 * HOUR;

describe("silence", () => {
  it("of ten minutes at a number is answered with one nudge", () => {
    const chat = chatAt("chassis");
    expect(chat.waits(9 * MINUTE)).toBe("");
    expect(chat.waits(MINUTE)).toBe(
      "Kami masih menunggu nomor rangka. Jawaban tadi tersimpan sampai besok pukul 13.00 WIB; balas kapan saja.",
    );
    expect(chat.waits(10 * HOUR)).toBe("");
    expect(chatAt("nik").waits(HOUR)).toContain("Kami masih menunggu NIK.");
  });

  it("again after the next answer", () => {
    const chat = chatAt("nik");
    chat.waits(15 * MINUTE);
    chat.says(NIK);
    expect(chat.waits(10 * MINUTE)).toContain("Kami masih menunggu nomor rangka.");
  });

  it.each(PLACES.filter((place) => place !== "nik" && place !== "chassis"))(
    "at %s is answered with silence",
    (place) => {
      const chat = chatAt(place);
      const said: string[] = [];
      for (let minute = 0; minute < 9 && chat.place === place; minute += 1) said.push(chat.waits(MINUTE));
      expect(said.filter((text) => !text.startsWith("Sedang mengecek") && text !== "")).toEqual([]);
    },
  );
});

describe("a parked chat", () => {
  it("takes an answer that fits at once", () => {
    const chat = chatAt("nik");
    chat.waits(3 * HOUR);
    expect(chat.context.parked).toBe(true);
    expect(chat.says(NIK)).toMatch(/^NIK diterima: 3204\*{8}0001./);
  });

  it("offers the way on to what does not fit, as often as it comes", () => {
    const chat = chatAt("chassis");
    chat.waits(HOUR);
    const way =
      "Tadi sampai nomor rangka (Jawa Barat, NIK 3204********0001). Ketik nomor rangkanya, atau balas MULAI LAGI.";
    expect(chat.says("apa kabar")).toBe(way);
    expect(chat.says("🤷")).toBe(way);
    expect(chat.says(CHASSIS)).toBe("");
    expect(chat.place).toBe("inquiring");
  });

  it("keeps its list", () => {
    const chat = chatAt("region", { style: "numbers" });
    chat.waits(HOUR);
    expect(chat.says("hmm apa ya")).toBe(`Tadi sampai wilayah. Ketik wilayahnya, atau balas MULAI LAGI.

1. Jawa Barat
2. Jawa Tengah (tutup)
3. Jakarta (tutup)
4. Jawa Timur (tutup)`);
    expect(chat.says("1")).toContain("Ketik NIK pemilik");
  });

  it("at a bill stays parked whatever else is asked, so that its code does not pay", () => {
    const chat = chatAt("bill", { style: "numbers" });
    const { code = "" } = chat.context.quote ?? {};
    chat.waits(31 * MINUTE);
    for (const word of ["status", "privasi", "terima kasih", "apa"]) chat.says(word);
    chat.says(`BAYAR ${code}`);
    expect(payTasks(chat)).toEqual([]);
    chat.billed({ kind: "bill", bill: billOf() });
    pays(chat);
    expect(payTasks(chat)).toHaveLength(1);
  });
});

describe("after a day of silence nothing that was typed is left", () => {
  it.each(PLACES.filter((place) => place !== "confirming" && place !== "watching"))("at %s", (place) => {
    const chat = chatAt(place);
    chat.waits(DAY + HOUR);
    expectForgotten(chat);
    expect(chat.place).toBe(place === "region" ? "region" : "idle");
  });

  it("nor what was left by BATAL, kept for LANJUT, doubted, cut short or written to a human", () => {
    const ways: readonly (readonly string[])[] = [
      [NIK, "batal"],
      [NIK, CHASSIS, "menu"],
      ["320412310890001"],
      ["3204123108", "900001"],
      ["32O4123108900001"],
      [NIK, "MH1JFZI10HK123456", "batal"],
      [NIK, "petugas", `nomor saya ${CHASSIS}`],
    ];
    for (const texts of ways) {
      const chat = chatAt("nik");
      for (const text of texts) chat.says(text);
      chat.waits(DAY + HOUR);
      expectForgotten(chat);
    }
  });

  it("of a vehicle whose payment has not ended the reference alone stays, and its news still comes", () => {
    const chat = chatAt("watching");
    underWay(chat);
    chat.waits(DAY + HOUR);
    expectForgotten(chat);
    expect(paid(chat)).toContain("Pembayaran berhasil ✅");
  });

  it("but the vehicle that was paid is known for 90 days, and then nothing at all", () => {
    const chat = chatAt("watching");
    paid(chat);
    chat.waits(89 * DAY);
    expect(chat.context.last?.plate).toBe("F 0001 Z");
    chat.waits(DAY + HOUR);
    expectForgotten(chat);
    expect(JSON.stringify(chat.context)).not.toMatch(/F 0001 Z|7K2MQ/);
  });

  it("also in a chat that was never heard of again after a lone greeting", () => {
    const chat = flowChat();
    chat.says("halo");
    chat.waits(100 * DAY);
    expect(chat.says("halo")).toContain("Selamat datang kembali.");
  });

  it("a human does not keep the chat for ever", () => {
    const chat = chatAt("human");
    chat.waits(DAY + HOUR);
    expect(chat.place).toBe("idle");
    expect(chat.says("halo")).toContain("Kendaraan terdaftar di wilayah mana?");
  });
});

function expectForgotten(chat: ReturnType<typeof chatAt>): void {
  expect(JSON.stringify(chat.context)).not.toMatch(/3204123108|32O4|900001|MH1JFZ/);
  expect(JSON.stringify(chat.context)).not.toContain(OTHER_CHASSIS);
}
