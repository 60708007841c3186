import { showRef } from "../domain/ref.ts";
import type { Rupiah } from "../domain/rupiah.ts";
import { showDateTime } from "../domain/time.ts";
import type { Proof } from "./proof.ts";

/** What every form of the proof says, in the same words and order. The forms differ in what they do with the space. */
export interface Line {
  readonly label: string;
  readonly value: string;
}

export interface SumLine {
  readonly label: string;
  /** For where there is little room. */
  readonly short: string;
  readonly sum: Rupiah;
}

/** Printed where a value is missing, so that nobody takes a gap for a fault of the printer. */
export const MISSING = "-";

const line = (label: string, value: string): Line => ({ label, value: value === "" ? MISSING : value });

export function headLines(proof: Proof) {
  return {
    ref: line("Nomor", showRef(proof.ref)),
    paidAt: line("Dibayar", showDateTime(proof.paidAt, proof.zone)),
  };
}

export function vehicleLines(proof: Proof) {
  return {
    plate: line("Nomor polisi", proof.plate),
    owner: line("Pemilik", proof.owner),
    nik: line("NIK pemilik", proof.maskedNik),
    chassis: line("Nomor rangka", proof.chassis),
    region: line("Wilayah", proof.region),
    brand: line("Merek", proof.brand),
    model: line("Model", proof.model),
    color: line("Warna", proof.color),
    year: line("Tahun", proof.year),
  };
}

/** Every tax and penalty, zeros too; "Komponen lain" only when there is one (money rule 11). */
export function sumLines(proof: Proof): readonly SumLine[] {
  const { sums } = proof;
  return [
    { label: "Pajak kendaraan (PKB)", short: "PKB", sum: sums.pkb },
    { label: "Denda PKB", short: "Denda PKB", sum: sums.pkbPenalty },
    { label: "Jasa Raharja (SWDKLLJ)", short: "SWDKLLJ", sum: sums.swdkllj },
    { label: "Denda SWDKLLJ", short: "Denda SWDKLLJ", sum: sums.swdklljPenalty },
    { label: "Bea balik nama (BBN)", short: "BBN", sum: sums.bbn },
    { label: "Denda BBN", short: "Denda BBN", sum: sums.bbnPenalty },
    ...(proof.other === 0 ? [] : [{ label: "Komponen lain", short: "Komponen lain", sum: proof.other }]),
    { label: "Biaya admin", short: "Biaya admin", sum: proof.fee },
  ];
}

/** The numbers by which biller and bank know the payment. */
export function codeLines(proof: Proof) {
  return {
    invoice: line("Invoice", proof.invoice),
    paymentCode: line("Kode pembayaran bank", proof.paymentCode === "" ? "" : `${proof.paymentCode} (LUNAS)`),
    reference: line("Ref. bank", proof.reference),
    trace: line("No. trace", proof.trace),
    tanggal: line("Waktu menurut mitra", proof.tanggal),
  };
}

export const VALIDATE_TITLE = "Berikutnya: sahkan STNK";

export function validationText({ validation }: Proof): string {
  return `Bawa ${validation.bring} ke ${validation.place}.`;
}

/** What the payer gets there, and what this proof is not. */
export function receiveText({ validation }: Proof): string {
  const receive = validation.receive === "" ? "" : `Anda akan menerima ${validation.receive}. `;
  return `${receive}Bukti ini bukan pengganti TBPKP.`;
}

/** How whoever holds the proof gets it again, and how anybody else checks it: both by writing to the counter first. */
export function fetchText({ contact, code }: Proof): string {
  return `${contact === "" ? "Di chat loket ini" : contact}, ketik BUKTI ${code}`;
}

export function checkText({ code }: Proof): string {
  return `Periksa keaslian: ketik ASLI ${code}`;
}

export const COUNTER_TEXT = "Dibayarkan lewat loket ini, bukan kantor Samsat.";

export const SANDBOX_MARK = "SIMULASI";
export const SANDBOX_TEXT = "SIMULASI: ini bukan bukti pembayaran. Tidak ada pajak yang dibayar.";

export function copyMark({ copy }: Proof): string {
  return copy === 0 ? "" : `SALINAN ${copy}`;
}
