import { StoreError } from "../store-error.ts";
import type { Db } from "./open.ts";

/** The flag of a file that was moved to another database. */
export const MOVED = "moved";

/** Throws StoreError when the counter has moved elsewhere: from two ledgers the same bill could be paid twice. */
export function refuseMoved(db: Db): void {
  const row = db.prepare<{ value: string }>("SELECT value FROM flags WHERE name = ?").get(MOVED);
  if (row === undefined) return;
  throw new StoreError(
    `This counter was moved from ${db.path} to ${row.value}.`,
    "Set DATABASE_URL and REDIS_URL to where it is now. When nothing was paid there, and only then: npx loket unmigrate",
  );
}
