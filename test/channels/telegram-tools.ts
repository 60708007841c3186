import { inspect } from "node:util";
import type { Clock } from "../../src/clock.ts";
import type { Log } from "../../src/log.ts";

/** A log that masks nothing: what the driver gives it is what one reads. */
export function openLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const at = (level: string) => (fields: Readonly<Record<string, unknown>>, message: string) => {
    lines.push(`${level} ${message} ${inspect(fields, { depth: 9, showHidden: true })}`);
  };
  return { lines, debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

export interface HandClock extends Clock {
  pass(ms: number): void;
  /** Resolves once somebody sleeps for so long, ms. */
  asleep(ms: number): Promise<void>;
}

/** Time that moves only by hand. */
export function handClock(): HandClock {
  let at = 1_700_000_000_000;
  const sleepers = new Set<{ readonly until: number; readonly wake: () => void }>();
  const looks = new Set<() => void>();
  return {
    now: () => at,
    monotonic: () => at,
    sleep: (until, stop) =>
      new Promise((resolve) => {
        const wake = () => {
          sleepers.delete(sleeper);
          resolve();
        };
        const sleeper = { until, wake };
        sleepers.add(sleeper);
        stop.addEventListener("abort", wake, { once: true });
        if (stop.aborted || until <= at) wake();
        for (const look of [...looks]) look();
      }),
    pass(ms) {
      at += ms;
      for (const sleeper of [...sleepers]) if (sleeper.until <= at) sleeper.wake();
    },
    asleep: (ms) =>
      new Promise((resolve) => {
        const look = () => {
          if (![...sleepers].some((sleeper) => sleeper.until - at === ms)) return;
          looks.delete(look);
          resolve();
        };
        looks.add(look);
        look();
      }),
  };
}
