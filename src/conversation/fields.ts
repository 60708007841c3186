import { type ChassisReading, readChassis } from "../domain/chassis.ts";
import { type NikReading, readNik } from "../domain/nik.ts";
import { type Plate, provincesOfPlate, readPlate, showPlate } from "../domain/plate.ts";
import { type Region, readRegion } from "../domain/region.ts";

/** What a free message says at once. */
export interface Fields {
  readonly region?: { readonly product: string; readonly guessed: boolean };
  readonly plate?: string;
  readonly nik?: NikReading;
  readonly chassis?: ChassisReading;
}

/** A whole NIK, its digits grouped by single blanks, dots or dashes. */
export const NIK = /(?<![A-Za-z0-9])\d(?:[ .-]?\d){15}(?![ .-]?\d)(?![A-Za-z0-9])/;
/** Digits that were meant for a NIK, too few or too many. */
export const DIGITS = /(?<![A-Za-z0-9])\d(?:[ .-]?\d){9,19}(?![ .-]?\d)(?![A-Za-z0-9])/;
/** A chassis number in a free message: at least 10 letters and digits in one word, with both among them. */
export const CHASSIS = /(?<![A-Za-z0-9])(?=[A-Za-z0-9]*\d)(?=[A-Za-z0-9]*[A-Za-z])[A-Za-z0-9]{10,25}(?![A-Za-z0-9])/;
/** Behind its label whatever stands to the end of the line is meant as one, in groups and short ones too. */
const LABELLED = /\b(?:no(?:mor)?[ .:]*)?(?:rangka|chassis|sasis|vin)\b[ .:=]*([A-Za-z0-9][A-Za-z0-9 .-]{4,40})/i;
/** In groups, as this counter itself shows it. */
export const GROUPED = /(?<![A-Za-z0-9])[A-Za-z0-9]{4}(?:[ -][A-Za-z0-9]{4}){3}[ -][A-Za-z0-9](?![A-Za-z0-9])/;
/** Seventeen with a blank or a dash somewhere: `MH1S BXLANCARX0304`. Which words are no part of it, `splitChassis` knows. */
const SPLIT = /(?<![A-Za-z0-9])(?:[A-Za-z0-9][ -]?){16}[A-Za-z0-9](?![A-Za-z0-9])/;
const PLATE = /(?<![A-Za-z0-9])[A-Za-z]{1,2}[ .-]?\d{1,4}[ .-]?[A-Za-z]{1,3}(?![A-Za-z0-9])/;
const LABELS =
  /\b(?:no(?:mor)?|nik|e?-?ktp|rangka|chassis|sasis|vin|plat|pelat|nopol|wilayah|region|daerah|samsat)\b[.:=]*/gi;

/**
 * NIK and plate are recognised first, then a chassis number, and what is left may be a region. Undefined when nothing
 * was found but a possible region: that one alone is too little to read a sentence by.
 */
export function fieldsIn(text: string, regions: readonly Region[]): Fields | undefined {
  const nikText = NIK.exec(text)?.[0];
  const nik = nikText === undefined ? undefined : readNik(nikText);
  const afterNik = without(text, nikText);
  const found = chassisIn(afterNik);
  const afterChassis = without(afterNik, found?.text);
  const plated = plateIn(afterChassis);
  if (nik?.kind !== "nik" && found === undefined && plated === undefined) return undefined;
  const region = regionIn(without(afterChassis, plated?.text), plated?.text, regions);
  return {
    ...(region === undefined ? {} : { region }),
    ...(plated === undefined ? {} : { plate: showPlate(plated.plate) }),
    ...(nik?.kind === "nik" ? { nik } : {}),
    ...(found === undefined ? {} : { chassis: found.chassis }),
  };
}

/** Digits in a sentence that were meant for a NIK: how many are missing can be said. */
export function nikPieceIn(text: string): NikReading | undefined {
  const digits = DIGITS.exec(text)?.[0];
  return digits === undefined ? undefined : readNik(digits);
}

/** A plate of a known prefix in a sentence: "no 12 ab" is none. */
export function plateIn(text: string): { readonly text: string; readonly plate: Plate } | undefined {
  const found = PLATE.exec(text)?.[0];
  const plate = found === undefined ? undefined : readPlate(found);
  if (found === undefined || plate === undefined || provincesOfPlate(plate).length === 0) return undefined;
  return { text: found, plate };
}

/**
 * A whole chassis number in two to four pieces: its first has letters and digits, or begins as Indonesia's numbers do, and
 * is no plate; four digits end it. A name or a year before a shorter number is no piece of it.
 */
export function splitChassis(text: string): string | undefined {
  for (const [found] of text.matchAll(new RegExp(SPLIT.source, "g"))) {
    const [first = "", ...pieces] = found.split(/[ -]/);
    const begins = (/\d/.test(first) && /[A-Za-z]/.test(first)) || /^m[fghjk]/i.test(first);
    const isOne = pieces.length > 0 && pieces.length < 4 && begins && plateIn(first) === undefined;
    if (isOne && /\d{4}$/.test(pieces.join(""))) return found;
  }
  return undefined;
}

function chassisIn(text: string): { readonly text: string; readonly chassis: ChassisReading } | undefined {
  for (const found of [splitChassis(text), CHASSIS.exec(text)?.[0], GROUPED.exec(text)?.[0], labelled(text)]) {
    if (found === undefined) continue;
    const chassis = readChassis(found);
    if (chassis.kind === "chassis") return { text: found, chassis };
  }
  return undefined;
}

/** The words behind the label, as long as they can be pieces of a number. */
export function labelled(text: string): string | undefined {
  const behind = LABELLED.exec(text)?.[1] ?? "";
  const pieces = behind.split(" ");
  const end = pieces.findIndex((piece) => /^[A-Za-z]{5,}$/.test(piece) || /^(?:nik|ktp|plat|nopol)$/i.test(piece));
  const number = (end < 0 ? pieces : pieces.slice(0, end)).join(" ").trim();
  return /\d/.test(number) ? number : undefined;
}

function without(text: string, part: string | undefined): string {
  return part === undefined ? text : text.replace(part, "\n");
}

/** A region by its name in one of the pieces that are left, else by the plate. */
export function regionIn(rest: string, plate: string | undefined, regions: readonly Region[]): Fields["region"] {
  const pieces = rest
    .replace(LABELS, "\n")
    .split(/[\n,;/]+/)
    .map((piece) => piece.trim())
    .filter((piece) => piece.length > 2);
  for (const piece of plate === undefined ? pieces : [...pieces, plate]) {
    const read = readRegion(piece, regions);
    if (read.kind === "one") return { product: read.product, guessed: read.guessed };
  }
  return undefined;
}
