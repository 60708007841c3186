import { describe, expect, it } from "vitest";
import { billOf, CHASSIS, HOUR, MINUTE, NIK } from "../fakes/flow-chat.ts";
import { chatAt, goDown, kindsOf, OTHER_CHASSIS, STYLES, unavailable } from "./chats.ts";

const notFound = { kind: "not-found", reason: "Maaf, Datamu Tidak Ketemu." } as const;

describe("a bill that was found", () => {
  it("is shown with what the biller says, the owner masked (buttons)", () => {
    const chat = chatAt("inquiring");
    expect(chat.billed({ kind: "bill", bill: billOf() })).toBe(`Tagihan ditemukan
F 0001 Z · YAMAHA 28D (AL115S/MIO) 2010 · MERAH MARUN
Pemilik: JOR***
Pajak (PKB): Rp143.500
Jasa Raharja (SWDKLLJ): Rp35.000
Biaya admin: Rp5.000
Total: Rp183.500
Berlaku sampai 14.00 WIB. Pembayaran yang berhasil tidak dapat dibatalkan.

Nama dan pelat benar?`);
    expect(chat.buttons).toEqual(["Bayar Rp183.500", "Data salah", "Batal"]);
  });

  it("says on a channel of numbers what to reply", () => {
    const chat = chatAt("inquiring", { style: "numbers" });
    expect(chat.billed({ kind: "bill", bill: billOf() })).toMatch(
      /\n\nNama dan pelat benar\? Balas BAYAR \d{3}. Salah\? Balas UBAH.$/,
    );
  });

  it("asks which part is wrong, and for that alone", () => {
    const chat = chatAt("bill", { style: "numbers" });
    expect(chat.says("UBAH")).toBe("Bagian mana yang perlu diubah?\n\n1. Ubah wilayah\n2. Ubah NIK\n3. Ubah rangka");
    expect(chat.says("3")).toContain("Ketik nomor rangka");
    chat.says(OTHER_CHASSIS);
    expect(chat.last.find(({ kind }) => kind === "inquire")).toMatchObject({ nik: NIK, chassis: OTHER_CHASSIS });
    const other = chatAt("bill");
    other.taps("Data salah");
    expect(other.taps("Ubah NIK")).toContain("Ketik NIK pemilik");
  });

  it("comes through a list that was opened while the biller was asked", () => {
    for (const word of ["bantuan", "ubah", "hapus data"]) {
      const chat = chatAt("inquiring", { style: "numbers" });
      chat.says(word);
      expect(chat.billed({ kind: "bill", bill: billOf() })).toMatch(/^Tagihan ditemukan/);
      expect(chat.says("1")).toContain("Belum kami bayar.");
    }
  });
});

