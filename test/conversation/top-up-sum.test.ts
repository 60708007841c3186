import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { readTopUp } from "../../src/conversation/top-up-sum.ts";

describe("a sum that can mean one thing", () => {
  it.each([
    ["500000", 500_000],
    ["500.000", 500_000],
    ["500,000", 500_000],
    ["Rp500.000", 500_000],
    ["rp 500.000,-", 500_000],
    ["Rp. 500.000", 500_000],
    ["500rb", 500_000],
    ["500 ribu", 500_000],
    ["500k", 500_000],
    ["1,5jt", 1_500_000],
    ["1.5 juta", 1_500_000],
    ["2jt", 2_000_000],
    ["1.500.000", 1_500_000],
    ["1.500.000,00", 1_500_000],
    ["1,500,000.00", 1_500_000],
    ["10000", 10_000],
  ])("%s", (text, sum) => {
    expect(readTopUp(text)).toEqual({ readings: [sum], sure: true });
  });
});

describe("a sum that is asked about", () => {
  it.each([
    ["500", [500_000]],
    ["50", [50_000]],
    ["1.500", [1_500_000]],
    ["1.500rb", [1_500_000]],
    ["20.500rb", [20_500_000, 20_500]],
  ])("%s", (text, readings) => {
    expect(readTopUp(text)).toEqual({ readings, sure: false });
  });
});

test.each(["", "saldo", "lima ratus ribu", "-500000", "1.2.3", "5rbu5", "0", "9999999999999", "5", "1e6", "500 rb jt"])(
  "no sum: %s",
  (text) => {
    expect(readTopUp(text).readings).toEqual([]);
  },
);

test("any text gives whole sums between ten thousand and a milliard, or none", () => {
  const text = fc.oneof(fc.string(), fc.stringMatching(/^(rp ?)?[0-9.,]{1,12}( ?(rb|jt|ribu|juta|k))?$/));
  fc.assert(
    fc.property(text, (typed) => {
      const { readings, sure } = readTopUp(typed);
      expect(readings.every((sum) => Number.isSafeInteger(sum) && sum >= 10_000 && sum <= 1_000_000_000)).toBe(true);
      expect(sure ? readings.length : 1).toBe(1);
    }),
    { numRuns: 2000 },
  );
});
