import type { Clock } from "../../src/clock.ts";
import type { Life, Timeline } from "./timeline.ts";

/** Sleeps of such lengths are looks into the stores, which find nothing most of the time, ms. */
const LOOKS = { from: 4_900, to: 29_999 };
/** The look at the regions, the sweep, the forgetting. */
const REGULAR: readonly number[] = [30_000, 3_600_000];

/**
 * The clock of one life. Like a real timer, a sleep does not notice that somebody sets the wall clock meanwhile. `eager`:
 * every look is taken, as it is in earnest.
 */
export function lifeClock(time: Timeline, life: Life, eager: boolean): Clock {
  const look = eager ? time.poll : time.duePoll;
  return {
    now: time.wall,
    monotonic: time.steady,
    sleep(until, stop) {
      if (stop.aborted || time.wall() >= until) return Promise.resolve();
      return new Promise((resolve) => {
        let callOff: () => void = () => undefined;
        const leave = () => stop.removeEventListener("abort", wake);
        const wake = () => {
          callOff();
          leave();
          life.leaves.delete(leave);
          resolve();
        };
        const doze = () => {
          const ms = until - time.wall();
          if (ms <= 0) return wake();
          // For ever: only `stop` ends it.
          if (ms > 1e12) return;
          if (REGULAR.includes(ms)) callOff = time.poll(ms, life, doze);
          else callOff = (ms >= LOOKS.from && ms <= LOOKS.to ? look : time.after)(ms, life, doze);
        };
        stop.addEventListener("abort", wake, { once: true });
        life.leaves.add(leave);
        doze();
      });
    },
  };
}
