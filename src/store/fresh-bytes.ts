import { randomFillSync } from "node:crypto";

/** How many bytes are drawn at once: the draw itself costs ten times what the bytes of one nonce do. */
const DRAWN = 8192;

let pool = Buffer.alloc(DRAWN);
let used = DRAWN;

/** Random bytes that nobody was given before, from the system's secure source. At most 8 KiB at a time. */
export function freshBytes(count: number): Buffer {
  if (count > DRAWN) throw new RangeError(`${count} bytes at a time are too many`);
  if (used + count > DRAWN) {
    // A new pool, and the old one left to those who still hold a piece of it.
    pool = randomFillSync(Buffer.alloc(DRAWN));
    used = 0;
  }
  used += count;
  return pool.subarray(used - count, used);
}
