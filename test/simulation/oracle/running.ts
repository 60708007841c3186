import type { Sim } from "../sim.ts";

/** What excuses a program: how long it was not running, how often its store failed. */
export interface Running {
  /** Ms that the program ran since the world began. */
  ran(): number;
  /** The program is away from now on until then (ms since the world began); overlapping ones are one. */
  away(from: number, to: number): void;
  /** It died; `backAt` ends what this begins. */
  died(): void;
  backAt(): void;
  /** Something makes repetitions honest until then: a failed write, a lost answer, a stand-still. */
  excuse(until?: number): void;
  /** Whether something of the kind was, shortly before `at` or since. */
  excused(at: number): boolean;
  /** The database was put back in time. */
  restored: boolean;
  /** By how much the wall clock was set, in all. */
  clockSet: number;
}

/** What was in hand when it happened is taken up again so much later at the latest, ms. */
const LEASE = 180_000;

export function runningOf(sim: Sim): Running {
  let lastExcuse = Number.NEGATIVE_INFINITY;
  let awayTotal = 0;
  let awayUntil = 0;
  let downSince: number | undefined;
  const now = () => sim.time.steady();
  const close = (to: number) => {
    const from = Math.max(downSince ?? to, awayUntil);
    if (to > from) awayTotal += to - from;
    awayUntil = Math.max(awayUntil, to);
  };
  return {
    excuse: (until = now()) => {
      lastExcuse = Math.max(lastExcuse, until);
    },
    excused: (at) => lastExcuse >= at - LEASE,
    restored: false,
    clockSet: 0,
    ran: () => {
      const ahead = Math.max(0, awayUntil - now());
      return (
        now() - awayTotal + ahead - (downSince === undefined ? 0 : Math.max(0, now() - Math.max(downSince, awayUntil)))
      );
    },
    away(from, to) {
      // Of a program that is down: what it was away before counts, too.
      if (downSince !== undefined) close(from);
      const start = Math.max(from, awayUntil);
      if (to > start) awayTotal += to - start;
      awayUntil = Math.max(awayUntil, to);
    },
    died() {
      downSince ??= now();
    },
    backAt() {
      close(now());
      downSince = undefined;
    },
  };
}
