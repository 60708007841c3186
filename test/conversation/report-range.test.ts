import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { readRange } from "../../src/conversation/report-range.ts";

/** 24 November 2026, 13.00 WIB. */
const NOW = Date.UTC(2026, 10, 24, 6);
const wib = (year: number, month: number, day: number) => Date.UTC(year, month - 1, day) - 7 * 3_600_000;

describe("a time", () => {
  it.each([
    ["", wib(2026, 11, 24), wib(2026, 11, 25)],
    ["hari ini", wib(2026, 11, 24), wib(2026, 11, 25)],
    ["kemarin", wib(2026, 11, 23), wib(2026, 11, 24)],
    ["yesterday", wib(2026, 11, 23), wib(2026, 11, 24)],
    ["bulan ini", wib(2026, 11, 1), wib(2026, 12, 1)],
    ["bulan lalu", wib(2026, 10, 1), wib(2026, 11, 1)],
    ["nov", wib(2026, 11, 1), wib(2026, 12, 1)],
    ["NOVEMBER", wib(2026, 11, 1), wib(2026, 12, 1)],
    ["des", wib(2025, 12, 1), wib(2026, 1, 1)],
    ["nov 2024", wib(2024, 11, 1), wib(2024, 12, 1)],
    ["5 nov", wib(2026, 11, 5), wib(2026, 11, 6)],
    ["1-30 nov", wib(2026, 11, 1), wib(2026, 12, 1)],
    ["1 - 30 november 2025", wib(2025, 11, 1), wib(2025, 12, 1)],
    ["1 s/d 15 okt", wib(2026, 10, 1), wib(2026, 10, 16)],
    ["1 sampai 15 okt", wib(2026, 10, 1), wib(2026, 10, 16)],
    ["28 okt - 3 nov", wib(2026, 10, 28), wib(2026, 11, 4)],
    ["28 des - 3 jan", wib(2025, 12, 28), wib(2026, 1, 4)],
    ["28 des 2024 - 3 jan 2025", wib(2024, 12, 28), wib(2025, 1, 4)],
    ["29 feb 2024", wib(2024, 2, 29), wib(2024, 3, 1)],
  ])("%s", (text, since, until) => {
    expect(readRange(text, NOW)).toEqual({ since, until });
  });

  it("is a day of WIB, also before seven in the morning", () => {
    const early = Date.UTC(2026, 10, 23, 17, 30);
    expect(readRange("hari ini", early)).toEqual({ since: wib(2026, 11, 24), until: wib(2026, 11, 25) });
  });
});

test.each(["5", "1-5", "31 nov", "30-1 nov", "29 feb 2025", "minggu depan", "0 nov", "1-30 nop lalu", "32 jan"])(
  "not clear: %s",
  (text) => {
    expect(readRange(text, NOW)).toBeUndefined();
  },
);

test("any text gives whole days in their order, or nothing", () => {
  const part = fc.constantFrom("1", "31", "nov", "feb", "des", "-", " ", "s/d", "2024", "kemarin");
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(part).map((parts) => parts.join(" ")),
      ),
      (text) => {
        const range = readRange(text, NOW);
        if (range === undefined) return;
        expect(range.until).toBeGreaterThan(range.since);
        expect((range.since + 7 * 3_600_000) % 86_400_000).toBe(0);
        expect((range.until + 7 * 3_600_000) % 86_400_000).toBe(0);
      },
    ),
    { numRuns: 2000 },
  );
});
