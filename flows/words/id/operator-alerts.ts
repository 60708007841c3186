import { showRef } from "../../../src/domain/ref.ts";
import { addRupiah, showRupiah } from "../../../src/domain/rupiah.ts";
import type { Alert, AlertKind, DepositShown, DeskNews, ErrandShown, Verdict } from "../../operator/events.ts";
import type { Today } from "../../operator/results.ts";
import type { How } from "../words.ts";
import { paymentLine } from "./operator-story.ts";

const KINDS: Readonly<Record<AlertKind, string>> = {
  suspect: "belum pasti",
  review: "perlu keputusan",
  undelivered: "bukti atau kabar belum sampai",
  human: "minta petugas",
  wish: "minta isi saldo",
  approval: "perlu persetujuan",
  paused: "pembayaran dihentikan",
  deposit: "deposit",
  channel: "saluran chat",
  login: "login MMBC",
  bill: "tagihan aneh",
  request: "permintaan macet",
  restored: "database lama",
  erase: "hapus data",
  fault: "gangguan program",
};

export function kindOf(kind: AlertKind): string {
  return KINDS[kind];
}

export function verdictOf(verdict: Verdict): string {
  if (verdict.kind === "paid") return `LUNAS (ref. ${verdict.reference})`;
  return verdict.kind === "refunded" ? "DANA KEMBALI" : "TIDAK TERDEBIT";
}

export function depositOf({ started, sum, bills, floor, paused }: DepositShown): string {
  if (!started) return "Deposit belum diketahui: ketik jumlah awalnya di komputer, npx loket deposit start.";
  const about = bills === undefined ? "" : `, kira-kira ${bills} tagihan lagi`;
  const ends = floor === undefined ? "" : ` Penjualan berhenti sendiri di bawah ${showRupiah(floor)}.`;
  return `Deposit ${showRupiah(sum)}${about}.${paused ? " Penjualan sedang berhenti." : ends}`;
}

/** What is wrong, and what is to be found out. */
function what(alert: Alert): string {
  const { kind, payment, who, text } = alert;
  const about = payment === undefined ? "" : ` ${paymentLine(payment)}.`;
  const from = who === "" ? "" : ` ${who}.`;
  switch (kind) {
    case "suspect":
      return `Perlu Anda, 30 menit belum pasti:${about}${from}`;
    case "review":
      return `Perlu keputusan Anda:${about}${from} Tanyakan hasilnya ke MMBC, lalu tetapkan.`;
    case "undelivered":
      return `Bukti atau kabar belum sampai.${about}${from} Kirim ulang, atau kabari dengan cara lain.`;
    case "human":
      return `${who === "" ? "Pelanggan" : who} minta petugas.`;
    case "wish":
    case "approval":
      return errandOf(alert.errand);
    case "paused":
      return "Pembayaran dihentikan: tiga penolakan berturut-turut. Periksa deposit dan daftar di MMBC dulu.";
    case "deposit":
      return alert.deposit === undefined ? text : lowDeposit(alert.deposit);
    case "login":
      return "MMBC menolak login atau alamat kita. Periksa MMBC_USERNAME, MMBC_PASSWORD, dan daftar alamat di MMBC.";
    case "erase":
      return "Pelanggan minta datanya dihapus. Dikerjakan sendiri setelah pembayarannya selesai.";
    case "restored":
      return "Database lama dipasang kembali. Bandingkan daftar pembayaran dengan daftar MMBC.";
    case "channel":
    case "bill":
    case "request":
    case "fault":
      return `${KINDS[kind].charAt(0).toUpperCase()}${KINDS[kind].slice(1)}.${about}${from}\nRincian: ${text}`;
  }
}

function errandOf(errand: ErrandShown | undefined): string {
  if (errand === undefined) return "Ada yang menunggu jawaban Anda.";
  if (errand.kind === "resolve") {
    return `${errand.by} menetapkan ${showRef(errand.ref)}: ${verdictOf(errand.verdict)}. Setuju?`;
  }
  const { name, amount, balance, by } = errand;
  const after = `(saldo ${showRupiah(balance)} menjadi ${showRupiah(addRupiah(balance, amount))})`;
  return by === ""
    ? `${name} minta isi ${showRupiah(amount)} ${after}. Uangnya sudah masuk?`
    : `${by} mau mengisi ${name} ${showRupiah(amount)} ${after}. Setuju?`;
}

/** O5. */
function lowDeposit(deposit: DepositShown): string {
  const { sum, underWay, bills, floor, paused } = deposit;
  if (paused) {
    return `Penjualan berhenti: deposit ${showRupiah(sum)}, sedang berjalan ${showRupiah(underWay)}. Setor di MMBC, lalu ketik DEPOSIT dan jumlahnya.`;
  }
  const ends =
    floor === undefined
      ? ""
      : ` Penjualan berhenti sendiri di bawah ${showRupiah(floor)}, sebelum uang pelanggan diterima.`;
  return `Deposit tinggal kira-kira ${bills ?? 0} tagihan (${showRupiah(sum)}).${ends}`;
}

/** What to type, where there are no buttons. */
function acts({ id, kind, payment }: Alert): string {
  const ref = payment === undefined ? "" : payment.ref;
  switch (kind) {
    case "suspect":
    case "review":
      return ref === "" ? `Balas SELESAI ${id}.` : `Balas CARI ${ref}.`;
    case "undelivered":
      return ref === "" ? `Balas SELESAI ${id}.` : `Balas KIRIM ULANG ${ref}, lalu SELESAI ${id}.`;
    case "human":
      return `Balas JAWAB ${id} dan pesan Anda, lalu SELESAI ${id}.`;
    case "wish":
      return `Balas MASUK ${id} atau BELUM ${id}.`;
    case "approval":
      return `Balas SETUJU ${id} atau TOLAK ${id}.`;
    case "paused":
      return "Balas LANJUT BAYAR.";
    default:
      return `Sudah beres? Balas SELESAI ${id}.`;
  }
}

export function alertText(alert: Alert, how: How): string {
  const letters = alert.letters.map((letter) => `“${letter}”`);
  return [`#${alert.id} ${what(alert)}`, ...letters, ...(how.style === "numbers" ? [acts(alert)] : [])].join("\n");
}

export function newsText(news: DeskNews): string {
  switch (news.kind) {
    case "handled":
      return news.how === "closed"
        ? `#${news.id} sudah dibereskan ${news.by}.`
        : `#${news.id} sedang dijawab ${news.by}.`;
    case "wrote":
      return `#${news.id} ${news.who}: “${news.text}”`;
    case "many":
      return `Ada ${news.count} tugas terbuka. Ketik PERLU.`;
    case "evening":
      return todayText(news.today);
  }
}

/** O4. */
export function todayText({ count, total, profit, unsure, undelivered, openTasks, deposit }: Today): string {
  const refs = (all: readonly (typeof unsure)[number][]) =>
    all.length === 0 ? "0" : `${all.length} (${all.slice(0, 5).map(showRef).join(", ")})`;
  return [
    `Hari ini ${count} bayar, ${showRupiah(total)}, laba ${showRupiah(profit)}.`,
    `Belum pasti: ${refs(unsure)}. Bukti belum sampai: ${refs(undelivered)}. Tugas terbuka: ${openTasks}.`,
    depositOf(deposit),
  ].join("\n");
}
