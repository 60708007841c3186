import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ALPHABET } from "../../src/domain/ref.ts";
import { enrolCodeFrom, readEnrolCode, readStaffId, staffIdFrom } from "../../src/domain/staff.ts";
import { anyText } from "./any-text.ts";

const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 });

describe("the name of one of the staff", () => {
  it("is four signs with a digit among them, and read back in any spelling", () => {
    fc.assert(
      fc.property(bytes, fc.boolean(), (random, small) => {
        const id = staffIdFrom(random);
        expect(id).toMatch(/^(?=.*[2-9])[2-9A-HJKMNP-Z]{4}$/);
        expect(readStaffId(small ? ` ${id.toLowerCase()} ` : `${id.slice(0, 2)}-${id.slice(2)}`)).toBe(id);
      }),
      { numRuns: 1000 },
    );
    expect(() => staffIdFrom(new Uint8Array(3))).toThrow(RangeError);
  });

  it("is not seen in words or other numbers", () => {
    for (const typed of ["", "KAMU", "K7Q", "K7QM2", "K7Q0", "K7Q!"]) expect(readStaffId(typed)).toBeUndefined();
  });
});

describe("the code that binds a chat", () => {
  it("is eight signs, and read back in any spelling", () => {
    fc.assert(
      fc.property(bytes, (random) => {
        const code = enrolCodeFrom(random);
        expect(code).toMatch(/^[2-9A-HJKMNP-Z]{8}$/);
        expect(readEnrolCode(code.toLowerCase())).toBe(code);
        expect(readEnrolCode(`${code.slice(0, 4)}-${code.slice(4)}`)).toBe(code);
      }),
    );
    expect(() => enrolCodeFrom(new Uint8Array(15))).toThrow(RangeError);
  });

  it("uses every sign at every place", () => {
    for (let sign = 0; sign < ALPHABET.length; sign++) {
      const code = enrolCodeFrom(new Uint8Array(16).map((_, at) => (at % 2 === 0 ? 0 : sign)));
      expect(code).toBe(ALPHABET.charAt(sign).repeat(8));
    }
  });

  it("neither reader ever throws", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        readStaffId(text);
        readEnrolCode(text);
      }),
    );
  });
});
