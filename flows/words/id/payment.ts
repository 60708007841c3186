import type { Rupiah } from "../../../src/domain/rupiah.ts";
import { showRupiah } from "../../../src/domain/rupiah.ts";
import { bold } from "../../../src/domain/text.ts";
import { showDate, showDateTime, type Zone } from "../../../src/domain/time.ts";
import { line } from "../lines.ts";
import { when } from "./times.ts";
import { vehicle, vehicleFirst } from "./vehicle.ts";

type None = Readonly<Record<never, never>>;

const PLACES = {
  jabar: "kantor Samsat di Jawa Barat, cabang Bank BJB, atau Polsek yang ditunjuk (hubungi dulu)",
  "jabar-b": "Samsat Depok, Cinere, atau Bekasi",
  general: "kantor Samsat penerbit STNK",
} as const;

const STATES = {
  live: "sedang diproses",
  paid: "lunas",
  "not-paid": "belum terbayar",
  refunded: "tidak jadi, dana dikembalikan",
} as const;

function staff(contact: string): string {
  return contact === "" ? "Petugas" : contact;
}

export const payment = {
  under_way: (v: { readonly ref: string; readonly nextAt: number; readonly now: number }) =>
    `Pembayaran sedang diproses. No. ${v.ref}. Mohon jangan membayar di tempat lain. Kabar berikutnya paling lambat ${when(v.nextAt, v.now)}.`,
  still_minute: (v: { readonly ref: string; readonly nextAt: number; readonly now: number }) =>
    `Sistem pembayaran belum memberi jawaban (${v.ref}). Kami cek terus; Anda tidak perlu berbuat apa-apa. Mohon jangan membayar di tempat lain. Kabar berikutnya paling lambat ${when(v.nextAt, v.now)}.`,
  still_half_hour: (v: {
    readonly ref: string;
    readonly contact: string;
    readonly nextAt: number;
    readonly now: number;
  }) =>
    `${v.ref} masih dicek. ${staff(v.contact)} sudah menangani. Kabar berikutnya paling lambat ${when(v.nextAt, v.now)}.`,
  still_three_hours: (v: { readonly ref: string; readonly nextAt: number; readonly now: number }) =>
    `${v.ref} belum ada hasil. Kami cek tiap jam. Kabar berikutnya paling lambat ${when(v.nextAt, v.now)}.`,
  still_day: (v: { readonly ref: string; readonly contact: string }) =>
    `Hasil ${v.ref} belum pasti setelah 24 jam. ${staff(v.contact)} menanganinya langsung dan akan menghubungi Anda. Jangan membayar di tempat lain sebelum ada kabar dari kami.`,
  second_tap: (v: { readonly ref: string }) =>
    v.ref === ""
      ? "Konfirmasi tadi sudah kami terima dan sedang diperiksa. Tidak akan kami bayar dua kali."
      : `Sedang diproses (${v.ref}). Tidak akan kami bayar dua kali.`,
  sent_already: (v: { readonly ref: string }) =>
    v.ref === ""
      ? "Konfirmasi tadi sudah kami teruskan dan tidak dapat dibatalkan. Hasilnya kami kabari."
      : `${v.ref} sudah dikirim dan tidak dapat dibatalkan. Hasilnya kami kabari.`,
  paid_already: (v: { readonly plate: string; readonly ref: string; readonly proof: string }) =>
    `${vehicleFirst(v.plate)} sudah lunas lewat loket ini (${v.ref}). Ketik BUKTI ${v.proof} untuk buktinya.`,
  paid_final: (v: { readonly plate: string; readonly ref: string }) =>
    `Pembayaran ${vehicle(v.plate)}${v.ref === "" ? "" : ` (${v.ref})`} sudah berhasil dan tidak dapat dibatalkan. Ketik MENU untuk kendaraan lain.`,
  ended_already: (v: { readonly ref: string }) =>
    `Pembayaran tadi${v.ref === "" ? "" : ` (${v.ref})`} tidak berhasil. Ketik LANJUT untuk mengecek tagihannya lagi.`,

  paid: (v: {
    readonly plate: string;
    readonly vehicle: string;
    readonly total: Rupiah;
    readonly paidAt: number;
    readonly zone: Zone;
    readonly ref: string;
  }) => `Pembayaran berhasil ✅
${line(v.plate, v.vehicle, bold(showRupiah(v.total)))}
${showDateTime(v.paidAt, v.zone)} · No. ${v.ref}`,
  paid_decided: (v: {
    readonly plate: string;
    readonly vehicle: string;
    readonly total: Rupiah;
    readonly paidAt: number;
    readonly zone: Zone;
    readonly ref: string;
  }) => `Pembayaran dinyatakan lunas oleh petugas
${line(v.plate, v.vehicle, bold(showRupiah(v.total)))}
${showDateTime(v.paidAt, v.zone)} · No. ${v.ref}`,
  paid_sandbox: (_: None) => "SIMULASI: tidak ada pajak yang benar-benar dibayar.",
  paid_next: (v: { readonly place: keyof typeof PLACES }) =>
    `Berikutnya, sahkan STNK: bawa cetakan bukti ini, KTP asli pemilik, dan STNK asli ke ${PLACES[v.place]}.`,
  paid_skkp: (_: None) => "Anda akan menerima e-SKKP. Bukti ini bukan penggantinya.",
  paid_refs: (v: { readonly reference: string; readonly trace: string; readonly code: string }) =>
    line(`Ref. bank ${v.reference}`, v.trace === "" ? "" : `No. trace ${v.trace}`, `Kode asli ${v.code}`),
  proof_caption: (v: { readonly ref: string; readonly plate: string }) =>
    `Bukti pembayaran ${vehicle(v.plate)} (${v.ref})`,

  proof_decided: (v: {
    readonly ref: string;
    readonly plate: string;
    readonly reference: string;
    readonly contact: string;
  }) =>
    `Keterangan petugas untuk ${vehicle(v.plate)} (${v.ref}): lunas${v.reference === "" ? "" : `, acuan ${v.reference}`}. Sistem pembayaran belum memberi konfirmasi, jadi pesan ini bukan bukti pembayaran. Buktinya diurus petugas; tanyakan ${v.contact === "" ? "dengan mengetik PETUGAS" : `ke ${v.contact}`}.`,

  not_charged: (v: { readonly plate: string; readonly ref: string }) =>
    `Pembayaran ${vehicle(v.plate)} belum berhasil; pajaknya belum terbayar (${v.ref}). Anda boleh mencoba lagi: ketik LANJUT.`,
  refunded: (v: { readonly plate: string; readonly ref: string }) =>
    `Pembayaran ${vehicle(v.plate)} belum berhasil; pajaknya belum terbayar dan dananya dikembalikan (${v.ref}). Anda boleh mencoba lagi: ketik LANJUT.`,
  changed_its_word: (v: { readonly plate: string; readonly ref: string; readonly contact: string }) =>
    `Ada kabar baru tentang ${vehicle(v.plate)} (${v.ref}): sistem pembayaran mengubah jawabannya. ${staff(v.contact)} memeriksanya dan akan menghubungi Anda. Mohon jangan membayar di tempat lain.`,

  withdrawn_expired: (v: { readonly plate: string }) =>
    `Waktu tagihan ${vehicle(v.plate)} habis sebelum pembayarannya dikirim. Belum ada pembayaran; ketik LANJUT untuk mengecek lagi.`,
  withdrawn_cancelled: (v: { readonly plate: string }) =>
    `Pembayaran ${vehicle(v.plate)} dibatalkan. Belum ada pembayaran.`,
  withdrawn_region: (v: { readonly plate: string; readonly region: string }) =>
    `${v.region} baru saja tutup, jadi ${vehicle(v.plate)} belum kami bayar. Jawaban Anda tersimpan: ketik LANJUT nanti.`,
  withdrawn_biller: (v: { readonly plate: string }) =>
    `Sistem pembayaran sedang gangguan, jadi ${vehicle(v.plate)} belum kami bayar. Jawaban Anda tersimpan: ketik LANJUT nanti.`,
  withdrawn_again: (v: { readonly plate: string }) =>
    `Sistem kami sempat terhenti sebelum pembayaran ${vehicle(v.plate)} dikirim. Belum ada pembayaran; kami cek ulang tagihannya.`,
  withdrawn_slow: (v: { readonly plate: string }) =>
    `Pembayaran ${vehicle(v.plate)} belum sempat kami kirim. Belum ada pembayaran; ketik LANJUT untuk mencoba lagi.`,
  withdrawn_older: (v: { readonly plate: string }) =>
    `Konfirmasi ${vehicle(v.plate)} yang lebih dulu tidak kami kirim. Konfirmasi Anda sesudahnya tetap kami proses; hasilnya kami kabari.`,
  pay_cap: (_: None) =>
    "Batas pembayaran hari ini sudah tercapai. Belum ada pembayaran; besok bisa lagi, atau ketik PETUGAS.",
  paying_paused: (_: None) =>
    "Pembayaran sedang kami hentikan sebentar untuk diperiksa. Belum ada pembayaran; coba lagi nanti dengan LANJUT, atau ketik PETUGAS.",

  status_none: (_: None) => "Tidak ada pembayaran yang berjalan. Ketik MENU untuk cek pajak.",
  status_none_last: (v: {
    readonly plate: string;
    readonly state: keyof typeof STATES;
    readonly at: number;
    readonly ref: string;
  }) =>
    `Tidak ada pembayaran yang berjalan. Terakhir: ${vehicle(v.plate)}, ${STATES[v.state]} ${showDate(v.at)} (${v.ref}).`,
  status_live: (v: {
    readonly ref: string;
    readonly plate: string;
    readonly total: Rupiah;
    readonly nextAt: number | undefined;
    readonly now: number;
  }) =>
    `${line(v.ref, v.plate, showRupiah(v.total), "sedang diproses")}.${v.nextAt === undefined ? "" : ` Kabar berikutnya paling lambat ${when(v.nextAt, v.now)}.`} Mohon jangan membayar di tempat lain.`,
  history: (_: None) => "Pembayaran Anda, yang terbaru di atas:",
  history_none: (_: None) => "Belum ada pembayaran dari chat ini. Ketik MENU untuk cek pajak.",
  history_line: (v: {
    readonly ref: string;
    readonly plate: string;
    readonly total: Rupiah;
    readonly state: keyof typeof STATES;
    readonly at: number;
  }) => line(showDate(v.at), v.plate, showRupiah(v.total), STATES[v.state], v.ref),
  history_tail: (_: None) => "Untuk bukti, ketik BUKTI dan nomornya, contoh: BUKTI 7K2MQ.",
  proof_none: (_: None) => "Belum ada bukti pembayaran di chat ini. Ketik RIWAYAT untuk pembayaran Anda.",
  proof_unknown: (v: { readonly ref: string }) =>
    `Tidak ada bukti ${v.ref} di chat ini. Periksa nomornya, atau ketik RIWAYAT.`,
  proof_not_paid: (v: { readonly ref: string; readonly state: keyof typeof STATES }) =>
    `${v.ref} belum punya bukti: ${STATES[v.state]}. Ketik STATUS untuk keadaannya.`,
  proof_erased: (v: { readonly ref: string }) => `Bukti ${v.ref} sudah dihapus. Pembayarannya tetap tercatat.`,
  authentic_yes: (v: { readonly code: string; readonly plate: string; readonly total: Rupiah; readonly at: number }) =>
    `ASLI. Kode ${v.code}: ${v.plate === "" ? "" : `${v.plate}, `}${showRupiah(v.total)}, lunas ${showDateTime(v.at)}.`,
  authentic_no: (v: { readonly code: string }) =>
    `Kode ${v.code} tidak kami kenali. Jangan terima bukti dengan kode itu sebelum bertanya ke petugas.`,
  authentic_how: (_: None) => "Ketik ASLI dan kode di bukti, contoh: ASLI 7K2MQ-94QD.",
  system: (v: { readonly code: string }) =>
    `Ada gangguan pada sistem kami, bukan pada data Anda. Jawaban Anda tersimpan; coba lagi beberapa saat lagi. Kode ${v.code}.`,
  back_online: (_: None) => "Maaf, kami baru tersambung lagi. Jawaban Anda tersimpan; mohon kirim ulang pesan tadi.",
};
