import type { Rupiah } from "../../../src/domain/rupiah.ts";
import { showRupiah } from "../../../src/domain/rupiah.ts";
import { bold } from "../../../src/domain/text.ts";
import type { TableRow, UnreadItem } from "../../agent/events.ts";
import type { WithdrawnKey } from "../../unpaid-why.ts";
import { label, line } from "../lines.ts";
import type { How } from "../words.ts";
import { WITHDRAWN } from "./reasons.ts";
import { when } from "./times.ts";
import { vehicle, vehicleFirst } from "./vehicle.ts";

type None = Readonly<Record<never, never>>;
type FieldName = "region" | "nik" | "chassis";

const WHY_NOT: Readonly<Record<Exclude<TableRow["why"], "">, string>> = {
  asking: "masih dicek",
  "not-found": "tidak ditemukan",
  "already-paid": "sudah lunas menurut sistem",
  closed: "wilayahnya sedang tutup",
  bad: "tagihannya tidak terbaca dengan pasti",
  used: "pernah kami kirim, sedang diperiksa petugas",
  busy: "sedang dibayar",
  "paid-lately": "baru saja lunas",
  unavailable: "sistem pembayaran tidak menjawab",
  over: "di atas batas, lewat petugas",
};

const STANDS = { paid: "✓", live: "diproses", unpaid: "belum berhasil" } as const;

function kept(code: string): string {
  return code === "" ? "" : `; tagihan ${code} kami simpan`;
}

function rowText(row: TableRow): string {
  const plate = row.plate === "" ? "pelat tidak disebut" : row.plate;
  if (row.total === undefined) return `${row.item}. ${plate}: ${WHY_NOT[row.why === "" ? "bad" : row.why]}`;
  const typed = row.typed === "" ? "" : ` (bukan ${row.typed} yang diketik)`;
  return `${row.item}. ${line(plate + typed, row.owner, showRupiah(row.total))}`;
}

function unreadText({ item, text, why, number }: UnreadItem): string {
  const said = text === "" ? "" : `: "${text}"`;
  switch (why) {
    case "unread":
      return `Baris ${item} tidak terbaca${said}`;
    case "no-nik":
      return `Baris ${item}: NIK belum ada${said}`;
    case "no-chassis":
      return `Baris ${item}: nomor rangka belum ada${said}`;
    case "nik-length":
      return `Baris ${item}: NIK ${number ?? 0} angka, seharusnya 16${said}`;
    case "twice":
      return `Baris ${item}: sama dengan nomor ${number ?? 0}`;
    case "full":
      return `Baris ${item}: sudah 10 tagihan terbuka, kirim lagi nanti${said}`;
  }
}

