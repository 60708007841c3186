import { describe, expect, it } from "vitest";
import { CHASSIS, flowChat, HOUR, MINUTE, NIK, REGIONS } from "../fakes/flow-chat.ts";
import { chatAt, kindsOf, STYLES } from "./chats.ts";

const CONDITIONS = `Selamat datang di Loket Samsat, loket pembayaran pajak kendaraan tahunan. Kami bukan kantor Samsat.
Cek tagihan gratis; biaya admin Rp5.000 hanya jika Anda membayar.
Tidak bisa di sini: ganti pelat 5 tahunan, kendaraan atas nama perusahaan, atau yang jatuh temponya masih 6 bulan lagi atau lebih.
NIK kami kirim ke mitra pembayaran hanya untuk urusan ini, kami samarkan, dan kami hapus setelah 24 jam (90 hari jika Anda membayar). Rincian: PRIVASI.`;

describe("a new person", () => {
  it.each(["halo", "P", "/start", "Assalamualaikum", "menu", "😀", "mau tanya dong", "selamat malam!", "cek pajak"])(
    "who writes %s reads the conditions and the first question in one message",
    (text) => {
      const chat = flowChat({ style: "numbers" });
      expect(chat.says(text)).toBe(`${CONDITIONS}

Kendaraan terdaftar di wilayah mana?

1. Jawa Barat
2. Jawa Tengah (tutup)
3. Jakarta (tutup)
4. Jawa Timur (tutup)

Balas angka, nama kota, atau nomor pelat. Contoh: F 1234 AB`);
    },
  );

  it("with buttons has one for each region, and one for help", () => {
    const chat = flowChat();
    const answer = chat.says("halo");
    expect(answer).toBe(`${CONDITIONS}

Kendaraan terdaftar di wilayah mana?

Tekan tombol, atau ketik nama kota atau nomor pelat. Contoh: F 1234 AB`);
    expect(chat.buttons).toEqual([
      "Jawa Barat",
      "Jawa Tengah (tutup)",
      "Jakarta (tutup)",
      "Jawa Timur (tutup)",
      "Bantuan",
    ]);
  });

  it("who sends a voice note hears that it cannot be heard, and is asked the first question", () => {
    const answer = flowChat({ style: "numbers" }).sends("voice");
    expect(answer).toContain(
      "Kami belum bisa mendengarkan pesan suara. Mohon ketik nama kota atau nomor pelat.\n\nSelamat datang",
    );
    expect(answer).toContain("Kendaraan terdaftar di wilayah mana?");
  });

  it("in the sandbox reads first that nothing is real", () => {
    expect(flowChat({ policy: { sandbox: true } }).says("halo")).toMatch(
      /^SIMULASI: tidak ada uang sungguhan, dan datanya buatan.\n\nSelamat datang/,
    );
  });

  it("whose platform says English is spoken to in English", () => {
    const chat = flowChat({ language: "en", style: "numbers" });
    expect(chat.says("hello")).toContain("Welcome to Loket Samsat");
    expect(chat.says("1")).toContain("Type the owner's NIK");
  });

  it("who begins with a NIK reads the conditions before it is used, and what sending it says", () => {
    const chat = flowChat({ style: "numbers", forgets: false });
    const answer = chat.says(NIK);
    expect(answer).toContain(`${CONDITIONS}\n---\nNIK diterima: 3204********0001. Pesan tadi boleh Anda hapus.`);
    expect(answer).toContain("Dengan mengirim NIK, Anda menyatakan berhak memakainya untuk cek tagihan ini.");
    expect(answer).toContain("Kendaraan terdaftar di wilayah mana?");
  });
});

describe("who comes back", () => {
  it("is welcomed in a word", () => {
    const chat = chatAt("idle", { style: "numbers" });
    expect(chat.says("halo")).toMatch(/^Selamat datang kembali.\n\nKendaraan terdaftar di wilayah mana\?/);
  });

  it("can change the language at any time, and is asked the open question again in it", () => {
    const chat = chatAt("nik");
    expect(chat.says("ENGLISH")).toBe(`All right, we use English. (Untuk bahasa Indonesia: INDONESIA)

Type the owner's NIK: the 16 digits on the KTP (identity card), of the name on the STNK (registration).
Bought second-hand and not yet transferred? Use the previous owner's NIK.

By sending the NIK you declare that you may use it to look up this bill.`);
    expect(chat.says("indonesia")).toContain("Baik, kami pakai bahasa Indonesia.");
  });
});