describe("no bill", () => {
  it("names what was looked for, what the system said, and what can be changed", () => {
    const chat = chatAt("inquiring", { style: "numbers" });
    expect(
      chat.billed(notFound),
    ).toBe(`Data tidak ditemukan untuk Jawa Barat, NIK 3204********0001, rangka MH1J FZ11 0HK1 2345 6.
Keterangan sistem: "Maaf, Datamu Tidak Ketemu."

Ketik saja nomor yang benar, atau pilih yang mau diubah. NIK harus milik nama di STNK.

1. Ubah wilayah
2. Ubah NIK
3. Ubah rangka`);
    chat.says(OTHER_CHASSIS);
    expect(chat.last.find(({ kind }) => kind === "inquire")).toMatchObject({ nik: NIK, chassis: OTHER_CHASSIS });
  });

  it("takes a corrected NIK or region just as well", () => {
    const chat = chatAt("notFound");
    expect(chat.says("3204123108900002")).toBe(
      "NIK diterima: 3204********0002. Pesan Anda kami hapus setelah tagihan ditemukan.\n\nTagihannya kami cek sekarang.",
    );
    const other = chatAt("notFound");
    expect(other.says("jakarta")).toContain("Jakarta sedang tutup");
  });

  it("three times says what to compare, and lets the chat rest for 15 minutes", () => {
    const chat = chatAt("notFound");
    chat.says(OTHER_CHASSIS);
    chat.billed(notFound);
    chat.says(CHASSIS);
    const third = chat.billed(notFound);
    expect(third).toContain("rangka MH1J FZ11 0HK1 2345 6.");
    expect(third).toContain(
      "Sudah tiga kali tidak ditemukan. Cocokkan huruf demi huruf: wilayah, NIK nama di STNK, baris NOMOR RANGKA. Butuh bantuan? Ketik PETUGAS. Cek lagi bisa pukul 13.15 WIB.",
    );
    expect(chat.says(OTHER_CHASSIS)).toContain("Terlalu banyak pengecekan. Bisa lagi pukul 13.15 WIB.");
    chat.waits(15 * MINUTE);
    chat.says("lanjut");
    expect(chat.place).toBe("inquiring");
    expect(chat.billed(notFound)).not.toContain("Sudah tiga kali");
  });

  it("for a paid vehicle offers the next one", () => {
    const chat = chatAt("inquiring", { style: "numbers" });
    expect(chat.billed({ kind: "already-paid", reason: "" })).toBe(
      "Menurut sistem, pajak kendaraan ini sudah lunas. Tidak perlu membayar.\n\n1. Kendaraan lain",
    );
    expect(chat.says("1")).toContain("NIK yang sama (3204********0001)?");
  });

  it("for other reasons says which", () => {
    const answers = (
      [
        { kind: "closed", reason: "" },
        { kind: "bad-bill", why: "", invoice: "" },
        { kind: "invoice-used" },
        { kind: "vehicle-busy", plate: "F 0001 Z", since: Date.UTC(2026, 6, 7, 5, 50), ref: "7K2MQ" as never },
        { kind: "paid-lately", plate: "F 0001 Z", ref: undefined },
        { kind: "crowded", until: Date.UTC(2026, 6, 7, 6, 10) },
      ] as const
    ).map((result) => chatAt("inquiring").billed(result));
    expect(answers).toEqual([
      "Jawa Barat sedang tidak menerima pengecekan. Jawaban Anda tersimpan; coba lagi nanti dengan LANJUT. Belum ada pembayaran.",
      "Tagihan dari sistem tidak dapat kami baca dengan pasti, jadi tidak kami proses. Petugas sudah kami beri tahu.",
      "Tagihan ini pernah kami kirim dan hasilnya sedang diperiksa petugas. Tidak kami bayar dua kali.",
      "F 0001 Z sedang dibayar sejak 12.50 WIB (TRX-7K2MQ). Tidak kami bayar dua kali.",
      "F 0001 Z baru saja lunas. Tidak perlu membayar lagi.",
      "Terlalu banyak pengecekan. Bisa lagi pukul 13.10 WIB. Mendesak? Ketik PETUGAS.",
    ]);
  });
});

describe("how often a chat may ask", () => {
  const ask = (chat: ReturnType<typeof chatAt>, number: number) => {
    const answer = chat.says(`MH1JFZ110HK${100_000 + number}`);
    if (chat.place === "inquiring") chat.billed({ kind: "bill", bill: billOf() });
    return answer;
  };

  it("is five times an hour, the answers are kept", () => {
    const chat = chatAt("bill", { style: "numbers" });
    for (let number = 1; number < 5; number += 1) expect(ask(chat, number)).toBe("");
    chat.waits(10 * MINUTE);
    expect(ask(chat, 5)).toBe("Terlalu banyak pengecekan. Bisa lagi pukul 14.00 WIB. Mendesak? Ketik PETUGAS.");
    chat.waits(50 * MINUTE);
    chat.says("lanjut");
    expect(chat.place).toBe("inquiring");
  });

  it("is twenty times a day", () => {
    const chat = chatAt("bill", { style: "numbers" });
    for (let number = 1; number < 20; number += 1) {
      if (number % 5 === 0) chat.waits(HOUR);
      ask(chat, number);
      expect(chat.place).toBe("bill");
    }
    chat.waits(HOUR);
    expect(ask(chat, 20)).toContain("Terlalu banyak pengecekan. Bisa lagi besok pukul 13.00 WIB.");
  });

  it("has no limit where the operator set none", () => {
    const chat = chatAt("bill", { style: "numbers", policy: { limits: undefined } });
    for (let number = 1; number < 40; number += 1) ask(chat, number);
    expect(chat.place).toBe("bill");
    expect(chat.context.inquiries).toEqual([]);
    for (let miss = 0; miss < 4; miss += 1) {
      chat.says(`MH1JFZ110HK${200_000 + miss}`);
      chat.billed(notFound);
    }
    chat.says(CHASSIS);
    expect(chat.place).toBe("inquiring");
  });

  it("counts none of our own repeats, and LANJUT does not make one", () => {
    const chat = chatAt("slow");
    for (let tries = 0; tries < 4; tries += 1) {
      expect(chat.says("lanjut")).toContain("Sistem pembayaran sedang lambat.");
      chat.waits(2 * MINUTE);
      if (chat.place === "inquiring") chat.billed(unavailable);
    }
    expect(chat.context.inquiries).toHaveLength(1);
  });
});

