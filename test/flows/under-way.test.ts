import { describe, expect, it } from "vitest";
import { rupiah } from "../../src/domain/rupiah.ts";
import { billOf, flowChat, MINUTE, NIK } from "../fakes/flow-chat.ts";
import {
  chatAt,
  factsOf,
  kindsOf,
  notPaid,
  opens,
  PLACES,
  paid,
  pays,
  payTasks,
  REF,
  tells,
  underWay,
  withdrawn,
} from "./chats.ts";

const PROOF = `Pembayaran berhasil ✅
F 0001 Z · YAMAHA 28D (AL115S/MIO) 2010 · Rp183.500
7 Juli 2026 pukul 13.00 WIB · No. TRX-7K2MQ

Berikutnya, sahkan STNK: bawa cetakan bukti ini, KTP asli pemilik, dan STNK asli ke kantor Samsat di Jawa Barat, cabang Bank BJB, atau Polsek yang ditunjuk (hubungi dulu).

Anda akan menerima e-SKKP. Bukti ini bukan penggantinya.

Ref. bank 5A834FE7A6394BA0A387EA9E8EFB1E48 · No. trace 245209 · Kode asli 7K2MQ-94QD`;

const SECOND = { ref: "9PXMA" as never, plate: "F 4321 CD", total: rupiah(99_000) };

describe("a payment under way", () => {
  it("is told of with the time of the next word", () => {
    const chat = chatAt("watching");
    expect(underWay(chat)).toBe(
      "Pembayaran sedang diproses. No. TRX-7K2MQ. Mohon jangan membayar di tempat lain. Kabar berikutnya paling lambat 13.01 WIB.",
    );
  });

  it("and no answer yet: each stage promises the next, the later ones name a human", () => {
    const chat = chatAt("watching");
    const stages = ["minute", "half-hour", "three-hours", "day"] as const;
    expect(
      stages.map((stage) =>
        tells(chat, { kind: "still-asking", stage, payment: factsOf(), nextAt: chat.now + 45 * MINUTE }),
      ),
    ).toEqual([
      "Sistem pembayaran belum memberi jawaban (TRX-7K2MQ). Kami cek terus; Anda tidak perlu berbuat apa-apa. Mohon jangan membayar di tempat lain. Kabar berikutnya paling lambat 13.45 WIB.",
      "TRX-7K2MQ masih dicek. Budi 0812-3456-789 sudah menangani. Kabar berikutnya paling lambat 13.45 WIB.",
      "TRX-7K2MQ belum ada hasil. Kami cek tiap jam. Kabar berikutnya paling lambat 13.45 WIB.",
      "Hasil TRX-7K2MQ belum pasti setelah 24 jam. Budi 0812-3456-789 menanganinya langsung dan akan menghubungi Anda. Jangan membayar di tempat lain sebelum ada kabar dari kami.",
    ]);
    expect(chat.place).toBe("watching");
  });

  it("cannot be changed, also before its number is known", () => {
    const chat = chatAt("confirming");
    expect(chat.says("ubah")).toBe(
      "Konfirmasi tadi sudah kami teruskan dan tidak dapat dibatalkan. Hasilnya kami kabari.",
    );
    opens(chat);
    for (const word of ["ubah", "ubah nik"]) {
      expect(chat.says(word)).toBe("TRX-7K2MQ sudah dikirim dan tidak dapat dibatalkan. Hasilnya kami kabari.");
    }
    expect(chat.place).toBe("watching");
  });

  it("is asked to stop by BATAL, and goes on when that came too late", () => {
    const chat = chatAt("confirming");
    const confirmedAt = chat.now;
    chat.waits(1_000);
    for (const word of ["batal", "0", "gak jadi"]) {
      expect(chat.says(word)).toBe("");
      expect(chat.last).toEqual([{ kind: "cancel", plate: "F 0001 Z", total: 183_500, since: confirmedAt }]);
      expect(chat.hears({ type: "not-cancelled" })).toBe(
        "Konfirmasi tadi sudah kami teruskan dan tidak dapat dibatalkan. Hasilnya kami kabari.",
      );
    }
    opens(chat);
    chat.says("batal");
    expect(chat.last).toEqual([{ kind: "cancel", plate: "F 0001 Z", total: 183_500, since: confirmedAt }]);
    expect(chat.hears({ type: "not-cancelled" })).toBe(
      "TRX-7K2MQ sudah dikirim dan tidak dapat dibatalkan. Hasilnya kami kabari.",
    );
    expect(chat.place).toBe("watching");
    paid(chat);
    expect(chat.hears({ type: "not-cancelled" })).toContain("sudah berhasil dan tidak dapat dibatalkan");
  });

  it("that BATAL stopped is told once, whether that or its number comes first", () => {
    const [plain, quick] = [chatAt("confirming"), chatAt("confirming")];
    for (const chat of [plain, quick]) chat.says("batal");
    const nonce = quick.context.bills.at(-1)?.nonce ?? "";
    opens(plain);
    expect(withdrawn(plain, "cancelled")).toBe("Pembayaran F 0001 Z dibatalkan. Belum ada pembayaran.");
    expect(withdrawn(quick, "cancelled")).toBe("Pembayaran F 0001 Z dibatalkan. Belum ada pembayaran.");
    expect(quick.hears({ type: "opened", nonce, result: { kind: "opened", ref: REF, state: "live" } })).toBe("");
    for (const chat of [plain, quick]) {
      expect(chat.place).toBe("idle");
      expect(chat.says("status")).toBe("");
      expect(chat.says("batal")).toBe("Tidak ada yang perlu dibatalkan. Ketik MENU untuk cek pajak.");
      chat.says("lanjut");
      expect(chat.place).toBe("inquiring");
    }
  });

  it("goes on whatever is written", () => {
    const chat = chatAt("watching");
    expect(chat.says("kok lama")).toBe(
      "Maaf, pesan itu belum kami pahami.\n\nSedang diproses (TRX-7K2MQ). Tidak akan kami bayar dua kali.",
    );
    expect(chat.says("lanjut")).toBe("Sedang diproses (TRX-7K2MQ). Tidak akan kami bayar dua kali.");
    expect(chat.says("kembali")).toBe("Sedang diproses (TRX-7K2MQ). Tidak akan kami bayar dua kali.");
  });
});

