import type { Brand } from "./brand.ts";

/** Whole rupiah in a safe integer. Negative only in postings, never in a bill. */
export type Rupiah = Brand<number, "Rupiah">;

/** Throws RangeError unless `n` is a safe integer: money is never a fraction and never a guess. */
export function rupiah(n: number): Rupiah {
  if (!Number.isSafeInteger(n)) throw new RangeError(`not a whole sum of rupiah: ${n}`);
  return (n + 0) as Rupiah; // + 0 turns -0 into 0
}

export const ZERO: Rupiah = rupiah(0);

/** The sum. Throws RangeError when it, or a step on the way, is no safe integer. */
export function addRupiah(...parts: readonly Rupiah[]): Rupiah {
  return parts.reduce((sum, part) => rupiah(sum + part), ZERO);
}

/**
 * A sum as foreign data may hold it: a string of 1 to 15 digits (blanks around it do not matter) or a safe integer,
 * not negative. Anything else ("Rp183.500", "1e5", 1.5) is undefined, so that no sum is ever guessed.
 */
export function readRupiah(value: unknown): Rupiah | undefined {
  if (typeof value === "number") return Number.isSafeInteger(value) && value >= 0 ? rupiah(value) : undefined;
  if (typeof value !== "string") return undefined;
  const digits = value.trim();
  return /^[0-9]{1,15}$/.test(digits) ? rupiah(Number(digits)) : undefined;
}

/**
 * A sum as the operator writes it: `500000`, `500.000`, `Rp500.000`, `Rp 500.000`, not negative. Dots stand between
 * thousands alone: "2000000.00" must not become two hundred million. Anything else is undefined.
 */
export function readSum(text: string): Rupiah | undefined {
  const digits = text.trim().replace(/^Rp\s?/i, "");
  return /^\d{1,3}(?:\.\d{3})+$/.test(digits) ? readRupiah(digits.replaceAll(".", "")) : readRupiah(digits);
}

/** `Rp183.500`, `-Rp5.000`. No blank: Node's id-ID currency format would put a no-break space there. */
export function showRupiah(sum: Rupiah): string {
  const digits = String(Math.abs(sum)).replace(/\B(?=(?:[0-9]{3})+$)/g, ".");
  return `${sum < 0 ? "-" : ""}Rp${digits}`;
}

const ONES = [
  "",
  "satu",
  "dua",
  "tiga",
  "empat",
  "lima",
  "enam",
  "tujuh",
  "delapan",
  "sembilan",
  "sepuluh",
  "sebelas",
] as const;

/** Largest first; the name of a group of three digits. */
const GROUPS = [
  [1e12, "triliun"],
  [1e9, "miliar"],
  [1e6, "juta"],
  [1e3, "ribu"],
] as const;

/** `seratus delapan puluh tiga ribu lima ratus rupiah`. Throws RangeError beyond 999 triliun on either side of zero. */
export function rupiahInWords(sum: Rupiah): string {
  if (Math.abs(sum) >= 1e15) throw new RangeError(`too large to be said in words: ${sum}`);
  if (sum === 0) return "nol rupiah";
  return `${sum < 0 ? "minus " : ""}${inWords(Math.abs(sum))} rupiah`;
}

function inWords(n: number): string {
  const words: string[] = [];
  let rest = n;
  for (const [size, name] of GROUPS) {
    const count = Math.floor(rest / size);
    rest %= size;
    if (count === 1 && name === "ribu") words.push("seribu");
    else if (count > 0) words.push(...belowThousand(count), name);
  }
  return [...words, ...belowThousand(rest)].join(" ");
}

function belowThousand(n: number): readonly string[] {
  const hundreds = Math.floor(n / 100);
  const head = hundreds === 0 ? [] : hundreds === 1 ? ["seratus"] : [ONES[hundreds] ?? "", "ratus"];
  return [...head, ...belowHundred(n % 100)];
}

function belowHundred(n: number): readonly string[] {
  if (n === 0) return [];
  if (n < 12) return [ONES[n] ?? ""];
  if (n < 20) return [ONES[n - 10] ?? "", "belas"];
  return [ONES[Math.floor(n / 10)] ?? "", "puluh", ...belowHundred(n % 10)];
}
