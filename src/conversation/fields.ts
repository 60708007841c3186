import { type ChassisReading, readChassis } from "../domain/chassis.ts";
import { type NikReading, readNik } from "../domain/nik.ts";
import { readPlate, showPlate } from "../domain/plate.ts";
import { type Region, readRegion } from "../domain/region.ts";

/** What a free message says at once. */
export interface Fields {
  readonly region?: { readonly product: string; readonly guessed: boolean };
  readonly plate?: string;
  readonly nik?: NikReading;
  readonly chassis?: ChassisReading;
}

/** A whole NIK, its digits grouped by single blanks, dots or dashes. */
const NIK = /(?<![A-Za-z0-9])\d(?:[ .-]?\d){15}(?![ .-]?\d)(?![A-Za-z0-9])/;
/** A chassis number in a free message: at least 10 letters and digits in one word, with both among them. */
const CHASSIS = /(?<![A-Za-z0-9])(?=[A-Za-z0-9]*\d)(?=[A-Za-z0-9]*[A-Za-z])[A-Za-z0-9]{10,25}(?![A-Za-z0-9])/;
const PLATE = /(?<![A-Za-z0-9])[A-Za-z]{1,2}[ .-]?\d{1,4}[ .-]?[A-Za-z]{1,3}(?![A-Za-z0-9])/;
const LABELS =
  /\b(?:no(?:mor)?|nik|e?-?ktp|rangka|chassis|vin|plat|pelat|nopol|wilayah|region|daerah|samsat)\b[.:=]*/gi;

/**
 * NIK and plate are recognised first, then a chassis number, and what is left may be a region. Undefined when nothing
 * was found but a possible region: that one alone is too little to read a sentence by.
 */
export function fieldsIn(text: string, regions: readonly Region[]): Fields | undefined {
  const nikText = NIK.exec(text)?.[0];
  const nik = nikText === undefined ? undefined : readNik(nikText);
  const afterNik = without(text, nikText);
  const chassisText = CHASSIS.exec(afterNik)?.[0];
  const chassis = chassisText === undefined ? undefined : readChassis(chassisText);
  const afterChassis = without(afterNik, chassisText);
  const plateText = PLATE.exec(afterChassis)?.[0];
  const plate = plateText === undefined ? undefined : readPlate(plateText);
  if (nik?.kind !== "nik" && chassis?.kind !== "chassis" && plate === undefined) return undefined;
  const region = regionIn(without(afterChassis, plateText), plateText, regions);
  return {
    ...(region === undefined ? {} : { region }),
    ...(plate === undefined ? {} : { plate: showPlate(plate) }),
    ...(nik?.kind === "nik" ? { nik } : {}),
    ...(chassis?.kind === "chassis" ? { chassis } : {}),
  };
}

function without(text: string, part: string | undefined): string {
  return part === undefined ? text : text.replace(part, "\n");
}

/** A region by its name in one of the pieces that are left, else by the plate. */
function regionIn(rest: string, plate: string | undefined, regions: readonly Region[]): Fields["region"] {
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
