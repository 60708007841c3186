import type { Rupiah } from "../../../src/domain/rupiah.ts";
import { showRupiah } from "../../../src/domain/rupiah.ts";
import { bold } from "../../../src/domain/text.ts";
import { showDate, showDateTime } from "../../../src/domain/time.ts";
import type { AccountLine, ProofForm } from "../../agent/events.ts";
import { line } from "../lines.ts";
import { when } from "./times.ts";

type None = Readonly<Record<never, never>>;

/** What a line of an agent's account is, as the ledger calls it. */
const WHAT: Readonly<Record<string, string>> = {
  hold: "tagihan",
  release: "kembali",
  dispute: "tagihan lagi",
  "top-up": "isi saldo",
  adjustment: "koreksi",
};

const FORMS: Readonly<Record<ProofForm, string>> = { struk: "teks struk 58 mm", pdf: "PDF", image: "gambar" };

/** SALDO, MUTASI, ISI, LAP, and how an agent wants it. */
export const account = {
  account_balance: (v: { readonly balance: Rupiah; readonly held: Rupiah; readonly credit: Rupiah }) =>
    [
      `Saldo ${bold(showRupiah(v.balance))}.`,
      v.held > 0 ? `Sedang ditahan ${showRupiah(v.held)}.` : "",
      v.credit > 0 ? `Boleh minus sampai ${showRupiah(v.credit)}.` : "",
    ]
      .filter((word) => word !== "")
      .join(" "),
  account_lines: (v: { readonly balance: Rupiah }) =>
    `Mutasi terakhir, yang terbaru di atas. Saldo ${showRupiah(v.balance)}.`,
  account_no_lines: (_: None) => "Belum ada mutasi.",
  account_line_rows: (v: { readonly rows: readonly AccountLine[] }) =>
    v.rows
      .map(({ at, what, amount, ref }) => line(showDateTime(at), WHAT[what] ?? what, showRupiah(amount), ref ?? ""))
      .join("\n"),
  account_report: (v: {
    readonly since: number;
    readonly last: number;
    readonly count: number;
    readonly total: Rupiah;
    readonly fees: Rupiah;
    readonly cashback: Rupiah;
    readonly markup: Rupiah;
  }) => {
    const [first, last] = [showDate(v.since), showDate(v.last)];
    return [
      `Laporan ${first === last ? first : `${first} sampai ${last}`}:`,
      `${v.count} lunas, ${bold(showRupiah(v.total))}`,
      `Biaya admin ${showRupiah(v.fees)}`,
      `Cashback ${showRupiah(v.cashback)}`,
      ...(v.markup > 0 ? [`Jasa loket ${showRupiah(v.markup)}`] : []),
    ].join("\n");
  },
  report_how: (_: None) => "Waktunya belum jelas. Contoh: LAP HARI INI, LAP KEMARIN, LAP 1-30 NOV, LAP NOV.",
  report_caption: (v: { readonly since: number; readonly last: number }) => {
    const [first, last] = [showDate(v.since), showDate(v.last)];
    return `Laporan ${first === last ? first : `${first} sampai ${last}`}`;
  },

  wish_how: (_: None) => "Ketik ISI dan jumlahnya, contoh: ISI 500000.",
  wish_which: (_: None) => "Isi saldo berapa?",
  wish_sent: (v: { readonly amount: Rupiah }) =>
    `Permintaan isi saldo ${showRupiah(v.amount)} diteruskan ke petugas. Kami kabari begitu saldo masuk.`,
  wish_none: (_: None) => "Baik, tidak ada permintaan isi saldo yang baru.",
  topup_twice: (v: { readonly amount: Rupiah; readonly since: number; readonly now: number }) =>
    `Permintaan yang sama (${showRupiah(v.amount)}) sudah ada sejak ${when(v.since, v.now)}. Tambah satu lagi?`,

  proof_form: (v: { readonly form: ProofForm }) => `Baik, bukti berikutnya berbentuk ${FORMS[v.form]}.`,
  duty_on: (_: None) => "Anda bertugas. Permintaan pelanggan kami tawarkan di sini.",
  duty_off: (_: None) => "Anda istirahat. Permintaan baru tidak kami tawarkan; yang sudah Anda ambil tetap berjalan.",

  label_wish: (v: { readonly amount: Rupiah }) => `Isi ${showRupiah(v.amount)}`,
  label_no_wish: (_: None) => "Tidak",
};
