import type { Sealer } from "../../src/store/sealing.ts";
import { sqliteConversations } from "../../src/store/sqlite/conversations.ts";
import { sqliteLedger } from "../../src/store/sqlite/ledger.ts";
import { type Db, MEMORY, openSqlite, type Statement } from "../../src/store/sqlite/open.ts";
import { sqliteRecords } from "../../src/store/sqlite/records.ts";
import { StoreError } from "../../src/store/store-error.ts";

/**
 * The real SQLite in memory, made once and used for world after world: a world lives in one transaction that is rolled
 * back when it ends, and what the program takes for transactions are savepoints in it.
 */
export interface WorldDb {
  readonly db: Db;
  /** As after the first start of a program. */
  reset(): void;
  /** Remembers this moment for `goBack`. Once a world. */
  mark(): void;
  goBack(): void;
  /** Grows with every write into this table. */
  version(table: string): number;
  /** So many writes fail from now on. */
  fails: number;
}

export function worldDb(): WorldDb {
  const real = openSqlite(MEMORY);
  // All tables are made before the first world begins, so that none has to make them again.
  for (const open of [sqliteConversations, sqliteLedger, sqliteRecords]) open({ db: real, sealer: openSealer });
  const statements = new Map<string, Statement<unknown>>();
  const point = (sql: string) => real.prepare(sql);
  const world: WorldDb = {
    fails: 0,
    version: (table) => everything + (versions.get(table) ?? 0),
    reset() {
      everything += 1;
      world.fails = 0;
      if (begun) real.exec("ROLLBACK");
      real.exec("BEGIN");
      begun = true;
    },
    mark: () => real.exec("SAVEPOINT marked"),
    goBack() {
      everything += 1;
      real.exec("ROLLBACK TO marked");
    },
    db: {
      path: MEMORY,
      prepare<Row>(sql: string) {
        const found = statements.get(sql) ?? writing(sql);
        statements.set(sql, found);
        return found as Statement<Row>;
      },
      exec(sql) {
        // Each driver makes sure of a table that is there already when it is opened, and a world opens many.
        if (!sql.startsWith("CREATE TABLE IF NOT EXISTS")) real.exec(sql);
      },
      transaction(work) {
        savepoint = "not yet";
        try {
          const result = work();
          if (isSet()) point("RELEASE work").run();
          return result;
        } catch (error) {
          if (isSet()) {
            everything += 1;
            point("ROLLBACK TO work").run();
            point("RELEASE work").run();
          }
          throw error;
        } finally {
          savepoint = "no";
        }
      },
      close: () => undefined,
    },
  };
  const versions = new Map<string, number>();
  let everything = 0;
  let begun = false;
  /** A transaction begins at its first write: most only look. */
  let savepoint: "no" | "not yet" | "yes" = "no";
  const isSet = (): boolean => savepoint === "yes";
  const writing = (sql: string): Statement<unknown> => {
    const of = real.prepare(sql);
    const table = /^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+(\w+)/.exec(sql)?.[1];
    const write = () => {
      if (table !== undefined) versions.set(table, (versions.get(table) ?? 0) + 1);
      if (world.fails > 0) {
        world.fails -= 1;
        throw diskFull();
      }
      if (savepoint === "not yet") {
        point("SAVEPOINT work").run();
        savepoint = "yes";
      }
    };
    return {
      run(...values) {
        write();
        return of.run(...values);
      },
      get(...values) {
        if (table !== undefined) write();
        return of.get(...values);
      },
      all: of.all,
    };
  };
  return world;
}

function diskFull(): StoreError {
  return new StoreError("The database cannot grow: the disk is full.", "Make room on the disk.");
}

/** What is sealed is not what is tried here, and sealing costs more than all the rest. */
export const openSealer: Sealer = {
  seal: (text) => text,
  open: (sealed) => sealed,
  sealBytes: (bytes) => Buffer.from(bytes),
  openBytes: (sealed) => Buffer.from(sealed),
  index: (text) => text,
};
