import { showRef } from "../domain/ref.ts";
import { showRupiah } from "../domain/rupiah.ts";
import { compactDateTime } from "../domain/time.ts";
import { ascii } from "./letters.ts";
import { copyMark, fetchText, MISSING, receiveText, SANDBOX_TEXT, type SumLine, sumLines } from "./lines.ts";
import type { Proof } from "./proof.ts";

/** What a 58 mm printer holds in a line. */
export const COLUMNS = 32;
const LABEL = 8;
const RULE = "-".repeat(COLUMNS);

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

/** A label in the first 8 columns, the value beside it, wrapped under itself. */
function field(label: string, value: string): readonly string[] {
  return wrapped(value === "" ? MISSING : value, COLUMNS - LABEL).map(
    (part, index) => (index === 0 ? label : "").padEnd(LABEL) + part,
  );
}

function amount({ short, sum }: Pick<SumLine, "short" | "sum">): readonly string[] {
  const shown = showRupiah(sum);
  const room = COLUMNS - short.length;
  return shown.length < room ? [short + shown.padStart(room)] : [short, ...wrapped(shown, COLUMNS).map(toTheRight)];
}

function toTheRight(part: string): string {
  return part.padStart(COLUMNS);
}

function centred(text: string): readonly string[] {
  return wrapped(text, COLUMNS).map((part) => " ".repeat(Math.floor((COLUMNS - part.length) / 2)) + part);
}

/** Breaks at blanks; a word that is longer than a line is cut. Never empty. */
function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of ascii(text)
    .split(" ")
    .flatMap((long) => pieces(long, width))) {
    if (line === "") line = word;
    else if (line.length + 1 + word.length <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

function pieces(word: string, width: number): readonly string[] {
  return word.length <= width ? [word] : [word.slice(0, width), ...pieces(word.slice(width), width)];
}
