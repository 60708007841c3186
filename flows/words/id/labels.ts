import { regionLabel } from "../../../src/domain/region.ts";
import type { Rupiah } from "../../../src/domain/rupiah.ts";
import { showRupiah } from "../../../src/domain/rupiah.ts";

type None = Readonly<Record<never, never>>;

/** Labels of choices: at most 20 characters, or the keyboard cuts them. */
export const labels = {
  label_region: (v: { readonly product: string; readonly open: boolean }) =>
    v.open ? regionLabel(v.product) : `${regionLabel(v.product).slice(0, 12).trimEnd()} (tutup)`,
  label_last: (v: { readonly plate: string }) => (v.plate === "" ? "Kendaraan terakhir" : `Lagi: ${v.plate}`),
  label_pay: (v: { readonly total: Rupiah }) => `Bayar ${showRupiah(v.total)}`,
  label_wrong: (_: None) => "Data salah",
  label_cancel: (_: None) => "Batal",
  label_help: (_: None) => "Bantuan",
  label_fix_to: (v: { readonly digits: string }) =>
    v.digits.length > 9 ? "Ganti jadi angka" : `Ganti jadi ${v.digits}`,
  label_keep: (_: None) => "Tetap",
  label_keep_this: (_: None) => "Tetap pakai ini",
  label_retype: (_: None) => "Ketik ulang",
  label_right: (_: None) => "Benar",
  label_other_region: (_: None) => "Wilayah lain",
  label_change_region: (_: None) => "Ubah wilayah",
  label_change_nik: (_: None) => "Ubah NIK",
  label_change_chassis: (_: None) => "Ubah rangka",
  label_tell_open: (_: None) => "Kabari saat buka",
  label_another: (_: None) => "Kendaraan lain",
  label_picture: (_: None) => "Gambar",
  label_proof_again: (_: None) => "Bukti sekali lagi",
  label_same_nik: (_: None) => "NIK yang sama",
  label_other_nik: (_: None) => "NIK lain",
  label_check_pay: (_: None) => "Cek dan bayar pajak",
  label_status: (_: None) => "Status pembayaran",
  label_where_chassis: (_: None) => "Di mana rangka?",
  label_human: (_: None) => "Petugas",
  label_erase: (_: None) => "Ya, hapus",
  label_not_erase: (_: None) => "Tidak",
  label_try_again: (_: None) => "Cek lagi",
};
