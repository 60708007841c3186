import type { Settings } from "./program.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The clock of a program, beside this machine's. */
export interface ProgramClock {
  /** So much later, ms. */
  readonly ahead?: number;
  /** So many times as fast: what it waits for on purpose is over sooner, and its patience with others, too. */
  readonly times?: number;
}

/**
 * Gives the program, and the tools beside it, that clock. All that are started with the same settings have the same time,
 * whenever they are started.
 */
export function withClock({ ahead = 0, times = 1 }: ProgramClock): Settings {
  const since = Date.now();
  const code = `(${changeClock})(${since},${ahead},${times})`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}` };
}

/** The minute of the day in WIB. */
function minuteInWib(now = Date.now()): number {
  return Math.floor(now / MINUTE + 7 * 60) % (24 * 60);
}

/** From 21.00 to 07.00 WIB only results are told (script rule 11): how much later than it is it then has to be, ms. */
export function toDaytime(now = Date.now()): number {
  const minute = minuteInWib(now);
  return minute >= 7 * 60 && minute < 20 * 60 ? 0 : 12 * HOUR;
}

/** No request is made in the last minutes of a day: how much later than it is it then has to be, ms. */
export function beforeNight(now = Date.now()): number {
  return minuteInWib(now) >= 22 * 60 + 30 ? 2 * HOUR : 0;
}

/** Runs in the program, as its first line: it may use nothing of this file. */
function changeClock(since: number, ahead: number, times: number): void {
  const { now } = Date;
  Date.now = () => Math.floor(since + ahead + (now() - since) * times);
  globalThis.Date = new Proxy(Date, {
    construct: (date, args) => Reflect.construct(date, args.length > 0 ? args : [date.now()]),
  });
  const steady = performance.now.bind(performance);
  performance.now = () => steady() * times;
  const custom = Symbol.for("nodejs.util.promisify.custom");
  for (const name of ["setTimeout", "setInterval"] as const) {
    const timer = globalThis[name] as (...args: readonly unknown[]) => unknown;
    const faster = (work: unknown, ms: unknown, ...args: readonly unknown[]) =>
      timer(work, Number(ms ?? 0) / times, ...args);
    Object.assign(globalThis, { [name]: Object.assign(faster, { [custom]: Reflect.get(timer, custom) }) });
  }
}
