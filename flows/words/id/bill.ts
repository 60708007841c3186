import type { Rupiah } from "../../../src/domain/rupiah.ts";
import { showRupiah } from "../../../src/domain/rupiah.ts";
import { bold } from "../../../src/domain/text.ts";
import { showTime } from "../../../src/domain/time.ts";
import { amounts, line } from "../lines.ts";
import type { How } from "../words.ts";
import { atHour, when } from "./times.ts";
import { vehicle, vehicleFirst } from "./vehicle.ts";

type None = Readonly<Record<never, never>>;

export interface BillValues {
  readonly plate: string;
  readonly vehicle: string;
  readonly color: string;
  readonly owner: string;
  readonly pkb: Rupiah;
  readonly swdkllj: Rupiah;
  readonly bbn: Rupiah;
  readonly pkbPenalty: Rupiah;
  readonly swdklljPenalty: Rupiah;
  readonly bbnPenalty: Rupiah;
  readonly other: Rupiah;
  readonly fee: Rupiah;
  readonly total: Rupiah;
  readonly until: number;
}

/** The tax itself and the fee are always shown, the rest when there is any. */
function sums(v: BillValues): string {
  return amounts([
    ["Pajak (PKB)", v.pkb, "always"],
    ["Jasa Raharja (SWDKLLJ)", v.swdkllj, "always"],
    ["Bea balik nama (BBN)", v.bbn, "if-any"],
    ["Denda PKB", v.pkbPenalty, "if-any"],
    ["Denda SWDKLLJ", v.swdklljPenalty, "if-any"],
    ["Denda BBN", v.bbnPenalty, "if-any"],
    ["Komponen lain", v.other, "if-any"],
    ["Biaya admin", v.fee, "always"],
  ]);
}

