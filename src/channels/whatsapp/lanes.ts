import type { Clock } from "../../clock.ts";
import type { Log } from "../../log.ts";

/** Work in order within a lane, lanes side by side. What throws is tried again, and those behind it wait. */
export interface Lanes {
  run(lane: string, work: () => Promise<void>): void;
  /** Resolves when nothing is under way. */
  ended(): Promise<void>;
}

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 30_000;
/** What still throws then is given up: WhatsApp does not offer it again. */
const TRIES = 20;

export function makeLanes(clock: Clock, log: Log): Lanes {
  const tails = new Map<string, Promise<void>>();
  return {
    run(lane, work) {
      const next = (tails.get(lane) ?? Promise.resolve()).then(() => insist(clock, log, work));
      tails.set(lane, next);
      void next.then(() => {
        if (tails.get(lane) === next) tails.delete(lane);
      });
    },
    async ended() {
      while (tails.size > 0) await Promise.all(tails.values());
    },
  };
}

async function insist(clock: Clock, log: Log, work: () => Promise<void>): Promise<void> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    try {
      return await work();
    } catch (error) {
      log.error({ error, tries }, "a message could not be taken; it is tried again");
      await clock.sleep(clock.now() + Math.min(FIRST_PAUSE * 2 ** tries, LONGEST_PAUSE), NEVER);
    }
  }
}

const NEVER = new AbortController().signal;
