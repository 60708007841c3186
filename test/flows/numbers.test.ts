import { describe, expect, it } from "vitest";
import { CHASSIS, NIK } from "../fakes/flow-chat.ts";
import { chatAt, OTHER_CHASSIS, STYLES } from "./chats.ts";

describe("the NIK", () => {
  it.each([NIK, "3204 1231 0890 0001", "3204.1231.0890.0001", `NIK: ${NIK}`, `nik saya ${NIK} ya`, `no ktp ${NIK}`])(
    "is taken from %s, and shown masked",
    (text) => {
      const answer = chatAt("nik").says(text);
      expect(answer).toContain("NIK diterima: 3204********0001.");
      expect(answer).not.toContain(NIK);
    },
  );

  it("is counted when it is too short or too long", () => {
    const chat = chatAt("nik");
    expect(chat.says("320412310890001")).toBe("Baru 15 angka, kurang 1. Lihat KTP, lalu ketik lagi NIK 16 angka.");
    expect(chat.says("nik 32041231089000 pak")).toBe(
      "Baru 14 angka, kurang 2. Lihat KTP, lalu ketik lagi NIK 16 angka.",
    );
    expect(chat.says("32041231089000011")).toContain("Ada 17 angka, lebih 1. Lihat KTP, lalu ketik lagi NIK 16 angka.");
    expect(chat.place).toBe("nik");
  });

  it("of 15 digits is kept by TETAP, which the second time offers", () => {
    const chat = chatAt("nik");
    chat.says("320412310890001");
    expect(chat.says("320412310890001")).toContain("Jika di KTP memang 15, ketik TETAP.");
    expect(chat.says("TETAP")).toContain("Ketik nomor rangka");
    expect(chat.context.answers.nik).toBe("320412310890001");
  });

  it("in two halves is joined, shown and asked once", () => {
    const chat = chatAt("nik", { style: "numbers" });
    expect(chat.says("3204123108")).toContain("Baru 10 angka, kurang 6.");
    expect(chat.says("900001")).toBe("Dua pesan tadi kami gabung: 3204********0001.\n\n1. Benar\n2. Ketik ulang");
    expect(chat.says("ya")).toContain("Ketik nomor rangka");
    expect(chat.context.answers.nik).toBe(NIK);
  });

  it("in two halves that are wrong is typed again", () => {
    const chat = chatAt("nik");
    chat.says("3204123108");
    chat.says("900001");
    expect(chat.taps("Ketik ulang")).toContain("Ketik NIK pemilik");
  });

  it("with letters is offered with digits; TETAP changes nothing", () => {
    const chat = chatAt("nik", { style: "numbers" });
    const asked = "NIK hanya angka. Huruf O di situ mungkin angka 0.\n\n1. Ganti jadi 0\n2. Ketik ulang";
    expect(chat.says("32O4123108900001")).toBe(asked);
    chat.says("tetap");
    expect(chat.place).toBe("doubt");
    expect(chat.says("1")).toContain("Ketik nomor rangka");
    expect(chat.context.answers.nik).toBe(NIK);
  });

  it("of an unusual structure is warned of once, also when it was mended or joined", () => {
    for (const texts of [["9904123108900001"], ["99O4123108900001", "1"], ["9904123108", "900001", "ya"]]) {
      const chat = chatAt("nik", { style: "numbers" });
      const answers = texts.map((text) => chat.says(text));
      expect(answers.at(-1)).toContain(
        "Susunan NIK ini tidak biasa (9904********0001). Cocokkan dengan KTP; ketik ulang, atau ketik TETAP jika sudah sama.",
      );
      expect(chat.says("TETAP")).toContain("Ketik nomor rangka");
      expect(chat.context.answers.nik).toBe("9904123108900001");
    }
  });

  it("may be typed again at its doubt", () => {
    const chat = chatAt("nik");
    chat.says("9904123108900001");
    expect(chat.says(NIK)).toContain("NIK diterima: 3204********0001.");
    expect(chat.context.doubts).toEqual([]);
  });

  it("is asked again after a chassis number, which is kept", () => {
    const chat = chatAt("nik");
    expect(chat.says(CHASSIS)).toMatch(
      /^Itu nomor rangka, sudah kami catat: MH1J FZ11 0HK1 2345 6.\n\nKetik NIK pemilik/,
    );
    chat.says(NIK);
    expect(chat.place).toBe("inquiring");
  });

  it.each(["tidak tahu", "🙈", "rahasia", "KTP saya hilang"])("is asked again after %s", (text) => {
    const chat = chatAt("nik");
    expect(chat.says(text)).toBe("Pesan itu belum berisi NIK. Ketik NIK pemilik: 16 angka di KTP, tanpa huruf.");
    expect(chat.place).toBe("nik");
  });

  it("missed three times offers a human", () => {
    const chat = chatAt("nik");
    chat.says("12345678");
    chat.says("apa");
    expect(chat.says("123456789012")).toContain("Butuh bantuan? Ketik PETUGAS.");
  });

  it("is read outside its question, too, but a phone number is not", () => {
    const chat = chatAt("region");
    expect(chat.says("320412310890001")).toContain("Baru 15 angka, kurang 1.");
    expect(chatAt("bill").says("081234567890")).toContain("Maaf, pesan itu belum kami pahami.");
  });
});

