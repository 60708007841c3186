import fc from "fast-check";
import { expect, test } from "vitest";
import { split, TEXT_LIMIT, toHtml, toPlain } from "../../src/channels/telegram/html.ts";
import { BOLD_OFF, BOLD_ON, bold } from "../../src/domain/text.ts";
import { readHtml } from "../fakes/telegram/markup.ts";

const pieces = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 30 }),
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.constantFrom("\n", " ", "<b>", "&amp;", "&", "</", BOLD_ON, BOLD_OFF, "🛵", "\uD83D", "Rp183.500"),
);
const texts = fc.array(pieces, { maxLength: 120 }).map((of) => of.join(""));

/** Which units are bold, and which are shown, borders left out. */
function units(marked: string): string {
  let on = false;
  let out = "";
  for (const unit of marked.replace(/\p{Surrogate}/gu, "\uFFFD").split("")) {
    if (unit === BOLD_ON || unit === BOLD_OFF) on = unit === BOLD_ON;
    else if (!/\s/.test(unit)) out += (on ? "*" : "") + unit;
  }
  return out;
}

test("however a text is split, each part fits, is read by Telegram, and nothing is lost or turns bold", () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 2, max: 200 }), (text, limit) => {
      const parts = split(text, limit);
      expect(parts.map(units).join("")).toBe(units(text));
      for (const part of parts) {
        expect(toPlain(part).length).toBeLessThanOrEqual(limit);
        expect(readHtml(toHtml(part)).ok).toBe(true);
        expect(part).not.toMatch(/^[\uDC00-\uDFFF]/);
      }
    }),
    { numRuns: 500 },
  );
});

test("a text at the limit is one message, and one more unit makes it two", () => {
  expect(split("<".repeat(TEXT_LIMIT), TEXT_LIMIT)).toHaveLength(1);
  expect(split("<".repeat(TEXT_LIMIT + 1), TEXT_LIMIT).map((part) => part.length)).toEqual([TEXT_LIMIT, 1]);
  const emoji = split(`x${"🛵".repeat(TEXT_LIMIT / 2)}`, TEXT_LIMIT);
  expect(emoji.map((part) => part.length)).toEqual([TEXT_LIMIT - 1, 2]);
});

test("a text is cut at the end of a line, else at a blank, else where it must be", () => {
  expect(split("aaa bbb\nccc ddd", 12)).toEqual(["aaa bbb", "ccc ddd"]);
  expect(split("aaa bbb\nccc", 7)).toEqual(["aaa bbb", "ccc"]);
  expect(split("aaa bbb ccc", 8)).toEqual(["aaa bbb", "ccc"]);
  expect(split("aaabbb", 4)).toEqual(["aaab", "bb"]);
});

test("a bold stretch that is cut goes on bold", () => {
  expect(split(`a ${bold("bb bb")} c`, 4).map(toHtml)).toEqual(["a <b>bb</b>", "<b>bb</b> c"]);
});

test("marks that do not match do not break anything", () => {
  expect(toHtml(`${BOLD_OFF}a${BOLD_ON}${BOLD_ON}b`)).toBe("a<b>b</b>");
  expect(toHtml(`${bold("a<b")}&>`)).toBe("<b>a&lt;b</b>&amp;&gt;");
});
