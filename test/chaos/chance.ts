import { systemClock } from "../../src/clock.ts";

/** In [0, 1), from a seed. */
export type Chance = () => number;

export function between(chance: Chance, from: number, to: number): number {
  return from + chance() * (to - from);
}

/** One of the first of each pair, as likely as its weight. */
export function pick<T>(chance: Chance, weighted: readonly (readonly [T, number])[]): T {
  let rest = chance() * weighted.reduce((sum, [, weight]) => sum + weight, 0);
  const found = weighted.find(([, weight]) => {
    rest -= weight;
    return rest < 0;
  });
  const [one] = found ?? weighted[0] ?? [];
  if (one === undefined) throw new Error("there is nothing to pick from");
  return one;
}

/** For so long, or until `stop`. A kill at a random moment is a wait: here real time is the thing itself. */
export function pause(ms: number, stop: AbortSignal): Promise<void> {
  return systemClock.sleep(systemClock.now() + ms, stop);
}

export function stopped(stop: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (stop.aborted) resolve(undefined);
    stop.addEventListener("abort", () => resolve(undefined), { once: true });
  });
}
