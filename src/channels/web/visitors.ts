import type { Clock } from "../../clock.ts";
import { type Bucket, draw, isFull } from "./limits.ts";

export interface PerAddress {
  /** Streams open at the same time. */
  readonly streams: number;
  /** Tabs never seen before, a minute. */
  readonly newTabs: number;
}

/** What each address may still do. */
export interface Visitors {
  /** False when it brings too many new tabs. */
  mayArrive(address: string): boolean;
  /** False when it has too many streams open; else `left` must follow once. */
  mayOpen(address: string): boolean;
  left(address: string): void;
  /** Forgets who is as good as new. */
  sweep(): void;
}

export function makeVisitors(clock: Clock, { streams, newTabs }: PerAddress): Visitors {
  const open = new Map<string, number>();
  const arrivals = new Map<string, Bucket>();
  const arriving = { rate: newTabs / 60, burst: newTabs };
  return {
    mayArrive(address) {
      const next = draw(arrivals.get(address), clock.monotonic(), arriving);
      if (next !== undefined) arrivals.set(address, next);
      return next !== undefined;
    },
    mayOpen(address) {
      const now = open.get(address) ?? 0;
      if (now < streams) open.set(address, now + 1);
      return now < streams;
    },
    left(address) {
      const now = (open.get(address) ?? 1) - 1;
      if (now > 0) open.set(address, now);
      else open.delete(address);
    },
    sweep() {
      const now = clock.monotonic();
      for (const [address, bucket] of arrivals) if (isFull(bucket, now, arriving)) arrivals.delete(address);
    },
  };
}
