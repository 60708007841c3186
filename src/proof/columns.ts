import { type Rupiah, showRupiah } from "../domain/rupiah.ts";
import { ascii } from "./letters.ts";
import { MISSING } from "./lines.ts";

/** What a 58 mm printer holds in a line. */
export const COLUMNS = 32;
const LABEL = 8;
export const RULE = "-".repeat(COLUMNS);

/** A label in the first 8 columns, the value beside it, wrapped under itself. */
export function field(label: string, value: string): readonly string[] {
  return wrapped(value === "" ? MISSING : value, COLUMNS - LABEL).map(
    (part, index) => (index === 0 ? label : "").padEnd(LABEL) + part,
  );
}

/** A name and a sum at the two ends of a line. */
export function amount({ short, sum }: { readonly short: string; readonly sum: Rupiah }): readonly string[] {
  const shown = showRupiah(sum);
  const room = COLUMNS - short.length;
  return shown.length < room ? [short + shown.padStart(room)] : [short, ...wrapped(shown, COLUMNS).map(toTheRight)];
}

function toTheRight(part: string): string {
  return part.padStart(COLUMNS);
}

export function centred(text: string): readonly string[] {
  return wrapped(text, COLUMNS).map((part) => " ".repeat(Math.floor((COLUMNS - part.length) / 2)) + part);
}

/** Breaks at blanks; a word that is longer than a line is cut. Never empty. */
export function wrapped(text: string, width: number = COLUMNS): readonly string[] {
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
