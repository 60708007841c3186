import { describe, expect, it } from "vitest";
import { csvOf } from "../../src/domain/csv.ts";

describe("a table as CSV", () => {
  it("has a line for each row, and quotes what would be read as two cells or lines", () => {
    expect(
      csvOf([
        ["time", "amount"],
        ["a, b", -5],
        ['he said "no"', 0],
        ["two\nlines", 7],
      ]),
    ).toBe('time,amount\r\n"a, b",-5\r\n"he said ""no""",0\r\n"two\nlines",7\r\n');
    expect(csvOf([])).toBe("");
  });

  it.each(["=1+1", "+62812", "-5", "@SUM(A1)", "\t=1", "\r=1"])("makes no formula of a person's words: %j", (text) => {
    const first = csvOf([[text]])
      .replace(/^"/, "")
      .charAt(0);
    expect(first).toBe("'");
  });
});
