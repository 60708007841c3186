import { startOfDay } from "../domain/time.ts";

const DAY = 24 * 60 * 60 * 1000;
const WIB = 7 * 60 * 60 * 1000;

/** From `since` until before `until`, ms, whole days in WIB. */
export interface Range {
  readonly since: number;
  readonly until: number;
}

const MONTHS: readonly (readonly string[])[] = [
  ["jan", "januari", "january"],
  ["feb", "peb", "februari", "february"],
  ["mar", "mrt", "maret", "march"],
  ["apr", "april"],
  ["mei", "may"],
  ["jun", "juni", "june"],
  ["jul", "juli", "july"],
  ["agu", "ags", "agt", "aug", "agustus", "august"],
  ["sep", "sept", "september"],
  ["okt", "oct", "oktober", "october"],
  ["nov", "nop", "november"],
  ["des", "dec", "desember", "december"],
];

/**
 * What stands behind LAP: nothing or `hari ini`, `kemarin`, `bulan ini`, `bulan lalu`, `nov`, `5 nov`, `1-30 nov`,
 * `28 nov - 3 des`, each with or without a year; without one the last such time is meant. Undefined: not clear.
 */
export function readRange(text: string, now: number): Range | undefined {
  const said = text.trim().toLowerCase().replace(/\s+/g, " ");
  const today = startOfDay(now);
  const { year, month } = partsOf(now);
  switch (said) {
    case "":
    case "hari ini":
    case "today":
      return { since: today, until: today + DAY };
    case "kemarin":
    case "yesterday":
      return { since: today - DAY, until: today };
    case "bulan ini":
    case "this month":
      return monthRange(year, month);
    case "bulan lalu":
    case "last month":
      return monthRange(year, month - 1);
    default:
      return spanOf(said, now) ?? crossing(said, now);
  }
}

const SPAN = /^(?:(\d{1,2})(?: ?(?:-|–|s\/d|sd|s\.d\.|sampai|to) ?(\d{1,2}))? ?)?([a-z]{3,9})(?: (\d{4}))?$/;

/** `nov`, `5 nov`, `1-30 nov 2026`. */
function spanOf(said: string, now: number): Range | undefined {
  const [, from, to, name = "", yearSaid] = SPAN.exec(said) ?? [];
  const month = monthOf(name);
  if (month === undefined) return undefined;
  const year = yearSaid === undefined ? lastYearOf(month, now) : Number(yearSaid);
  if (from === undefined) return monthRange(year, month);
  return daysRange(dayOf(year, month, Number(from)), dayOf(year, month, Number(to ?? from)));
}

const CROSSING =
  /^(\d{1,2}) ?([a-z]{3,9})(?: (\d{4}))? ?(?:-|–|s\/d|sd|s\.d\.|sampai|to) ?(\d{1,2}) ?([a-z]{3,9})(?: (\d{4}))?$/;

/** `28 nov - 3 des`. */
function crossing(said: string, now: number): Range | undefined {
  const [, from = "", fromName = "", fromYear, to = "", toName = "", toYear] = CROSSING.exec(said) ?? [];
  const [first, last] = [monthOf(fromName), monthOf(toName)];
  if (first === undefined || last === undefined) return undefined;
  const end = toYear === undefined ? lastYearOf(first, now) + (last < first ? 1 : 0) : Number(toYear);
  const begin = fromYear === undefined ? end - (last < first ? 1 : 0) : Number(fromYear);
  return daysRange(dayOf(begin, first, Number(from)), dayOf(end, last, Number(to)));
}

function monthOf(name: string): number | undefined {
  const index = MONTHS.findIndex((names) => names.includes(name));
  return index < 0 ? undefined : index;
}

/** The year in which that month was last, or is. */
function lastYearOf(month: number, now: number): number {
  const today = partsOf(now);
  return month > today.month ? today.year - 1 : today.year;
}

function partsOf(now: number): { readonly year: number; readonly month: number } {
  const at = new Date(now + WIB);
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() };
}

/** The ms of a day's midnight in WIB; undefined when there is no such day. */
function dayOf(year: number, month: number, day: number): number | undefined {
  const at = new Date(Date.UTC(year, month, day));
  return at.getUTCDate() === day && at.getUTCMonth() === month ? at.getTime() - WIB : undefined;
}

function daysRange(since: number | undefined, last: number | undefined): Range | undefined {
  if (since === undefined || last === undefined || last < since) return undefined;
  return { since, until: last + DAY };
}

function monthRange(year: number, month: number): Range {
  return { since: Date.UTC(year, month, 1) - WIB, until: Date.UTC(year, month + 1, 1) - WIB };
}
