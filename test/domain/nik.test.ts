import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinNik, keepNik, readNik } from "../../src/domain/nik.ts";
import { anyText } from "./any-text.ts";

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
const separator = fc.constantFrom("", " ", ".", "-", "/", "  ", "\u00a0", "\n", "–", "\u200b");

function spread(text: string, separators: readonly string[]): string {
  return [...text].map((char, at) => char + (separators[at % separators.length] ?? "")).join("");
}

describe("reading a NIK", () => {
  it("takes 16 digits, however they are grouped", () => {
    expect(readNik("3204 1201 0190 0001")).toEqual({ kind: "nik", nik: "3204120101900001", unusual: false });
    expect(readNik("NIK: 3204.1201.0190.0001")).toEqual({ kind: "nik", nik: "3204120101900001", unusual: false });
    expect(readNik("３２０４１２０１０１９００００１")).toMatchObject({ kind: "nik", nik: "3204120101900001" });
    fc.assert(
      fc.property(digits(16), fc.array(separator, { minLength: 1, maxLength: 16 }), (nik, separators) => {
        expect(readNik(spread(nik, separators))).toMatchObject({ kind: "nik", nik });
      }),
    );
  });

  it("says how many digits there are when there are not 16", () => {
    expect(readNik("320412010190001")).toEqual({ kind: "length", digits: "320412010190001" });
    expect(readNik("32041201019000012")).toEqual({ kind: "length", digits: "32041201019000012" });
    expect(readNik("123")).toEqual({ kind: "none" });
    expect(readNik("1".repeat(41))).toEqual({ kind: "none" });
  });

  it("offers digits for letters that look like them, and changes nothing itself", () => {
    expect(readNik("32O4 1201 0I90 000l")).toEqual({
      kind: "letters",
      typed: "32O412010I90000l",
      fixed: "3204120101900001",
      letters: [
        { letter: "O", digit: "0" },
        { letter: "I", digit: "1" },
        { letter: "l", digit: "1" },
      ],
    });
    expect(readNik("OOOOOOO123456789")).toEqual({ kind: "none" });
    expect(readNik("32A4120101900001")).toEqual({ kind: "none" });
  });

  it("is not taken in by a chassis number", () => {
    expect(readNik("MH1JFZ110HK123456").kind).toBe("none");
    expect(readNik("MH1JFZ110HK12345").kind).toBe("none");
  });

  it.each([
    ["3204120101900001", false, "a man's"],
    ["3204124101900001", false, "a woman's: 40 more"],
    ["3204127112900001", false, "a woman of the 31st"],
    ["9404120101900001", false, "a new province"],
    ["5404120101900001", false, "a province that is no more"],
    ["9904120101900001", true, "no province"],
    ["3200120101900001", true, "no regency"],
    ["3204120001900001", true, "no day"],
    ["3204123201900001", true, "the 32nd"],
    ["3204124001900001", true, "40 is no day"],
    ["3204128101900001", true, "81 is none either"],
    ["3204123002900001", true, "30 February"],
    ["3204120100900001", true, "no month"],
    ["3204120113900001", true, "a thirteenth month"],
    ["3204120101900000", true, "no serial number"],
  ])("%s: unusual is %s (%s)", (nik, unusual) => {
    expect(readNik(nik)).toEqual({ kind: "nik", nik, unusual });
  });

  it("never throws, whatever is typed", () => {
    fc.assert(
      fc.property(anyText, anyText, (text, other) => {
        expect(["nik", "length", "letters", "none"]).toContain(readNik(text).kind);
        joinNik(text, other);
        keepNik(text);
      }),
    );
  });
});

describe("keeping and joining", () => {
  it("keeps 15 or 16 digits", () => {
    expect(keepNik(" 320412010190001 ")).toBe("320412010190001");
    expect(keepNik("3204120101900001")).toBe("3204120101900001");
    for (const bad of ["", "32041201019000", "32041201019000012", "3204 1201 0190 0001", "32041201019000O1"]) {
      expect(keepNik(bad)).toBeUndefined();
    }
  });

  it("joins two halves to the NIK that was cut", () => {
    fc.assert(
      fc.property(digits(16), fc.integer({ min: 1, max: 15 }), separator, (nik, at, blank) => {
        expect(joinNik(nik.slice(0, at) + blank, blank + nik.slice(at))).toBe(nik);
      }),
    );
    expect(joinNik("", "3204120101900001")).toBeUndefined();
    expect(joinNik("32041201", "0190001")).toBeUndefined();
    expect(joinNik("32041201", "O1900001")).toBeUndefined();
  });
});