export const bill = {
  checking: (_: None) => "Tagihannya kami cek sekarang.",
  waiting: (_: None) => "Sedang mengecek tagihan, biasanya kurang dari 1 menit.",
  bill: (v: BillValues) => `Tagihan ditemukan
${line(v.plate === "" ? "Pelat tidak disebut" : v.plate, v.vehicle, v.color)}
Pemilik: ${v.owner}
${sums(v)}
${bold(`Total: ${showRupiah(v.total)}`)}
Berlaku sampai ${showTime(v.until)}. Pembayaran yang berhasil tidak dapat dibatalkan.`,
  bill_sandbox: (_: None) => "SIMULASI: ini bukan tagihan sungguhan.",
  bill_plate_differs: (v: { readonly bill: string; readonly typed: string }) =>
    `Perhatian: ini ${v.bill}, bukan ${v.typed} yang Anda ketik.`,
  bill_late: (_: None) => "Lewat tengah malam tagihan bisa kena denda.",
  bill_midnight: (_: None) =>
    "Menjelang tengah malam kami tidak membayar. Cek lagi sesudah pukul 00.00 WIB dengan mengetik LANJUT.",
  bill_ask: (v: { readonly code: string }, how: How) =>
    how.style === "buttons"
      ? "Nama dan pelat benar?"
      : `Nama dan pelat benar? Balas BAYAR ${v.code}. Salah? Balas UBAH.`,
  bill_relay: (v: { readonly contact: string; readonly text: string }) =>
    [
      v.text,
      v.contact === ""
        ? "Untuk membayar, ketik PETUGAS."
        : `Untuk membayar, hubungi petugas: ${v.contact}, atau ketik PETUGAS.`,
      "Jangan serahkan uang sebelum petugas menjawab.",
    ]
      .filter((sentence) => sentence !== "")
      .join(" "),
  deposit_low: (_: None) =>
    "Loket berhenti sebentar menerima pembayaran. Jangan serahkan uang dulu; coba lagi nanti dengan LANJUT. Belum ada pembayaran.",
  bill_over_max: (v: { readonly max: Rupiah }) =>
    `Tagihan di atas ${showRupiah(v.max)} hanya lewat petugas. Ketik PETUGAS.`,
  bill_over: (v: { readonly plate: string; readonly total: Rupiah }, how: How) =>
    `Tagihan ${vehicle(v.plate)} (${showRupiah(v.total)}) sudah lama. ${how.style === "buttons" ? "Tekan Cek lagi" : "Ketik LANJUT"} untuk mengecek ulang; belum ada pembayaran.`,
  bill_expired: (
    v: { readonly plate: string; readonly total: Rupiah; readonly until: number; readonly code: string },
    how: How,
  ) =>
    `Tagihan ${vehicle(v.plate)} tadi sudah lewat waktu; sudah kami cek ulang dan jumlahnya tetap ${showRupiah(v.total)}, berlaku sampai ${showTime(v.until)}. ${toPay(v.code, how)}`,
  bill_changed: (
    v: { readonly from: Rupiah; readonly to: Rupiah; readonly penalty: Rupiah; readonly code: string },
    how: How,
  ) =>
    `Jumlah berubah dari ${showRupiah(v.from)} menjadi ${bold(showRupiah(v.to))}${v.penalty > 0 ? ` (denda PKB ${showRupiah(v.penalty)})` : ""}. Setuju? ${toPay(v.code, how)}`,
  button_stale: (_: None, how: How) =>
    `${how.style === "buttons" ? "Tombol" : "Kode"} itu dari tagihan lama. Ini yang terbaru:`,
  stale_nothing: (_: None) =>
    "Tagihan itu sudah lama, jadi tidak kami bayar. Ketik MENU untuk mengecek lagi, atau STATUS untuk pembayaran Anda.",
  confirm_mismatch: (v: { readonly total: Rupiah; readonly plate: string; readonly code: string }, how: How) =>
    how.style === "buttons"
      ? `Belum kami bayar. Untuk membayar ${showRupiah(v.total)} untuk ${vehicle(v.plate)}, tekan tombol Bayar.`
      : `Belum kami bayar. Untuk membayar ${showRupiah(v.total)} untuk ${vehicle(v.plate)}, balas BAYAR ${v.code}.`,
  not_payable_here: (v: { readonly contact: string }) =>
    v.contact === ""
      ? "Pembayaran lewat chat ini belum dibuka. Ketik PETUGAS untuk membayar; belum ada pembayaran."
      : `Pembayaran lewat chat ini belum dibuka. Hubungi petugas: ${v.contact}; belum ada pembayaran.`,

  bill_not_found: (v: {
    readonly region: string;
    readonly nik: string;
    readonly chassis: string;
    readonly reason: string;
  }) =>
    `Data tidak ditemukan untuk ${v.region}, NIK ${v.nik}, rangka ${v.chassis}.${v.reason === "" ? "" : `\nKeterangan sistem: "${v.reason}"`}`,
  not_found_next: (_: None) => "Ketik saja nomor yang benar, atau pilih yang mau diubah. NIK harus milik nama di STNK.",
  not_found_third: (v: { readonly at: number | undefined; readonly now: number }) =>
    `Sudah tiga kali tidak ditemukan. Cocokkan huruf demi huruf: wilayah, NIK nama di STNK, baris NOMOR RANGKA. Butuh bantuan? Ketik PETUGAS.${v.at === undefined ? "" : ` Cek lagi bisa ${atHour(v.at, v.now)}.`}`,
  already_paid: (_: None) => "Menurut sistem, pajak kendaraan ini sudah lunas. Tidak perlu membayar.",
  closed_by_biller: (v: { readonly region: string }) =>
    `${v.region} sedang tidak menerima pengecekan. Jawaban Anda tersimpan; coba lagi nanti dengan LANJUT. Belum ada pembayaran.`,
  bill_bad: (_: None) =>
    "Tagihan dari sistem tidak dapat kami baca dengan pasti, jadi tidak kami proses. Petugas sudah kami beri tahu.",
  biller_slow: (v: { readonly until: number; readonly now: number }) =>
    `Sistem pembayaran sedang lambat. Kami coba terus sampai ${when(v.until, v.now)}, lalu mengabari Anda. Belum ada pembayaran.`,
  biller_down: (_: None) =>
    "Sistem pembayaran sedang gangguan. Jawaban Anda tersimpan; kami kabari saat pulih. Belum ada pembayaran.",
  biller_still_down: (_: None) =>
    "Sistem pembayaran masih gangguan, jadi pengecekan kami hentikan. Belum ada pembayaran. Ketik LANJUT kapan saja untuk mencoba lagi.",
  biller_back: (_: None) => "Sistem pembayaran sudah pulih.",
  rate_limited: (v: { readonly at: number; readonly now: number }) =>
    `Terlalu banyak pengecekan. Bisa lagi ${atHour(v.at, v.now)}. Mendesak? Ketik PETUGAS.`,
  invoice_used: (_: None) =>
    "Tagihan ini pernah kami kirim dan hasilnya sedang diperiksa petugas. Tidak kami bayar dua kali.",
  vehicle_busy: (v: {
    readonly plate: string;
    readonly since: number;
    readonly now: number;
    readonly ref: string;
    readonly contact: string;
  }) =>
    `${vehicleFirst(v.plate)} sedang dibayar sejak ${when(v.since, v.now)}${v.ref === "" ? "" : ` (${v.ref})`}. Tidak kami bayar dua kali.${v.ref === "" && v.contact !== "" ? ` Pertanyaan: ${v.contact}.` : ""}`,
  paid_lately: (v: { readonly plate: string; readonly ref: string; readonly proof: string }) =>
    v.ref === ""
      ? `${vehicleFirst(v.plate)} baru saja lunas. Tidak perlu membayar lagi.`
      : `${vehicleFirst(v.plate)} sudah lunas lewat loket ini (${v.ref}). Ketik BUKTI ${v.proof} untuk buktinya.`,
};

function toPay(code: string, how: How): string {
  return how.style === "buttons" ? "Tekan tombol Bayar." : `Balas BAYAR ${code}.`;
}
