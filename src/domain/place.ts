import { PLATE_PROVINCES } from "./data/plates.ts";
import type { Province } from "./data/provinces.ts";
import { EVERYDAY_WORDS, TOWNS } from "./data/towns.ts";
import { type Plate, provincesOfPlate, readPlate } from "./plate.ts";
import { nameKey, PROVINCE_NAMES, provinceByCode } from "./province.ts";
import { LONGEST_ANSWER, plainTyping } from "./typed.ts";

/** Which provinces a text may mean, and what told so. */
export interface Place {
  readonly by: "name" | "part" | "town" | "plate";
  readonly provinces: readonly Province[];
  /** Of a plate: `PA`. */
  readonly prefix?: string;
}

/** Said around a name, without a meaning of their own here. */
const FILLERS: ReadonlySet<string> = new Set(
  `samsat, esamsat, kota, kab, kabupaten, kodya, kotamadya, kec, kecamatan, prov, provinsi, propinsi, wilayah, daerah,
  di, dari, saya, motor, mobil, kendaraan, plat, pelat, nopol, nomor, polisi, no, yang, ini, itu, ya, aja, saja, pak,
  bu, kak, min, province, city, regency, of, from, in, the`.split(/,\s+/),
);

/** After one of these a lone prefix is meant as a plate. */
const PLATE_WORDS: ReadonlySet<string> = new Set(["plat", "pelat", "nopol"]);

/** More words than this are a story, not an answer. */
const MOST_WORDS = 12;

/** A province by its name or a part of it, a town or regency, or a plate; undefined when the text names no place. */
export function readPlace(text: string): Place | undefined {
  if (text.length > LONGEST_ANSWER) return undefined;
  const typed = plainTyping(text);
  const said = nameKey(typed).split(" ");
  const words = said.filter((word) => !FILLERS.has(word));
  if (words.length === 0 || words.length > MOST_WORDS || words[0] === "") return undefined;
  return (
    byName(said.join(" ")) ??
    byName(words.join(" ")) ??
    byTown(said.join(" ")) ??
    byTown(words.join(" ")) ??
    byPlate(typed, said, words) ??
    byPartOfName(words) ??
    byStartOfTown(words.join(" ")) ??
    (typed.includes("?") ? undefined : byMention(words))
  );
}

function byName(name: string): Place | undefined {
  const province = PROVINCE_NAMES.get(name);
  return province && { by: "name", provinces: [province] };
}

function byTown(name: string): Place | undefined {
  return place("town", TOWNS.get(name) ?? []);
}

function byPlate(typed: string, said: readonly string[], words: readonly string[]): Place | undefined {
  const plate = readPlate(typed) ?? readPlate(words.join(" "));
  if (plate !== undefined) return placeOfPlate(plate);
  const prefix = words.join("").toUpperCase();
  const isPrefix = prefix === "B" || PLATE_PROVINCES.has(prefix);
  if (!isPrefix || !said.some((word) => PLATE_WORDS.has(word))) return undefined;
  return placeOfPlate({ prefix, suffix: "" });
}

function placeOfPlate(plate: Pick<Plate, "prefix" | "suffix">): Place | undefined {
  const found = place("plate", provincesOfPlate(plate));
  return found && { ...found, prefix: plate.prefix };
}

/** "jawa", "jaw tim": each word opens a word of the name, in their order; three letters at least. */
function byPartOfName(words: readonly string[]): Place | undefined {
  if (words.some((word) => word.length < 3)) return undefined;
  const found = new Set<Province>();
  for (const [name, province] of PROVINCE_NAMES) if (opensWordsOf(name, words)) found.add(province);
  return found.size === 0 ? undefined : { by: "part", provinces: [...found] };
}

function opensWordsOf(name: string, words: readonly string[]): boolean {
  let next = 0;
  for (const part of name.split(" ")) {
    const word = words[next];
    if (word !== undefined && part.startsWith(word)) next++;
  }
  return next === words.length;
}

function byStartOfTown(start: string): Place | undefined {
  if (start.length < 5) return undefined;
  return place(
    "town",
    [...TOWNS].filter(([name]) => name.startsWith(start)).flatMap(([, codes]) => codes),
  );
}

/** Names and towns inside a sentence, the longest first. */
function byMention(words: readonly string[]): Place | undefined {
  const found = new Set<string>();
  for (let at = 0; at < words.length; at++) {
    for (let length = Math.min(3, words.length - at); length > 0; length--) {
      const codes = mentioned(words.slice(at, at + length).join(" "));
      if (codes.length === 0) continue;
      for (const code of codes) found.add(code);
      at += length - 1;
      break;
    }
  }
  return place("town", [...found]);
}

function mentioned(name: string): readonly string[] {
  const province = PROVINCE_NAMES.get(name);
  if (province !== undefined) return [province.code];
  return name.length < 4 || EVERYDAY_WORDS.has(name) ? [] : (TOWNS.get(name) ?? []);
}

function place(by: Place["by"], codes: readonly string[]): Place | undefined {
  const provinces = [...new Set(codes)].map(provinceByCode).filter((province) => province !== undefined);
  return provinces.length === 0 ? undefined : { by, provinces };
}
