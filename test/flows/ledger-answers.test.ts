import { describe, expect, it } from "vitest";
import { rupiah } from "../../src/domain/rupiah.ts";
import { billOf, MINUTE, NOON } from "../fakes/flow-chat.ts";
import { chatAt, codeOf, notPaid, opens, paid, payButton, pays, payTasks, STYLES, underWay } from "./chats.ts";

const dearer = billOf({ total: rupiah(196_300), pkbPenalty: rupiah(12_800) });

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
        { kind: "sales-paused" },
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
      "Loket berhenti sebentar menerima pembayaran. Jangan serahkan uang dulu; coba lagi nanti dengan LANJUT. Belum ada pembayaran.",
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
