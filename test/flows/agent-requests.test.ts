import { describe, expect, it } from "vitest";
import { rupiah } from "../../src/domain/rupiah.ts";
import { startOfDay } from "../../src/domain/time.ts";
import { AGENT, agentChat, factsOf, PIN, paidNotice } from "../fakes/agent-chat.ts";
import { HOUR, MINUTE } from "../fakes/flow-chat.ts";
import { STYLES } from "./chats.ts";
import { HAND_COMMANDS } from "./commands.ts";
import { acts, answers, news, taken } from "./hand-chat.ts";
import { REQUEST } from "./relay-chat.ts";

describe("A1: an offer", () => {
  it("names the vehicle, the sum and what is free", () => {
    const chat = agentChat();
    expect(news(chat, "offer")).toContain(
      "Permintaan 9PXM2: F 0001 Z · YAMAHA 28D (AL115S/MIO) 2010 · Rp183.500. Saldo bebas Rp2.140.000.",
    );
    expect(chat.buttons).toEqual(["Ambil", "Lewati"]);
    chat.taps("Ambil");
    expect(chat.last).toMatchObject([{ kind: "agent-act", act: "take", ref: REQUEST, agent: AGENT }]);
  });

  it.each([
    ["AMBIL 9PXM2", "take"],
    ["ambil 9pxm2", "take"],
    ["take 9pxm2", "take"],
    ["9PXM2", "take"],
    ["9pxm2", "take"],
    ["lewati 9pxm2", "skip"],
    ["LEPAS 9PXM2", "let-go"],
    ["lagi 9pxm2", "again"],
    ["kembalikan 9pxm2", "returned"],
  ])("%s: the desk is told", (text, act) => {
    const chat = agentChat({ style: "numbers" });
    news(chat, "offer");
    chat.says(text);
    expect(acts(chat)).toEqual([`${act} ${REQUEST}`]);
  });

  it("who was quicker is heard, and what is over", () => {
    const chat = agentChat();
    news(chat, "offer");
    expect(news(chat, "offer-gone")).toContain("9PXM2 sudah diambil loket lain");
    expect(answers(chat, "take", "impossible", { mine: false, agent: "" })).toContain("diambil loket lain");
    expect(answers(chat, "take", "impossible", { state: "closed", mine: false })).toContain("sudah ditutup");
    expect(chat.hears({ type: "agent-acted", act: "take", ref: REQUEST, result: { kind: "unknown" } })).toContain(
      "Tidak ada permintaan 9PXM2",
    );
  });

  it("who was too late hears it once, by the news, whichever comes first", () => {
    const first = agentChat();
    news(first, "offer");
    first.taps("Ambil");
    expect(answers(first, "take", "impossible", { mine: false, agent: "" })).toBe("");
    expect(news(first, "offer-gone")).toContain("9PXM2 sudah diambil loket lain");
    const second = agentChat();
    news(second, "offer");
    second.taps("Ambil");
    expect(news(second, "offer-gone")).toContain("9PXM2 sudah diambil loket lain");
    expect(answers(second, "take", "impossible", { mine: false, agent: "" })).toBe("");
    // Whoever asks for it after that is answered.
    second.says("ambil 9pxm2");
    expect(answers(second, "take", "impossible", { mine: false, agent: "" })).toContain("diambil loket lain");
  });

  it("a balance that does not cover it: no money yet", () => {
    const chat = agentChat();
    news(chat, "offer");
    expect(answers(chat, "take", "short", { state: "asked" })).toContain(
      "Saldo kurang Rp63.500 untuk 9PXM2. Jangan terima uang dulu.",
    );
    expect(answers(chat, "take", "capped", { state: "asked" })).toContain("Jangan terima uang");
  });
});

