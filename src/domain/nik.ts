import type { Brand } from "./brand.ts";
import { HISTORIC_NIK_CODES, PROVINCES } from "./data/provinces.ts";
import { LONGEST_ANSWER, plainTyping } from "./typed.ts";

/** The number of an Indonesian identity card: 16 digits, or 15 where its owner insisted (the biller's samples have 15). */
export type Nik = Brand<string, "Nik">;

export type NikReading =
  /** `unusual`: province, regency, birth date or serial number are not as the law builds them. A hint, never a block. */
  | { readonly kind: "nik"; readonly nik: Nik; readonly unusual: boolean }
  /** 4 to 40 digits and nothing else, but not 16. */
  | { readonly kind: "length"; readonly digits: string }
  /** 16 characters, some of them letters that look like a digit. Nothing was changed: `fixed` is an offer. */
  | {
      readonly kind: "letters";
      readonly typed: string;
      readonly fixed: Nik;
      /** Each letter once, in the order of the text. */
      readonly letters: readonly { readonly letter: string; readonly digit: string }[];
    }
  | { readonly kind: "none" };

const NONE: NikReading = { kind: "none" };

const LOOKALIKES: Readonly<Record<string, string>> = { O: "0", o: "0", I: "1", l: "1", B: "8", S: "5" };

/** Fewer digits than this among 16 characters are a chassis number rather than a slip. */
const LEAST_DIGITS = 10;

const CODES: ReadonlySet<string> = new Set([...PROVINCES.map(({ code }) => code), ...HISTORIC_NIK_CODES]);

const LABEL = /^(?:no(?:mor)?\b[ .:]*)?(?:nik|e?-?ktp)\b[ .:=]*/i;

/** Reads a whole answer. Blanks, dots, dashes and slashes do not count, nor does "NIK:" before it. Never throws. */
export function readNik(text: string): NikReading {
  if (text.length > LONGEST_ANSWER) return NONE;
  const typed = bare(plainTyping(text).replace(LABEL, ""));
  if (/^[0-9]{16}$/.test(typed)) return { kind: "nik", nik: typed as Nik, unusual: isUnusual(typed) };
  if (/^[0-9]{4,40}$/.test(typed)) return { kind: "length", digits: typed };
  return readWithLetters(typed);
}

/** What a person may insist on (TETAP), and what the biller may echo: 15 or 16 digits. */
export function keepNik(digits: string): Nik | undefined {
  const kept = digits.trim();
  return /^[0-9]{15,16}$/.test(kept) ? (kept as Nik) : undefined;
}

/** Two messages that are one NIK together: digits alone, 16 in all. */
export function joinNik(first: string, second: string): Nik | undefined {
  const halves = [bare(plainTyping(first)), bare(plainTyping(second))];
  const whole = halves.join("");
  return halves.every((half) => half !== "") && /^[0-9]{16}$/.test(whole) ? (whole as Nik) : undefined;
}

function bare(text: string): string {
  return text.replace(/[\s./-]/g, "");
}

function readWithLetters(typed: string): NikReading {
  if (!/^[0-9OoIlBS]{16}$/.test(typed)) return NONE;
  const letters = [...new Set(typed.replace(/[0-9]/g, ""))];
  if (typed.replace(/[^0-9]/g, "").length < LEAST_DIGITS) return NONE;
  return {
    kind: "letters",
    typed,
    fixed: [...typed].map((char) => LOOKALIKES[char] ?? char).join("") as Nik,
    letters: letters.map((letter) => ({ letter, digit: LOOKALIKES[letter] ?? letter })),
  };
}

/** Province, regency, district, birth date (a woman's day is 40 more), serial number: PPRR DD ddmmyy ssss. */
function isUnusual(nik: string): boolean {
  const day = Number(nik.slice(6, 8)) % 40;
  const month = Number(nik.slice(8, 10));
  const dayExists = Number(nik.slice(6, 8)) <= 71 && day >= 1 && day <= longestMonth(month);
  return !CODES.has(nik.slice(0, 2)) || nik.slice(2, 4) === "00" || !dayExists || nik.endsWith("0000");
}

/** The days of a month in a leap year; 0 when there is no such month. */
function longestMonth(month: number): number {
  return [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}
