import type { Clock } from "../../src/clock.ts";
import type { Life, Timeline } from "./timeline.ts";

/** Sleeps of such lengths are looks that find nothing most of the time, ms. */
const POLL = { from: 4_900, to: 30_100 };
const HOURLY = 3_600_000;

/** The clock of one life. Like a real timer, a sleep does not notice that somebody sets the wall clock meanwhile. */
export function lifeClock(time: Timeline, life: Life): Clock {
  return {
    now: time.wall,
    monotonic: time.steady,
    sleep(until, stop) {
      if (stop.aborted || time.wall() >= until) return Promise.resolve();
      return new Promise((resolve) => {
        let callOff: () => void = () => undefined;
        const wake = () => {
          callOff();
          stop.removeEventListener("abort", wake);
          resolve();
        };
        const doze = () => {
          const ms = until - time.wall();
          if (ms <= 0) return wake();
          // For ever: only `stop` ends it.
          if (ms > 1e12) return;
          const polls = (ms >= POLL.from && ms <= POLL.to) || ms === HOURLY;
          callOff = polls ? time.poll(ms, life, doze) : time.after(ms, life, doze);
        };
        stop.addEventListener("abort", wake, { once: true });
        doze();
      });
    },
  };
}
