import type { Biller } from "../biller/biller.ts";
import type { Clock } from "../clock.ts";
import type { Region } from "../domain/region.ts";
import type { Log } from "../log.ts";

/** How old a look may be that is shown to people, and how often it is renewed, ms. Pay asks for a fresher one itself. */
const SHOWN = 45_000;
const AGAIN = 30_000;

/** The list of regions as people are shown it: the last good one, so that a slow biller makes nobody wait for words. */
export interface RegionBook {
  readonly known: () => readonly Region[];
  /** One look; resolves also when it failed. */
  readonly look: () => Promise<void>;
  readonly run: (stop: AbortSignal) => Promise<void>;
}

export function makeRegionBook(biller: Biller, clock: Clock, log: Log): RegionBook {
  let regions: readonly Region[] = [];
  let failed = false;
  const look = async () => {
    const answer = await biller.regions(SHOWN);
    if (answer.kind === "regions") regions = answer.regions;
    else if (!failed)
      log.warn({ why: answer.why, reason: answer.reason }, "the list of regions could not be read; the last one stays");
    failed = answer.kind !== "regions";
  };
  return {
    known: () => regions,
    look,
    async run(stop) {
      while (!stop.aborted) {
        await look();
        await clock.sleep(clock.now() + AGAIN, stop);
      }
    },
  };
}
