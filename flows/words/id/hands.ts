import type { Rupiah } from "../../../src/domain/rupiah.ts";
import { showRupiah } from "../../../src/domain/rupiah.ts";
import { bold } from "../../../src/domain/text.ts";
import type { UnpaidKey } from "../../unpaid-why.ts";
import { line } from "../lines.ts";
import type { How } from "../words.ts";
import { because } from "./reasons.ts";
import { when } from "./times.ts";
import { vehicle } from "./vehicle.ts";

type None = Readonly<Record<never, never>>;

/** What agents read of requests. */
export const hands = {
  offer: (
    v: {
      readonly ref: string;
      readonly plate: string;
      readonly vehicle: string;
      readonly total: Rupiah;
      readonly markup: Rupiah;
      readonly free: Rupiah;
    },
    how: How,
  ) =>
    `Permintaan ${v.ref}: ${line(v.plate, v.vehicle, showRupiah(v.total))}${v.markup > 0 ? ` + jasa loket ${showRupiah(v.markup)}` : ""}. Saldo bebas ${showRupiah(v.free)}.${how.style === "buttons" ? "" : ` Balas AMBIL ${v.ref} atau LEWATI ${v.ref}.`}`,
  offer_gone: (v: { readonly ref: string }) => `${v.ref} sudah diambil loket lain.`,
  offer_closed: (v: { readonly ref: string }) => `${v.ref} sudah ditutup.`,
  offer_skipped: (v: { readonly ref: string }) => `${v.ref} dilewati.`,
  offer_unknown: (v: { readonly ref: string }) =>
    `Tidak ada permintaan ${v.ref} yang bisa Anda ambil. Periksa kodenya.`,
  hand_yours: (
    v: {
      readonly ref: string;
      readonly plate: string;
      readonly total: Rupiah;
      readonly cash: Rupiah;
      readonly until: number;
      readonly now: number;
      readonly code: string;
    },
    how: How,
  ) =>
    `${v.ref} (${vehicle(v.plate)}) milik Anda sampai ${when(v.until, v.now)}; saldo ${showRupiah(v.total)} ditahan. ${how.style === "buttons" ? `Tekan hanya jika ${showRupiah(v.cash)} sudah di tangan.` : `${showRupiah(v.cash)} sudah di tangan? Balas BAYAR ${v.code}. Tidak jadi? LEPAS ${v.ref}.`}`,
  hand_customer_paid: (
    v: {
      readonly ref: string;
      readonly plate: string;
      readonly cash: Rupiah;
      readonly photo: boolean;
      readonly code: string;
    },
    how: How,
  ) =>
    `Pelanggan ${v.ref} (${vehicle(v.plate)}) menyatakan sudah menyerahkan ${showRupiah(v.cash)}${v.photo ? " dan punya foto buktinya" : ""}. ${how.style === "buttons" ? "Sudah Anda terima? Tekan Uang diterima." : `Sudah Anda terima? Balas BAYAR ${v.code}.`}`,
  hand_picture: (v: { readonly ref: string; readonly plate: string; readonly cash: Rupiah }) =>
    `Foto dari pelanggan ${v.ref} (${vehicle(v.plate)}). Foto bisa palsu: cari ${showRupiah(v.cash)} di rekening Anda sendiri sebelum menyatakan uang diterima.`,
  hand_picture_lost: (v: { readonly ref: string; readonly plate: string; readonly cash: Rupiah }) =>
    `Pelanggan ${v.ref} (${vehicle(v.plate)}) mengirim foto yang tidak bisa kami teruskan. Cari ${showRupiah(v.cash)} di rekening Anda sendiri.`,
  hand_reminder: (
    v: {
      readonly ref: string;
      readonly cash: Rupiah;
      readonly saidAt: number;
      readonly now: number;
      readonly code: string;
    },
    how: How,
  ) =>
    `Pelanggan ${v.ref} menunggu sejak ${when(v.saidAt, v.now)}: ${showRupiah(v.cash)} sudah Anda terima? ${how.style === "buttons" ? "Tekan Uang diterima" : `Balas BAYAR ${v.code}`}, atau ketik PETUGAS.`,
  hand_cancelled: (v: { readonly ref: string; readonly total: Rupiah }) =>
    `Pelanggan membatalkan ${v.ref}. Saldo ${showRupiah(v.total)} sudah kembali. Jangan terima uang.`,
  hand_expired: (v: { readonly ref: string; readonly total: Rupiah }) =>
    `Waktu ${v.ref} habis dan permintaannya ditutup. Saldo ${showRupiah(v.total)} sudah kembali. Jangan terima uang; sudah terlanjur? Ketik PETUGAS.`,
  hand_passed_on: (v: { readonly ref: string; readonly total: Rupiah }) =>
    `Petugas memberikan ${v.ref} ke loket lain. Saldo ${showRupiah(v.total)} sudah kembali.`,
  hand_shut: (v: { readonly ref: string; readonly total: Rupiah }) =>
    `Petugas menutup ${v.ref}. Saldo ${showRupiah(v.total)} sudah kembali.`,
  hand_let_go: (v: { readonly ref: string; readonly total: Rupiah }) =>
    `${v.ref} dilepas. Saldo ${showRupiah(v.total)} sudah kembali.`,
  hand_sum_asked: (v: { readonly ref: string; readonly plate: string; readonly was: Rupiah; readonly total: Rupiah }) =>
    `Tagihan ${vehicle(v.plate)} (${v.ref}) berubah dari ${showRupiah(v.was)} menjadi ${bold(showRupiah(v.total))}; belum dibayar. Pelanggan kami tanya; uangnya simpan dulu.`,
  hand_sum_agreed: (
    v: { readonly ref: string; readonly plate: string; readonly cash: Rupiah; readonly code: string },
    how: How,
  ) =>
    `Pelanggan ${v.ref} setuju dengan jumlah baru. ${bold(showRupiah(v.cash))} sudah pas di tangan? ${how.style === "buttons" ? "Tekan Uang diterima." : `Balas BAYAR ${v.code}.`}`,
  hand_bill_wait: (v: {
    readonly ref: string;
    readonly plate: string;
    readonly nextAt: number;
    readonly now: number;
  }) =>
    `Sistem pembayaran sedang lambat, jadi ${vehicle(v.plate)} (${v.ref}) belum dibayar. Kami coba terus. Kabar berikutnya paling lambat ${when(v.nextAt, v.now)}.`,
  hand_unpaid: (v: { readonly plate: string; readonly ref: string; readonly total: Rupiah; readonly why: UnpaidKey }) =>
    `${vehicle(v.plate)} belum berhasil (${v.ref})${because(v.why)}. Saldo ${showRupiah(v.total)} sudah kembali. Uang pelanggan masih pada Anda.`,
  hand_paid_elsewhere: (v: { readonly plate: string; readonly ref: string; readonly total: Rupiah }) =>
    `Menurut sistem, ${vehicle(v.plate)} sudah lunas, jadi tidak dibayar (${v.ref}). Saldo ${showRupiah(v.total)} sudah kembali. Kembalikan uang pelanggan.`,
  hand_balance: (v: { readonly plate: string; readonly ref: string; readonly total: Rupiah }) =>
    `Jumlah ${vehicle(v.plate)} naik dan saldo Anda tidak cukup, jadi belum dibayar (${v.ref}). Saldo ${showRupiah(v.total)} sudah kembali; uang pelanggan masih pada Anda. Isi saldo lalu coba lagi, atau kembalikan uangnya.`,
  hand_taken_back: (v: {
    readonly plate: string;
    readonly ref: string;
    readonly total: Rupiah;
    readonly cash: Rupiah;
  }) =>
    `Pelanggan membatalkan ${v.ref} (${vehicle(v.plate)}) dan minta ${showRupiah(v.cash)} kembali. Saldo ${showRupiah(v.total)} sudah kembali. Sudah dikembalikan, atau tidak pernah Anda terima? Nyatakan di sini.`,
  hand_paying: (v: { readonly ref: string }) => `Dicatat: uang ${v.ref} di tangan Anda. Pajaknya kami bayar.`,
  hand_done: (v: { readonly ref: string; readonly plate: string }) =>
    `${v.ref} sudah selesai: pajak ${vehicle(v.plate)} lunas.`,
  hand_returned: (v: { readonly ref: string }) =>
    `Dicatat: uang ${v.ref} sudah kembali ke pelanggan. Pelanggan kami kabari.`,
  hand_not_now: (v: { readonly ref: string }) =>
    `${v.ref} tidak bisa seperti itu lagi. Ketik STATUS untuk yang terbuka.`,
  hand_waits_yes: (v: { readonly ref: string }) =>
    `Jumlah ${v.ref} berubah dan pelanggan belum setuju. Begitu setuju, kami kabari.`,
  hand_after_said: (v: { readonly ref: string }) =>
    `Pelanggan ${v.ref} sudah menyatakan menyerahkan uang, jadi hanya petugas yang bisa memindahkannya. Ketik PETUGAS.`,
  hand_short: (v: { readonly ref: string; readonly missing: Rupiah }) =>
    `Saldo kurang ${showRupiah(v.missing)} untuk ${v.ref}. Jangan terima uang dulu. Ketik ISI dan jumlahnya untuk minta isi saldo.`,
  hand_capped: (v: { readonly ref: string }) => `${v.ref} melewati batas Anda hari ini. Jangan terima uang.`,
  hand_paused: (v: { readonly ref: string }) =>
    `Loket berhenti sebentar menerima pembayaran, jadi ${v.ref} tidak bisa diambil sekarang. Jangan terima uang.`,
  hand_suspended: (v: { readonly ref: string; readonly contact: string }) =>
    `Akun Anda sedang dihentikan, jadi ${v.ref} tidak kami bayar. ${v.contact === "" ? "Petugas" : v.contact} sudah kami beri tahu; simpan uangnya dulu.`,
  hand_open: (
    v: {
      readonly ref: string;
      readonly plate: string;
      readonly total: Rupiah;
      readonly code: string;
      readonly how: "taken" | "unpaid";
    },
    how: How,
  ) =>
    v.how === "unpaid"
      ? `${line(v.ref, v.plate, showRupiah(v.total))}: belum dibayar, uang pelanggan pada Anda. COBA LAGI ${v.ref} atau KEMBALIKAN ${v.ref}.`
      : `${line(v.ref, v.plate, showRupiah(v.total))}: milik Anda.${how.style === "buttons" || v.code === "" ? "" : ` Uang sudah di tangan? Balas BAYAR ${v.code}.`}`,
  duty_over: (_: None) =>
    "Tiga tawaran berturut-turut tidak dijawab, jadi tugas Anda kami akhiri. Ketik TUGAS untuk mulai lagi.",
  duty_closed: (_: None) =>
    "Jam loket sudah tutup, jadi tugas Anda kami akhiri. Yang sudah Anda ambil tetap milik Anda. Ketik TUGAS untuk mulai lagi.",
  label_take: (_: None) => "Ambil",
  label_skip: (_: None) => "Lewati",
  label_money_here: (_: None) => "Uang diterima",
  label_let_go: (_: None) => "Lepas",
};
