import { checkMark, type KeyMark, keyMark } from "../rows/key-check.ts";
import type { Sealer } from "../sealing.ts";
import { type Db, migrate } from "./open.ts";

const STEPS = [
  "CREATE TABLE key_check(one INTEGER PRIMARY KEY CHECK(one = 1), sealed TEXT NOT NULL, indexed TEXT NOT NULL) STRICT",
];

/** Whether something was sealed in this database before: its key must then exist, and none may be made. */
export function wasSealed(db: Db): boolean {
  return found(db) !== undefined;
}

/** Throws StoreError when the database was sealed with another key; the first call marks it with this one. */
export function checkKey(db: Db, sealer: Sealer): void {
  db.transaction(() => {
    const mark = found(db);
    if (mark !== undefined) return checkMark(db.path, sealer, mark);
    const { sealed, indexed } = keyMark(sealer);
    db.prepare("INSERT INTO key_check VALUES(1, ?, ?)").run(sealed, indexed);
  });
}

function found(db: Db): KeyMark | undefined {
  migrate(db, "key-check", STEPS);
  return db.prepare<KeyMark>("SELECT sealed, indexed FROM key_check").get();
}
