import { describe, expect, it } from "vitest";
import type { PaymentLine } from "../../flows/index.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { billOf, HOUR, NIK, NOON } from "../fakes/flow-chat.ts";
import { chatAt, factsOf, kindsOf, paid, REF, tells } from "./chats.ts";

const LINE: PaymentLine = {
  ref: REF,
  plate: "F 0001 Z",
  total: rupiah(183_500),
  state: "paid",
  at: NOON,
  nextAt: undefined,
};

describe("what a person may ask about his payments", () => {
  it("STATUS", () => {
    const chat = chatAt("idle");
    chat.says("status");
    const live = { ...LINE, state: "live", nextAt: NOON + HOUR } as const;
    expect(chat.hears({ type: "looked", result: { what: "status", payments: [live] } })).toBe(
      "TRX-7K2MQ · F 0001 Z · Rp183.500 · sedang diproses. Kabar berikutnya paling lambat 14.00 WIB. Mohon jangan membayar di tempat lain.",
    );
    expect(chat.hears({ type: "looked", result: { what: "status", payments: [LINE] } })).toBe(
      "Tidak ada pembayaran yang berjalan. Terakhir: F 0001 Z, lunas 7 Juli 2026 (TRX-7K2MQ).",
    );
    expect(chat.hears({ type: "looked", result: { what: "status", payments: [] } })).toBe(
      "Tidak ada pembayaran yang berjalan. Ketik MENU untuk cek pajak.",
    );
  });

  it("RIWAYAT", () => {
    const chat = chatAt("idle");
    chat.says("riwayat");
    expect(chat.last).toEqual([{ kind: "look", what: "history" }]);
    expect(chat.hears({ type: "looked", result: { what: "history", payments: [LINE] } })).toBe(
      "Pembayaran Anda, yang terbaru di atas:\n\n7 Juli 2026 · F 0001 Z · Rp183.500 · lunas · TRX-7K2MQ\n\nUntuk bukti, ketik BUKTI dan nomornya, contoh: BUKTI 7K2MQ.",
    );
  });

  it.each(["BUKTI 7K2MQ", "bukti trx7k2mq", "Bukti TRX-7K2MQ", "bukti 7k2m q"])("BUKTI as %s", (text) => {
    const chat = chatAt("chassis");
    chat.says(text);
    expect(chat.last).toEqual([{ kind: "look", what: "proof", ref: "7K2MQ" }]);
    expect(chat.hears({ type: "looked", result: { what: "proof", found: LINE, asked: REF } })).toBe("");
    expect(chat.last).toEqual([{ kind: "document", ref: "7K2MQ", form: "pdf", language: "id" }]);
    expect(chat.place).toBe("chassis");
  });

  it("a payment that the operator decided has his reference, and nothing that could be taken for a proof", () => {
    const chat = chatAt("idle");
    const facts = { ...factsOf(), paidAt: NOON, reference: "BJB-77", trace: "", code: "7K2MQ-94QD" as never };
    const notice = { kind: "paid", payment: { ...facts, decided: true } } as const;
    expect(tells(chat, notice)).toBe(
      `Pembayaran dinyatakan lunas oleh petugas
F 0001 Z · YAMAHA 28D (AL115S/MIO) 2010 · Rp183.500
7 Juli 2026 pukul 13.00 WIB · No. TRX-7K2MQ

Keterangan petugas untuk F 0001 Z (TRX-7K2MQ): lunas, acuan BJB-77. Sistem pembayaran belum memberi konfirmasi, jadi pesan ini bukan bukti pembayaran. Buktinya diurus petugas; tanyakan ke Budi 0812-3456-789.`,
    );
    expect(kindsOf(chat)).toEqual(["say"]);
  });

  it("BUKTI of another chat's, of an open payment, of none", () => {
    const chat = chatAt("idle");
    const proof = (found: PaymentLine | undefined, asked: typeof REF | undefined) =>
      chat.hears({ type: "looked", result: { what: "proof", found, asked } });
    expect(proof(undefined, REF)).toBe("Tidak ada bukti TRX-7K2MQ di chat ini. Periksa nomornya, atau ketik RIWAYAT.");
    expect(proof({ ...LINE, state: "live" }, REF)).toBe(
      "TRX-7K2MQ belum punya bukti: sedang diproses. Ketik STATUS untuk keadaannya.",
    );
    expect(proof(undefined, undefined)).toBe(
      "Belum ada bukti pembayaran di chat ini. Ketik RIWAYAT untuk pembayaran Anda.",
    );
    chat.says("BUKTI 7K2");
    expect(chat.last).toEqual([{ kind: "look", what: "history" }]);
  });

  it("ASLI", () => {
    const chat = chatAt("idle");
    expect(chat.says("asli")).toBe("Ketik ASLI dan kode di bukti, contoh: ASLI 7K2MQ-94QD.");
    expect(chat.says("asli 7K2")).toBe("Ketik ASLI dan kode di bukti, contoh: ASLI 7K2MQ-94QD.");
    chat.says("ASLI 7k2mq94qd");
    expect(chat.last).toEqual([{ kind: "look", what: "authentic", code: "7K2MQ-94QD" }]);
    const looked = (found: PaymentLine | undefined) =>
      chat.hears({ type: "looked", result: { what: "authentic", code: "7K2MQ-94QD" as never, found } });
    expect(looked(LINE)).toBe("ASLI. Kode 7K2MQ-94QD: F 0001 Z, Rp183.500, lunas 7 Juli 2026 pukul 13.00 WIB.");
    expect(looked(undefined)).toBe(
      "Kode 7K2MQ-94QD tidak kami kenali. Jangan terima bukti dengan kode itu sebelum bertanya ke petugas.",
    );
  });
});

