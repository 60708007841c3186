import type { Rupiah } from "../../../src/domain/rupiah.ts";
import { showRupiah } from "../../../src/domain/rupiah.ts";
import { bold } from "../../../src/domain/text.ts";
import { showTime } from "../../../src/domain/time.ts";
import type { UnpaidKey } from "../../unpaid-why.ts";
import { label } from "../lines.ts";
import type { How } from "../words.ts";
import { because } from "./reasons.ts";
import { atHour, when } from "./times.ts";
import { vehicle } from "./vehicle.ts";

type None = Readonly<Record<never, never>>;

interface OfRequest {
  readonly ref: string;
  readonly plate: string;
  /** In the agent's hand, or on the way to it: the bill and the counter's own fee. */
  readonly cash: Rupiah;
}

interface OfAgent extends OfRequest {
  readonly agent: string;
}

interface Next {
  readonly nextAt: number;
  readonly now: number;
}

function staff(contact: string): string {
  return contact === "" ? "petugas" : contact;
}

function next({ nextAt, now }: Next): string {
  return `Kabar berikutnya paling lambat ${when(nextAt, now)}.`;
}

/** A customer's request, from the bill to the money's way back. */
export const relay = {
  bill_relay_ask: (v: { readonly code: string }, how: How) =>
    how.style === "buttons"
      ? "Nama dan pelat benar? Kalau benar, kami teruskan ke loket. Jangan serahkan uang dulu."
      : `Nama dan pelat benar? Balas BAYAR ${v.code} untuk kami teruskan ke loket. Jangan serahkan uang dulu. Salah? Balas UBAH.`,
  relay_mismatch: (v: { readonly plate: string; readonly total: Rupiah; readonly code: string }, how: How) =>
    `Belum kami teruskan. Untuk meminta loket membayarkan ${showRupiah(v.total)} untuk ${vehicle(v.plate)}, ${how.style === "buttons" ? "tekan tombol Ajukan" : `balas BAYAR ${v.code}`}. Jangan serahkan uang dulu.`,
  relay_unchanged: (
    v: { readonly plate: string; readonly total: Rupiah; readonly until: number; readonly code: string },
    how: How,
  ) =>
    `Tagihan ${vehicle(v.plate)} tadi sudah lewat waktu; sudah kami cek ulang dan jumlahnya tetap ${showRupiah(v.total)}, berlaku sampai ${showTime(v.until)}. ${how.style === "buttons" ? "Tekan tombol Ajukan" : `Balas BAYAR ${v.code}`} untuk kami teruskan ke loket. Jangan serahkan uang dulu.`,
  relay_changed: (v: { readonly from: Rupiah; readonly to: Rupiah; readonly code: string }, how: How) =>
    `Jumlah berubah dari ${showRupiah(v.from)} menjadi ${bold(showRupiah(v.to))}. Setuju? ${how.style === "buttons" ? "Tekan tombol Ajukan" : `Balas BAYAR ${v.code}`} untuk kami teruskan ke loket. Jangan serahkan uang dulu.`,
  choose_counter: (_: None) => "Serahkan uang di loket mana? Tunggu kabar kami dulu sebelum menyerahkan.",
  not_that_counter: (_: None) => "Loket itu sedang tidak bisa melayani. Jangan serahkan uang dulu.",
  nobody_on_duty: (v: { readonly opens: number | undefined; readonly now: number }) =>
    `Sekarang tidak ada loket yang bertugas${v.opens === undefined ? "" : `; buka lagi ${when(v.opens, v.now)}`}. Jangan serahkan uang kepada siapa pun.`,
  late_night: (v: { readonly opens: number; readonly now: number }) =>
    `Permintaan lewat loket ditutup pukul 23.15 WIB. Mulai lagi ${when(v.opens, v.now)}; tagihan bisa kena denda. Jangan serahkan uang. Jawaban Anda tersimpan: ketik LANJUT.`,
  duty_wait: (_: None) =>
    "Baik. Begitu ada loket yang bertugas, kami kabari (antara pukul 07.00 dan 21.00 WIB, paling lama sehari). Jangan serahkan uang dulu.",
  duty_open: (_: None) => "Sudah ada loket yang bertugas. Ketik LANJUT untuk mengecek tagihannya dan mengajukan lagi.",
  duty_wait_over: (_: None) =>
    "Sehari ini belum ada loket yang bertugas, jadi kami berhenti menunggu. Belum ada uang yang berpindah. Ketik LANJUT kapan saja.",
  label_relay: (_: None) => "Ajukan pembayaran",
  label_counter: (v: { readonly name: string }, how: How) => label(v.name, how),
  label_any_counter: (_: None) => "Loket mana saja",
  label_tell_duty: (_: None) => "Kabari saat buka",
  label_done: (_: None) => "Selesai",

  request_asking: (_: None) => "Permintaan Anda sedang kami teruskan. Jangan serahkan uang dulu.",
  request_known: (_: None) =>
    "Permintaan untuk tagihan ini sudah kami terima. Ketik STATUS untuk keadaannya. Jangan serahkan uang sebelum kami sebutkan loketnya.",
  request_exists: (v: { readonly ref: string }) =>
    `Untuk kendaraan ini sudah ada permintaan ${v.ref}. Ketik STATUS untuk keadaannya.`,
  request_asked: (v: OfAgent & Next) =>
    `Permintaan ${v.ref} sudah dikirim ke ${v.agent === "" ? "loket yang bertugas" : v.agent}. Jangan serahkan uang dulu. ${next(v)} BATAL masih bisa.`,
  request_waits: (v: OfRequest) =>
    `Permintaan ${v.ref} untuk ${vehicle(v.plate)} menunggu loket. Jangan serahkan uang dulu. BATAL masih bisa.`,
  request_no_answer: (v: OfAgent, how: How) =>
    `${v.agent === "" ? "Belum ada loket yang mengambil" : `${v.agent} belum mengambil`} permintaan ${v.ref}. Jangan serahkan uang dulu.${how.style === "buttons" ? "" : " Balas LOKET LAIN, TUNGGU, atau BATAL."}`,
  request_others: (v: OfRequest) => `Permintaan ${v.ref} kami tawarkan ke loket lain. Jangan serahkan uang dulu.`,
  request_wait_on: (v: OfRequest) => `Baik, kami tunggu 10 menit lagi untuk ${v.ref}. Jangan serahkan uang dulu.`,
  request_nobody: (v: OfRequest) =>
    `Belum ada loket yang bisa melayani. Permintaan ${v.ref} kami tutup; belum ada uang yang berpindah. Data tersimpan 24 jam: ketik LANJUT kapan saja.`,
  request_taken: (
    v: OfAgent & {
      readonly markup: Rupiah;
      readonly total: Rupiah;
      readonly handover: string;
      readonly until: number;
      readonly now: number;
    },
    how: How,
  ) =>
    [
      `${v.agent} siap membayarkan ${vehicle(v.plate)}. Serahkan ${bold(showRupiah(v.cash))}${v.markup > 0 ? ` (tagihan ${showRupiah(v.total)} dan jasa loket ${showRupiah(v.markup)})` : ""} sebelum ${when(v.until, v.now)}${v.handover === "" ? "." : ":"}`,
      v.handover,
      `Sebutkan kode ${v.ref}. Sesudahnya ${how.style === "buttons" ? "tekan Sudah diserahkan" : "balas SUDAH"}; foto bukti transfer boleh dikirim${how.style === "buttons" ? " (Telegram, WhatsApp)" : " ke sini"}.`,
    ]
      .filter((text) => text !== "")
      .join("\n"),
  request_hand_over: (v: OfAgent, how: How) =>
    `${v.agent} menunggu ${showRupiah(v.cash)} untuk ${vehicle(v.plate)}, kode ${v.ref}. Sesudah diserahkan ${how.style === "buttons" ? "tekan Sudah diserahkan" : "balas SUDAH"}; tidak jadi? BATAL.`,
  request_said: (v: OfAgent) =>
    `Terima kasih. ${v.agent} sudah kami kabari bahwa ${showRupiah(v.cash)} diserahkan; begitu dikonfirmasi, pajak dibayarkan. Paling lambat 15 menit lagi kami kabari.`,
  request_photo: (v: OfAgent) =>
    `Kami catat bahwa ada fotonya, dan ${v.agent} tahu. Foto ini tidak kami simpan dan tidak bisa kami teruskan: tunjukkan sendiri bila ditanya.`,
  request_photo_passed: (v: OfAgent) =>
    `Foto kami teruskan ke ${v.agent} (${v.ref}) dan tidak kami simpan. Yang dihitung tetap uang yang masuk.`,
  request_said_before: (v: OfAgent) =>
    `Sudah kami catat: ${showRupiah(v.cash)} diserahkan ke ${v.agent} (${v.ref}). Kami tunggu konfirmasinya.`,
  request_received: (v: OfAgent & Next & { readonly receivedAt: number }) =>
    `${showRupiah(v.cash)} sudah diterima ${v.agent} pukul ${showTime(v.receivedAt)}. Pajak sedang dibayarkan. ${next(v)}`,
  request_paying: (v: OfAgent) =>
    `Uang Anda untuk ${vehicle(v.plate)} sudah di ${v.agent}, dan pajaknya sedang dibayarkan (${v.ref}). Tidak akan kami bayar dua kali.`,
  request_cannot_stop: (v: OfAgent) =>
    `Pajak ${vehicle(v.plate)} sedang dibayarkan (${v.ref}), jadi tidak bisa dibatalkan lagi. Hasilnya kami kabari.`,
  request_bill_late: (v: OfAgent & Next) =>
    `Uang Anda ${showRupiah(v.cash)} ada di ${v.agent}. Sistem pembayaran sedang lambat, jadi ${vehicle(v.plate)} belum dibayar. Kami coba terus. ${next(v)}`,
  request_sum_moved: (v: OfAgent & Next & { readonly was: Rupiah | undefined; readonly total: Rupiah }, how: How) =>
    `${v.was === undefined ? `Tagihan ${vehicle(v.plate)} sekarang` : `Tagihan ${vehicle(v.plate)} berubah dari ${showRupiah(v.was)} menjadi`} ${bold(showRupiah(v.total))}, jadi belum dibayar. Uang Anda ada di ${v.agent}. Setuju? Serahkan atau terima selisihnya, lalu ${how.style === "buttons" ? "tekan Setuju" : "balas SETUJU"}. Tidak? ${how.style === "buttons" ? "Tekan Minta uang kembali" : "Balas BATAL"}. ${next(v)}`,
  request_agreed: (v: OfAgent) =>
    `Baik. ${v.agent} membayarkan ${vehicle(v.plate)} begitu jumlah barunya, ${showRupiah(v.cash)}, ada di tangannya.`,
  request_silent_agent: (v: OfAgent & Next & { readonly saidAt: number; readonly contact: string }) =>
    `Anda menyatakan sudah menyerahkan ${showRupiah(v.cash)} ${atHour(v.saidAt, v.now)}. ${v.agent} sudah kami ingatkan dan ${staff(v.contact)} sudah kami hubungi. ${next(v)}`,
  request_let_go: (v: OfAgent & Next) =>
    `${v.agent} tidak jadi mengambil permintaan ${v.ref}. Jangan serahkan uang dulu; kami tawarkan ke loket lain. ${next(v)}`,
  request_expired: (v: OfAgent & { readonly contact: string }) =>
    `Waktu menyerahkan uang ke ${v.agent} sudah lewat, jadi permintaan ${v.ref} kami tutup. Jangan serahkan uang lagi. Sudah terlanjur? Ketik PETUGAS. Belum? Ketik LANJUT untuk mengajukan lagi.`,
  request_passed_on: (v: OfAgent) =>
    `Permintaan ${v.ref} sekarang ditangani ${v.agent}. Uang yang sudah Anda serahkan tetap tercatat; jangan serahkan lagi.`,
  request_unpaid: (v: OfAgent & { readonly tried: string; readonly contact: string; readonly why: UnpaidKey }) =>
    `Pembayaran ${vehicle(v.plate)} belum berhasil; pajaknya belum terbayar (${v.tried === "" ? v.ref : v.tried})${because(v.why)}. Uang Anda ${showRupiah(v.cash)} ada di ${v.agent}: minta dicoba lagi atau ambil kembali. Pertanyaan: ${staff(v.contact)}.`,
  request_paid_elsewhere: (v: OfAgent & { readonly contact: string }) =>
    `Menurut sistem, pajak ${vehicle(v.plate)} sudah lunas, jadi tidak kami bayar (${v.ref}). Uang Anda ${showRupiah(v.cash)} ada di ${v.agent}: ambil kembali di sana. Pertanyaan: ${staff(v.contact)}.`,
  request_taken_back: (v: OfAgent & { readonly contact: string }) =>
    `Tidak kami bayar. Uang Anda ${showRupiah(v.cash)} diminta kembali di ${v.agent}, dan ${staff(v.contact)} sudah kami hubungi (${v.ref}).`,
  request_returned: (v: OfAgent & { readonly contact: string }) =>
    `Menurut ${v.agent}, uang Anda ${showRupiah(v.cash)} sudah dikembalikan. Permintaan ${v.ref} kami tutup. Belum Anda terima? Ketik PETUGAS.`,
  request_shut: (v: OfAgent & { readonly contact: string }) =>
    `Permintaan ${v.ref} ditutup petugas. ${v.agent === "" ? "Belum ada uang yang berpindah." : `Uang yang sudah Anda serahkan: tanyakan ke ${v.agent} atau ${staff(v.contact)}.`}`,
  request_cancelled: (v: OfRequest) =>
    `Permintaan ${v.ref} dibatalkan. Tidak ada pembayaran; jangan serahkan uang. Jawaban tadi tersimpan 24 jam: ketik LANJUT bila perlu.`,
  request_handed_over: (v: OfAgent) => `Uang ${showRupiah(v.cash)} sudah Anda serahkan ke ${v.agent}?`,
  request_done: (v: OfRequest) =>
    `Permintaan ${v.ref} sudah selesai: pajak ${vehicle(v.plate)} lunas. Ketik BUKTI untuk buktinya.`,
  request_closed: (v: OfRequest) =>
    `Permintaan ${v.ref} untuk ${vehicle(v.plate)} sudah ditutup, jadi tidak ada yang menunggu uang Anda. Sudah terlanjur menyerahkan? Ketik PETUGAS.`,
  request_none: (_: None) =>
    "Tidak ada permintaan yang menunggu uang Anda. Jangan serahkan uang sebelum kami sebutkan loketnya. Sudah terlanjur? Ketik PETUGAS.",
  request_agent_has_it: (v: OfAgent & { readonly contact: string }) =>
    `Uang Anda ${showRupiah(v.cash)} untuk ${vehicle(v.plate)} ada di ${v.agent} (${v.ref}): minta dicoba lagi atau ambil kembali di sana. Pertanyaan: ${staff(v.contact)}.`,
  label_handed_over: (_: None) => "Sudah diserahkan",
  label_not_yet: (_: None) => "Belum, batalkan",
  label_handed: (_: None) => "Sudah",
  label_others: (_: None) => "Ke loket lain",
  label_wait: (_: None) => "Tunggu 10 menit lagi",
  label_agree: (_: None) => "Setuju",
  label_money_back: (_: None) => "Minta uang kembali",

  /** For an agent, in a chat that is an agent's no more. */
  stray_balance: (v: { readonly what: "top-up" | "adjustment"; readonly amount: Rupiah; readonly contact: string }) =>
    `Saldo agen ${v.what === "top-up" ? "bertambah" : "dikoreksi"} ${showRupiah(v.amount)}, tetapi chat ini tidak lagi terdaftar sebagai agen. Hubungi ${staff(v.contact)}.`,
  stray_request: (v: {
    readonly ref: string;
    readonly plate: string;
    readonly money: boolean;
    readonly contact: string;
  }) =>
    `Permintaan ${v.ref} untuk ${vehicle(v.plate)} adalah urusan agen, dan chat ini tidak lagi terdaftar sebagai agen. ${v.money ? `Kalau uang pelanggan ada pada Anda, hubungi ${staff(v.contact)} sekarang.` : "Tidak ada yang perlu Anda lakukan."}`,
};
