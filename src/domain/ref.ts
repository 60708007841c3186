import type { Brand } from "./brand.ts";
import { LONGEST_ANSWER, plainTyping } from "./typed.ts";

/** What people can say and write without asking back: no 0 O 1 I L. The digits come first. */
export const ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/** What a payment is called: five of ALPHABET, `7K2MQ`. */
export type PaymentRef = Brand<string, "PaymentRef">;

/** What proves a proof: the reference, a dash, four more of ALPHABET, `7K2MQ-94QD`. */
export type AuthenticityCode = Brand<string, "AuthenticityCode">;

const LENGTH = 5;
const DIGITS = 8;
const LETTERS = ALPHABET.length - DIGITS;

/** A reference from at least five random bytes. All 22 million with a digit are equally likely, to 1 in 40,000. */
export function refFrom(bytes: Uint8Array): PaymentRef {
  return nameFrom(bytes, LENGTH) as PaymentRef;
}

/**
 * So many of ALPHABET from as many random bytes, a digit among them: a name without one could read as a word, BAYAR or
 * HAPUS for example. Throws RangeError when there are fewer bytes.
 */
export function nameFrom(bytes: Uint8Array, length: number): string {
  let rest = numberFrom(bytes, length) % (ALPHABET.length ** length - LETTERS ** length);
  let letters = 0;
  // The names in order of where their first digit stands: skip those whose first digit stands before.
  while (rest >= firstDigitAt(letters, length)) rest -= firstDigitAt(letters++, length);
  const tail = length - 1 - letters;
  const after = spell(rest % ALPHABET.length ** tail, tail, ALPHABET);
  rest = Math.floor(rest / ALPHABET.length ** tail);
  const digit = ALPHABET.charAt(rest % DIGITS);
  return `${spell(Math.floor(rest / DIGITS), letters, ALPHABET.slice(DIGITS))}${digit}${after}`;
}

/** The code of a reference from at least five bytes that nobody can guess. */
export function codeFrom(ref: PaymentRef, bytes: Uint8Array): AuthenticityCode {
  return `${ref}-${spell(numberFrom(bytes, 5), 4, ALPHABET)}` as AuthenticityCode;
}

export function showRef(ref: PaymentRef): string {
  return `TRX-${ref}`;
}

/** `TRX-7K2MQ`, `trx7k2mq`, `7k2mq`: case, blanks and dashes do not matter. A word of these letters is one, too. */
export function readRef(text: string): PaymentRef | undefined {
  const [, ref] = REF.exec(bare(text)) ?? [];
  return ref as PaymentRef | undefined;
}

/** `7K2MQ-94QD`, `7k2mq94qd`, with or without TRX-. */
export function readCode(text: string): AuthenticityCode | undefined {
  const [, ref, rest] = CODE.exec(bare(text)) ?? [];
  return ref === undefined || rest === undefined ? undefined : (`${ref}-${rest}` as AuthenticityCode);
}

export function refOfCode(code: AuthenticityCode): PaymentRef {
  return code.slice(0, LENGTH) as PaymentRef;
}

const REF = new RegExp(`^(?:TRX)?([${ALPHABET}]{5})$`);
const CODE = new RegExp(`^(?:TRX)?([${ALPHABET}]{5})([${ALPHABET}]{4})$`);

/** What was typed as the signs of ALPHABET are written: upper case, no blanks, dashes, dots. Too long: nothing. */
export function bare(text: string): string {
  if (text.length > LONGEST_ANSWER) return "";
  const typed = plainTyping(text).replace(/[\s.#-]/g, "");
  // Foreign letters that become plain ones in upper case stay what they are.
  return typed.replace(/[a-z]/g, (letter) => letter.toUpperCase());
}

/** How many names of that length have their first digit behind so many letters. */
function firstDigitAt(letters: number, length: number): number {
  return LETTERS ** letters * DIGITS * ALPHABET.length ** (length - 1 - letters);
}

/** The first `count` bytes as one number. Throws RangeError when there are fewer. */
function numberFrom(bytes: Uint8Array, count: number): number {
  if (bytes.length < count) throw new RangeError(`${count} random bytes are needed, there are ${bytes.length}`);
  return bytes.subarray(0, count).reduce((number, byte) => number * 256 + byte, 0);
}

function spell(number: number, length: number, alphabet: string): string {
  let rest = number;
  let text = "";
  for (let place = 0; place < length; place++) {
    text = alphabet.charAt(rest % alphabet.length) + text;
    rest = Math.floor(rest / alphabet.length);
  }
  return text;
}
