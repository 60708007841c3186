import type { Zone } from "./data/provinces.ts";
import { provinceOfProduct } from "./province.ts";

export type { Zone } from "./data/provinces.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Indonesia has three zones and no summer time. */
const OFFSET: Readonly<Record<Zone, number>> = { WIB: 7 * HOUR, WITA: 8 * HOUR, WIT: 9 * HOUR };

const MONTHS = [
  ["Januari", "January"],
  ["Februari", "February"],
  ["Maret", "March"],
  ["April", "April"],
  ["Mei", "May"],
  ["Juni", "June"],
  ["Juli", "July"],
  ["Agustus", "August"],
  ["September", "September"],
  ["Oktober", "October"],
  ["November", "November"],
  ["Desember", "December"],
] as const;

/** The last minute of the day in which a quote still holds (money rule 10). */
const LAST_QUOTE_MINUTE = 23 * 60 + 58;

/** The first closing time after `since`, ms. `to`: the minute of the day, WIB, at which the counter closes. */
export function closingAfter(since: number, to: number): number {
  const today = startOfDay(since) + to * MINUTE;
  return today > since ? today : today + DAY;
}

/** How long a quote holds, ms. */
export const QUOTE_MS = HOUR;

/** The zone of a region's clocks; WIB for a product that is not known. */
export function zoneOf(product: string): Zone {
  return provinceOfProduct(product)?.zone ?? "WIB";
}

/** `14.30 WIB`. */
export function showTime(ms: number, zone: Zone = "WIB"): string {
  return `${clockTime(ms, zone)} ${zone}`;
}

/** `7 Juli 2019`. */
export function showDate(ms: number, zone: Zone = "WIB"): string {
  const at = local(ms, zone);
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]?.[0]} ${at.getUTCFullYear()}`;
}

/** `7 July 2019`. */
export function showDateEn(ms: number, zone: Zone = "WIB"): string {
  const at = local(ms, zone);
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]?.[1]} ${at.getUTCFullYear()}`;
}

/** `7 Juli 2019 pukul 13.14 WIB`. */
export function showDateTime(ms: number, zone: Zone = "WIB"): string {
  return `${showDate(ms, zone)} pukul ${showTime(ms, zone)}`;
}

/** `7 July 2019 at 13.14 WIB`. */
export function showDateTimeEn(ms: number, zone: Zone = "WIB"): string {
  return `${showDateEn(ms, zone)} at ${showTime(ms, zone)}`;
}

/** `07-07-2019 13.14 WIB`. */
export function compactDateTime(ms: number, zone: Zone = "WIB"): string {
  const at = local(ms, zone);
  return `${two(at.getUTCDate())}-${two(at.getUTCMonth() + 1)}-${at.getUTCFullYear()} ${showTime(ms, zone)}`;
}

/** 0 to 23. */
export function hourOf(ms: number, zone: Zone = "WIB"): number {
  return Math.floor(minuteOfDay(ms, zone) / 60);
}

/** 0 to 1439. */
export function minuteOfDay(ms: number, zone: Zone = "WIB"): number {
  return Math.floor((ms - startOfDay(ms, zone)) / MINUTE);
}

/** The ms of the local midnight before, or at, `ms`. */
export function startOfDay(ms: number, zone: Zone = "WIB"): number {
  return Math.floor((ms + OFFSET[zone]) / DAY) * DAY - OFFSET[zone];
}

/** When a quote ends: 60 min later, at most 23.58 WIB of that day; at or past 23.58 at once (money rule 10). */
export function quoteEnd(inquiredAt: number): number {
  const lastMinute = startOfDay(inquiredAt) + LAST_QUOTE_MINUTE * MINUTE;
  return Math.max(inquiredAt, Math.min(inquiredAt + QUOTE_MS, lastMinute));
}

/** A date whose UTC fields are the local ones. */
function local(ms: number, zone: Zone): Date {
  return new Date(ms + OFFSET[zone]);
}

function clockTime(ms: number, zone: Zone): string {
  const minutes = minuteOfDay(ms, zone);
  return `${two(Math.floor(minutes / 60))}.${two(minutes % 60)}`;
}

function two(n: number): string {
  return String(n).padStart(2, "0");
}
