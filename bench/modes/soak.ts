import { drive } from "../drive.ts";
import { residentOf } from "../measure.ts";
import type { Context } from "../mode.ts";
import { FIRST_USER } from "./speed.ts";

export interface Soak {
  readonly turns: number;
  /** Resident and heap bytes after each twentieth of the turns, garbage collected before. */
  readonly samples: readonly { readonly turns: number; readonly resident: number; readonly heap: number }[];
}

const PARTS = 20;
const IN_FLIGHT = 64;

/** Memory over so many turns. Wants `node --expose-gc`. */
export async function soak({ system, redis, world }: Context, { turns }: { turns: number }): Promise<Soak> {
  await redis?.empty();
  const running = await system.start(world);
  const samples: Soak["samples"][number][] = [];
  let done = 0;
  let users = 0;
  for (let part = 1; part <= PARTS; part++) {
    const until = (turns * part) / PARTS;
    while (done < until) {
      const row = await drive(running, {
        inFlight: IN_FLIGHT,
        warmMs: 0,
        warmTurns: 0,
        runMs: 1000,
        firstUser: FIRST_USER + users,
      });
      users += row.users;
      done += row.users * 6;
    }
    globalThis.gc?.();
    samples.push({ turns: done, resident: residentOf(process.pid), heap: process.memoryUsage().heapUsed });
  }
  await running.close();
  return { turns: done, samples };
}
