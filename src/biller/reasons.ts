/**
 * What the biller's sentences of refusal mean. The document has two of them ("Maaf, Datamu Tidak Ketemu…" and "…Tagihan
 * sudah dibayar (Kode: 0054)"); the rest are the wordings that public clients of such billers meet.
 */
export type Meaning =
  | "login"
  | "not-found"
  | "already-paid"
  | "closed"
  /** Something on the biller's side, or behind it, is out of order: later may help. */
  | "trouble"
  /** About this vehicle or its owner, otherwise unknown: later does not help, the sentence itself must be read. */
  | "about-vehicle"
  | "unknown";

const PAID =
  /\b(su?dah|udah|telah|pernah)( pernah)? (di ?|ter)?(bayar|lunas)|\b(?<!belum )lunas\b|already (been )?paid|has been paid|\bkode ?:? ?0*54\b/;

/** In this order: the first that fits is the meaning. */
const MEANINGS: readonly (readonly [Meaning, RegExp])[] = [
  [
    "login",
    /invalid (login|user|pass|username|password|credential)|\blogin (gagal|salah|failed)|(user|username|password|pin|akun)( anda)? salah|unauthori[sz]ed|access denied|akses ditolak|\bip\b.{0,30}(not registered|tidak terdaftar|belum terdaftar|ditolak|denied|block)|(user|akun|agen|mitra)\b.{0,20}(suspend|blokir|nonaktif|tidak aktif)/,
  ],
  [
    "not-found",
    /tidak (di)?(ketemu|temukan|jumpai)|tdk (di)?(ketemu|temukan)|tidak ada data|data (kendaraan )?tidak (ada|valid|sesuai|cocok)|not found|no data|belum terdaftar|tidak terdaftar|(nomor|no) rangka.{0,20}salah|periksa kembali/,
  ],
  ["already-paid", PAID],
  [
    "closed",
    /\b(di)?tutup\b|\bclosed\b|cut ?off|\boff\b|non ?aktif|tidak aktif|belum (buka|tersedia)|layanan tidak tersedia/,
  ],
  [
    "trouble",
    /gangguan|maintenance|pemeliharaan|perbaikan|sibuk|\bbusy\b|time ?out|coba (lagi|kembali|beberapa)|try again|\berror\b|unavailable|koneksi|saldo|deposit/,
  ],
  [
    "about-vehicle",
    /kendaraan|ranmor|rangka|nopol|nomor polisi|\bplat\b|\bstnk\b|\bktp\b|\bnik\b|pemilik|pajak|\bpkb\b|jatuh tempo|masa (berlaku|pajak)|blokir|5 ?tahun|lima tahun/,
  ],
];

export function meaningOf(reason: string): Meaning {
  const said = plain(reason);
  return MEANINGS.find(([, words]) => words.test(said))?.[0] ?? "unknown";
}

/**
 * Whether a refusal of pay says that this was paid, or went through, before: such a payment can never end as not charged
 * (money rule 6), so the wide reading is the safe one.
 */
export function saysPaid(reason: string): boolean {
  const said = plain(reason);
  return PAID.test(said) || WENT_THROUGH.test(said);
}

const WENT_THROUGH =
  /\b(sudah|telah|pernah)( pernah| ada)?( \w+)? (di ?|ter)?(proses|konfirmasi|transaksi|lakukan|sukses|berhasil)|double|dobel|duplicat|duplikat|already (processed|confirmed|exist)/;

/** "0054" of "… (Kode: 0054)". */
export function codeOf(reason: string): string | undefined {
  return /\bkode ?:? ?([A-Za-z0-9]{1,10})\b/i.exec(reason)?.[1];
}

function plain(reason: string): string {
  return reason.toLowerCase().replace(/\s+/g, " ");
}
