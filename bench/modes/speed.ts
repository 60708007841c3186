import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { type Driven, drive, TURNS } from "../drive.ts";
import { coreSpeed } from "../measure.ts";
import type { Context } from "../mode.ts";

export interface SpeedOptions {
  readonly inFlight: readonly number[];
  readonly ms: number;
  readonly warmTurns: number;
}

export interface Speed {
  /** Millions of rounds a second of a fixed loop, before it began. */
  readonly coreSpeed: number;
  readonly rows: readonly Driven[];
}

export const FIRST_USER = 700_000_001;

/** Turns a second, latency and CPU, each level on an empty store. Rejects when a reply was lost or came twice. */
export async function speed(
  { system, redis, world }: Context,
  { inFlight, ms, warmTurns }: SpeedOptions,
): Promise<Speed> {
  const core = coreSpeed();
  const rows: Driven[] = [];
  for (const level of inFlight) {
    await redis?.empty();
    let replies = 0;
    const folder = mkdtempSync(join(world.folder, "speed-"));
    const running = await system.start({ ...world, folder, told: () => void replies++ });
    const row = await drive(running, {
      inFlight: level,
      warmMs: Math.max(ms / 3, 200),
      // Once is enough for the code, which stays.
      warmTurns: rows.length === 0 ? warmTurns : 0,
      runMs: ms,
      firstUser: FIRST_USER,
      ...(redis === undefined ? {} : { otherCpu: redis.cpu }),
    });
    await running.close();
    if (replies !== row.users * TURNS) throw new Error(`${replies} replies to ${row.users} users`);
    rows.push(row);
  }
  return { coreSpeed: core, rows };
}
