import { PROVINCES, type Province } from "./data/provinces.ts";

const BY_CODE: ReadonlyMap<string, Province> = new Map(PROVINCES.map((province) => [province.code, province]));

/** Every name of a province, spelled by `nameKey`, to the province. */
export const PROVINCE_NAMES: ReadonlyMap<string, Province> = new Map(
  PROVINCES.flatMap((province) =>
    [province.name, province.english, province.product, province.label, ...province.aliases].map(
      (name): [string, Province] => [nameKey(name), province],
    ),
  ),
);

const WITHOUT_BLANKS: ReadonlyMap<string, Province> = new Map(
  [...PROVINCE_NAMES].map(([name, province]) => [name.replaceAll(" ", ""), province]),
);

/** By the two digits of Kemendagri. */
export function provinceByCode(code: string): Province | undefined {
  return BY_CODE.get(code);
}

/** The province that a product code of the biller names: SAMSAT_JABAR, SAMSAT_JAWA_BARAT. Undefined when unknown. */
export function provinceOfProduct(product: string): Province | undefined {
  const [, name] = /^E?SAMSAT[_ -]?([A-Z_ -]{2,40})$/i.exec(product) ?? [];
  return name === undefined ? undefined : WITHOUT_BLANKS.get(nameKey(name).replaceAll(" ", ""));
}

/** A name for comparing: lower case, without accents and punctuation, single blanks, Sumatra as Sumatera. */
export function nameKey(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, " ")
    .replace(/\bsumatra\b/g, "sumatera")
    .trim();
}
