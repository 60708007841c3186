import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ALPHABET, codeFrom, readCode, readRef, refFrom, refOfCode, showRef } from "../../src/domain/ref.ts";
import { anyText } from "./any-text.ts";

const bytes = fc.uint8Array({ minLength: 5, maxLength: 32 });

describe("a payment's reference", () => {
  it("is five letters and digits that nobody confuses, with a digit among them", () => {
    expect(ALPHABET).toHaveLength(31);
    fc.assert(
      fc.property(bytes, (random) => {
        const ref = refFrom(random);
        expect(ref).toMatch(/^[2-9A-HJKMNP-Z]{5}$/);
        expect(ref).toMatch(/[2-9]/);
      }),
      { numRuns: 1000 },
    );
  });

  it("reaches both ends of its alphabet, and wants five bytes", () => {
    expect(refFrom(new Uint8Array(5))).toBe("22222");
    expect(() => refFrom(new Uint8Array(4))).toThrow(RangeError);
  });

  it("differs for numbers that follow each other, over the whole range of one first digit", () => {
    const refs = new Set<string>();
    for (let n = 0; n < 5000; n++) refs.add(refFrom(Uint8Array.from([0, (n * 977) >> 16, (n * 977) >> 8, n * 977, 7])));
    expect(refs.size).toBe(5000);
  });

  it("uses every sign at every place about as often", () => {
    const random = fc.sample(fc.uint8Array({ minLength: 5, maxLength: 5 }), { numRuns: 20_000, seed: 7 });
    const uniform = random.map((five, at) => refFrom(five.map((byte, place) => byte ^ hash(at * 5 + place))));
    for (let place = 0; place < 5; place++) {
      const counts = new Map<string, number>();
      for (const ref of uniform) counts.set(ref.charAt(place), (counts.get(ref.charAt(place)) ?? 0) + 1);
      // A digit is likelier than a letter, as a reference without one is not given out: 832 to 550 are expected.
      for (const sign of ALPHABET) {
        expect(counts.get(sign) ?? 0).toBeGreaterThan(430);
        expect(counts.get(sign) ?? 0).toBeLessThan(970);
      }
    }
  });

  it("is read back in any spelling", () => {
    expect(readRef("TRX-7K2MQ")).toBe("7K2MQ");
    expect(readRef("trx7k2mq")).toBe("7K2MQ");
    expect(readRef(" 7k2 mq ")).toBe("7K2MQ");
    expect(readRef("trx 7k2mq")).toBe("7K2MQ");
    fc.assert(
      fc.property(bytes, fc.boolean(), (random, small) => {
        const ref = refFrom(random);
        for (const typed of [ref, showRef(ref)]) expect(readRef(small ? typed.toLowerCase() : typed)).toBe(ref);
      }),
    );
  });

  it("is not seen in anything else", () => {
    for (const typed of [
      "",
      "TRX-",
      "7K2M",
      "7K2MQ2",
      "7K2M0",
      "7K2MO",
      "7K2MI",
      "7K2ML",
      "7K2M1",
      "TRX-7K2MQ?",
      "7K2M\u017f",
    ]) {
      expect(readRef(typed)).toBeUndefined();
    }
  });
});

describe("the code of authenticity", () => {
  it("is read back in any spelling, and names its reference", () => {
    for (const typed of ["7K2MQ-94QD", "7k2mq94qd", "TRX-7K2MQ-94QD", "trx 7k2mq 94qd"]) {
      expect(readCode(typed)).toBe("7K2MQ-94QD");
    }
    fc.assert(
      fc.property(bytes, bytes, (random, secret) => {
        const ref = refFrom(random);
        const code = codeFrom(ref, secret);
        expect(code).toMatch(/^[2-9A-HJKMNP-Z]{5}-[2-9A-HJKMNP-Z]{4}$/);
        expect(readCode(code.toLowerCase())).toBe(code);
        expect(refOfCode(code)).toBe(ref);
        expect(readRef(code)).toBeUndefined();
      }),
    );
  });

  it("neither reader ever throws", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        readRef(text);
        readCode(text);
      }),
    );
  });
});

/** Spreads fast-check's bytes, which prefer the edges. */
function hash(n: number): number {
  let mixed = Math.imul(n ^ 0x9e3779b9, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) & 255;
}
