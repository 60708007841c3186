import { checkMark, type KeyMark, keyMark } from "../rows/key-check.ts";
import type { Sealer } from "../sealing.ts";
import { migrate } from "./migrate.ts";
import type { Pg } from "./open.ts";

const STEPS = [
  "CREATE TABLE key_check(one integer PRIMARY KEY CHECK(one = 1), sealed text NOT NULL, indexed text NOT NULL)",
];

/** Whether something was sealed in this database before: its key must then exist, and none may be made. */
export async function wasSealed(pg: Pg): Promise<boolean> {
  await migrate(pg, "key-check", STEPS);
  return (await found(pg)) !== undefined;
}

/** Throws StoreError when the database was sealed with another key; the first call marks it with this one. */
export async function checkKey(pg: Pg, sealer: Sealer): Promise<void> {
  await migrate(pg, "key-check", STEPS);
  const own = keyMark(sealer);
  // Of two that start at once with different keys, one marks it and the other is refused.
  await pg.run("INSERT INTO key_check VALUES(1, $1, $2) ON CONFLICT DO NOTHING", [own.sealed, own.indexed]);
  checkMark(pg.name, sealer, (await found(pg)) ?? own);
}

function found(pg: Pg): Promise<KeyMark | undefined> {
  return pg.get<KeyMark>("SELECT sealed, indexed FROM key_check");
}