describe("A2: it is his", () => {
  it.each(STYLES)("the money in the hand is said behind the PIN, once (%s)", (style) => {
    const chat = taken({ style });
    const code = chat.context.hands?.[0]?.code ?? "";
    if (style === "buttons") chat.taps("Uang diterima");
    else chat.says(`BAYAR ${code}`);
    expect(chat.place).toBe("pin");
    expect(acts(chat)).toEqual([]);
    chat.says(PIN);
    expect(chat.place).toBe("desk");
    expect(acts(chat)).toEqual([`received ${REQUEST}`]);
    expect(chat.says(code)).toContain("Dicatat");
    expect(acts(chat)).toHaveLength(1);
    expect(answers(chat, "received", "done", { state: "paying" })).toContain("Dicatat: uang 9PXM2 di tangan Anda");
  });

  it("taken once more after a crash it is his, and he hears so", () => {
    const chat = taken({ style: "numbers" });
    const code = chat.context.hands?.[0]?.code;
    expect(answers(chat, "take", "impossible")).toBe(
      `9PXM2 · F 0001 Z · Rp183.500: milik Anda. Uang sudah di tangan? Balas BAYAR ${code}.`,
    );
    expect(answers(chat, "take", "impossible", { state: "paying", received: true })).toContain("Dicatat: uang 9PXM2");
    expect(answers(chat, "take", "impossible", { state: "unpaid" })).toContain("belum dibayar, uang pelanggan");
    expect(answers(chat, "take", "impossible", { state: "done" })).toBe("9PXM2 sudah selesai: pajak F 0001 Z lunas.");
    // Before the news that it is his have come.
    const early = agentChat();
    news(early, "offer");
    early.taps("Ambil");
    expect(answers(early, "take", "impossible")).toContain("milik Anda");
  });

  it.each([
    ["let-go", { state: "asked", mine: false, declined: true }, "dilepas. Saldo Rp183.500 sudah kembali"],
    ["returned", { state: "closed", closed: "returned" }, "uang 9PXM2 sudah kembali ke pelanggan"],
    ["again", { state: "taken" }, "milik Anda"],
  ] as const)("%s done again after a crash is answered as the first time", (act, over, text) => {
    expect(answers(taken(), act, "impossible", over)).toContain(text);
  });

  it("LEWATI done again after a crash too", () => {
    const chat = agentChat();
    news(chat, "offer");
    expect(answers(chat, "skip", "impossible", { state: "asked", mine: false, declined: true })).toBe(
      "9PXM2 dilewati.",
    );
    expect(chat.context.hands).toMatchObject([{ stage: "over" }]);
  });

  it("said again after a crash it is what was asked, and no fault of his", () => {
    const chat = taken();
    for (const state of ["received", "paying"] as const) {
      expect(answers(chat, "received", "impossible", { state, received: true })).toContain("Dicatat: uang 9PXM2");
    }
  });

  it("within the session no PIN is asked for, above the limit always", () => {
    const chat = taken();
    chat.says(chat.context.hands?.[0]?.code ?? "");
    chat.says(PIN);
    news(chat, "yours", { ref: "8PXM2" as never });
    chat.says(chat.context.hands?.at(-1)?.code ?? "");
    expect(acts(chat)).toEqual([`received ${REQUEST}`, "received 8PXM2"]);
    news(chat, "yours", { ref: "7PXM2" as never, total: rupiah(2_500_000) });
    chat.says(chat.context.hands?.at(-1)?.code ?? "");
    expect(chat.place).toBe("pin");
  });

  it.each(["ya", "ok", "1", "bayar", "uang diterima", "sudah"])("%s never says it", (text) => {
    const chat = taken({ style: "numbers" });
    chat.says(text);
    expect(acts(chat)).toEqual([]);
    expect(chat.place).toBe("desk");
  });

  it("no button that can be forwarded says it without the nonce", () => {
    const chat = taken();
    chat.tapsId(`hand:received:${REQUEST}`);
    chat.tapsId("pay:nonce0000999");
    expect(acts(chat)).toEqual([]);
  });

  it("a wrong PIN says nothing, a locked one either", () => {
    const chat = taken();
    chat.taps("Uang diterima");
    expect(chat.says("111222")).toContain("PIN salah");
    expect(acts(chat)).toEqual([]);
    chat.becomes({ pin: "locked" });
    chat.says("batal");
    expect(chat.says(chat.context.hands?.[0]?.code ?? "")).toContain("PIN terkunci");
    expect(acts(chat)).toEqual([]);
  });

  it("a suspended agent's word is written down, and not paid", () => {
    const chat = taken({ agent: { suspended: true } });
    chat.taps("Uang diterima");
    expect(acts(chat)).toEqual([`received ${REQUEST}`]);
    expect(answers(chat, "received", "suspended")).toContain("tidak kami bayar");
  });

  it("the customer's SUDAH and the reminder name the same code; with a picture it is said", () => {
    const chat = taken({ style: "numbers" });
    const code = chat.context.hands?.[0]?.code ?? "";
    expect(news(chat, "customer-paid", {}, { photo: true })).toMatch(
      new RegExp(`menyatakan sudah menyerahkan Rp183\\.500 dan punya foto buktinya.*BAYAR ${code}`),
    );
    expect(news(chat, "reminder")).toContain(`Balas BAYAR ${code}`);
  });

  it("let go: the balance is back; after SUDAH only staff move it", () => {
    const chat = taken();
    chat.taps("Lepas");
    expect(acts(chat)).toEqual([`let-go ${REQUEST}`]);
    expect(answers(chat, "let-go", "impossible", { said: true })).toContain("hanya petugas");
    expect(answers(chat, "let-go", "done", { state: "asked", mine: false })).toContain("Saldo Rp183.500 sudah kembali");
    expect(chat.context.hands).toMatchObject([{ stage: "over" }]);
  });

  it("the counter's own fee is in what he takes, not in what is held", () => {
    const chat = agentChat();
    expect(news(chat, "yours", { markup: rupiah(5_000) })).toContain(
      "saldo Rp183.500 ditahan. Tekan hanya jika Rp188.500 sudah di tangan.",
    );
  });
});

