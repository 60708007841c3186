import type { Clock } from "../../clock.ts";
import type { Log } from "../../log.ts";

/** Work in order within a lane, lanes side by side. What throws is tried again, and those behind it wait. */
export interface Lanes {
  run(lane: string, work: () => Promise<void>): void;
  /** It goes on: what fails is tried for long again. */
  begun(): void;
  /** The program stops: what fails is not tried for long any more. Resolves when what is under way now has ended. */
  settled(): Promise<void>;
  /** The same, and nothing new comes any more. */
  ended(): Promise<void>;
}

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 30_000;
/** What still throws then is given up: WhatsApp does not offer it again. */
const TRIES = 20;
/** The same when the program stops. */
const LAST_TRIES = 5;

export function makeLanes(clock: Clock, log: Log): Lanes {
  const tails = new Map<string, Promise<void>>();
  let stopping = new AbortController();
  return {
    run(lane, work) {
      const next = (tails.get(lane) ?? Promise.resolve()).then(() => insist(clock, log, work, stopping.signal));
      tails.set(lane, next);
      void next.then(() => {
        if (tails.get(lane) === next) tails.delete(lane);
      });
    },
    begun() {
      if (stopping.signal.aborted) stopping = new AbortController();
    },
    async settled() {
      stopping.abort();
      await Promise.all(tails.values());
    },
    async ended() {
      stopping.abort();
      while (tails.size > 0) await Promise.all(tails.values());
    },
  };
}

async function insist(clock: Clock, log: Log, work: () => Promise<void>, stopping: AbortSignal): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      const last = tries >= (stopping.aborted ? LAST_TRIES : TRIES);
      log.error({ error, tries, last }, "a message could not be taken");
      if (last) return;
      await clock.sleep(clock.now() + Math.min(FIRST_PAUSE * 2 ** (tries - 1), LONGEST_PAUSE), stopping);
    }
  }
}
