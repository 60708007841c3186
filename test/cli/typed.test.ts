import { describe, expect, it } from "vitest";
import { correction, day, limit, sum, topUpSum, words, wordsOrNone } from "../../src/cli/typed.ts";

const SPELLINGS = "It must be a sum in whole rupiah, 500000 or 500.000 or Rp500.000";

describe("what an operator types behind a command", () => {
  it.each([
    ["500000", 500_000],
    ["500.000", 500_000],
    ["Rp500.000", 500_000],
  ])("is a sum in three spellings: %s", (text, rupiah) => {
    for (const read of [sum, topUpSum, correction, limit]) expect(read(text)).toBe(rupiah);
  });

  it.each(["", "500rb", "500,000", "5e5", "0.5", "--much", "- 5", "--5"])("is no other sum: %j", (text) => {
    for (const read of [sum, topUpSum, correction, limit]) expect(() => read(text)).toThrow(SPELLINGS);
  });

  it("may be zero for a credit or a limit, and less than zero for a correction alone", () => {
    expect([sum("0"), limit("0"), limit("none")]).toEqual([0, 0, "none"]);
    expect([correction("-1.500.000"), correction("-Rp5"), correction(" -5")]).toEqual([-1_500_000, -5, -5]);
    expect(() => sum("-5")).toThrow(SPELLINGS);
    for (const text of ["0", "-0", "-500000"]) expect(() => topUpSum(text)).toThrow("A top-up is more than zero.");
    expect(() => correction("0")).toThrow("A correction of zero changes nothing.");
    expect(() => correction("-0")).toThrow("A correction of zero changes nothing.");
  });

  it("is shown to people without what cannot be seen, and not longer than it may be", () => {
    expect(words(14)("  Loket\u202e   Cibinong\n")).toBe("Loket Cibinong");
    expect(() => words(13)("Loket Cibinong")).toThrow("It must have at most 13 characters.");
    expect(() => words(13)(" \u200b ")).toThrow("It must not be empty.");
    expect(wordsOrNone(13)(" ")).toBe("");
  });

  it("is a day of the calendar, from midnight WIB", () => {
    expect(day("2019-07-01")).toBe(Date.parse("2019-07-01T00:00:00+07:00"));
    expect(day(" 2024-02-29 ")).toBe(Date.parse("2024-02-29T00:00:00+07:00"));
    for (const text of ["", "2019-06-31", "2023-02-29", "2019-13-01", "2019-00-01", "01-07-2019", "2019-7-1"]) {
      expect(() => day(text)).toThrow("It must be a day such as 2019-07-31.");
    }
  });
});
