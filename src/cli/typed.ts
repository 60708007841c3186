import { InvalidArgumentError } from "commander";
import { type Rupiah, readSum, rupiah } from "../domain/rupiah.ts";
import { clean } from "../domain/text.ts";
import { startOfDay } from "../domain/time.ts";

// What an operator types behind a command, read by commander before anything is opened: a fault is one sentence, and
// the exit code 2.

/** `500000`, `500.000`, `Rp500.000`; zero, too. */
export function sum(text: string): Rupiah {
  const read = readSum(text);
  if (read === undefined) throw new InvalidArgumentError(`It must be a sum in whole rupiah, ${SPELLINGS}.`);
  return read;
}

/** A sum of more than zero. */
export function topUpSum(text: string): Rupiah {
  const read = signed(text);
  if (read === undefined) throw new InvalidArgumentError(`It must be a sum in whole rupiah, ${SPELLINGS}.`);
  if (read <= 0) {
    throw new InvalidArgumentError("A top-up is more than zero. To correct a balance: npx loket agent adjust");
  }
  return read;
}

/** A sum that may have a minus before it, but is not zero. */
export function correction(text: string): Rupiah {
  const read = signed(text);
  if (read === undefined) {
    throw new InvalidArgumentError(
      `It must be a sum in whole rupiah, ${SPELLINGS}, with a minus before it to take away.`,
    );
  }
  if (read === 0) throw new InvalidArgumentError("A correction of zero changes nothing.");
  return read;
}

/** A sum, or `none` for no limit. */
export function limit(text: string): Rupiah | "none" {
  return text.trim().toLowerCase() === "none" ? "none" : sum(text);
}

/** Words that a person will be shown: at most so many characters, and not empty. */
export function words(most: number): (text: string) => string {
  const read = wordsOrNone(most);
  return (text) => {
    const cleaned = read(text);
    if (cleaned === "") throw new InvalidArgumentError("It must not be empty.");
    return cleaned;
  };
}

/** The same, and nothing for what is not known. */
export function wordsOrNone(most: number): (text: string) => string {
  return (text) => {
    const cleaned = clean(text, text.length);
    if (cleaned.length > most) throw new InvalidArgumentError(`It must have at most ${most} characters.`);
    return cleaned;
  };
}

/** The first moment of a day in WIB, `2019-07-31`. */
export function day(text: string): number {
  const typed = text.trim();
  const at = /^\d{4}-\d{2}-\d{2}$/.test(typed) ? Date.parse(typed) : Number.NaN;
  // 31 June would become 1 July.
  if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(typed)) {
    throw new InvalidArgumentError("It must be a day such as 2019-07-31.");
  }
  return startOfDay(at);
}

const SPELLINGS = "500000 or 500.000 or Rp500.000";

function signed(text: string): Rupiah | undefined {
  const [, minus = "", digits = ""] = /^\s*(-?)(\S.*)$/.exec(text) ?? [];
  const read = readSum(digits);
  return read === undefined ? undefined : rupiah(minus === "" ? read : -read);
}
