import { type Chassis, readChassis } from "../domain/chassis.ts";
import { type Nik, readNik } from "../domain/nik.ts";
import type { Plate } from "../domain/plate.ts";
import { CHASSIS, DIGITS, GROUPED, labelled, NIK, plateIn, splitChassis } from "./fields.ts";

/** A number that was found in a line. */
export type Token = { readonly at: number } & (
  | { readonly kind: "nik"; readonly found: { readonly nik: Nik } | { readonly badNik: string } }
  | { readonly kind: "chassis"; readonly found: { readonly chassis: Chassis } }
  | { readonly kind: "plate"; readonly found: { readonly plate: Plate } }
);

/** All numbers of a line that mean something, in its order. Engine and phone numbers are none. */
export function tokensIn(line: string): readonly Token[] {
  return readLine(line).tokens;
}

/** The same, and what is left of the line without them. */
export function readLine(line: string): { readonly tokens: readonly Token[]; readonly rest: string } {
  const found: Token[] = [];
  let rest = line.replace(ENGINE, blanks).replace(PHONE, blanks);
  const take = (pattern: RegExp, token: (text: string, at: number) => Token | undefined) => {
    rest = rest.replace(new RegExp(pattern.source, `${pattern.flags.replace("g", "")}g`), (text, ...args) => {
      const made = token(text, offsetOf(args));
      if (made === undefined) return text;
      found.push(made);
      return blanks(text);
    });
  };
  take(NIK, (text, at) => {
    const nik = readNik(text);
    return nik.kind === "nik" ? { kind: "nik", at, found: { nik: nik.nik } } : undefined;
  });
  const split = splitChassis(rest);
  if (split !== undefined) take(new RegExp(split), chassisToken);
  take(CHASSIS, chassisToken);
  take(GROUPED, chassisToken);
  const behind = labelled(rest);
  const named = behind === undefined ? undefined : chassisToken(behind, rest.indexOf(behind));
  if (behind !== undefined && named !== undefined) {
    found.push(named);
    rest = rest.replace(behind, blanks);
  }
  take(DIGITS, (text, at) => {
    const nik = readNik(text);
    return nik.kind === "length" ? { kind: "nik", at, found: { badNik: nik.digits } } : undefined;
  });
  for (let plate = plateIn(rest); plate !== undefined; plate = plateIn(rest)) {
    found.push({ kind: "plate", at: rest.indexOf(plate.text), found: { plate: plate.plate } });
    rest = rest.replace(plate.text, blanks);
  }
  return { tokens: found.sort((a, b) => a.at - b.at), rest };
}

const ENGINE = /\b(?:no(?:mor)?[ .:]*)?(?:mesin|engine)\b[ .:=]*[A-Za-z0-9-]+/gi;
const PHONE = /(?<![A-Za-z0-9])(?:\+?62|08)[ -]?\d(?:[ .-]?\d){7,11}(?![ .-]?\d)(?![A-Za-z0-9])/g;

function chassisToken(text: string, at: number): Token | undefined {
  const read = readChassis(text);
  return read.kind === "chassis" ? { kind: "chassis", at, found: { chassis: read.chassis } } : undefined;
}

function blanks(text: string): string {
  return " ".repeat(text.length);
}

/** The place of a match, as `replace` hands it over behind the groups. */
function offsetOf(args: readonly unknown[]): number {
  return args.find((arg): arg is number => typeof arg === "number") ?? 0;
}