describe("another sum", () => {
  it("the old code says nothing any more; the new one does, after the customer's yes", () => {
    const chat = taken({ style: "numbers" });
    const old = chat.context.hands?.[0]?.code ?? "";
    chat.says(old);
    chat.says(PIN);
    expect(news(chat, "sum-asked", { total: rupiah(196_300) })).toContain("berubah dari Rp183.500 menjadi Rp196.300");
    expect(chat.says(old)).not.toContain("Dicatat");
    const said = news(chat, "sum-agreed", { total: rupiah(196_300) });
    const code = chat.context.hands?.[0]?.code ?? "";
    expect(code).not.toBe(old);
    expect(said).toContain(`Balas BAYAR ${code}`);
    chat.says(old);
    expect(acts(chat)).toEqual([`received ${REQUEST}`]);
    chat.says(code);
    expect(acts(chat)).toEqual([`received ${REQUEST}`, `received ${REQUEST}`]);
  });
});

describe("N2: not paid", () => {
  it.each(STYLES)("Coba lagi or Uang dikembalikan (%s)", (style) => {
    const chat = taken({ style });
    const said = news(chat, "unpaid");
    expect(said).toContain(
      "belum berhasil (TRX-7K2MQ). Saldo Rp183.500 sudah kembali. Uang pelanggan masih pada Anda.",
    );
    if (style === "buttons") chat.taps("Coba lagi");
    else chat.says("1");
    expect(acts(chat)).toEqual([`again ${REQUEST}`]);
    // Tried again it is his as at first, and the money is confirmed anew.
    news(chat, "yours");
    chat.says(chat.context.hands?.[0]?.code ?? "");
    expect(chat.place).toBe("pin");
    chat.says(PIN);
    expect(acts(chat)).toEqual([`again ${REQUEST}`, `received ${REQUEST}`]);
  });

  it.each([
    [{ how: "region-closed" }, "(TRX-7K2MQ): wilayahnya baru saja tutup. Saldo"],
    [{ how: "paused" }, "(TRX-7K2MQ): pembayaran sedang kami hentikan sebentar untuk diperiksa. Saldo"],
    [{ how: "refunded" }, "(TRX-7K2MQ): sistem pembayaran mengembalikan dananya. Saldo"],
    [{ how: "not-charged" }, "(TRX-7K2MQ): sistem pembayaran tidak menerimanya. Saldo"],
    [{ why: "no-bill", tried: undefined }, "(9PXM2): tagihannya tidak bisa kami ambil lagi. Saldo"],
    [{}, "(TRX-7K2MQ). Saldo"],
  ])("says why: %o", (more, text) => {
    expect(news(taken(), "unpaid", {}, more)).toContain(text);
  });

  it("given back: written down, and asked no more", () => {
    const chat = taken({ style: "numbers" });
    news(chat, "unpaid");
    chat.says("2");
    expect(acts(chat)).toEqual([`returned ${REQUEST}`]);
    expect(answers(chat, "returned", "done", { state: "closed" })).toContain("sudah kembali ke pelanggan");
    expect(chat.context.questions).toEqual([]);
  });

  it("a customer who took it back leaves nothing to try", () => {
    const chat = taken({ style: "numbers" });
    expect(news(chat, "unpaid", {}, { why: "taken-back", tried: undefined })).toContain("minta Rp183.500 kembali");
    chat.says("1");
    expect(acts(chat)).toEqual([`returned ${REQUEST}`]);
  });
});