describe("the plain way", () => {
  it("with buttons", () => {
    const chat = flowChat();
    chat.says("halo");
    expect(chat.taps("Jawa Barat")).toBe(`Wilayah: Jawa Barat.

Ketik NIK pemilik: 16 angka di KTP, atas nama yang tertulis di STNK.
Motor bekas belum balik nama? Pakai NIK pemilik lama.

Dengan mengirim NIK, Anda menyatakan berhak memakainya untuk cek tagihan ini.`);
    expect(kindsOf(chat)).toEqual(["close", "say"]);
    expect(chat.says(NIK)).toBe(`NIK diterima: 3204********0001. Pesan Anda kami hapus setelah tagihan ditemukan.

Ketik nomor rangka, biasanya 17 huruf dan angka.
Di STNK: baris "NOMOR RANGKA/NIK/VIN", bukan NOMOR MESIN. Contoh: MH1JFZ110HK123456`);
    expect(kindsOf(chat)).toEqual(["consent", "timer", "say"]);
    expect(chat.says(CHASSIS)).toBe("");
    expect(chat.last).toMatchObject([
      { kind: "inquire", product: "SAMSAT_JABAR", nik: NIK, chassis: CHASSIS },
      { kind: "timer", name: "slow" },
    ]);
    expect(chat.waits(3000)).toBe("Sedang mengecek tagihan, biasanya kurang dari 1 menit.");
    expect(chat.waits(MINUTE)).toBe("");
  });

  it("asks for the consent once", () => {
    const chat = chatAt("bill");
    chat.says("menu");
    expect(chat.says("Jawa Barat")).not.toContain("Dengan mengirim NIK");
    chat.says(NIK);
    expect(chat.tasks.filter(({ kind }) => kind === "consent")).toHaveLength(1);
  });

  it("deletes the message with the NIK when the bill is found", () => {
    const chat = chatAt("bill");
    expect(kindsOf(chat)).toContain("forget");
    expect(chat.last).toContainEqual({ kind: "forget", refs: ["m3"] });
  });

  it.each(["batal", "menu"])("deletes it when the chat is left by %s", (word) => {
    const chat = chatAt("chassis");
    chat.says(word);
    expect(chat.last).toContainEqual({ kind: "forget", refs: ["m3"] });
  });

  it("deletes it after 15 minutes, also one that was too short", () => {
    for (const text of [NIK, "320412310890"]) {
      const chat = chatAt("nik");
      chat.says(text);
      chat.waits(15 * MINUTE);
      expect(chat.tasks).toContainEqual({ kind: "forget", refs: ["m3"] });
    }
  });

  it("deletes nothing where the platform cannot", () => {
    const chat = chatAt("bill", { style: "numbers", forgets: false });
    chat.waits(HOUR);
    expect(chat.tasks.filter(({ kind }) => kind === "forget")).toEqual([]);
  });
});

describe("while the list of regions could not be read", () => {
  it.each(STYLES)("says so, and works as soon as it can be (%s)", (style) => {
    const chat = flowChat({ style });
    chat.world.regions = [];
    expect(chat.says("halo")).toContain(
      "Daftar wilayah belum dapat kami ambil karena sistem pembayaran sedang gangguan. Ketik MENU beberapa menit lagi. Belum ada pembayaran.",
    );
    expect(chat.says("Jawa Barat")).toContain("Daftar wilayah belum dapat kami ambil");
    expect(chat.says("F 1234 AB")).toContain("Daftar wilayah belum dapat kami ambil");
    chat.world.regions = REGIONS;
    expect(chat.says("Jawa Barat")).toContain("Ketik NIK pemilik");
  });
});

describe("everything in one message", () => {
  const WAYS = [
    `Jawa Barat\n${NIK}\n${CHASSIS}`,
    `NIK: ${NIK}, no rangka ${CHASSIS}, plat F 1234 AB`,
    `nik ${NIK} rangka ${CHASSIS} bandung`,
    `saya mau bayar pajak motor di bandung, nik 3204 1231 0890 0001, rangka MH1J FZ11 0HK1 2345 6`,
    `Wilayah : Jabar\nNIK : ${NIK}\nNo. Rangka : MH1J-FZ11-0HK1-2345-6`,
    `${CHASSIS.toLowerCase()} ${NIK} F1234AB`,
    `F 1234 AB / ${NIK} / ${CHASSIS}`,
  ];
  it.each(WAYS)("goes straight to the bill: %s", (text) => {
    for (const words of [[], ["halo"], ["halo", "Jawa Barat"], ["halo", "Jawa Barat", NIK]]) {
      const chat = flowChat();
      for (const word of words) chat.says(word);
      const answer = chat.says(text);
      expect(
        chat.last.find(({ kind }) => kind === "inquire"),
        `after ${words.length} words`,
      ).toMatchObject({
        product: "SAMSAT_JABAR",
        nik: NIK,
        chassis: CHASSIS,
      });
      expect(answer).toContain("NIK diterima: 3204********0001.");
      expect(answer).toMatch(/Tagihannya kami cek sekarang.$/);
    }
  });

  it("asks only for what is missing", () => {
    const chat = flowChat();
    chat.says("halo");
    expect(chat.says(`${NIK} ${CHASSIS}`)).toContain("Kendaraan terdaftar di wilayah mana?");
    chat.says("Jawa Barat");
    expect(chat.place).toBe("inquiring");
  });

  it("asks about what is doubtful in it first", () => {
    const chat = flowChat({ style: "numbers" });
    chat.says("halo");
    expect(chat.says(`Jabar ${NIK} MH1JFZI10HK123456`)).toContain("Huruf I jarang dipakai; mungkin angka 1.");
    chat.says("1");
    expect(chat.last.find(({ kind }) => kind === "inquire")).toMatchObject({ chassis: CHASSIS });
  });
});
