import type { How } from "../words.ts";
import { when } from "./times.ts";
import { vehicle } from "./vehicle.ts";

type None = Readonly<Record<never, never>>;
type FieldName = "region" | "nik" | "chassis";

const NAMES: Readonly<Record<FieldName, string>> = { region: "wilayah", nik: "NIK", chassis: "nomor rangka" };
const ITS: Readonly<Record<FieldName, string>> = { region: "wilayahnya", nik: "NIK-nya", chassis: "nomor rangkanya" };

function place(v: { readonly region: string; readonly nik: string }): string {
  return [v.region, v.nik === "" ? "" : `NIK ${v.nik}`].filter((word) => word !== "").join(", ");
}

/** What stays as it is when an open question is cancelled: nothing is said that is not so. */
function stands(v: { readonly paying: "no" | "live" | "paid"; readonly which: string }): string {
  switch (v.paying) {
    case "no":
      return "Tidak ada pembayaran.";
    case "live":
      return `Pembayaran ${v.which === "" ? "sebelumnya" : v.which} tetap berjalan; hasilnya kami kabari.`;
    case "paid":
      return `Pembayaran ${vehicle(v.which)} tadi tetap lunas.`;
  }
}

export const ask = {
  ask_nik: (_: None) => `Ketik NIK pemilik: 16 angka di KTP, atas nama yang tertulis di STNK.
Motor bekas belum balik nama? Pakai NIK pemilik lama.`,
  nik_consent: (_: None) => "Dengan mengirim NIK, Anda menyatakan berhak memakainya untuk cek tagihan ini.",
  ask_chassis: (_: None) => `Ketik nomor rangka, biasanya 17 huruf dan angka.
Di STNK: baris "NOMOR RANGKA/NIK/VIN", bukan NOMOR MESIN. Contoh: MH1JFZ110HK123456`,
  got_region: (v: { readonly region: string; readonly guessed: boolean; readonly plate: string }) =>
    v.guessed
      ? `Wilayah: ${v.region}${v.plate === "" ? "" : `, menurut pelat ${v.plate}`}. Jika bukan, ketik UBAH WILAYAH.`
      : `Wilayah: ${v.region}.`,
  got_nik: (v: { readonly nik: string; readonly forgets: boolean }) =>
    `NIK diterima: ${v.nik}. ${v.forgets ? "Pesan Anda kami hapus setelah tagihan ditemukan." : "Pesan tadi boleh Anda hapus."}`,
  got_chassis: (v: { readonly chassis: string }) => `Nomor rangka kami catat: ${v.chassis}.`,
  got_plate: (v: { readonly plate: string }) => `Pelat ${v.plate} kami cocokkan nanti dengan tagihan.`,
  same_nik: (v: { readonly nik: string; readonly region: string }) => `Kami pakai lagi: ${place(v)}.`,

  region_unknown: (v: { readonly typed: string }) =>
    `Wilayah "${v.typed}" belum kami kenali. Ketik nama kota atau nomor pelat, contoh: F 1234 AB.`,
  region_absent: (v: { readonly region: string }) =>
    `${v.region} belum bisa dibayar di loket ini. Ketik nama kota atau nomor pelat dari wilayah lain, contoh: F 1234 AB.`,
  plate_absent: (v: { readonly prefix: string }) => `Wilayah pelat ${v.prefix} belum dilayani di sini.`,
  region_none: (_: None) => "Pesan itu belum berisi nama wilayah. Ketik nama kota atau nomor pelat, contoh: F 1234 AB.",
  region_many: (_: None) => "Ada beberapa wilayah yang cocok. Pilih salah satu:",
  region_closed: (v: { readonly region: string }) => `${v.region} sedang tutup dan belum ada kabar kapan buka.`,
  region_wait: (v: { readonly region: string }) =>
    `Baik. Begitu ${v.region} buka, kami kabari di sini. Ketik MENU bila ingin wilayah lain.`,
  region_open: (v: { readonly region: string }, how: How) =>
    `${v.region} sudah buka.${how.style === "buttons" ? "" : ` Ketik "${v.region}" untuk cek pajak.`}`,

  nik_short: (v: { readonly count: number; readonly keep: boolean }) =>
    `Baru ${v.count} angka, kurang ${16 - v.count}. Lihat KTP, lalu ketik lagi NIK 16 angka.${v.keep ? " Jika di KTP memang 15, ketik TETAP." : ""}`,
  nik_long: (v: { readonly count: number }) =>
    `Ada ${v.count} angka, lebih ${v.count - 16}. Lihat KTP, lalu ketik lagi NIK 16 angka.`,
  nik_letters: (v: { readonly letters: string; readonly digits: string }) =>
    `NIK hanya angka. Huruf ${v.letters} di situ mungkin angka ${v.digits}.`,
  nik_unusual: (v: { readonly nik: string }) =>
    `Susunan NIK ini tidak biasa (${v.nik}). Cocokkan dengan KTP; ketik ulang, atau ketik TETAP jika sudah sama.`,
  nik_joined: (v: { readonly nik: string }) => `Dua pesan tadi kami gabung: ${v.nik}.`,
  nik_none: (_: None) => "Pesan itu belum berisi NIK. Ketik NIK pemilik: 16 angka di KTP, tanpa huruf.",
  is_chassis: (v: { readonly chassis: string }) => `Itu nomor rangka, sudah kami catat: ${v.chassis}.`,

  chassis_size: (v: { readonly count: number }) =>
    `Ada ${v.count} karakter; nomor rangka biasanya 17. Lihat STNK, lalu ketik lagi nomor rangkanya.`,
  chassis_length: (v: { readonly count: number; readonly chassis: string }) =>
    `Ada ${v.count} karakter (${v.chassis}); nomor rangka biasanya 17. Jangan-jangan itu nomor mesin?`,
  chassis_letters: (v: { readonly chassis: string; readonly letters: string; readonly digits: string }) =>
    `Mohon periksa nomor rangka: ${v.chassis}. Huruf ${v.letters} jarang dipakai; mungkin angka ${v.digits}.`,
  chassis_none: (_: None) =>
    'Pesan itu belum berisi nomor rangka. Ketik nomor rangka: biasanya 17 huruf dan angka, di STNK pada baris "NOMOR RANGKA/NIK/VIN".',

  choice_invalid: (v: { readonly choices: number }, how: How) =>
    how.style === "buttons"
      ? "Pilihan itu belum kami kenali. Tekan salah satu tombol."
      : `Pilihan itu belum kami kenali. Balas angka 1 sampai ${v.choices}, contoh: 1.`,
  not_understood: (_: None) => "Maaf, pesan itu belum kami pahami.",
  tap_old: (_: None) => "Tombol itu sudah tidak berlaku.",
  look_again: (_: None) => "Butuh bantuan? Ketik PETUGAS.",
  fix: (_: None) => "Bagian mana yang perlu diubah?",
  again: (v: { readonly region: string; readonly nik: string }) =>
    `${v.region === "" ? "" : `Wilayah ${v.region}. `}${v.nik === "" ? "NIK yang sama?" : `NIK yang sama (${v.nik})?`} Atau langsung ketik nomor rangkanya.`,
  nudge: (v: { readonly field: FieldName; readonly until: number; readonly now: number }) =>
    `Kami masih menunggu ${NAMES[v.field]}. Jawaban tadi tersimpan sampai ${when(v.until, v.now)}; balas kapan saja.`,
  resume: (v: { readonly field: FieldName; readonly region: string; readonly nik: string }) => {
    const had = place(v);
    return `Tadi sampai ${NAMES[v.field]}${had === "" ? "" : ` (${had})`}. Ketik ${ITS[v.field]}, atau balas MULAI LAGI.`;
  },
  cancelled: (v: { readonly paying: "no" | "live" | "paid"; readonly which: string }) =>
    `Dibatalkan. ${stands(v)} Jawaban tadi tersimpan 24 jam: ketik LANJUT bila perlu, atau MENU untuk mulai lagi.`,
  cancelled_nothing: (_: None) => "Tidak ada yang perlu dibatalkan. Ketik MENU untuk cek pajak.",
  nothing_kept: (_: None) => "Tidak ada jawaban yang tersimpan.",
  idle: (_: None) => "Ketik MENU untuk cek pajak, STATUS untuk pembayaran Anda, atau BANTUAN.",
};
