import { checkMark, type KeyMark, keyMark } from "../rows/key-check.ts";
import type { Sealer } from "../sealing.ts";
import type { Redis } from "./open.ts";

/**
 * Throws StoreError when another program sealed in this Redis with another key: each would take out the other's jobs and
 * could not read them. The first one marks it.
 */
export async function checkRedisKey({
  redis,
  sealer,
}: {
  readonly redis: Redis;
  readonly sealer: Sealer;
}): Promise<void> {
  const name = `${redis.base}key`;
  await redis.send(["SET", name, JSON.stringify(keyMark(sealer)), "NX"]);
  const mark = await redis.send(["GET", name]);
  // Emptied in between, it is as good as new.
  if (Buffer.isBuffer(mark)) checkMark("Redis", sealer, JSON.parse(mark.toString("utf8")) as KeyMark);
}
