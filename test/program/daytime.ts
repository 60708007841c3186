import type { Settings } from "./program.ts";

const MINUTE = 60_000;

/** The minute of the day in WIB. */
export function minuteInWib(now = Date.now()): number {
  return Math.floor(now / MINUTE + 7 * 60) % (24 * 60);
}

/** Lets the program, and the tools beside it, take it to be so many hours later than it is. */
export function hoursAhead(hours: number): Settings {
  const ahead = `const{now}=Date;Date.now=()=>now()+${hours * 60 * MINUTE}`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${ahead}` };
}

/** From 21.00 to 07.00 WIB only results are told (script rule 11): then the program takes it to be twelve hours later. */
export function byDay(now = Date.now()): Settings {
  const minute = minuteInWib(now);
  return minute >= 7 * 60 && minute < 20 * 60 + 50 ? {} : hoursAhead(12);
}
