import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PROVINCES } from "../../src/domain/data/provinces.ts";
import { TOWNS } from "../../src/domain/data/towns.ts";
import { provinceByCode } from "../../src/domain/province.ts";
import { debitOf, endorsementOf, type Region, readRegion, regionLabel, regionName } from "../../src/domain/region.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { zoneOf } from "../../src/domain/time.ts";
import { anyText } from "./any-text.ts";

function region(product: string): Region {
  return { product, code: product, debet: "tagihan+5000", cashback: rupiah(2000), open: product === "SAMSAT_JABAR" };
}

/** What the biller's document lists. */
const LIST = ["SAMSAT_JABAR", "SAMSAT_JATENG", "SAMSAT_JAKARTA", "SAMSAT_JATIM"].map(region);
const EVERY = PROVINCES.map(({ product }) => region(`SAMSAT_${product}`));

const sure = (product: string) => ({ kind: "one", product, guessed: false });
const guess = (product: string) => ({ kind: "one", product, guessed: true });
const NONE = { kind: "none" };

describe("reading a region", () => {
  it.each([
    "Jawa Barat",
    "jawa barat",
    "JABAR",
    "SAMSAT_JABAR",
    "samsat jabar",
    "West Java",
    "di Jawa Barat",
    "Prov. Jawa Barat",
  ])("knows the name %s", (typed) => {
    expect(readRegion(typed, LIST)).toEqual(sure("SAMSAT_JABAR"));
  });

  it.each([
    ["bogor", "SAMSAT_JABAR"],
    ["Kab. Bogor", "SAMSAT_JABAR"],
    ["Kota Bekasi", "SAMSAT_JABAR"],
    ["Depok", "SAMSAT_JABAR"],
    ["Gunungkidul", undefined],
    ["solo", "SAMSAT_JATENG"],
    ["Kabupaten Grobogan", "SAMSAT_JATENG"],
    ["jaksel", "SAMSAT_JAKARTA"],
    ["Surabaya!", "SAMSAT_JATIM"],
    ["madura", "SAMSAT_JATIM"],
    ["saya di bogor pak", "SAMSAT_JABAR"],
    ["KP CITAMIANG DUA RT1 RW4 PAMIJAHAN KAB BOGOR", "SAMSAT_JABAR"],
    ["tangerang", undefined],
    ["denpasar", undefined],
  ])("guesses by the town: %s", (typed, product) => {
    expect(readRegion(typed, LIST)).toEqual(product === undefined ? NONE : guess(product));
  });

  it.each([
    ["F 1234 AB", "SAMSAT_JABAR"],
    ["f1234", "SAMSAT_JABAR"],
    ["plat AD", "SAMSAT_JATENG"],
    ["nopol B 1234 SZA", "SAMSAT_JAKARTA"],
    ["B 1234 EXY", "SAMSAT_JABAR"],
    ["B 1234 CVX", undefined],
    ["RI 1", undefined],
  ])("guesses by the plate: %s", (typed, product) => {
    expect(readRegion(typed, LIST)).toEqual(product === undefined ? NONE : guess(product));
  });

  it("says so when several fit", () => {
    expect(readRegion("jawa", LIST)).toEqual({
      kind: "many",
      products: ["SAMSAT_JABAR", "SAMSAT_JATENG", "SAMSAT_JATIM"],
    });
    expect(readRegion("B 1234", LIST)).toEqual({ kind: "many", products: ["SAMSAT_JABAR", "SAMSAT_JAKARTA"] });
    expect(readRegion("banjar", EVERY)).toEqual({ kind: "many", products: ["SAMSAT_JABAR", "SAMSAT_KALSEL"] });
  });

  it("a part that fits regions outside the list, too, is a guess", () => {
    expect(readRegion("barat", LIST)).toEqual(guess("SAMSAT_JABAR"));
    expect(readRegion("jaw tim", LIST)).toEqual(sure("SAMSAT_JATIM"));
  });

  it.each([
    "",
    "b",
    "1",
    "0",
    "ya",
    "halo",
    "selamat pagi",
    "batal",
    "menu",
    "terima kasih",
    "kota",
    "MH1JFZ110HK123456",
    "3204120101900001",
  ])("does not see a region in %j", (typed) => {
    expect(readRegion(typed, EVERY)).toEqual(NONE);
  });

  it("takes a product that nobody knows by its code alone", () => {
    const list = [...LIST, region("SAMSAT_NUSANTARA_X1")];
    expect(readRegion("samsat nusantara x1", list)).toEqual(sure("SAMSAT_NUSANTARA_X1"));
    expect(readRegion("SAMSAT_NUSANTARA_X1", LIST)).toEqual(NONE);
  });

  it("knows each province by its Indonesian and English name and its short one", () => {
    for (const { name, english, label, product } of PROVINCES) {
      for (const typed of [name, english, label, product, name.toUpperCase()]) {
        expect(readRegion(typed, EVERY)).toEqual(sure(`SAMSAT_${product}`));
      }
    }
  });

  it("knows each town of the table, with its province among what it gives", () => {
    for (const [town, codes] of TOWNS) {
      const reading = readRegion(town, EVERY);
      const given = reading.kind === "one" ? [reading.product] : reading.kind === "many" ? reading.products : [];
      for (const code of codes)
        expect([town, given]).toEqual([town, expect.arrayContaining([`SAMSAT_${provinceByCode(code)?.product}`])]);
    }
  });

  it("never throws, and only ever gives what is in the list", () => {
    const typed = fc.oneof(
      anyText,
      fc.constantFrom(...TOWNS.keys()),
      fc
        .array(fc.constantFrom("kota", "jawa", "B", "1234", "bandung", "samsat", "barat", "?"), { maxLength: 6 })
        .map((words) => words.join(" ")),
    );
    fc.assert(
      fc.property(typed, fc.subarray([...EVERY]), (text, list) => {
        const reading = readRegion(text, list);
        const given = reading.kind === "one" ? [reading.product] : reading.kind === "many" ? reading.products : [];
        for (const product of given) expect(list.map((one) => one.product)).toContain(product);
        if (reading.kind === "many") expect(reading.products.length).toBeGreaterThan(1);
      }),
    );
  });
});

