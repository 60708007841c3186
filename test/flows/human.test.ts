import { describe, expect, it } from "vitest";
import { flowChat, MINUTE, NIK } from "../fakes/flow-chat.ts";
import { chatAt, kindsOf, PLACES, paid, underWay } from "./chats.ts";

const NIGHT = Date.UTC(2026, 6, 7, 15, 0);

describe("voice notes, pictures and calls", () => {
  it("get a friendly sentence that names what to type", () => {
    const answers = [
      chatAt("region").sends("voice"),
      chatAt("nik").sends("photo"),
      chatAt("chassis").sends("voice"),
      chatAt("doubt").sends("photo"),
      chatAt("bill").sends("sticker"),
      chatAt("idle").sends("location"),
      chatAt("chassis").sends("call"),
      chatAt("chassis", { policy: { contact: "" } }).sends("call"),
    ];
    expect(answers).toEqual([
      "Kami belum bisa mendengarkan pesan suara. Mohon ketik nama kota atau nomor pelat.",
      "Foto belum bisa kami baca dan tidak kami simpan. Mohon ketik NIK: 16 angka di KTP.",
      "Kami belum bisa mendengarkan pesan suara. Mohon ketik nomor rangkanya, atau ketik PETUGAS.",
      "Foto belum bisa kami baca dan tidak kami simpan. Mohon ketik nomor rangkanya, atau ketik PETUGAS.",
      "Kiriman seperti itu belum bisa kami baca. Mohon ketik dengan kata-kata, atau ketik PETUGAS.",
      "Kiriman seperti itu belum bisa kami baca. Mohon ketik dengan kata-kata, atau ketik PETUGAS.",
      "Nomor ini tidak menerima telepon. Ketik di sini, atau hubungi petugas: Budi 0812-3456-789 (08.00–20.00 WIB).",
      "Nomor ini tidak menerima telepon. Ketik di sini, atau ketik PETUGAS.",
    ]);
  });

  it.each(PLACES)("lose nobody's place at %s", (place) => {
    const chat = chatAt(place);
    expect(chat.sends("sticker")).not.toBe("");
    expect(chat.place).toBe(place);
  });

  it("three in a row are handed to a human; with a word between them they are not", () => {
    const chat = chatAt("chassis");
    chat.sends("voice");
    chat.sends("photo");
    expect(chat.sends("voice")).toContain("Kami teruskan ke petugas");
    expect(chat.place).toBe("human");
    const other = chatAt("chassis");
    other.sends("voice");
    other.sends("voice");
    other.says("apa?");
    other.sends("voice");
    expect(other.place).toBe("chassis");
    other.says("apa?");
    other.says("apa?");
    other.sends("voice");
    expect(other.place).toBe("chassis");
  });

  it("are not said to be passed on to a human", () => {
    const chat = chatAt("human");
    expect(chat.sends("photo")).toBe(
      "Foto belum bisa kami baca dan tidak kami simpan. Tulis saja pesannya; petugas membacanya.",
    );
    expect(chat.place).toBe("human");
  });
});

