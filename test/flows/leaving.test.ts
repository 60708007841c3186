import { describe, expect, it } from "vitest";
import { billOf, CHASSIS, HOUR, NIK } from "../fakes/flow-chat.ts";
import { chatAt, notPaid, OTHER_CHASSIS, PLACES, paid, payTasks, STYLES } from "./chats.ts";

const CANCELLED =
  "Dibatalkan. Tidak ada pembayaran. Jawaban tadi tersimpan 24 jam: ketik LANJUT bila perlu, atau MENU untuk mulai lagi.";

describe("BATAL", () => {
  it.each(["nik", "chassis", "doubt", "closed", "inquiring", "slow", "down", "bill", "notFound"] as const)(
    "at %s says that nothing was paid, and keeps the answers",
    (place) => {
      for (const word of ["batal", "0", "/batal", "BATAL!", "cancel", "batal 😢"]) {
        const chat = chatAt(place);
        expect(chat.says(word), word).toBe(CANCELLED);
        expect(chat.place).toBe("idle");
      }
    },
  );

  it("with its button at a bill", () => {
    expect(chatAt("bill").taps("Batal")).toBe(CANCELLED);
  });

  it.each(["idle", "region", "human"] as const)("at %s has nothing to cancel", (place) => {
    const chat = chatAt(place);
    expect(chat.says("batal")).toBe("Tidak ada yang perlu dibatalkan. Ketik MENU untuk cek pajak.");
    expect(chat.place).toBe("idle");
  });

  it("stops what the biller was asked, and what was to be asked again", () => {
    const chat = chatAt("slow");
    chat.says("batal");
    expect(chat.waits(HOUR)).toBe("");
    expect(chat.last.map(({ kind }) => kind)).not.toContain("inquire");
  });

  it("at a list leaves with the rest; at HAPUS DATA it means that alone", () => {
    for (const word of ["bantuan", "ubah"]) {
      const chat = chatAt("chassis");
      chat.says(word);
      expect(chat.says("batal")).toBe(CANCELLED);
    }
    const chat = chatAt("chassis");
    chat.says("hapus data");
    expect(chat.says("batal")).toMatch(/^Baik, tidak ada yang kami hapus.\n\nKetik nomor rangka/);
  });

  it("never says that nothing is paid while something is", () => {
    const chat = chatAt("watching");
    chat.says(OTHER_CHASSIS);
    expect(chat.says("batal")).toBe(
      "Dibatalkan. Pembayaran TRX-7K2MQ tetap berjalan; hasilnya kami kabari. Jawaban tadi tersimpan 24 jam: ketik LANJUT bila perlu, atau MENU untuk mulai lagi.",
    );
    expect(chat.says("batal")).toBe("TRX-7K2MQ sudah dikirim dan tidak dapat dibatalkan. Hasilnya kami kabari.");
    chat.says("menu");
    expect(chat.says("batal")).toBe("TRX-7K2MQ sudah dikirim dan tidak dapat dibatalkan. Hasilnya kami kabari.");
  });

  it("never says so right after a payment", () => {
    const chat = chatAt("watching");
    paid(chat);
    expect(chat.says("batal")).toBe(
      "Pembayaran F 0001 Z (TRX-7K2MQ) sudah berhasil dan tidak dapat dibatalkan. Ketik MENU untuk kendaraan lain.",
    );
    chat.says("menu");
    chat.says("Jawa Barat");
    expect(chat.says("batal")).toContain("Dibatalkan. Pembayaran F 0001 Z tadi tetap lunas. Jawaban tadi");
    chat.waits(25 * HOUR);
    chat.says("menu");
    chat.says("Jawa Barat");
    expect(chat.says("batal")).toBe(CANCELLED);
  });
});

