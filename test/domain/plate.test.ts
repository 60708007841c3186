import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPlateB, plateKey, productsOfPlate, readPlate, samePlate, showPlate } from "../../src/domain/plate.ts";
import { anyText } from "./any-text.ts";

const plate = fc.record({
  prefix: fc.stringMatching(/^[A-Z]{1,2}$/),
  number: fc.integer({ min: 1, max: 9999 }).map(String),
  suffix: fc.stringMatching(/^[A-ZØ]{0,3}$/),
});

function products(text: string): readonly string[] {
  const read = readPlate(text);
  return read === undefined ? [] : productsOfPlate(read);
}

describe("reading a plate", () => {
  it("takes any spelling", () => {
    for (const typed of ["F 1234 AB", "f1234ab", "F-1234-AB", "f.1234.ab", " F  1234 AB ", "F_1234_AB"]) {
      expect(readPlate(typed)).toEqual({ prefix: "F", number: "1234", suffix: "AB" });
    }
    expect(readPlate("F 0001 Z")).toEqual({ prefix: "F", number: "1", suffix: "Z" });
    expect(readPlate("AB 12")).toEqual({ prefix: "AB", number: "12", suffix: "" });
  });

  it("keeps the slashed O apart from O", () => {
    expect(readPlate("l 1234 ø")).toEqual({ prefix: "L", number: "1234", suffix: "Ø" });
    expect(samePlate("L 1234 Ø", "L 1234 O")).toBe(false);
  });

  it("wants the whole text to be one", () => {
    for (const typed of [
      "",
      "F",
      "1234",
      "F 0000 Z",
      "F 12345 AB",
      "ABC 1 D",
      "F 1234 ABCD",
      "pelat F 1234 AB",
      "F 1234 A1",
    ]) {
      expect(readPlate(typed)).toBeUndefined();
    }
  });

  it("reads back what it shows, with or without zeros and blanks", () => {
    fc.assert(
      fc.property(plate, fc.constantFrom("", " ", "-", "."), fc.boolean(), (one, blank, small) => {
        const typed = [one.prefix, one.number.padStart(4, "0"), one.suffix].join(blank);
        expect(readPlate(small ? typed.toLowerCase() : typed)).toEqual(one);
        expect(readPlate(showPlate(one))).toEqual(one);
        expect(samePlate(typed, showPlate(one))).toBe(true);
        expect(plateKey(typed)).toBe(`${one.prefix}${one.number}${one.suffix}`);
      }),
    );
  });

  it("never throws, and two texts that are no plate are never the same one", () => {
    expect(samePlate("", "")).toBe(false);
    expect(samePlate("-", "-")).toBe(false);
    fc.assert(
      fc.property(anyText, (text) => {
        expect(samePlate(text, text)).toBe(plateKey(text) !== undefined);
      }),
    );
  });
});

describe("where a plate is from", () => {
  it.each([
    ["F 1234 AB", ["SAMSAT_JABAR"]],
    ["AD 1 A", ["SAMSAT_JATENG"]],
    ["L 1", ["SAMSAT_JATIM"]],
    ["B 1234 SZA", ["SAMSAT_JAKARTA"]],
    ["B 1234 EXY", ["SAMSAT_JABAR"]],
    ["B 1234 KAA", ["SAMSAT_JABAR"]],
    ["B 1234 CVX", ["SAMSAT_BANTEN"]],
    ["B 1234 XAA", ["SAMSAT_JAKARTA", "SAMSAT_JABAR", "SAMSAT_BANTEN"]],
    ["B 1234", ["SAMSAT_JAKARTA", "SAMSAT_JABAR", "SAMSAT_BANTEN"]],
    ["DK 1 A", ["SAMSAT_BALI"]],
    ["RI 1", []],
  ])("%s: %j", (typed, expected) => {
    expect(products(typed)).toEqual(expected);
  });

  it("tells a B plate, which has offices of its own", () => {
    expect(isPlateB("b1234exy")).toBe(true);
    expect(isPlateB("BK 1234 A")).toBe(false);
    expect(isPlateB("")).toBe(false);
  });
});
