import { openSealer } from "../../src/store/sealing.ts";
import { sqliteConversations } from "../../src/store/sqlite/conversations.ts";
import { checkKey, wasSealed } from "../../src/store/sqlite/key-check.ts";
import { LEDGER_STEPS } from "../../src/store/sqlite/ledger-schema.ts";
import { migrate, openSqlite } from "../../src/store/sqlite/open.ts";
import { sqliteRecords } from "../../src/store/sqlite/records.ts";

/** A file as a version left it whose ledger lacks the last step. */
export function makeOldFile(path: string, secret: string): void {
  const db = openSqlite(path);
  const sealer = openSealer({ secret });
  if (!wasSealed(db)) checkKey(db, sealer);
  sqliteConversations({ db, sealer });
  sqliteRecords({ db, sealer });
  migrate(db, "ledger", LEDGER_STEPS.slice(0, -1));
  db.close();
}

/** All that its tables are. */
export function shapeOf(path: string): unknown {
  const db = openSqlite(path);
  const read = (sql: string) => db.prepare<Record<string, unknown>>(sql).all();
  const shape = [
    read("SELECT * FROM sqlite_schema ORDER BY name"),
    read("SELECT * FROM schema_versions ORDER BY room"),
  ];
  db.close();
  return shape;
}
