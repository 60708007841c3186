import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newCode } from "../../flows/counter/bills.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { billOf, HOUR, MINUTE } from "../fakes/flow-chat.ts";
import { chatAt, codeOf, kindsOf, OTHER_CHASSIS, payButton, pays, payTasks, STYLES } from "./chats.ts";

const AT_2350 = Date.UTC(2026, 6, 7, 16, 50);
const dearer = billOf({ total: rupiah(196_300), pkbPenalty: rupiah(12_800) });

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

describe("the codes of a chat", () => {
  it("differ in two digits from each of the last twenty", () => {
    const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.array(chance, { minLength: 30, maxLength: 30 }), (chances) => {
        const codes: string[] = [];
        for (const one of chances) {
          const code = newCode(codes.slice(-20), one);
          expect(code).toMatch(/^\d{3}$/);
          for (const other of codes.slice(-20)) {
            expect([...code].filter((digit, place) => digit !== other[place]).length).toBeGreaterThan(1);
          }
          codes.push(code);
        }
      }),
      { numRuns: 200 },
    );
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
