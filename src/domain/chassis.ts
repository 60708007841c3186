import type { Brand } from "./brand.ts";
import { LONGEST_ANSWER, plainTyping } from "./typed.ts";

/** A chassis number (nomor rangka): 5 to 25 of A-Z 0-9, upper case. Nearly always 17. */
export type Chassis = Brand<string, "Chassis">;

export type ChassisDoubt =
  /** Letters that a chassis number does not have, each once, in the order of the text; `fixed` is an offer. */
  | { readonly kind: "letters"; readonly letters: readonly ("I" | "O" | "Q")[]; readonly fixed: Chassis }
  /** Not 17 characters. */
  | { readonly kind: "length"; readonly count: number };

export type ChassisReading =
  | { readonly kind: "chassis"; readonly chassis: Chassis; readonly doubts: readonly ChassisDoubt[] }
  /** Letters and digits, but fewer than 5 or more than 25. */
  | { readonly kind: "length"; readonly count: number }
  | { readonly kind: "none" };

const NONE: ChassisReading = { kind: "none" };

const LABEL = /^(?:no(?:mor)?\b[ .:]*)?(?:rangka|chassis|sasis|vin)\b[ .:=]*/i;

/**
 * Reads a whole answer. Blanks, dots and dashes do not count, nor does "no rangka:" before it. None: other characters,
 * no digit at all, a sentence with a number in it, or 15 to 17 digits alone, which are a NIK. Never throws.
 */
export function readChassis(text: string): ChassisReading {
  if (text.length > LONGEST_ANSWER) return NONE;
  const typed = plainTyping(text).replace(LABEL, "");
  const bare = typed.replace(/[\s.-]/g, "");
  // Tested before it is upper-cased: some foreign letters become plain ones by that.
  if (!/^[A-Za-z0-9]+$/.test(bare) || !/[0-9]/.test(bare) || /^[0-9]{15,17}$/.test(bare)) return NONE;
  if (isSentence(typed)) return NONE;
  const chassis = keepChassis(bare);
  return chassis === undefined
    ? { kind: "length", count: bare.length }
    : { kind: "chassis", chassis, doubts: doubtsOf(chassis) };
}

/** The biller's echo, or a saved one: 5 to 25 letters and digits. */
export function keepChassis(text: string): Chassis | undefined {
  const kept = text.trim();
  return /^[A-Za-z0-9]{5,25}$/.test(kept) ? (kept.toUpperCase() as Chassis) : undefined;
}

/** In groups of four, as a person compares it: `MH1J FZ11 0HK1 2345 6`. */
export function groupChassis(chassis: Chassis): string {
  return chassis.replace(/.{4}(?=.)/g, "$& ");
}

function doubtsOf(chassis: Chassis): readonly ChassisDoubt[] {
  const letters = (["I", "O", "Q"] as const)
    .filter((letter) => chassis.includes(letter))
    .sort((a, b) => chassis.indexOf(a) - chassis.indexOf(b));
  const fixed = chassis.replace(/I/g, "1").replace(/[OQ]/g, "0") as Chassis;
  return [
    ...(letters.length > 0 ? [{ kind: "letters", letters, fixed } as const] : []),
    ...(chassis.length === 17 ? [] : [{ kind: "length", count: chassis.length } as const]),
  ];
}

/** "motor saya 2010": a word of four letters or more with two vowels. A number in groups of four is never one. */
function isSentence(typed: string): boolean {
  const pieces = typed.split(/\s+/);
  if (pieces.length < 2 || pieces.slice(0, -1).every((piece) => piece.length === 4)) return false;
  return pieces.some((piece) => /^[a-z]{4,}$/i.test(piece) && (piece.match(/[aeiou]/gi) ?? []).length >= 2);
}
