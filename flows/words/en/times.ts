import { showDateEn, showTime, startOfDay } from "../../../src/domain/time.ts";

const DAY = 24 * 60 * 60 * 1000;

/** `13.45 WIB`, `07.00 WIB tomorrow`, or with its date when it is another day. Fits behind "by", "at" and "until". */
export function when(at: number, now: number): string {
  const days = Math.round((startOfDay(at) - startOfDay(now)) / DAY);
  if (days === 0) return showTime(at);
  return `${showTime(at)} ${days === 1 ? "tomorrow" : `on ${showDateEn(at)}`}`;
}