describe("LANJUT", () => {
  it.each(["nik", "chassis", "bill", "notFound", "slow"] as const)("after BATAL at %s goes on there", (place) => {
    const chat = chatAt(place);
    const { answers } = chat.context;
    chat.says("batal");
    chat.says("lanjut");
    expect(chat.context.answers).toEqual(answers);
    expect(chat.place).toBe(place === "nik" || place === "chassis" ? place : "inquiring");
  });

  it("at an open question asks it again", () => {
    for (const place of ["nik", "chassis", "doubt", "notFound"] as const) {
      const chat = chatAt(place);
      expect(chat.says("lanjut")).not.toBe("");
      expect(chat.place).toBe(place);
    }
  });

  it("at a bill shows it again; at an old one asks for a fresh one and compares", () => {
    const chat = chatAt("bill", { style: "numbers" });
    expect(chat.says("lanjut")).toMatch(/^Tagihan ditemukan/);
    chat.waits(61 * 60_000);
    expect(chat.says("apa?")).toBe(
      "Tagihan F 0001 Z (Rp183.500) sudah lama. Ketik LANJUT untuk mengecek ulang; belum ada pembayaran.",
    );
    chat.says("lanjut");
    expect(chat.billed({ kind: "bill", bill: billOf() })).toMatch(
      /^Tagihan F 0001 Z tadi sudah lewat waktu; sudah kami cek ulang/,
    );
  });

  it("with buttons has one at an old bill", () => {
    const chat = chatAt("bill");
    chat.waits(31 * 60_000);
    expect(chat.says("apa?")).toContain("Tekan Cek lagi untuk mengecek ulang; belum ada pembayaran.");
    expect(chat.buttons).toEqual(["Cek lagi", "Data salah", "Batal"]);
    chat.taps("Cek lagi");
    expect(chat.place).toBe("inquiring");
  });

  it("without answers begins, and says why", () => {
    const chat = chatAt("idle");
    expect(chat.says("lanjut")).toMatch(/^Tidak ada jawaban yang tersimpan.\n\nKendaraan terdaftar di wilayah mana\?/);
    const late = chatAt("chassis");
    late.says("batal");
    late.waits(25 * HOUR);
    expect(late.says("lanjut")).toContain("Tidak ada jawaban yang tersimpan.");
  });

  it("after a payment that came to nothing brings a new bill, never the old confirmation", () => {
    const chat = chatAt("watching");
    notPaid(chat);
    chat.says("lanjut");
    chat.billed({ kind: "bill", bill: billOf() });
    expect(payTasks(chat)).toHaveLength(1);
  });
});

describe("KEMBALI", () => {
  const WAYS = [
    ["nik", "region"],
    ["chassis", "nik"],
    ["doubt", "chassis"],
    ["closed", "region"],
    ["inquiring", "chassis"],
    ["slow", "chassis"],
    ["down", "chassis"],
    ["bill", "chassis"],
    ["notFound", "chassis"],
    ["again", "region"],
    ["human", "region"],
    ["idle", "idle"],
    ["region", "region"],
    ["confirming", "confirming"],
    ["watching", "watching"],
  ] as const;
  it.each(WAYS)("at %s leads to %s", (from, to) => {
    const chat = chatAt(from);
    expect(chat.says("kembali")).not.toBe("");
    expect(chat.place).toBe(to);
  });

  it.each(PLACES)("at %s closes a list first", (place) => {
    const chat = chatAt(place);
    chat.says("bantuan");
    chat.says("kembali");
    expect(chat.context.overlay).toBeUndefined();
    expect(chat.place).toBe(place);
  });

  it("from a human leads to where the answers led", () => {
    const chat = chatAt("chassis");
    chat.says("petugas");
    expect(chat.says("kembali")).toContain("Ketik nomor rangka");
  });
});

describe("UBAH and MULAI LAGI", () => {
  it("change one answer and keep the others", () => {
    const chat = chatAt("chassis");
    expect(chat.says("ubah wilayah")).toContain("Kendaraan terdaftar di wilayah mana?");
    expect(chat.says("Jawa Barat")).toContain("Ketik nomor rangka");
    expect(chat.says("ubah nik")).toContain("Ketik NIK pemilik");
    expect(chat.context.answers).toMatchObject({ product: "SAMSAT_JABAR" });
  });

  it("are not heard in the middle of a sentence", () => {
    const chat = chatAt("nik");
    expect(chat.says("salah satu motor saya hilang")).toContain("Pesan itu belum berisi NIK.");
    expect(chat.says("ganti oli dulu")).toContain("Pesan itu belum berisi NIK.");
  });

  it.each(STYLES)("begin anew without what was typed (%s)", (style) => {
    const chat = chatAt("chassis", { style });
    expect(chat.says("mulai lagi")).toContain("Kendaraan terdaftar di wilayah mana?");
    chat.says("batal");
    expect(chat.says("lanjut")).toContain("Tidak ada jawaban yang tersimpan.");
    expect(JSON.stringify(chat.context)).not.toContain(NIK);
  });
});

describe("a chassis number after BATAL", () => {
  it("is taken with the region and the NIK of before, and that is said", () => {
    const chat = chatAt("chassis", { style: "numbers" });
    chat.says("batal");
    expect(chat.says(CHASSIS)).toContain("Kami pakai lagi: Jawa Barat, NIK 3204********0001.");
    expect(chat.place).toBe("inquiring");
  });
});
