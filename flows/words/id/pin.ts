import type { Rupiah } from "../../../src/domain/rupiah.ts";
import { showRupiah } from "../../../src/domain/rupiah.ts";
import { atHour } from "./times.ts";

type None = Readonly<Record<never, never>>;

/** Where the channel cannot delete it, its owner is asked to. */
function keepSecret(forgets: boolean): string {
  return forgets ? "" : " Lalu hapus pesan PIN itu dari HP Anda.";
}

function opener(contact: string): string {
  return contact === "" ? "Petugas" : contact;
}

/** The PIN of the counter's own people, and how a chat becomes one's. */
export const pin = {
  pin_first: (_: None) => "PIN Anda belum ada. Buat dulu; tagihannya kami simpan.",
  pin_new: (v: { readonly forgets: boolean }) =>
    `Buat PIN: ketik 6 angka, jangan tanggal lahir atau angka berurutan.${keepSecret(v.forgets)}`,
  pin_weak: (_: None) => "PIN itu mudah ditebak atau bukan 6 angka. Ketik 6 angka yang lain.",
  pin_again: (v: { readonly forgets: boolean }) => `Ketik PIN itu sekali lagi.${keepSecret(v.forgets)}`,
  pin_there: (v: { readonly forgets: boolean }) => `PIN Anda sudah ada. Ketik PIN itu.${keepSecret(v.forgets)}`,
  pin_differs: (v: { readonly left: number; readonly forgets: boolean }) =>
    `Tidak sama dengan PIN yang pertama. Ketik yang pertama, sisa ${v.left} kali; lupa? Petugas bisa menghapusnya.${keepSecret(v.forgets)}`,
  pin_done: (_: None) => "PIN tersimpan. Jangan beri tahu siapa pun, juga petugas.",
  pin_later: (_: None) => "Baik. PIN kami minta lagi saat Anda mau membayar.",
  pin_ask: (v: { readonly forgets: boolean }) => `Ketik PIN (6 angka), atau BATAL.${keepSecret(v.forgets)}`,
  pin_for: (v: { readonly total: Rupiah; readonly forgets: boolean }) =>
    `Ketik PIN untuk membayar ${showRupiah(v.total)}.${keepSecret(v.forgets)}`,
  pin_wrong: (v: { readonly left: number; readonly forgets: boolean }) =>
    `PIN salah, sisa ${v.left} kali.${v.forgets ? "" : " Hapus pesan PIN tadi."}`,
  pin_locked: (v: { readonly contact: string }) =>
    `PIN terkunci. ${opener(v.contact)} bisa membukanya. Tagihan Anda tersimpan; belum ada pembayaran.`,
  pin_unasked: (v: { readonly forgets: boolean }): string =>
    v.forgets ? "PIN sedang tidak diminta. Pesan tadi kami hapus." : "PIN sedang tidak diminta. Hapus pesan tadi.",
  pin_right_late: (_: None) => "PIN benar, tetapi konfirmasi tadi sudah lama. Belum ada pembayaran.",
  session_locked: (_: None) => "Terkunci. PIN kami minta lagi sebelum pembayaran berikutnya.",

  enrol_done: (_: None) => "Chat ini sekarang terdaftar.",
  enrol_wrong: (_: None) =>
    "Kode DAFTAR itu tidak berlaku: mungkin salah ketik, sudah dipakai, atau lewat 24 jam. Minta kode baru kepada petugas.",
  enrol_rest: (_: None) => "Terlalu banyak kode yang salah. Coba lagi satu jam lagi, atau hubungi petugas.",
  enrol_taken: (_: None) => "Chat ini sudah terdaftar atas nama lain. Petugas bisa melepasnya.",
  agent_only: (_: None) => "Perintah itu untuk agen terdaftar. Ketik MENU untuk cek pajak.",
  code_rest: (v: { readonly at: number; readonly now: number }) =>
    `Terlalu banyak kode bukti yang salah. Bisa lagi ${atHour(v.at, v.now)}, atau ketik PETUGAS.`,
};
