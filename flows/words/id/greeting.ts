import type { Rupiah } from "../../../src/domain/rupiah.ts";
import { showRupiah } from "../../../src/domain/rupiah.ts";
import type { How } from "../words.ts";
import { when } from "./times.ts";

type None = Readonly<Record<never, never>>;

export const greeting = {
  greeting: (v: { readonly loket: string; readonly fee: Rupiah }) =>
    `Selamat datang di ${v.loket}, loket pembayaran pajak kendaraan tahunan. Kami bukan kantor Samsat.
Cek tagihan gratis; biaya admin ${showRupiah(v.fee)} hanya jika Anda membayar.
Tidak bisa di sini: ganti pelat 5 tahunan, kendaraan atas nama perusahaan, atau yang jatuh temponya masih 6 bulan lagi atau lebih.
NIK kami kirim ke mitra pembayaran hanya untuk urusan ini, kami samarkan, dan kami hapus setelah 24 jam (90 hari jika Anda membayar). Rincian: PRIVASI.`,
  greeting_sandbox: (_: None) => "SIMULASI: tidak ada uang sungguhan, dan datanya buatan.",
  greeting_back: (_: None) => "Selamat datang kembali.",
  ask_region: (_: None) => "Kendaraan terdaftar di wilayah mana?",
  ask_region_tail: (_: None, how: How): string =>
    how.style === "buttons"
      ? "Tekan tombol, atau ketik nama kota atau nomor pelat. Contoh: F 1234 AB"
      : "Balas angka, nama kota, atau nomor pelat. Contoh: F 1234 AB",
  no_regions: (_: None) =>
    "Daftar wilayah belum dapat kami ambil karena sistem pembayaran sedang gangguan. Ketik MENU beberapa menit lagi. Belum ada pembayaran.",
  help: (_: None, how: How): string =>
    how.style === "buttons" ? "Apa yang bisa kami bantu?" : "Apa yang bisa kami bantu? Balas angkanya.",
  help_tail: (_: None) => "Kami tidak pernah meminta OTP dan tidak mengirim file APK.",
  where_chassis: (_: None) =>
    `Nomor rangka ada di STNK, baris "NOMOR RANGKA/NIK/VIN": biasanya 17 huruf dan angka. Bukan NOMOR MESIN.
Di kendaraan: pada rangka dekat setang (motor), atau di ruang mesin atau tiang pintu (mobil).`,
  privacy: (v: { readonly loket: string }) =>
    `Data pribadi di ${v.loket}:
Kami meminta NIK, nomor rangka, dan wilayah untuk mencari tagihan, dan mengirimnya ke mitra pembayaran hanya untuk itu.
Data pengecekan tanpa pembayaran kami hapus setelah 24 jam. Jika Anda membayar, kami simpan 90 hari untuk bukti; sesudahnya hanya jumlah dan nomor transaksi untuk pembukuan.
Semua disimpan terenkripsi; NIK selalu kami samarkan.
Hak Anda menurut UU 27/2022: ketik HAPUS DATA untuk menghapus, PETUGAS untuk bertanya.`,
  erase_ask: (_: None) =>
    "Hapus NIK, nomor rangka, riwayat, dan bukti Anda dari loket ini? Bukti yang dihapus tidak dapat kami kirim lagi.",
  erase_busy: (v: { readonly ref: string }) =>
    `Masih ada pembayaran ${v.ref}. Data lain sudah kami hapus; yang itu kami hapus setelah selesai.`,
  erased: (_: None) => "Data Anda sudah kami hapus. Jumlah dan nomor transaksi tetap kami simpan untuk pembukuan.",
  not_erased: (_: None) => "Baik, tidak ada yang kami hapus.",
  language_now: (_: None) => "Baik, kami pakai bahasa Indonesia. (For English: ENGLISH)",
  thanks: (_: None) => "Sama-sama.",
  human: (v: { readonly hours: string; readonly contact: string }) =>
    `Kami teruskan ke petugas (${v.hours}).${v.contact === "" ? "" : ` Telepon: ${v.contact}.`} Layanan otomatis diam dulu; ketik MENU untuk kembali. Hasil pembayaran tetap kami kirim.`,
  human_closed: (v: { readonly opens: number; readonly now: number }) =>
    `Petugas ada lagi ${when(v.opens, v.now)}. Tulis pesan Anda; pasti dibaca. MENU untuk layanan otomatis.`,
  human_took: (_: None) =>
    "Petugas sedang melayani Anda di sini. Layanan otomatis diam dulu; ketik MENU untuk kembali. Hasil pembayaran tetap kami kirim.",
  human_heard: (_: None) => "Pesan Anda kami simpan untuk petugas. Ketik MENU untuk layanan otomatis.",
  media_voice: (v: { readonly asked: string }) => `Kami belum bisa mendengarkan pesan suara. ${v.asked}`,
  media_photo: (v: { readonly asked: string }) => `Foto belum bisa kami baca dan tidak kami simpan. ${v.asked}`,
  media_call: (v: { readonly contact: string; readonly hours: string }) =>
    v.contact === ""
      ? "Nomor ini tidak menerima telepon. Ketik di sini, atau ketik PETUGAS."
      : `Nomor ini tidak menerima telepon. Ketik di sini, atau hubungi petugas: ${v.contact} (${v.hours}).`,
  media_other: (v: { readonly asked: string }) => `Kiriman seperti itu belum bisa kami baca. ${v.asked}`,
  type_region: (_: None) => "Mohon ketik nama kota atau nomor pelat.",
  type_nik: (_: None) => "Mohon ketik NIK: 16 angka di KTP.",
  type_chassis: (_: None) => "Mohon ketik nomor rangkanya, atau ketik PETUGAS.",
  type_human: (_: None) => "Tulis saja pesannya; petugas membacanya.",
  type_words: (_: None) => "Mohon ketik dengan kata-kata, atau ketik PETUGAS.",
};
