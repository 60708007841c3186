/** Time, as a port: the simulation moves it by hand. */
export interface Clock {
  /** Wall clock, ms since 1970. */
  now(): number;
  /** Never goes back, ms. */
  monotonic(): number;
  /** Resolves at the wall time `until` or when `stop` aborts, whichever is first; never rejects. */
  sleep(until: number, stop: AbortSignal): Promise<void>;
}

/** The longest delay that a Node timer takes, ms. */
const LONGEST = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  async sleep(until, stop) {
    while (!stop.aborted && Date.now() < until) {
      await oneSleep(Math.min(until - Date.now(), LONGEST), stop);
    }
  },
};

function oneSleep(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stop.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    stop.addEventListener("abort", done, { once: true });
  });
}
