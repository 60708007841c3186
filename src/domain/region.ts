import { readPlace } from "./place.ts";
import { isPlateB, readPlate } from "./plate.ts";
import { provinceOfProduct } from "./province.ts";
import { type Rupiah, rupiah } from "./rupiah.ts";
import { clean } from "./text.ts";
import { LONGEST_ANSWER, plainTyping } from "./typed.ts";

/** A line of the biller's list. `product` is its key in every call; `debet` a formula over the bill (debitOf). */
export interface Region {
  readonly product: string;
  readonly code: string;
  readonly debet: string;
  readonly cashback: Rupiah;
  readonly open: boolean;
}

/** `product` and `products` are always of the given list. `guessed`: told by a town, a plate or half a name. */
export type RegionReading =
  | { readonly kind: "one"; readonly product: string; readonly guessed: boolean }
  | { readonly kind: "many"; readonly products: readonly string[] }
  | { readonly kind: "none" };

/** `Jawa Barat` for SAMSAT_JABAR; a code that is not known as it is. */
export function regionName(product: string): string {
  return provinceOfProduct(product)?.name ?? product;
}

/** For a button: at most 12 characters, so that "(tutup)" fits behind it; at most 20 for a code that is not known. */
export function regionLabel(product: string): string {
  return provinceOfProduct(product)?.label ?? clean(product, 20);
}

/**
 * Which region of the list a text means: by the product code, the province's name or a part of it (Indonesian or
 * English), a town or regency, a plate or its prefix with a number. A place whose region is not in the list is none.
 */
export function readRegion(text: string, regions: readonly Region[]): RegionReading {
  const products = [...new Set(regions.map(({ product }) => product))];
  const named = byCode(text, regions);
  if (named !== undefined) return { kind: "one", product: named, guessed: false };
  const place = readPlace(text);
  if (place === undefined) return { kind: "none" };
  const found = products.filter((product) => {
    const province = provinceOfProduct(product);
    return province !== undefined && place.provinces.includes(province);
  });
  const [only] = found;
  if (only === undefined) return { kind: "none" };
  if (found.length > 1) return { kind: "many", products: found };
  // A part that fits one name alone is as good as the name; one that fits provinces outside the list, too, is a guess.
  const sure = place.by === "name" || (place.by === "part" && place.provinces.length === 1);
  return { kind: "one", product: only, guessed: !sure };
}

/**
 * What the biller takes from the deposit for a bill: `tagihan`, `tagihan+5000`, `tagihan-500`, where tagihan is taken
 * to be the total less the fee (assumed: the biller's document does not say). Undefined when the formula is no such one.
 */
export function debitOf(debet: string, bill: { readonly total: Rupiah; readonly fee: Rupiah }): Rupiah | undefined {
  const match = /^\s*tagihan\s*(?:([+-])\s*([0-9]{1,12})\s*)?$/i.exec(debet);
  if (match === null) return undefined;
  const [, sign, digits] = match;
  const change = digits === undefined ? 0 : Number(digits);
  const debit = bill.total - bill.fee + (sign === "-" ? -change : change);
  return Number.isSafeInteger(debit) && debit >= 0 ? rupiah(debit) : undefined;
}

/**
 * Where the paid year is validated (the owner's conditions 2 and 3, written for West Java alone). A plate that cannot
 * be read gets the general sentence, which is never wrong.
 */
export function endorsementOf(product: string, plate: string): "jabar" | "jabar-b" | "general" {
  if (provinceOfProduct(product)?.code !== JABAR || readPlate(plate) === undefined) return "general";
  return isPlateB(plate) ? "jabar-b" : "jabar";
}

/** West Java's number. */
const JABAR = "32";

/** The product or its code, with or without `SAMSAT_` before it, case and blanks aside. */
function byCode(text: string, regions: readonly Region[]): string | undefined {
  if (text.length > LONGEST_ANSWER) return undefined;
  const typed = codeKey(plainTyping(text));
  if (typed === "") return undefined;
  const match = regions.find(({ product, code }) =>
    [product, code].some((name) => codeKey(name) === typed || codeKey(name) === `SAMSAT${typed}`),
  );
  return match?.product;
}

function codeKey(text: string): string {
  return text.toUpperCase().replace(/[\s_.-]/g, "");
}