describe("the chassis number", () => {
  it.each([
    CHASSIS,
    CHASSIS.toLowerCase(),
    "MH1J FZ11 0HK1 2345 6",
    "MH1J.FZ11-0HK1 2345 6",
    `no rangka: ${CHASSIS}`,
    `ini rangkanya ${CHASSIS}`,
  ])("is taken from %s", (text) => {
    const chat = chatAt("chassis");
    chat.says(text);
    expect(chat.last.find(({ kind }) => kind === "inquire")).toMatchObject({ chassis: CHASSIS });
  });

  it.each(STYLES)("with I, O or Q is shown whole and asked about, never changed (%s)", (style) => {
    const chat = chatAt("chassis", { style });
    expect(chat.says("MH1JFZI10HK123456")).toContain(
      "Mohon periksa nomor rangka: MH1J FZI1 0HK1 2345 6. Huruf I jarang dipakai; mungkin angka 1.",
    );
    if (style === "buttons") expect(chat.buttons).toEqual(["Ganti jadi 1", "Tetap", "Ketik ulang"]);
    chat.says("tetap");
    expect(chat.last.find(({ kind }) => kind === "inquire")).toMatchObject({ chassis: "MH1JFZI10HK123456" });
  });

  it("of another length is asked about, after its letters", () => {
    const chat = chatAt("chassis", { style: "numbers" });
    expect(chat.says("MHKABO123456")).toContain("Huruf O jarang dipakai; mungkin angka 0.");
    expect(chat.says("1")).toBe(
      "Ada 12 karakter (MHKA B012 3456); nomor rangka biasanya 17. Jangan-jangan itu nomor mesin?\n\n1. Tetap pakai ini\n2. Ketik ulang",
    );
    expect(chat.says("2")).toContain("Ketik nomor rangka");
    chat.says("MHKAB0123456");
    chat.says("1");
    expect(chat.last.find(({ kind }) => kind === "inquire")).toMatchObject({ chassis: "MHKAB0123456" });
  });

  it("far too short or too long is counted", () => {
    const chat = chatAt("chassis");
    expect(chat.says("AB12")).toBe(
      "Ada 4 karakter; nomor rangka biasanya 17. Lihat STNK, lalu ketik lagi nomor rangkanya.",
    );
    expect(chat.says(`${CHASSIS}${CHASSIS}`)).toContain("Ada 34 karakter");
  });

  it("gives way to a NIK that is typed at its question, and to a plate", () => {
    const chat = chatAt("chassis");
    expect(chat.says("3204123108900002")).toContain("NIK diterima: 3204********0002.");
    expect(chat.says("F 1234 AB")).toContain(
      "Pelat F 1234 AB kami cocokkan nanti dengan tagihan.\n\nKetik nomor rangka",
    );
    expect(chat.place).toBe("chassis");
  });

  it("is asked again after words", () => {
    expect(chatAt("chassis").says("tidak ada di stnk")).toContain("Pesan itu belum berisi nomor rangka.");
  });

  it("may be typed again at its doubt, and an old button of it then does nothing", () => {
    const chat = chatAt("doubt");
    const old = `doubt:${chat.context.doubtNumber}:keep`;
    chat.says("MH1JFZQ10HK123456");
    expect(chat.tapsId(old)).toContain("Tombol itu sudah tidak berlaku.\n\nMohon periksa nomor rangka: MH1J FZQ1");
    expect(chat.place).toBe("doubt");
  });
});

describe("another vehicle's number at a bill", () => {
  it("is asked about at once", () => {
    const chat = chatAt("bill");
    chat.says(OTHER_CHASSIS);
    expect(chat.last.find(({ kind }) => kind === "inquire")).toMatchObject({ chassis: OTHER_CHASSIS, nik: NIK });
  });
});
