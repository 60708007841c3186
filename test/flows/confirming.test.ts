import { describe, expect, it } from "vitest";
import { rupiah } from "../../src/domain/rupiah.ts";
import { billOf, HOUR, MINUTE, NOON } from "../fakes/flow-chat.ts";
import {
  chatAt,
  codeOf,
  kindsOf,
  notPaid,
  OTHER_CHASSIS,
  opens,
  paid,
  payButton,
  pays,
  payTasks,
  RELAY,
  STYLES,
  underWay,
} from "./chats.ts";

const AT_2350 = Date.UTC(2026, 6, 7, 16, 50);
const dearer = billOf({ total: rupiah(196_300), pkbPenalty: rupiah(12_800) });

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

describe("a stale confirmation brings a fresh bill", () => {
  it.each(STYLES)("after an hour, with the sum compared (%s)", (style) => {
    const chat = chatAt("bill", { style });
    const [code, button] = [codeOf(chat), payButton(chat)];
    chat.waits(61 * MINUTE);
    const confirm = () => (style === "buttons" ? chat.tapsId(button) : chat.says(`BAYAR ${code}`));
    expect(confirm()).toBe("");
    expect(kindsOf(chat)).toContain("inquire");
    expect(chat.billed({ kind: "bill", bill: billOf() })).toBe(
      `Tagihan F 0001 Z tadi sudah lewat waktu; sudah kami cek ulang dan jumlahnya tetap Rp183.500, berlaku sampai 15.01 WIB. ${
        style === "buttons" ? "Tekan tombol Bayar." : `Balas BAYAR ${codeOf(chat)}.`
      }`,
    );
    expect(codeOf(chat)).not.toBe(code);
    expect(payTasks(chat)).toEqual([]);
    pays(chat);
    expect(payTasks(chat)).toHaveLength(1);
  });

  it("with another sum, shown whole", () => {
    const chat = chatAt("bill", { style: "numbers" });
    const code = codeOf(chat);
    chat.waits(61 * MINUTE);
    chat.says(code);
    const answer = chat.billed({ kind: "bill", bill: dearer });
    expect(answer).toContain("Tagihan ditemukan\nF 0001 Z");
    expect(answer).toContain(
      "Jumlah berubah dari Rp183.500 menjadi Rp196.300 (denda PKB Rp12.800). Setuju? Balas BAYAR",
    );
    expect(answer).not.toContain("Nama dan pelat benar?");
  });

  it.each(["ya", "BAYAR", "{}", "BAYAR {}"])("in a parked chat, to %s", (typed) => {
    const chat = chatAt("bill", { style: "numbers" });
    const code = codeOf(chat);
    chat.waits(31 * MINUTE);
    chat.says(typed.replace("{}", code));
    expect(chat.place).toBe("inquiring");
    expect(payTasks(chat)).toEqual([]);
  });

  it("after BATAL, and after MENU", () => {
    for (const word of ["batal", "menu"]) {
      const chat = chatAt("bill");
      const button = payButton(chat);
      chat.says(word);
      expect(chat.tapsId(button)).toBe("");
      expect(chat.billed({ kind: "bill", bill: billOf() })).toMatch(/^Tombol itu dari tagihan lama. Ini yang terbaru:/);
      expect(payTasks(chat)).toEqual([]);
    }
  });

  it("for the vehicle that the old code named, not for the one that is open now", () => {
    const chat = chatAt("bill", { style: "numbers" });
    const first = codeOf(chat);
    chat.says(OTHER_CHASSIS);
    chat.billed({ kind: "bill", bill: billOf({ plate: "F 4321 CD", total: rupiah(99_000) }) });
    chat.says(`BAYAR ${first}`);
    expect(chat.last.find(({ kind }) => kind === "inquire")).toMatchObject({ chassis: "MH1JFZ110HK123456" });
    const answer = chat.billed({ kind: "bill", bill: billOf() });
    expect(answer).toMatch(/^Kode itu dari tagihan lama. Ini yang terbaru:\n\nTagihan F 0001 Z tadi/);
    expect(payTasks(chat)).toEqual([]);
  });

  it("at most as often as the chat may ask", () => {
    const chat = chatAt("bill", { style: "numbers" });
    const code = codeOf(chat);
    for (let asked = 1; asked < 5; asked += 1) {
      chat.says("batal");
      chat.says(`BAYAR ${code}`);
      expect(chat.place).toBe("inquiring");
    }
    chat.says("batal");
    expect(chat.says(`BAYAR ${code}`)).toBe(
      "Terlalu banyak pengecekan. Bisa lagi pukul 14.00 WIB. Mendesak? Ketik PETUGAS.",
    );
  });

  it("but not once its answers are forgotten", () => {
    const chat = chatAt("bill");
    const button = payButton(chat);
    chat.waits(25 * HOUR);
    expect(chat.tapsId(button)).toBe(
      "Tagihan itu sudah lama, jadi tidak kami bayar. Ketik MENU untuk mengecek lagi, atau STATUS untuk pembayaran Anda.",
    );
  });

  it("and an unknown button shows the bill that is open", () => {
    const chat = chatAt("bill");
    expect(chat.tapsId("pay:someothernonce")).toMatch(
      /^Tombol itu dari tagihan lama. Ini yang terbaru:\n\nTagihan ditemukan/,
    );
    expect(chatAt("idle").tapsId("pay:someothernonce")).toContain("Tagihan itu sudah lama, jadi tidak kami bayar.");
  });
});