describe("a payment that succeeded", () => {
  it("is told of with what to do next, and its proof (buttons)", () => {
    const chat = chatAt("watching");
    expect(paid(chat)).toBe(PROOF);
    expect(kindsOf(chat)).toEqual(["say", "document"]);
    expect(chat.last[1]).toMatchObject({ ref: "7K2MQ", form: "pdf" });
    expect(chat.buttons).toEqual(["Gambar", "Kendaraan lain"]);
    expect(chat.says("terima kasih")).toBe("Sama-sama.");
    chat.taps("Gambar");
    expect(chat.last).toMatchObject([{ kind: "document", ref: "7K2MQ", form: "image" }]);
    expect(kindsOf(chat)).not.toContain("close");
  });

  it("is told of with numbers below where there are no buttons", () => {
    const chat = chatAt("watching", { style: "numbers" });
    expect(paid(chat)).toBe(`${PROOF}\n\n1. Kendaraan lain\n2. Bukti sekali lagi`);
    chat.says("2");
    expect(chat.last).toMatchObject([{ kind: "document", form: "pdf" }]);
    expect(chat.says("1")).toContain("NIK yang sama (3204********0001)?");
  });

  it.each([
    ["SAMSAT_JABAR", "B 1234 ABC", "ke Samsat Depok, Cinere, atau Bekasi."],
    ["SAMSAT_JATIM", "L 1234 AB", "ke kantor Samsat penerbit STNK."],
  ])("in %s with plate %s is validated there", (product, plate, where) => {
    const chat = chatAt("watching");
    const answer = paid(chat, { product, plate });
    expect(answer).toContain(where);
    expect(answer.includes("e-SKKP")).toBe(product === "SAMSAT_JABAR");
  });

  it("in the sandbox says that nothing was paid", () => {
    expect(paid(chatAt("watching", { policy: { sandbox: true } }))).toContain(
      "SIMULASI: tidak ada pajak yang benar-benar dibayar.",
    );
  });

  it.each(PLACES)("is told of at %s, with its proof, and takes nobody's place", (place) => {
    const chat = chatAt(place, { style: "numbers" });
    const answer = paid(chat, place === "confirming" || place === "watching" ? {} : SECOND);
    expect(answer).toContain("Pembayaran berhasil ✅");
    expect(kindsOf(chat)).toEqual(["say", "document"]);
    expect(chat.last[0]).toMatchObject({ notice: expect.any(String) });
    expect(chat.place).toBe(place === "confirming" || place === "watching" ? "idle" : place);
    // Numbers below it would be taken for answers to the open question.
    const listed = ["idle", "confirming", "watching"].includes(place);
    expect(answer.includes("1. Kendaraan lain")).toBe(listed);
  });

  it("is told of where no conversation is left", () => {
    const chat = flowChat();
    expect(paid(chat)).toContain("Pembayaran berhasil ✅");
    expect(chat.taps("Kendaraan lain")).toContain("Selamat datang di Loket Samsat");
  });
});

