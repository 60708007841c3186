import type { Ledger } from "../../src/payments/ledger.ts";
import { postgresLedger } from "../../src/store/postgres/ledger.ts";
import { openPostgres } from "../../src/store/postgres/open.ts";
import { openSealer } from "../../src/store/sealing.ts";
import { sqliteLedger } from "../../src/store/sqlite/ledger.ts";
import { type Db, openSqlite } from "../../src/store/sqlite/open.ts";

/** Rows of a query without values, in words that both databases know. */
export type Ask = <Row>(sql: string) => Promise<readonly Row[]>;

export interface LoadStore {
  readonly ledger: Ledger;
  readonly ask: Ask;
  close(): Promise<void>;
}

/** A path of a SQLite file, or `postgres://…`. Others may be at it, too. */
export async function openStore(address: string, secret: string): Promise<LoadStore> {
  const sealer = openSealer({ secret });
  if (/^postgres(ql)?:/.test(address)) {
    const pg = await openPostgres(address);
    return { ledger: await postgresLedger({ pg, sealer }), ask: (sql) => pg.all(sql), close: () => pg.close() };
  }
  const db = openSqlite(address);
  // What is tried here are the sums; that they outlive a power cut is tried elsewhere.
  db.exec("PRAGMA synchronous = OFF; PRAGMA busy_timeout = 60000");
  return { ledger: sqliteLedger({ db, sealer }), ask: askOf(db), close: async () => db.close() };
}

export function askOf(db: Db): Ask {
  return async <Row>(sql: string) => db.prepare<Row>(sql).all();
}
