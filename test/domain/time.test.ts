import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  compactDateTime,
  hourOf,
  minuteOfDay,
  quoteEnd,
  showDate,
  showDateEn,
  showDateTime,
  showTime,
  startOfDay,
  type Zone,
} from "../../src/domain/time.ts";

const at = (iso: string) => Date.parse(iso);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const ZONES: Readonly<Record<Zone, string>> = { WIB: "Asia/Jakarta", WITA: "Asia/Makassar", WIT: "Asia/Jayapura" };
const moment = fc.integer({ min: at("2015-01-01T00:00:00Z"), max: at("2060-01-01T00:00:00Z") });
const zone = fc.constantFrom<Zone>("WIB", "WITA", "WIT");

/** The same moment as the platform's own calendar has it. */
function calendar(ms: number, where: Zone): Readonly<Record<string, string>> {
  const format = new Intl.DateTimeFormat("id-ID", {
    timeZone: ZONES[where],
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]));
}

describe("showing a time", () => {
  const paid = at("2019-07-07T13:14:15+07:00");

  it("is said in the script's forms, always with the zone", () => {
    expect(showTime(paid)).toBe("13.14 WIB");
    expect(showDate(paid)).toBe("7 Juli 2019");
    expect(showDateEn(paid)).toBe("7 July 2019");
    expect(showDateTime(paid)).toBe("7 Juli 2019 pukul 13.14 WIB");
    expect(compactDateTime(paid)).toBe("07-07-2019 13.14 WIB");
    expect(compactDateTime(paid, "WIT")).toBe("07-07-2019 15.14 WIT");
  });

  it("changes the date at each zone's own midnight", () => {
    const late = at("2019-12-31T23:59:59.999+07:00");
    expect(showDateTime(late)).toBe("31 Desember 2019 pukul 23.59 WIB");
    expect(showDateTime(late, "WITA")).toBe("1 Januari 2020 pukul 00.59 WITA");
    expect(showDateTime(late + 1)).toBe("1 Januari 2020 pukul 00.00 WIB");
  });

  it("agrees with the platform's calendar everywhere", () => {
    fc.assert(
      fc.property(moment, zone, (ms, where) => {
        const { day, month, year, hour, minute } = calendar(ms, where);
        expect(showDateTime(ms, where)).toBe(`${day} ${month} ${year} pukul ${hour}.${minute} ${where}`);
        expect(hourOf(ms, where)).toBe(Number(hour));
        expect(minuteOfDay(ms, where)).toBe(Number(hour) * 60 + Number(minute));
      }),
      { numRuns: 200 },
    );
  });

  it("knows where a day begins", () => {
    fc.assert(
      fc.property(moment, zone, (ms, where) => {
        const start = startOfDay(ms, where);
        expect(start).toBeLessThanOrEqual(ms);
        expect(ms - start).toBeLessThan(DAY);
        expect(minuteOfDay(start, where)).toBe(0);
        expect(startOfDay(start - 1, where)).toBe(start - DAY);
        expect(showDate(start, where)).toBe(showDate(ms, where));
      }),
    );
  });
});

describe("when a quote ends", () => {
  it.each([
    ["2019-07-07T13:14:00+07:00", "2019-07-07T14:14:00+07:00"],
    ["2019-07-07T22:58:00+07:00", "2019-07-07T23:58:00+07:00"],
    ["2019-07-07T22:59:00+07:00", "2019-07-07T23:58:00+07:00"],
    ["2019-07-07T23:57:59+07:00", "2019-07-07T23:58:00+07:00"],
    ["2019-07-07T23:58:00+07:00", "2019-07-07T23:58:00+07:00"],
    ["2019-07-07T23:59:30+07:00", "2019-07-07T23:59:30+07:00"],
    ["2019-07-08T00:00:00+07:00", "2019-07-08T01:00:00+07:00"],
  ])("asked at %s: %s", (asked, end) => {
    expect(quoteEnd(at(asked))).toBe(at(end));
  });

  it("never before it was asked, never after an hour, never on another day", () => {
    fc.assert(
      fc.property(moment, (asked) => {
        const end = quoteEnd(asked);
        expect(end).toBeGreaterThanOrEqual(asked);
        expect(end).toBeLessThanOrEqual(asked + 60 * MINUTE);
        expect(startOfDay(end)).toBe(startOfDay(asked));
        if (end > asked) expect(minuteOfDay(end)).toBeLessThanOrEqual(23 * 60 + 58);
      }),
    );
  });
});