describe("personal data", () => {
  it("PRIVASI says what is kept and how to have it erased", () => {
    const answer = chatAt("nik").says("privasi");
    expect(answer).toContain("Data pengecekan tanpa pembayaran kami hapus setelah 24 jam.");
    expect(answer).toContain("ketik HAPUS DATA untuk menghapus");
  });

  it("HAPUS DATA asks once, then erases all that may go", () => {
    const chat = chatAt("watching", { style: "numbers" });
    paid(chat);
    chat.says("menu");
    expect(chat.says("hapus data")).toBe(
      "Hapus NIK, nomor rangka, riwayat, dan bukti Anda dari loket ini? Bukti yang dihapus tidak dapat kami kirim lagi.\n\n1. Ya, hapus\n2. Tidak",
    );
    expect(chat.says("2")).toContain("Baik, tidak ada yang kami hapus.");
    chat.says("hapus data");
    chat.says("ya");
    expect(chat.last).toEqual([{ kind: "erase" }]);
    expect(chat.hears({ type: "erased", busy: undefined })).toBe(
      "Data Anda sudah kami hapus. Jumlah dan nomor transaksi tetap kami simpan untuk pembukuan.",
    );
    expect(JSON.stringify(chat.context)).not.toMatch(/3204123108900001|MH1JFZ|F 0001 Z|7K2MQ/);
    chat.says("menu");
    expect(chat.says("Jawa Barat")).toContain("Dengan mengirim NIK");
  });

  it("HAPUS DATA while a payment is under way leaves its reference, and its outcome still comes", () => {
    const chat = chatAt("watching");
    chat.says("hapus data");
    chat.taps("Ya, hapus");
    expect(chat.hears({ type: "erased", busy: REF })).toBe(
      "Masih ada pembayaran TRX-7K2MQ. Data lain sudah kami hapus; yang itu kami hapus setelah selesai.",
    );
    expect(JSON.stringify(chat.context)).not.toMatch(/3204123108900001|MH1JFZ|F 0001 Z/);
    expect(paid(chat)).toContain("Pembayaran berhasil ✅");
    expect(chat.context.last).toBeUndefined();
  });

  it("an old button of it asks again", () => {
    const chat = chatAt("chassis");
    expect(chat.tapsId("erase:yes")).toContain("Hapus NIK, nomor rangka, riwayat, dan bukti Anda dari loket ini?");
    expect(kindsOf(chat)).not.toContain("erase");
  });
});

describe("BANTUAN", () => {
  it("lists what there is, and each of it works", () => {
    const chat = chatAt("nik", { style: "numbers" });
    expect(chat.says("bantuan")).toBe(`Apa yang bisa kami bantu? Balas angkanya.

1. Cek dan bayar pajak
2. Status pembayaran
3. Di mana rangka?
4. Petugas

Kami tidak pernah meminta OTP dan tidak mengirim file APK.`);
    expect(chat.says("3")).toMatch(/^Nomor rangka ada di STNK[\s\S]*\n\nKetik NIK pemilik/);
    chat.says("bantuan");
    chat.says("2");
    expect(chat.last).toEqual([{ kind: "look", what: "status" }]);
    expect(chat.says("4")).toContain("Kami teruskan ke petugas");
    const asked = chatAt("chassis");
    asked.says("di mana nomor rangka?");
    expect(asked.place).toBe("chassis");
  });

  it("is left by an answer to the question below it", () => {
    const chat = chatAt("nik", { style: "numbers" });
    chat.says("bantuan");
    expect(chat.says(NIK)).toContain("NIK diterima");
    const bill = chatAt("inquiring");
    bill.says("bantuan");
    bill.billed({ kind: "bill", bill: billOf() });
    expect(bill.context.overlay).toBeUndefined();
  });
});
