import { type Rupiah, rupiah } from "../domain/rupiah.ts";

/** A sum as it was typed: what it may mean, the likeliest first. `sure`: it can mean nothing else. */
export interface SumTyped {
  readonly readings: readonly Rupiah[];
  readonly sure: boolean;
}

/** No balance is filled with less, so that a smaller number was meant in thousands. */
const LEAST = 10_000;
const MOST = 1_000_000_000;

const UNITS: ReadonlyMap<string, number> = new Map([
  ["", 1],
  ...["rb", "ribu", "k", "rbu"].map((unit) => [unit, 1000] as const),
  ...["jt", "juta", "jta", "m"].map((unit) => [unit, 1_000_000] as const),
]);

const SHAPE = /^(?:rp\.?\s*)?(\d{1,12}(?:[.,]\d{1,12})*)\s*([a-z]{0,4})(?:,-)?$/;

/**
 * `500000`, `500.000`, `Rp 500 rb`, `1,5jt`. What has two readings (`1.500rb`, `500`) gives both; what has none, or none
 * that can be meant, gives none.
 */
export function readTopUp(text: string): SumTyped {
  const [, digits = "", unit = ""] = SHAPE.exec(text.trim().toLowerCase()) ?? [];
  const times = UNITS.get(unit);
  if (digits === "" || times === undefined) return { readings: [], sure: false };
  const plain = numbersOf(digits, times > 1).map((number) => number * times);
  const sums = [...new Set(plain)].filter((sum) => Number.isSafeInteger(sum) && sum > 0 && sum <= MOST);
  const fit = sums.filter((sum) => sum >= LEAST);
  if (fit.length > 0) return { readings: fit.map(rupiah), sure: fit.length === 1 && sums.length === 1 };
  // "ISI 500": five hundred thousand, or a slip.
  const inThousands = sums.map((sum) => sum * 1000).filter((sum) => sum >= LEAST && sum <= MOST);
  return { readings: inThousands.slice(0, 2).map(rupiah), sure: false };
}

/** What the digits with their dots and commas may be: groups of three, or a fraction, which only a unit makes whole. */
function numbersOf(digits: string, hasUnit: boolean): readonly number[] {
  const marks = digits.replace(/\d/g, "");
  if (marks === "") return [Number(digits)];
  const grouped = /^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*$/.test(digits) ? [Number(digits.replace(/[.,]/g, ""))] : [];
  const cents = /^(\d{1,3}(?:\.\d{3})+|\d+),00$|^(\d{1,3}(?:,\d{3})+|\d+)\.00$/.exec(digits);
  const whole = cents === null ? [] : [Number((cents[1] ?? cents[2] ?? "").replace(/[.,]/g, ""))];
  const fraction = marks.length === 1 && hasUnit ? [Number(digits.replace(",", "."))] : [];
  return [...grouped, ...whole, ...fraction];
}