describe("a biller that does not answer", () => {
  it.each(STYLES)("is tried for ten minutes, then for a day, and the bill comes by itself (%s)", (style) => {
    const chat = chatAt("inquiring", { style });
    expect(chat.billed(unavailable)).toBe(
      "Sistem pembayaran sedang lambat. Kami coba terus sampai 13.10 WIB, lalu mengabari Anda. Belum ada pembayaran.",
    );
    expect(chat.waits(20_000)).toBe("");
    expect(kindsOf(chat)).toContain("inquire");
    expect(chat.billed(unavailable)).toBe("");
    const said: string[] = [];
    while (chat.place !== "down") {
      if (chat.place === "inquiring") said.push(chat.billed(unavailable));
      else said.push(chat.waits(MINUTE));
    }
    expect(said.filter((text) => text !== "")).toEqual([
      "Sistem pembayaran sedang gangguan. Jawaban Anda tersimpan; kami kabari saat pulih. Belum ada pembayaran.",
    ]);
    chat.waits(3 * HOUR);
    expect(chat.place).toBe("inquiring");
    expect(chat.billed({ kind: "bill", bill: billOf() })).toMatch(
      /^Sistem pembayaran sudah pulih.\n\nTagihan ditemukan/,
    );
  });

  it("the bill that came late can be paid at once", () => {
    const chat = chatAt("down");
    chat.waits(3 * HOUR);
    chat.billed({ kind: "bill", bill: billOf() });
    expect(chat.waits(10 * MINUTE)).toBe("");
    chat.taps("Bayar Rp183.500");
    expect(chat.place).toBe("confirming");
  });

  it("for a day is told of before the answers are forgotten", () => {
    const chat = chatAt("inquiring");
    goDown(chat);
    const said: string[] = [];
    for (let minute = 0; minute < 25 * 60; minute += 1) {
      said.push(chat.place === "inquiring" ? chat.billed(unavailable) : chat.waits(MINUTE));
    }
    expect(said.filter((text) => text !== "")).toEqual([
      "Sistem pembayaran masih gangguan, jadi pengecekan kami hentikan. Belum ada pembayaran. Ketik LANJUT kapan saja untuk mencoba lagi.",
    ]);
  });

  it("because it refuses our login counts as down at once", () => {
    const chat = chatAt("inquiring");
    expect(chat.billed({ kind: "unavailable", why: "login", reason: "" })).toContain(
      "Sistem pembayaran sedang gangguan.",
    );
    expect(chat.place).toBe("down");
  });

  it("and answers an inquiry that nobody waits for any more is not heard", () => {
    const chat = chatAt("inquiring");
    const { inquiry } = chat.context;
    chat.says("batal");
    expect(
      chat.hears({ type: "inquired", number: inquiry, result: { kind: "bill", bill: billOf() }, inquiredAt: chat.now }),
    ).toBe("");
    chat.says("lanjut");
    chat.hears({ type: "inquired", number: inquiry, result: { kind: "bill", bill: billOf() }, inquiredAt: chat.now });
    expect(chat.place).toBe("inquiring");
  });
});
