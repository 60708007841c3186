import { B_LETTERS, B_PROVINCES, PLATE_PROVINCES } from "./data/plates.ts";
import { PROVINCES } from "./data/provinces.ts";
import { LONGEST_ANSWER, plainTyping } from "./typed.ts";

/** A civil plate. Upper case; the number without leading zeros; Ø, which East Java uses beside O, stays Ø. */
export interface Plate {
  readonly prefix: string;
  readonly number: string;
  readonly suffix: string;
}

const SHAPE = /^([A-Za-z]{1,2})0{0,3}([1-9][0-9]{0,3})([A-Za-zØø]{0,3})$/;

/** A plate in any spelling ("f0001z", "F-1234-AB"), if it is the whole text. Whether the prefix exists is not asked. */
export function readPlate(text: string): Plate | undefined {
  if (text.length > LONGEST_ANSWER) return undefined;
  const match = SHAPE.exec(plainTyping(text).replace(/[\s._-]/g, ""));
  const [, prefix, number, suffix] = match ?? [];
  if (prefix === undefined || number === undefined || suffix === undefined) return undefined;
  return { prefix: prefix.toUpperCase(), number, suffix: suffix.toUpperCase() };
}

/** `F 1234 AB`. */
export function showPlate(plate: Plate): string {
  return [plate.prefix, plate.number, plate.suffix].filter((part) => part !== "").join(" ");
}

/** For comparing and indexing: `F1Z` for `F 0001 Z`. Undefined when the text is empty or no plate. */
export function plateKey(text: string): string | undefined {
  const plate = readPlate(text);
  return plate === undefined ? undefined : `${plate.prefix}${plate.number}${plate.suffix}`;
}

/** Whether both are plates, and the same. */
export function samePlate(a: string, b: string): boolean {
  const key = plateKey(a);
  return key !== undefined && key === plateKey(b);
}

/** The numbers of the provinces (data/provinces) that may have given out the plate; none for an unknown prefix. */
export function provincesOfPlate(plate: Pick<Plate, "prefix" | "suffix">): readonly string[] {
  if (plate.prefix !== "B") return PLATE_PROVINCES.get(plate.prefix) ?? [];
  const byLetter = B_LETTERS.get(plate.suffix.charAt(0));
  return byLetter === undefined ? B_PROVINCES : [byLetter];
}

/** The biller's product codes that a plate may belong to: known ones and probable ones. */
export function productsOfPlate(plate: Plate): readonly string[] {
  const codes = provincesOfPlate(plate);
  return PROVINCES.filter(({ code }) => codes.includes(code)).map(({ product }) => `SAMSAT_${product}`);
}

export function isPlateB(text: string): boolean {
  return readPlate(text)?.prefix === "B";
}
