import type { Sealer } from "../sealing.ts";
import { StoreError } from "../store-error.ts";
import { type Db, migrate } from "./open.ts";

const STEPS = [
  "CREATE TABLE key_check(one INTEGER PRIMARY KEY CHECK(one = 1), sealed TEXT NOT NULL, indexed TEXT NOT NULL) STRICT",
];

const ABOUT = "key_check:1";
const TEXT = "loket";

interface Row {
  readonly sealed: string;
  readonly indexed: string;
}

/** Whether something was sealed in this database before: its key must then exist, and none may be made. */
export function wasSealed(db: Db): boolean {
  return found(db) !== undefined;
}

/** Throws StoreError when the database was sealed with another key; the first call marks it with this one. */
export function checkKey(db: Db, sealer: Sealer): void {
  const indexed = sealer.index(ABOUT);
  db.transaction(() => {
    const row = found(db);
    if (row === undefined) {
      db.prepare("INSERT INTO key_check VALUES(1, ?, ?)").run(sealer.seal(TEXT, ABOUT), indexed);
    } else if (row.indexed !== indexed || !opens(sealer, row.sealed)) {
      throw new StoreError(
        `${db.path} was sealed with another key.`,
        "Set the LOKET_SECRET, or put back the key file, that it was first started with.",
      );
    }
  });
}

function found(db: Db): Row | undefined {
  migrate(db, "key-check", STEPS);
  return db.prepare<Row>("SELECT sealed, indexed FROM key_check").get();
}

function opens(sealer: Sealer, sealed: string): boolean {
  try {
    return sealer.open(sealed, ABOUT) === TEXT;
  } catch {
    return false;
  }
}