describe("its payment", () => {
  it("the agent hears Lunas, and the proof goes to the customer alone", () => {
    const chat = taken();
    chat.taps("Uang diterima");
    chat.says(PIN);
    const relayed = { relayed: true } as const;
    chat.tells({ kind: "under-way", nextAt: chat.now + MINUTE, payment: factsOf(), ...relayed });
    chat.tells({ kind: "still-asking", stage: "minute", nextAt: chat.now + MINUTE, payment: factsOf(), ...relayed });
    expect(chat.tells({ ...paidNotice(), ...relayed })).toContain("Lunas");
    expect(chat.tasks.filter(({ kind }) => kind === "document")).toEqual([]);
    expect(chat.context.hands).toMatchObject([{ stage: "over" }]);
  });

  it("of a walk-in customer it still comes as ever", () => {
    const chat = agentChat();
    chat.tells(paidNotice());
    expect(chat.last).toContainEqual(expect.objectContaining({ kind: "document", form: "struk" }));
  });
});

it.each(HAND_COMMANDS)("%s is %s in English", (indonesian, english) => {
  const read = (text: string) => {
    const chat = taken();
    chat.says(`${text} 9pxm2`);
    return acts(chat);
  };
  expect(read(indonesian)).toHaveLength(1);
  expect(read(english)).toEqual(read(indonesian));
});

it("STATUS names what is in his hand", () => {
  const chat = taken({ style: "numbers" });
  expect(chat.says("status")).toContain(
    `9PXM2 · F 0001 Z · Rp183.500: milik Anda. Uang sudah di tangan? Balas BAYAR ${chat.context.hands?.[0]?.code}.`,
  );
});

it.each([
  ["customer-cancelled", "Pelanggan membatalkan 9PXM2. Saldo Rp183.500 sudah kembali. Jangan terima uang."],
  ["not-yours", "Waktu 9PXM2 habis"],
  ["bill-wait", "belum dibayar. Kami coba terus."],
  ["duty-over", "tugas Anda kami akhiri"],
] as const)("%s", (kind, text) => {
  expect(news(taken(), kind)).toContain(text);
});

describe("a duty", () => {
  const closing = (chat: ReturnType<typeof agentChat>) => {
    const asked = chat.tasks.findLast((task) => task.kind === "timer");
    if (asked?.kind !== "timer") throw new Error("no timer was asked for");
    return asked;
  };

  it("that the closing time ends is told", () => {
    const chat = agentChat();
    chat.says("tugas");
    const { name, number, at } = closing(chat);
    expect([name, at - startOfDay(chat.now)]).toEqual(["duty", 20 * HOUR]);
    expect(chat.hears({ type: "timer", name, number })).toContain(
      "Jam loket sudah tutup, jadi tugas Anda kami akhiri.",
    );
    expect(chat.hears({ type: "timer", name, number })).toBe("");
  });

  it("that is over by then, or began anew, is not told by the old timer", () => {
    for (const ends of [
      (chat: ReturnType<typeof agentChat>) => void chat.says("istirahat"),
      (chat: ReturnType<typeof agentChat>) => void news(chat, "duty-over"),
      (chat: ReturnType<typeof agentChat>) => {
        chat.waits(MINUTE);
        chat.says("tugas");
      },
    ]) {
      const chat = agentChat();
      chat.says("tugas");
      const { name, number } = closing(chat);
      ends(chat);
      expect(chat.hears({ type: "timer", name, number })).toBe("");
    }
  });
});

it("news of an offer that is long forgotten is still told", () => {
  const chat = agentChat();
  news(chat, "offer");
  chat.waits(60 * 60 * MINUTE);
  chat.says("saldo");
  expect(news(chat, "offer-gone")).toContain("9PXM2");
});