describe("what a region is called", () => {
  it("has a name, and a label for a button that has room for (tutup)", () => {
    expect(regionName("SAMSAT_JABAR")).toBe("Jawa Barat");
    expect(regionLabel("SAMSAT_KEPRI")).toBe("Kepri");
    for (const { product } of EVERY) expect(`${regionLabel(product)} (tutup)`.length).toBeLessThanOrEqual(20);
  });

  it("leaves an unknown code as it is, cut to a button's length", () => {
    expect(regionName("SAMSAT_ENTAH")).toBe("SAMSAT_ENTAH");
    expect(regionLabel("SAMSAT_ENTAH_BERANTAH_JUGA")).toBe("SAMSAT_ENTAH_BERANTA");
  });

  it("has its clock's zone", () => {
    expect(zoneOf("SAMSAT_JABAR")).toBe("WIB");
    expect(zoneOf("SAMSAT_BALI")).toBe("WITA");
    expect(zoneOf("SAMSAT_PAPUA")).toBe("WIT");
    expect(zoneOf("SAMSAT_KALBAR")).toBe("WIB");
    expect(zoneOf("SAMSAT_ENTAH")).toBe("WIB");
  });
});

describe("what the deposit is debited", () => {
  const bill = { total: rupiah(183_500), fee: rupiah(5000) };

  it.each([
    ["tagihan+5000", 183_500],
    [" Tagihan + 5000 ", 183_500],
    ["tagihan", 178_500],
    ["tagihan-500", 178_000],
  ])("by the formula %s", (formula, debit) => {
    expect(debitOf(formula, bill)).toBe(debit);
  });

  it("is unknown when the formula cannot be read", () => {
    for (const formula of [
      "",
      "5000",
      "tagihan+",
      "tagihan*2",
      "tagihan+5.000",
      "total+5000",
      "tagihan-999999",
      "tagihan+5000+1",
    ]) {
      expect(debitOf(formula, bill)).toBeUndefined();
    }
  });

  it("never throws", () => {
    fc.assert(
      fc.property(anyText, fc.nat(), fc.nat(), (formula, total, fee) => {
        debitOf(formula, { total: rupiah(total), fee: rupiah(fee) });
      }),
    );
  });
});

describe("where the paid year is validated", () => {
  it("follows the owner's conditions for West Java, and is general elsewhere", () => {
    expect(endorsementOf("SAMSAT_JABAR", "F 0001 Z")).toBe("jabar");
    expect(endorsementOf("SAMSAT_JABAR", "B 1234 EXY")).toBe("jabar-b");
    expect(endorsementOf("SAMSAT_JABAR", "")).toBe("general");
    expect(endorsementOf("SAMSAT_JATIM", "L 1 A")).toBe("general");
    expect(endorsementOf("SAMSAT_JAKARTA", "B 1 SA")).toBe("general");
  });
});
