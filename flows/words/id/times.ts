import { showDate, showTime, startOfDay } from "../../../src/domain/time.ts";

const DAY = 24 * 60 * 60 * 1000;

/** `13.45 WIB`, `besok pukul 07.00 WIB`, or with its date when it is another day. */
export function when(at: number, now: number): string {
  const days = Math.round((startOfDay(at) - startOfDay(now)) / DAY);
  if (days === 0) return showTime(at);
  return `${days === 1 ? "besok" : showDate(at)} pukul ${showTime(at)}`;
}

/** The same with `pukul` in every case: `pukul 14.05 WIB`. */
export function atHour(at: number, now: number): string {
  const said = when(at, now);
  return said.includes("pukul") ? said : `pukul ${said}`;
}
