import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupChassis, keepChassis, readChassis } from "../../src/domain/chassis.ts";
import { anyText } from "./any-text.ts";

const vin = fc.stringMatching(/^[A-HJ-NPR-Z]{2}[A-HJ-NPR-Z0-9]{11}[0-9]{4}$/);

describe("reading a chassis number", () => {
  it("takes 17 letters and digits in any case, whole or in groups", () => {
    const chassis = "MH1JFZ110HK123456";
    for (const typed of [
      chassis,
      "mh1jfz110hk123456",
      " MH1J FZ11 0HK1 2345 6 ",
      "MH1-JFZ.110HK-123456",
      "No. rangka: MH1JFZ110HK123456",
      "ＭＨ１ＪＦＺ１１０ＨＫ１２３４５６",
    ]) {
      expect(readChassis(typed)).toEqual({ kind: "chassis", chassis, doubts: [] });
    }
  });

  it("reads back what it showed in groups of four", () => {
    fc.assert(
      fc.property(vin, fc.boolean(), (text, small) => {
        const kept = keepChassis(text);
        if (kept === undefined) throw new Error("17 letters and digits are a chassis number");
        const typed = small ? groupChassis(kept).toLowerCase() : groupChassis(kept);
        expect(readChassis(typed)).toEqual({ kind: "chassis", chassis: kept, doubts: [] });
      }),
    );
  });

  it("doubts I, O and Q, each once, and offers what they may be", () => {
    expect(readChassis("MHIJFZ11OHKI2345Q")).toEqual({
      kind: "chassis",
      chassis: "MHIJFZ11OHKI2345Q",
      doubts: [{ kind: "letters", letters: ["I", "O", "Q"], fixed: "MH1JFZ110HK123450" }],
    });
  });

  it("doubts another length than 17", () => {
    expect(readChassis("JFZ1E1234567")).toEqual({
      kind: "chassis",
      chassis: "JFZ1E1234567",
      doubts: [{ kind: "length", count: 12 }],
    });
    expect(readChassis("AB12")).toEqual({ kind: "length", count: 4 });
    expect(readChassis(`A${"1".repeat(25)}`)).toEqual({ kind: "length", count: 26 });
  });

  it("is not taken in by a NIK, a word or a sentence", () => {
    for (const typed of [
      "",
      "halo",
      "jawa barat",
      "motor saya 2010",
      "3204120101900001",
      "3204 1201 0190 0001",
      "32041201019000012",
      "320412010190001",
      "MH1JFZ110HK123456!",
      "MH1JFZ110HK12345\u0131",
    ]) {
      expect(readChassis(typed)).toEqual({ kind: "none" });
    }
  });

  it("never throws, and a chassis is always 5 to 25 plain letters and digits", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const reading = readChassis(text);
        if (reading.kind === "chassis") expect(reading.chassis).toMatch(/^[A-Z0-9]{5,25}$/);
        expect(keepChassis(text) ?? "AAAAA").toMatch(/^[A-Z0-9]{5,25}$/);
      }),
    );
  });
});

describe("grouping", () => {
  it("sets a blank behind each four", () => {
    expect(groupChassis(keepChassis("MH1JFZ110HK123456") ?? fail())).toBe("MH1J FZ11 0HK1 2345 6");
    expect(groupChassis(keepChassis("MH1JFZ11") ?? fail())).toBe("MH1J FZ11");
  });
});

function fail(): never {
  throw new Error("the example is a chassis number");
}
