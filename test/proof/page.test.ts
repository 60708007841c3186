import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rupiah } from "../../src/domain/rupiah.ts";
import type { Mark } from "../../src/proof/block.ts";
import { measure } from "../../src/proof/fonts.ts";
import { type Page, pageOf } from "../../src/proof/page.ts";
import { copyOf, makeProof } from "../../src/proof/proof.ts";
import { counter, longest, paid } from "./paid.ts";

interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly what: string;
}

/** Where the letters, or the squares of the QR code, really are. */
function areaOf(mark: Mark): Area {
  if (mark.kind !== "text") {
    const { x, y } = mark;
    const [width, height] = mark.kind === "qr" ? [mark.side, mark.side] : [mark.width, mark.height];
    return { left: x, right: x + width, top: y, bottom: y + height, what: mark.kind };
  }
  const { x, y, width, ink } = mark;
  return { left: x, right: x + width, top: y - ink.size * 0.78, bottom: y + ink.size * 0.24, what: mark.text };
}

function expectReadable(page: Page): void {
  const areas = page.marks.map((mark) => ({ ...areaOf(mark), kind: mark.kind }));
  for (const { left, right, top, bottom, what } of areas) {
    const inside = left >= 27.9 && right <= page.width - 27.9 && top >= 20 && bottom <= page.height - 20;
    expect(inside ? "inside" : `outside: ${what}`).toBe("inside");
  }
  const written = areas.filter(({ kind }) => kind !== "box");
  for (const [index, one] of written.entries()) {
    for (const other of written.slice(index + 1)) {
      const apart =
        one.right <= other.left + 0.1 ||
        other.right <= one.left + 0.1 ||
        one.bottom <= other.top ||
        other.bottom <= one.top;
      expect(apart ? "apart" : `${one.what} on ${other.what}`).toBe("apart");
    }
  }
}

const smallest = (page: Page) =>
  Math.min(...page.marks.flatMap((mark) => (mark.kind === "text" ? [mark.ink.size] : [])));

describe("the page", () => {
  test("of a usual vehicle is set in letters that are easy to read", () => {
    const page = pageOf(makeProof(paid(), counter), measure);
    expectReadable(page);
    expect(page).toMatchObject({ width: 420, height: 595, watermark: "" });
    expect(smallest(page)).toBeGreaterThanOrEqual(7);
  });

  test.each(["W", "w ", "KABUPATEN TASIKMALAYA ", "i", "漢", "👨‍👩‍👧", "ﷺ", "ﬃ", "MH1JFZ110HK-"])(
    "holds the longest fields of %j",
    (letters) => {
      const sandbox = { name: "W".repeat(64), contact: "W".repeat(64), sandbox: true };
      const page = pageOf(copyOf(makeProof(longest(letters), sandbox), 999_999_999), measure);
      expectReadable(page);
      expect(smallest(page)).toBeGreaterThan(2.5);
    },
  );

  test("holds whatever the biller sends", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 64 });
    const sum = fc.integer({ min: 0, max: 999_999_999_999 }).map(rupiah);
    fc.assert(
      fc.property(text, text, text, text, sum, (one, two, three, four, money) => {
        const bill = { owner: one, plate: two, model: three, color: four, brand: two, total: money, pkb: money };
        expectReadable(pageOf(makeProof(paid({ bill }), { ...counter, name: four }), measure));
      }),
      { numRuns: 25 },
    );
  });

  test("puts the plate and the total where the eye falls first", () => {
    const { marks } = pageOf(makeProof(paid(), counter), measure);
    const texts = marks.flatMap((mark) => (mark.kind === "text" ? [mark] : []));
    const bySize = texts.toSorted((one, other) => other.ink.size - one.ink.size).map(({ text }) => text);
    expect(bySize.slice(0, 4)).toEqual(["F 0001 Z", "Rp183.500", "LUNAS", "BUKTI PEMBAYARAN E-SAMSAT"]);
  });
});
