import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BOLD_OFF, BOLD_ON, bold, clean } from "../../src/domain/text.ts";
import { anyText } from "./any-text.ts";

describe("cleaning foreign text", () => {
  it("takes out what cannot be seen, and makes one line of it", () => {
    expect(clean("  JORDAN\t\r\n  SAPUTRA \u00a0 ")).toBe("JORDAN SAPUTRA");
    expect(clean("a\u202eb\u200bc\u2066d\ufeffe\u00adf")).toBe("abcdef");
    expect(clean("x\u0000\u001b[31my\u0002z\u0003")).toBe("x[31myz");
    expect(clean("\u3164\u115f\u2800")).toBe("");
    expect(clean("a\ud800b\udc00c")).toBe("abc");
  });

  it("leaves markup to the channel that escapes it", () => {
    expect(clean("<b>*_~`TG11~!@#$^``}?-&+D4Ta-#o00")).toBe("<b>*_~`TG11~!@#$^``}?-&+D4Ta-#o00");
  });

  it("cuts to 64, or what is asked, and never through a pair", () => {
    expect(clean("x".repeat(100))).toHaveLength(64);
    expect(clean("😀😀", 3)).toBe("😀");
    expect(clean("ab cd", 3)).toBe("ab");
    expect(clean("anything", 0)).toBe("");
    expect(clean("👩‍👩‍👧".repeat(1000)).length).toBeLessThanOrEqual(64);
  });

  it("holds for every text: short enough, visible, well formed, and the same when cleaned twice", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 0, max: 80 }), (text, max) => {
        const cleaned = clean(text, max);
        expect(cleaned.length).toBeLessThanOrEqual(max);
        expect(cleaned).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]|^\s|\s$|\s\s/u);
        expect(clean(cleaned, max)).toBe(cleaned);
      }),
      { numRuns: 500 },
    );
  });
});

describe("bold", () => {
  it("sets marks that no foreign text can hold", () => {
    expect(bold("Total")).toBe(`${BOLD_ON}Total${BOLD_OFF}`);
    expect(bold(`a${BOLD_OFF}b`)).toBe(`${BOLD_ON}ab${BOLD_OFF}`);
    expect(clean(bold("Total"))).toBe("Total");
  });
});