/** An agent's desk: bills, tables, payments. */
export const agent = {
  desk_welcome: (v: { readonly name: string; readonly loket: string }) =>
    `Selamat datang, ${v.name}. Chat ini sekarang milik agen ${v.loket}.
Kirim data pelanggan hanya dengan izinnya. NIK kami samarkan, dan data tanpa pembayaran kami hapus setelah 24 jam.`,
  desk_menu: (
    _: None,
  ) => `Kirim wilayah, NIK, dan nomor rangka dalam satu pesan; beberapa kendaraan sekaligus juga bisa.
Bayar: balas kode tagihan. Buang: BUANG dan kodenya.
SALDO, MUTASI, ISI 500000, LAP HARI INI
STATUS, RIWAYAT, BUKTI 7K2MQ
BUKTI STRUK, BUKTI PDF, atau BUKTI GAMBAR: bentuk bukti
TUGAS, ISTIRAHAT, KUNCI, PETUGAS`,
  desk_hint: (_: None) => "Kirim wilayah, NIK, dan nomor rangka dalam satu pesan, atau ketik MENU.",
  desk_missing: (v: {
    readonly field: FieldName;
    readonly region: string;
    readonly nik: string;
    readonly chassis: string;
    readonly plate: string;
  }) => {
    const had = [v.region, v.nik, v.chassis, v.plate].filter((word) => word !== "").join(", ");
    const asked = { region: "Wilayah mana?", nik: "NIK-nya?", chassis: "Nomor rangkanya?" }[v.field];
    return had === "" ? asked : `${asked} (sudah: ${had})`;
  },
  desk_region_many: (v: { readonly count: number }) => `${v.count} kendaraan kami baca. Terdaftar di wilayah mana?`,
  desk_nik_letters: (v: { readonly letters: string; readonly digits: string }) =>
    `NIK hanya angka. Huruf ${v.letters} di situ mungkin angka ${v.digits}. Ketik ulang NIK-nya.`,
  desk_closed: (v: { readonly region: string }) =>
    `${v.region} sedang tutup dan belum ada kabar kapan buka. Jangan terima uang dulu.`,
  desk_full: (_: None) => "Sudah 10 tagihan terbuka. Bayar atau BUANG dulu salah satunya.",
  desk_checking: (v: { readonly which: string }) => `Sedang dicek: ${v.which === "" ? "tagihannya" : v.which}.`,
  desk_checking_many: (v: { readonly count: number }) => `${v.count} kendaraan sedang dicek.`,
  desk_cancelled: (_: None) => "Dibatalkan. Data yang baru diketik kami buang.",
  desk_cancel_open: (_: None) => "Tagihan mana yang dibuang? Ketik BUANG dan kodenya.",
  desk_erase: (_: None) =>
    "Data pelanggan di chat agen terhapus sendiri: 24 jam tanpa pembayaran, 90 hari bila dibayar. Untuk menghapus lebih cepat, ketik PETUGAS.",
  desk_media: (v: { readonly media: "voice" | "photo" | "other" }) =>
    `${{ voice: "Pesan suara belum bisa kami dengarkan.", photo: "Foto belum bisa kami baca dan tidak kami simpan.", other: "Kiriman seperti itu belum bisa kami baca." }[v.media]} Mohon ketik NIK dan nomor rangkanya.`,

  desk_bill: (v: {
    readonly code: string;
    readonly plate: string;
    readonly vehicle: string;
    readonly owner: string;
    readonly total: Rupiah;
    readonly markup: Rupiah;
    readonly take: Rupiah;
    readonly balance: Rupiah;
    readonly after: Rupiah;
  }) => {
    const parts = v.markup > 0 ? ` (tagihan ${showRupiah(v.total)} + jasa loket ${showRupiah(v.markup)})` : "";
    return `${line(v.code, v.plate === "" ? "Pelat tidak disebut" : v.plate, v.vehicle, v.owner)}
Terima dari pelanggan ${bold(showRupiah(v.take))}${parts}
Saldo ${showRupiah(v.balance)} menjadi ${showRupiah(v.after)}.`;
  },
  desk_ask: (v: { readonly code: string }, how: How) =>
    how.style === "buttons" ? "Tekan Bayar bila uang sudah diterima." : `Bayar: ${v.code}`,
  desk_short: (v: { readonly missing: Rupiah; readonly has: Rupiah; readonly wish: string; readonly code: string }) =>
    `Saldo kurang ${showRupiah(v.missing)} (ada ${showRupiah(v.has)}). Jangan terima uang dulu. Ketik ISI ${v.wish} untuk minta isi saldo${kept(v.code)}.`,
  desk_moved: (v: { readonly from: Rupiah; readonly to: Rupiah }) =>
    `Jumlah berubah dari ${showRupiah(v.from)} menjadi ${bold(showRupiah(v.to))}.`,
  desk_midnight: (_: None) => "Menjelang tengah malam kami tidak membayar. Cek lagi sesudah pukul 00.00 WIB.",
  desk_stale: (_: None) => "Tagihan itu sudah lama, jadi belum kami bayar. Kami cek ulang sekarang; kodenya baru.",
  desk_no_bill: (v: { readonly which: string; readonly why: Exclude<TableRow["why"], ""> }) =>
    `${v.which === "" ? "Kendaraan itu" : v.which}: ${WHY_NOT[v.why]}.`,
  desk_no_cash: (_: None) => "Jangan terima uang dulu.",
  desk_correct: (_: None) => "Ketik saja nomor yang benar: NIK, nomor rangka, atau wilayahnya.",
  desk_doubt_letters: (v: { readonly letters: string; readonly fixed: string }) =>
    `Huruf ${v.letters} jarang ada di nomor rangka. Mungkin: ${v.fixed}`,
  desk_doubt_length: (v: { readonly count: number }) =>
    `Nomor rangka itu ${v.count} karakter; biasanya 17. Jangan-jangan itu nomor mesin?`,
  desk_code_unknown: (_: None) => "Kode itu bukan kode tagihan yang terbuka. Belum ada yang kami bayar.",
  desk_name_it: (_: None) => "Belum ada yang kami bayar. Balas kode tagihannya.",
  desk_open: (v: {
    readonly rows: readonly {
      readonly code: string;
      readonly name: string;
      readonly total: Rupiah;
      readonly count: number;
    }[];
  }) =>
    v.rows.length === 0
      ? "Tidak ada tagihan terbuka."
      : `Tagihan terbuka:\n${v.rows
          .map(({ code, name, total, count }) =>
            code === ""
              ? line(name, "masih dicek")
              : line(code, name === "" ? `${count} kendaraan` : name, showRupiah(total)),
          )
          .join("\n")}`,
  desk_suspended: (v: { readonly contact: string }) =>
    `Anda sedang tidak bisa membayar. Hubungi ${v.contact === "" ? "petugas" : v.contact}. Yang sudah dikirim tetap berjalan; hasilnya kami kabari.`,
  desk_capped: (v: { readonly code: string }) =>
    `Batas pembayaran Anda hari ini sudah tercapai${kept(v.code)}. Jangan terima uang dulu.`,
  desk_sales_paused: (v: { readonly code: string }) =>
    `Loket berhenti sebentar menerima pembayaran${kept(v.code)}. Jangan terima uang dulu; petugas sudah tahu.`,
  desk_not_opened: (v: { readonly plate: string }) => `${vehicleFirst(v.plate)} belum kami bayar.`,
  desk_hand_back: (_: None) => "Bila uangnya sudah Anda terima, kembalikan ke pelanggan.",
  desk_handed_back: (_: None) => "Petugas sudah selesai. Loket Anda berjalan seperti biasa.",
  desk_not_paid: (_: None) => "Baik, belum ada yang kami bayar.",
  desk_ended: (v: { readonly plate: string }) =>
    `${vehicleFirst(v.plate)} tidak jadi dibayar. Untuk mengecek lagi, kirim NIK dan nomor rangkanya.`,
  desk_unpaid_already: (v: { readonly plate: string; readonly ref: string }) =>
    `${vehicleFirst(v.plate)} belum berhasil (${v.ref}). Pilih Coba lagi atau Uang dikembalikan.`,
  desk_gone: (_: None) => "Data kendaraan itu sudah tidak kami simpan. Kirim lagi NIK dan nomor rangkanya.",

  desk_under_way: (v: { readonly plate: string; readonly ref: string }) =>
    `${vehicleFirst(v.plate)} sedang dibayarkan (${v.ref}).`,
  desk_pending: (v: { readonly plate: string; readonly ref: string; readonly nextAt: number; readonly now: number }) =>
    `${vehicleFirst(v.plate)} masih diproses (${v.ref}). Kabar berikutnya paling lambat ${when(v.nextAt, v.now)}. Pelanggan boleh pulang membawa tanda terima:`,
  desk_paid: (v: { readonly plate: string; readonly ref: string }) => `Lunas: ${line(vehicle(v.plate), v.ref)}`,
  desk_unpaid: (v: { readonly plate: string; readonly ref: string; readonly total: Rupiah }) =>
    `${vehicleFirst(v.plate)} belum berhasil (${v.ref}). Saldo ${showRupiah(v.total)} sudah kembali. Uang pelanggan masih pada Anda: coba lagi, atau kembalikan.`,
  desk_withdrawn: (v: {
    readonly plate: string;
    readonly ref: string;
    readonly total: Rupiah;
    readonly why: WithdrawnKey;
  }) =>
    `${vehicleFirst(v.plate)} belum dibayar (${v.ref}): ${WITHDRAWN[v.why]}. Saldo ${showRupiah(v.total)} sudah kembali. Uang pelanggan masih pada Anda: coba lagi, atau kembalikan.`,
  desk_returned: (v: { readonly plate: string; readonly ref: string }) =>
    `Dicatat: uang untuk ${vehicle(v.plate)} (${v.ref}) sudah kembali ke pelanggan.`,
  desk_balance: (v: { readonly what: "top-up" | "adjustment"; readonly amount: Rupiah; readonly balance: Rupiah }) =>
    v.what === "top-up"
      ? `Saldo masuk ${showRupiah(v.amount)}, kini ${showRupiah(v.balance)}.`
      : `Saldo dikoreksi ${showRupiah(v.amount)}, kini ${showRupiah(v.balance)}.`,
  desk_still_waiting: (v: { readonly bills: readonly { readonly plate: string; readonly code: string }[] }) =>
    `Masih menunggu: ${v.bills.map(({ plate, code }) => line(plate === "" ? "daftar" : plate, code)).join("; ")}`,

  table_head: (v: {
    readonly count: number;
    readonly total: Rupiah;
    readonly take: Rupiah;
    readonly balance: Rupiah;
    readonly after: Rupiah;
  }) => {
    const take = v.take > v.total ? ` Terima dari pelanggan ${showRupiah(v.take)}.` : "";
    return `${v.count} tagihan, ${bold(showRupiah(v.total))}.${take} Saldo ${showRupiah(v.balance)} menjadi ${showRupiah(v.after)}.`;
  },
  table_none: (_: None) => "Tidak ada tagihan yang bisa dibayar dari pesan itu.",
  table_rows: (v: { readonly rows: readonly TableRow[] }) => v.rows.map(rowText).join("\n"),
  table_unread: (v: { readonly items: readonly UnreadItem[]; readonly more: number }) =>
    [...v.items.map(unreadText), ...(v.more > 0 ? [`dan ${v.more} baris lain`] : [])].join("\n"),
  table_ask: (v: { readonly code: string; readonly example: number }, how: How) =>
    `${how.style === "buttons" ? "Tekan Bayar untuk semuanya." : `Bayar semua: BAYAR ${v.code}.`} Tanpa nomor ${v.example}: BUANG ${v.example}.`,
  table_moved: (_: None) => "Daftar itu sudah berubah, jadi belum kami bayar. Yang terbaru:",
  table_result: (v: {
    readonly rows: readonly {
      readonly item: number;
      readonly plate: string;
      readonly ref: string;
      readonly how: keyof typeof STANDS;
    }[];
  }) =>
    v.rows
      .map(({ item, plate, ref, how }) => [item, STANDS[how], plate, ref].filter((word) => word !== "").join(" "))
      .join("\n"),
  dropped: (v: { readonly names: readonly string[] }) =>
    `Dibuang: ${v.names.map((name) => (name === "" ? "satu kendaraan" : name)).join(", ")}.`,
  drop_none: (_: None) => "Tidak ada yang bernomor itu. Ketik BUANG dan nomor di daftar, atau kode tagihan.",

  label_retry: (v: { readonly plate: string }, how: How) => label(`Coba lagi ${v.plate}`, how),
  label_returned: (v: { readonly plate: string }, how: How) =>
    v.plate === "" ? "Uang dikembalikan" : label(`Kembali ${v.plate}`, how),
};