describe("late in the day", () => {
  it("a bill holds until 23.58, and says what midnight may do", () => {
    const chat = chatAt("bill", { at: AT_2350, style: "numbers" });
    expect(chat.says("apa itu")).toContain("Berlaku sampai 23.58 WIB.");
    expect(chat.says("apa itu")).toContain("Lewat tengah malam tagihan bisa kena denda.");
    const code = codeOf(chat);
    chat.waits(8 * MINUTE);
    chat.says(code);
    expect(payTasks(chat)).toEqual([]);
    const answer = chat.billed({ kind: "bill", bill: billOf() });
    expect(answer).toContain(
      "Menjelang tengah malam kami tidak membayar. Cek lagi sesudah pukul 00.00 WIB dengan mengetik LANJUT.",
    );
    expect(answer).not.toContain("BAYAR");
    chat.waits(3 * MINUTE);
    chat.says("lanjut");
    expect(chat.billed({ kind: "bill", bill: dearer })).toContain("Jumlah berubah dari Rp183.500 menjadi Rp196.300");
  });
});

describe("after a confirmation", () => {
  it.each(STYLES)("a second one says that it is under way, and pays nothing (%s)", (style) => {
    const chat = chatAt("bill", { style });
    const [code, button] = [codeOf(chat), payButton(chat)];
    const again = () => (style === "buttons" ? chat.tapsId(button) : chat.says(`BAYAR ${code}`));
    again();
    expect(again()).toBe("Konfirmasi tadi sudah kami terima dan sedang diperiksa. Tidak akan kami bayar dua kali.");
    opens(chat);
    underWay(chat);
    expect(again()).toBe("Sedang diproses (TRX-7K2MQ). Tidak akan kami bayar dua kali.");
    paid(chat);
    expect(again()).toBe("F 0001 Z sudah lunas lewat loket ini (TRX-7K2MQ). Ketik BUKTI 7K2MQ untuk buktinya.");
    expect(payTasks(chat)).toHaveLength(1);
  });

  it("an older code of the same vehicle says so, too", () => {
    const chat = chatAt("bill", { style: "numbers" });
    const old = codeOf(chat);
    chat.waits(61 * MINUTE);
    chat.says(old);
    chat.billed({ kind: "bill", bill: billOf() });
    pays(chat);
    opens(chat);
    expect(chat.says(`BAYAR ${old}`)).toBe("Sedang diproses (TRX-7K2MQ). Tidak akan kami bayar dua kali.");
    expect(chat.says("BAYAR 000")).toBe("Sedang diproses (TRX-7K2MQ). Tidak akan kami bayar dua kali.");
    expect(chat.says("bayar")).toBe("Sedang diproses (TRX-7K2MQ). Tidak akan kami bayar dua kali.");
  });

  it("one that came to nothing leads on to a new check", () => {
    const chat = chatAt("watching", { style: "numbers" });
    const { code = "" } = chat.context.bills[0] ?? {};
    notPaid(chat);
    expect(chat.says(`BAYAR ${code}`)).toBe(
      "Pembayaran tadi (TRX-7K2MQ) tidak berhasil. Ketik LANJUT untuk mengecek tagihannya lagi.",
    );
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

describe("the ledger's answer to a confirmation", () => {
  it("too old: the bill is asked for again, and its sum compared", () => {
    for (const kind of ["bill-too-old", "quotes-void"] as const) {
      const chat = chatAt("confirming", { style: "numbers" });
      opens(chat, { kind });
      expect(chat.place).toBe("inquiring");
      expect(chat.billed({ kind: "bill", bill: dearer })).toContain("Jumlah berubah dari Rp183.500 menjadi Rp196.300");
    }
  });

  it("being paid elsewhere, paid lately, sent before, above the cap: each has its sentence", () => {
    const answers = (
      [
        { kind: "vehicle-busy", plate: "F 0001 Z", since: NOON - 5 * MINUTE, ref: undefined },
        { kind: "paid-lately", plate: "F 0001 Z", ref: "7K2MQ" as never },
        { kind: "invoice-used" },
        { kind: "over-cap" },
      ] as const
    ).map((result) => {
      const chat = chatAt("confirming", { style: "numbers" });
      const answer = opens(chat, result);
      expect(chat.place).toBe("idle");
      return answer;
    });
    expect(answers).toEqual([
      "F 0001 Z sedang dibayar sejak 12.55 WIB. Tidak kami bayar dua kali. Pertanyaan: Budi 0812-3456-789.",
      "F 0001 Z sudah lunas lewat loket ini (TRX-7K2MQ). Ketik BUKTI 7K2MQ untuk buktinya.\n\n1. Kendaraan lain",
      "Tagihan ini pernah kami kirim dan hasilnya sedang diperiksa petugas. Tidak kami bayar dua kali.",
      "Tagihan di atas Rp10.000.000 hanya lewat petugas. Ketik PETUGAS.",
    ]);
  });

  it("paid or ended before: says so", () => {
    const chat = chatAt("confirming");
    expect(opens(chat, { kind: "opened", ref: "7K2MQ" as never, state: "paid" })).toContain(
      "sudah lunas lewat loket ini",
    );
    expect(chat.place).toBe("idle");
  });
});
