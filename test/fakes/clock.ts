import type { Clock } from "../../src/clock.ts";

/** A clock that stands still until it is moved. */
export interface HandClock extends Clock {
  /** Moves on, waking each sleeper at its own time, in order; lets everything that then can run do so. */
  advance(ms: number): Promise<void>;
  /** Like `advance`, until `done` says so: at most `ms`. Gives whether it did. */
  advanceUntil(done: () => boolean, ms: number): Promise<boolean>;
  /** The whole process stood still for so long: both clocks are later at once, and only then sleepers wake. */
  freeze(ms: number): Promise<void>;
  /** Somebody set the wall clock; the steady one does not notice. */
  setWall(at: number): void;
  /** Lets everything run that waits for no time. */
  settle(): Promise<void>;
}

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

export function handClock(start = Date.UTC(2019, 6, 7, 3, 0, 0)): HandClock {
  let wall = start;
  let steady = 0;
  const sleepers = new Set<Sleeper>();
  const move = (ms: number) => {
    wall += ms;
    steady += ms;
  };
  const next = () => [...sleepers].sort((a, b) => a.until - b.until)[0];
  const advanceUntil = async (done: () => boolean, ms: number): Promise<boolean> => {
    const end = wall + ms;
    await settle();
    for (let sleeper = next(); !done(); sleeper = next()) {
      if (sleeper === undefined || sleeper.until > end) {
        move(Math.max(0, end - wall));
        await settle();
        return done();
      }
      move(Math.max(0, sleeper.until - wall));
      sleeper.wake();
      await settle();
    }
    return true;
  };
  return {
    now: () => wall,
    monotonic: () => steady,
    sleep(until, stop) {
      if (stop.aborted || until <= wall) return Promise.resolve();
      return new Promise((resolve) => {
        const wake = () => {
          sleepers.delete(sleeper);
          stop.removeEventListener("abort", wake);
          resolve();
        };
        const sleeper: Sleeper = { until, wake };
        sleepers.add(sleeper);
        stop.addEventListener("abort", wake, { once: true });
      });
    },
    advance: async (ms) => void (await advanceUntil(() => false, ms)),
    advanceUntil,
    async freeze(ms) {
      move(ms);
      for (let sleeper = next(); sleeper !== undefined && sleeper.until <= wall; sleeper = next()) sleeper.wake();
      await settle();
    },
    setWall(at) {
      wall = at;
    },
    settle,
  };
}

/** Promises that wait for each other resolve in a few turns of the event loop. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setImmediate(resolve));
}
