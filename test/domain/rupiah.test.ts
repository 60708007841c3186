import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addRupiah, readRupiah, readSum, rupiah, rupiahInWords, showRupiah, ZERO } from "../../src/domain/rupiah.ts";

const UNITS: Readonly<Record<string, number>> = {
  satu: 1,
  dua: 2,
  tiga: 3,
  empat: 4,
  lima: 5,
  enam: 6,
  tujuh: 7,
  delapan: 8,
  sembilan: 9,
  sepuluh: 10,
  sebelas: 11,
  seratus: 100,
};
const SCALES: Readonly<Record<string, number>> = { ribu: 1e3, juta: 1e6, miliar: 1e9, triliun: 1e12 };

/** Reads the words again, by the rules of the language and not by those of the code under test. */
function parseWords(text: string): number {
  let total = 0;
  let group = 0;
  let last = 0;
  for (const word of text.split(" ")) {
    const unit = UNITS[word];
    const scale = SCALES[word];
    if (unit !== undefined) {
      group += unit;
      last = unit;
    } else if (word === "belas") group += 10;
    else if (word === "puluh") group += last * 9;
    else if (word === "ratus") group += last * 99;
    else if (word === "seribu") total += 1000;
    else if (scale !== undefined) {
      total += group * scale;
      group = 0;
    } else throw new Error(`no number word: ${word}`);
  }
  return total + group;
}

describe("a sum in rupiah", () => {
  it("is shown with dots and without a blank", () => {
    expect(showRupiah(rupiah(183_500))).toBe("Rp183.500");
    expect(showRupiah(rupiah(0))).toBe("Rp0");
    expect(showRupiah(rupiah(-5000))).toBe("-Rp5.000");
    expect(showRupiah(rupiah(-0))).toBe("Rp0");
    expect(showRupiah(rupiah(1_234_567_890))).toBe("Rp1.234.567.890");
  });

  it("is never a fraction, nor beyond the safe integers", () => {
    for (const bad of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])
      expect(() => rupiah(bad)).toThrow(RangeError);
    expect(() => addRupiah(rupiah(Number.MAX_SAFE_INTEGER), rupiah(1))).toThrow(RangeError);
  });

  it("adds up", () => {
    expect(addRupiah()).toBe(ZERO);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e9, max: 1e9 })), (sums) => {
        expect(addRupiah(...sums.map(rupiah))).toBe(sums.reduce((a, b) => a + b, 0));
      }),
    );
  });

  it("keeps every digit when shown", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (n) => {
        const shown = showRupiah(rupiah(n));
        expect(shown).toMatch(/^-?Rp[0-9]{1,3}(\.[0-9]{3})*$/);
        expect(Number(shown.replace("Rp", "").replaceAll(".", ""))).toBe(n + 0);
      }),
    );
  });
});

describe("reading a foreign sum", () => {
  it("takes digits and whole numbers, and nothing else", () => {
    expect(readRupiah(" 183500 ")).toBe(183_500);
    expect(readRupiah("0")).toBe(0);
    expect(readRupiah(5000)).toBe(5000);
    for (const bad of ["", "Rp183.500", "183.500", "1e5", "-1", "+1", "0x10", "1,5", "1234567890123456", "１２"]) {
      expect(readRupiah(bad)).toBeUndefined();
    }
    for (const bad of [1.5, -1, Number.NaN, 2 ** 53, null, undefined, true, [], ["1"], {}, 5n]) {
      expect(readRupiah(bad)).toBeUndefined();
    }
  });

  it("never throws, and never gives anything but a whole sum that is not negative", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const sum = readRupiah(value);
        expect(sum === undefined || (Number.isSafeInteger(sum) && sum >= 0)).toBe(true);
      }),
    );
  });
});

describe("reading a sum that the operator writes", () => {
  it.each([
    ["500000", 500_000],
    ["500.000", 500_000],
    ["Rp500.000", 500_000],
    [" rp 1.500.000 ", 1_500_000],
    ["0", 0],
  ])("takes %j", (text, sum) => expect(readSum(text)).toBe(sum));

  it.each(["", "Rp", "500,000", "500rb", "5e5", "-500", "1.5", "500000.00", "1.0000", "1.00.000", "9".repeat(16)])(
    "guesses nothing: %j",
    (text) => expect(readSum(text)).toBeUndefined(),
  );
});

describe("a sum in words", () => {
  it.each([
    [0, "nol rupiah"],
    [1, "satu rupiah"],
    [10, "sepuluh rupiah"],
    [11, "sebelas rupiah"],
    [12, "dua belas rupiah"],
    [21, "dua puluh satu rupiah"],
    [100, "seratus rupiah"],
    [111, "seratus sebelas rupiah"],
    [1000, "seribu rupiah"],
    [1100, "seribu seratus rupiah"],
    [11_000, "sebelas ribu rupiah"],
    [101_000, "seratus satu ribu rupiah"],
    [183_500, "seratus delapan puluh tiga ribu lima ratus rupiah"],
    [1_001_000, "satu juta seribu rupiah"],
    [-5000, "minus lima ribu rupiah"],
  ])("says %i", (sum, words) => {
    expect(rupiahInWords(rupiah(sum))).toBe(words);
  });

  it("says every sum so that it can be read back", () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 1e15 - 1 })), (n) => {
        expect(parseWords(rupiahInWords(rupiah(n)).replace(/ rupiah$/, ""))).toBe(n);
      }),
      { numRuns: 500 },
    );
  });

  it("refuses what is larger than it has words for", () => {
    expect(() => rupiahInWords(rupiah(1e15))).toThrow(RangeError);
  });
});
