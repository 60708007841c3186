import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { oneTurn } from "../drive.ts";
import { rounded } from "../measure.ts";
import type { Context } from "../mode.ts";
import type { Running } from "../system.ts";
import { FIRST_USER } from "./speed.ts";

export interface Parked {
  readonly users: number;
  /** Bytes by which the store grew for each: the conversation and all that is kept beside it for a while. */
  readonly grown: number;
  /** Bytes of the conversation's key alone, where it is one. */
  readonly key: number | undefined;
}

const AT_ONCE = 64;
const PARKED_TURNS = 3;

/** What a conversation that waits after its third turn takes up. */
export async function park({ system, redis, world }: Context, { users }: { users: number }): Promise<Parked> {
  await redis?.empty();
  // A file is as long as it is only when the program has folded its log into it: measured between two lives.
  const first = await system.start(world);
  await parkSome(first, FIRST_USER - 200, FIRST_USER, 1);
  await first.close();
  const running = await system.start(world);
  const size = async () => (await redis?.used()) ?? bytesIn(world.folder);
  const before = await size();
  const last = FIRST_USER + users;
  await Promise.all(Array.from({ length: AT_ONCE }, (_, at) => parkSome(running, FIRST_USER + at, last, AT_ONCE)));
  await running.settled?.();
  const inRedis = await size();
  const key = running.keyOf === undefined ? undefined : await redis?.sizeOf(running.keyOf(FIRST_USER + 1));
  await running.close();
  const after = redis === undefined ? bytesIn(world.folder) : inRedis;
  return { users, grown: rounded((after - before) / users), key };
}

async function parkSome(running: Running, from: number, to: number, step: number): Promise<void> {
  for (let user = from; user < to; user += step) {
    for (let turn = 0; turn < PARKED_TURNS; turn++) await oneTurn(running, user, turn);
  }
}

function bytesIn(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}
