import fc from "fast-check";

/** What trips readers up: blanks and dashes of all kinds, invisible and combining signs, letters that change by case. */
const TRAPS = [..." \t\n.-_/:?#'\"{}[]()\u00a0\u200b\u202e\ufeff\u0301\u0000\u0002\u001b–ØøſıßİK１ＭⅣ😀\u{E0041}"];

/** Any UTF-16 units, halves of pairs among them, mixed with plain letters, digits and the traps. At most 300 signs. */
export const anyText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.integer({ min: 0, max: 0x7e }).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom(..."0123456789"),
      fc.constantFrom(..."ABCFHIJMOQSTXZabfhlmotx"),
      fc.constantFrom(...TRAPS),
    ),
    { maxLength: 300 },
  )
  .map((signs) => signs.join(""));
