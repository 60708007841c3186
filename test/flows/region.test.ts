import { describe, expect, it } from "vitest";
import { chatAt } from "./chats.ts";

describe("the region", () => {
  it.each(["1", "Jawa Barat", "jabar", "jawa bar", "SAMSAT_JABAR", "wilayah jawa barat", " Jawa  Barat. "])(
    "is taken from %s",
    (text) => {
      const chat = chatAt("region", { style: "numbers" });
      expect(chat.says(text)).toMatch(/^Wilayah: Jawa Barat.\n\nKetik NIK pemilik/);
    },
  );

  it.each([
    ["bandung", "Wilayah: Jawa Barat. Jika bukan, ketik UBAH WILAYAH."],
    ["saya di kab bogor", "Wilayah: Jawa Barat. Jika bukan, ketik UBAH WILAYAH."],
    ["plat F", "Wilayah: Jawa Barat. Jika bukan, ketik UBAH WILAYAH."],
    ["F 1234 AB", "Wilayah: Jawa Barat, menurut pelat F 1234 AB. Jika bukan, ketik UBAH WILAYAH."],
    ["plat nomor saya f1234ab", "Wilayah: Jawa Barat, menurut pelat F 1234 AB. Jika bukan, ketik UBAH WILAYAH."],
  ])("is guessed from %s, and that is said", (text, said) => {
    const chat = chatAt("region");
    expect(chat.says(text)).toContain(`${said}\n\nKetik NIK pemilik`);
    expect(chat.says("UBAH WILAYAH")).toContain("Kendaraan terdaftar di wilayah mana?");
  });

  it("that fits several is chosen among these, and a plate is not lost", () => {
    const chat = chatAt("region", { style: "numbers" });
    expect(chat.says("B 1234 ABC")).toBe(`Ada beberapa wilayah yang cocok. Pilih salah satu:

1. Jawa Barat
2. Jakarta (tutup)

Balas angka, nama kota, atau nomor pelat. Contoh: F 1234 AB`);
    expect(chat.says("1")).toContain("Wilayah: Jawa Barat.");
    expect(chat.context.answers.plate).toBe("B 1234 ABC");
  });

  it("that we know and cannot pay is named", () => {
    const chat = chatAt("region");
    expect(chat.says("yogyakarta")).toBe(
      "DI Yogyakarta belum bisa dibayar di loket ini. Ketik nama kota atau nomor pelat dari wilayah lain, contoh: F 1234 AB.",
    );
    expect(chat.says("AB 1234 CD")).toContain("DI Yogyakarta belum bisa dibayar di loket ini.");
    expect(chat.place).toBe("region");
  });

  it("of a plate that several provinces share and none of the list has is named by the plate, and asked again", () => {
    const chat = chatAt("region", { style: "numbers" });
    expect(chat.says("pa 1234 ab")).toBe(`Wilayah pelat PA belum dilayani di sini.

Kendaraan terdaftar di wilayah mana?

1. Jawa Barat
2. Jawa Tengah (tutup)
3. Jakarta (tutup)
4. Jawa Timur (tutup)

Balas angka, nama kota, atau nomor pelat. Contoh: F 1234 AB`);
    expect(chat.says("plat PA")).toContain("Wilayah pelat PA belum dilayani di sini.");
    expect(chat.says("ENGLISH")).not.toContain("PA");
    expect(chat.says("plat PA")).toContain("The region of PA plates is not served here yet.");
    expect(chat.place).toBe("region");
  });

  it("that we cannot pay is named to who begins with its plate, with the list of those that we can", () => {
    for (const [plate, prefix] of [
      ["DK 1234 AB", "DK"],
      ["mau bayar pajak PB 12 C", "PB"],
    ]) {
      const chat = chatAt("idle", { style: "numbers" });
      expect(chat.says(plate ?? "")).toContain(
        `Wilayah pelat ${prefix} belum dilayani di sini.\n\nKendaraan terdaftar di wilayah mana?\n\n1. Jawa Barat`,
      );
    }
    const among = chatAt("idle");
    expect(among.says("B 1234 XYZ")).not.toContain("belum dilayani");
  });

  it("that we cannot pay is named beside a closed one, too", () => {
    expect(chatAt("closed").says("DK 1234 AB")).toMatch(
      /^Bali belum bisa dibayar di loket ini\..*\n\nJawa Tengah sedang/,
    );
    expect(chatAt("closed").says("PA 1 B")).toMatch(/^Wilayah pelat PA belum dilayani di sini\.\n\nJawa Tengah sedang/);
  });

  it("that nobody knows is repeated, and asked again with its list", () => {
    const chat = chatAt("region", { style: "numbers" });
    expect(
      chat.says("atlantis"),
    ).toBe(`Wilayah "atlantis" belum kami kenali. Ketik nama kota atau nomor pelat, contoh: F 1234 AB.

1. Jawa Barat
2. Jawa Tengah (tutup)
3. Jakarta (tutup)
4. Jawa Timur (tutup)`);
    expect(chat.says("9")).toContain("Pilihan itu belum kami kenali. Balas angka 1 sampai 4, contoh: 1.");
    expect(chat.says("entahlah")).toContain("Butuh bantuan? Ketik PETUGAS.");
  });

  it("is never repeated when it may be a number of a card, or is empty", () => {
    for (const text of ["3204123108", "rekening 123456789", "", "   ", "\u200f\u202e\u2066", "x".repeat(60_000)]) {
      const chat = chatAt("region");
      const answer = chat.says(text);
      expect(answer).not.toMatch(/3204123108|123456789|""|x{41}/);
      expect(answer).not.toBe("");
      expect(chat.place).toBe("region");
    }
  });

  it("that is closed can be waited for", () => {
    const chat = chatAt("region", { style: "numbers" });
    expect(chat.says("Jawa Tengah")).toBe(`Wilayah: Jawa Tengah.

Jawa Tengah sedang tutup dan belum ada kabar kapan buka.

1. Kabari saat buka
2. Wilayah lain`);
    expect(chat.says("1")).toBe(
      "Baik. Begitu Jawa Tengah buka, kami kabari di sini. Ketik MENU bila ingin wilayah lain.",
    );
    expect(chat.waits(3 * 3600_000)).toBe("");
    chat.world.regions = chat.world.regions.map((region) => ({ ...region, open: true }));
    expect(chat.waits(3600_000)).toBe('Jawa Tengah sudah buka. Ketik "Jawa Tengah" untuk cek pajak.');
    expect(chat.waits(24 * 3600_000)).toBe("");
    expect(chat.says("Jawa Tengah")).toContain("Ketik NIK pemilik");
  });

  it("that is waited for twice is told of once", () => {
    const chat = chatAt("closed");
    chat.taps("Kabari saat buka");
    chat.waits(60_000);
    chat.tapsId("open:SAMSAT_JATENG");
    chat.world.regions = chat.world.regions.map((region) => ({ ...region, open: true }));
    expect(chat.waits(3 * 3600_000)).toBe("Jawa Tengah sudah buka.");
    chat.taps("Cek dan bayar pajak");
    expect(chat.place).toBe("nik");
  });

  it("that is closed gives way to another", () => {
    const chat = chatAt("closed");
    expect(chat.taps("Wilayah lain")).toContain("Kendaraan terdaftar di wilayah mana?");
    const other = chatAt("closed");
    expect(other.says("punya saya di bandung kok")).toContain("Ketik NIK pemilik");
  });
});

describe("a plate", () => {
  it("typed at the NIK does not overrule the region that was chosen", () => {
    const chat = chatAt("nik");
    expect(chat.says("L 1234 AB")).toContain("Pelat L 1234 AB kami cocokkan nanti dengan tagihan.");
    expect(chat.context.answers.product).toBe("SAMSAT_JABAR");
  });

  it("typed while the biller is asked costs no second inquiry", () => {
    for (const place of ["inquiring", "slow", "down", "bill"] as const) {
      const chat = chatAt(place);
      const asked = chat.context.inquiry;
      expect(chat.says("F 4321 CD")).toContain("Pelat F 4321 CD kami cocokkan nanti dengan tagihan.");
      expect(chat.place).toBe(place);
      expect(chat.context.inquiry).toBe(asked);
    }
  });

  it("that is not the bill's is the first line of the bill", () => {
    const chat = chatAt("bill");
    expect(chat.says("F 4321 CD")).toContain(
      "Perhatian: ini F 0001 Z, bukan F 4321 CD yang Anda ketik.\n\nTagihan ditemukan",
    );
    expect(chatAt("bill").says("f 1 z")).not.toContain("Perhatian");
  });
});
