import type { UnpaidKey, WithdrawnKey } from "../../unpaid-why.ts";

/** Why a payment was not sent, behind a colon. */
export const WITHDRAWN: Readonly<Record<WithdrawnKey, string>> = {
  region: "wilayahnya baru saja tutup",
  biller: "sistem pembayaran sedang gangguan",
  paused: "pembayaran sedang kami hentikan sebentar untuk diperiksa",
  cap: "batas pembayaran hari ini sudah tercapai",
  late: "waktu tagihannya habis",
  cancelled: "dibatalkan",
  stopped: "belum sempat kami kirim",
};

/** Why a request was not paid, with its colon; empty where no more is known. */
export function because(why: UnpaidKey): string {
  switch (why) {
    case "":
      return "";
    case "refunded":
      return ": sistem pembayaran mengembalikan dananya";
    case "refused":
      return ": sistem pembayaran tidak menerimanya";
    case "no-bill":
      return ": tagihannya tidak bisa kami ambil lagi";
    default:
      return `: ${WITHDRAWN[why]}`;
  }
}