describe("a human", () => {
  it("is called by PETUGAS, and that is said once", () => {
    const chat = chatAt("chassis");
    expect(chat.says("petugas")).toBe(
      "Kami teruskan ke petugas (08.00–20.00 WIB). Telepon: Budi 0812-3456-789. Layanan otomatis diam dulu; ketik MENU untuk kembali. Hasil pembayaran tetap kami kirim.",
    );
    expect(chat.last).toContainEqual({ kind: "human", text: "petugas" });
  });

  it("who is not there says when he is, and that the message is read", () => {
    const chat = chatAt("region", { at: NIGHT });
    expect(chat.says("cs")).toBe(
      "Petugas ada lagi besok pukul 08.00 WIB. Tulis pesan Anda; pasti dibaca. MENU untuk layanan otomatis.",
    );
  });

  it.each([
    "motor saya dicuri",
    "1",
    NIK,
    "Jawa Barat",
    "ya",
    "makasih pak",
    "tetap",
    "ubah nik",
    "482",
    "🙏",
    "saya sudah bayar kemarin",
  ])("is passed on what is written: %s", (text) => {
    const chat = chatAt("human");
    expect(chat.says(text)).toBe("");
    expect(chat.last).toEqual([{ kind: "human", text }]);
    expect(chat.place).toBe("human");
  });

  it("is greeted by people who do not mean the menu", () => {
    const chat = chatAt("human");
    expect(chat.says("selamat malam")).toBe("Pesan Anda kami simpan untuk petugas. Ketik MENU untuk layanan otomatis.");
    expect(chat.last).toContainEqual({ kind: "human", text: "selamat malam" });
    expect(chat.place).toBe("human");
  });

  it("leaves MENU, STATUS and the buttons to the counter", () => {
    const chat = chatAt("human");
    chat.says("status");
    expect(chat.last).toEqual([{ kind: "look", what: "status" }]);
    expect(chat.place).toBe("human");
    expect(chat.says("menu")).toContain("Kendaraan terdaftar di wilayah mana?");
    expect(chatAt("human").tapsId("region:SAMSAT_JABAR")).toContain("Ketik NIK pemilik");
  });

  it("silences no result of a payment", () => {
    const chat = chatAt("watching");
    chat.says("petugas");
    expect(underWay(chat)).toContain("Pembayaran sedang diproses.");
    expect(paid(chat)).toContain("Pembayaran berhasil ✅");
    expect(chat.place).toBe("human");
  });

  it("who takes the chat himself is announced once, and called no more", () => {
    const chat = chatAt("chassis");
    expect(chat.gets("operator")).toBe(
      "Petugas sedang melayani Anda di sini. Layanan otomatis diam dulu; ketik MENU untuk kembali. Hasil pembayaran tetap kami kirim.",
    );
    expect(chat.gets("operator")).toBe("");
    expect(kindsOf(chat)).toEqual([]);
    chat.says("iya pak");
    expect(chat.last).toEqual([{ kind: "human", text: "iya pak" }]);
    expect(chat.says("kembali")).toContain("Ketik nomor rangka");
  });

  it("gives the chat back thirty minutes after the operator's last word, with the answers kept", () => {
    const chat = flowChat();
    chat.says("halo");
    chat.says("bogor");
    chat.gets("operator");
    chat.waits(20 * MINUTE);
    chat.gets("operator");
    chat.waits(29 * MINUTE);
    expect(chat.place).toBe("human");
    chat.waits(1 * MINUTE);
    expect(chat.place).toBe("idle");
    expect(chat.says("lanjut")).toContain("NIK");
  });

  it("gives the chat back when the operator says that he is done, and is told so; elsewhere that changes nothing", () => {
    const chat = chatAt("chassis");
    chat.gets("operator");
    expect(chat.hears({ type: "handed-back" })).toBe(
      "Petugas sudah selesai. Layanan otomatis kembali: ketik MENU untuk cek pajak.",
    );
    expect(chat.place).toBe("idle");
    expect(chat.says("lanjut")).toContain("nomor rangka");
    expect(chat.hears({ type: "handed-back" })).toBe("");
    expect(chat.place).toBe("chassis");
  });

  it("keeps the chat of somebody who asked for a human until he comes back himself", () => {
    const chat = flowChat();
    chat.says("petugas");
    chat.waits(60 * MINUTE);
    expect(chat.place).toBe("human");
  });
});

describe("what was written while we were away", () => {
  it("is answered with the open question, once for all of it", () => {
    const chat = chatAt("chassis");
    expect(
      chat.gets("late"),
    ).toBe(`Maaf, kami baru tersambung lagi. Jawaban Anda tersimpan; mohon kirim ulang pesan tadi.

Ketik nomor rangka, biasanya 17 huruf dan angka.
Di STNK: baris "NOMOR RANGKA/NIK/VIN", bukan NOMOR MESIN. Contoh: MH1JFZ110HK123456`);
    expect(chat.gets("late")).toBe("");
    chat.says("halo");
    expect(chat.gets("late")).toContain("Kendaraan terdaftar di wilayah mana?");
    expect(chatAt("human").gets("late")).toBe("");
  });
});

describe("thanks", () => {
  it.each(["terima kasih", "Makasih ya", "makasih banyak pak", "ok terima kasih", "thanks", "🙏", "nuhun"])(
    "as %s",
    (text) => {
      expect(chatAt("idle").says(text)).toBe("Sama-sama.");
      const chat = chatAt("chassis");
      expect(chat.says(text)).toBe("Sama-sama.");
      expect(chat.place).toBe("chassis");
    },
  );
});
