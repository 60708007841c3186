import { showRef } from "../domain/ref.ts";
import { compactDateTime } from "../domain/time.ts";
import { amount, COLUMNS, centred, field, RULE, wrapped } from "./columns.ts";
import { copyMark, fetchText, receiveText, SANDBOX_TEXT, sumLines } from "./lines.ts";
import type { Proof } from "./proof.ts";

/** The proof for a 58 mm printer: printable ASCII, every line at most 32 columns. Sums of zero are left out. */
export function struk(proof: Proof): string {
  return [
    ...(proof.sandbox ? [...centred(SANDBOX_TEXT), ""] : []),
    ...centred(proof.counter),
    ...centred(proof.title),
    ...centred("LUNAS"),
    ...(proof.copy === 0 ? [] : centred(copyMark(proof))),
    RULE,
    ...vehicle(proof),
    RULE,
    ...sumLines(proof)
      .filter(({ sum }) => sum !== 0)
      .flatMap(amount),
    RULE,
    ...amount({ short: "TOTAL", sum: proof.total }),
    ...wrapped(proof.totalInWords, COLUMNS),
    RULE,
    ...codes(proof),
    RULE,
    ...advice(proof),
  ].join("\n");
}

function vehicle(proof: Proof): readonly string[] {
  return [
    ...field("No", showRef(proof.ref)),
    ...field("Tgl", compactDateTime(proof.paidAt, proof.zone)),
    ...field("Nopol", proof.plate),
    ...field("Pemilik", proof.owner),
    ...field("NIK", proof.maskedNik),
    ...field("Rangka", proof.chassis),
    ...field("Merek", proof.brand),
    ...field("Model", proof.model),
    ...field("Warna", proof.color),
    ...field("Tahun", proof.year),
    ...field("Wilayah", proof.region),
  ];
}

function codes(proof: Proof): readonly string[] {
  return [
    ...field("Invoice", proof.invoice),
    ...field("Kd bank", proof.paymentCode === "" ? "" : `${proof.paymentCode} (LUNAS)`),
    ...field("Ref", proof.reference),
    ...field("Trace", proof.trace),
    ...field("Mitra", proof.tanggal),
    ...field("Asli", proof.code),
  ];
}

function advice(proof: Proof): readonly string[] {
  const { place, bring } = proof.validation;
  return [
    ...wrapped("Sahkan STNK di:", COLUMNS),
    ...wrapped(place, COLUMNS),
    ...wrapped(`Bawa ${bring}.`, COLUMNS),
    ...wrapped(receiveText(proof), COLUMNS),
    ...wrapped(fetchText(proof), COLUMNS),
  ];
}