describe("a payment that came to nothing", () => {
  it("may be tried again with LANJUT, with a fresh bill", () => {
    const chat = chatAt("watching");
    expect(notPaid(chat)).toBe(
      "Pembayaran F 0001 Z belum berhasil; pajaknya belum terbayar (TRX-7K2MQ). Anda boleh mencoba lagi: ketik LANJUT.",
    );
    expect(chat.place).toBe("idle");
    chat.says("lanjut");
    expect(chat.last.find(({ kind }) => kind === "inquire")).toMatchObject({ nik: NIK, chassis: "MH1JFZ110HK123456" });
    chat.billed({ kind: "bill", bill: billOf() });
    pays(chat);
    expect(payTasks(chat)).toHaveLength(2);
  });

  it("LANJUT means its vehicle, also while another is asked about, which is kept", () => {
    const chat = chatAt("watching");
    chat.says("menu");
    chat.says("Jawa Barat");
    chat.says("3204123108900009");
    notPaid(chat);
    expect(chat.place).toBe("chassis");
    chat.says("lanjut");
    expect(chat.last.find(({ kind }) => kind === "inquire")).toMatchObject({ nik: NIK });
    expect(chat.context.kept?.answers.nik).toBe("3204123108900009");
  });

  it("because the money came back, or the biller changed its word, says so", () => {
    const chat = chatAt("watching");
    expect(tells(chat, { kind: "not-paid", how: "refunded", payment: factsOf() })).toContain(
      "belum terbayar dan dananya dikembalikan (TRX-7K2MQ)",
    );
    expect(tells(chat, { kind: "changed-its-word", payment: factsOf() })).toContain(
      "sistem pembayaran mengubah jawabannya. Budi 0812-3456-789 memeriksanya",
    );
  });

  it("because it was never sent says why, and how to go on", () => {
    const reasons = [
      "expired",
      "cancelled",
      "region-closed",
      "regions-unknown",
      "paused",
      "day-cap",
      "too-slow",
    ] as const;
    const answers = reasons.map((why) => {
      const chat = chatAt("watching");
      const answer = withdrawn(chat, why);
      expect(chat.place).toBe("idle");
      chat.says("lanjut");
      expect(chat.place).toBe("inquiring");
      return answer;
    });
    expect(answers).toEqual([
      "Waktu tagihan F 0001 Z habis sebelum pembayarannya dikirim. Belum ada pembayaran; ketik LANJUT untuk mengecek lagi.",
      "Pembayaran F 0001 Z dibatalkan. Belum ada pembayaran.",
      "Jawa Barat baru saja tutup, jadi F 0001 Z belum kami bayar. Jawaban Anda tersimpan: ketik LANJUT nanti.",
      "Sistem pembayaran sedang gangguan, jadi F 0001 Z belum kami bayar. Jawaban Anda tersimpan: ketik LANJUT nanti.",
      "Pembayaran sedang kami hentikan sebentar untuk diperiksa. Belum ada pembayaran; coba lagi nanti dengan LANJUT, atau ketik PETUGAS.",
      "Batas pembayaran hari ini sudah tercapai. Belum ada pembayaran; besok bisa lagi, atau ketik PETUGAS.",
      "Pembayaran F 0001 Z belum sempat kami kirim. Belum ada pembayaran; ketik LANJUT untuk mencoba lagi.",
    ]);
  });

  it("because the program stopped brings a fresh bill by itself where its payer waits", () => {
    const chat = chatAt("watching");
    expect(withdrawn(chat, "restart")).toContain("Belum ada pembayaran; kami cek ulang tagihannya.");
    expect(chat.place).toBe("inquiring");
    const away = chatAt("watching");
    away.says("menu");
    expect(withdrawn(away, "restart")).toContain("Belum ada pembayaran; ketik LANJUT untuk mencoba lagi.");
    expect(away.place).toBe("region");
  });
});
