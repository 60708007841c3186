import { showRupiah } from "../domain/rupiah.ts";
import {
  checkText,
  codeLines,
  copyMark,
  fetchText,
  headLines,
  type Line,
  receiveText,
  SANDBOX_TEXT,
  sumLines,
  VALIDATE_TITLE,
  validationText,
  vehicleLines,
} from "./lines.ts";
import type { Proof } from "./proof.ts";

/** The whole proof as plain text, for where no file can be sent. Lines are not wrapped. */
export function proofText(proof: Proof): string {
  const sums = sumLines(proof).map(({ label, sum }) => `${label}: ${showRupiah(sum)}`);
  return [
    [proof.sandbox ? SANDBOX_TEXT : "", proof.title, "LUNAS", copyMark(proof), proof.counter],
    shown(headLines(proof)),
    shown(vehicleLines(proof)),
    [...sums, `Total: ${showRupiah(proof.total)}`, `Terbilang: ${proof.totalInWords}`],
    [`${VALIDATE_TITLE}. ${validationText(proof)}`, receiveText(proof)],
    [...shown(codeLines(proof)), `Kode asli: ${proof.code}`],
    [fetchText(proof), checkText(proof)],
  ]
    .map((part) => part.filter((line) => line !== "").join("\n"))
    .join("\n\n");
}

function shown(lines: Readonly<Record<string, Line>>): readonly string[] {
  return Object.values(lines).map(({ label, value }) => `${label}: ${value}`);
}
