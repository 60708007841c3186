import type { Sealer } from "../../src/store/sealing.ts";
import { type Db, MEMORY, openSqlite, type Statement, type Value } from "../../src/store/sqlite/open.ts";
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
  /** Grows with every write. */
  writes: number;
  /** So many writes fail from now on. */
  fails: number;
}

export function worldDb(): WorldDb {
  const real = openSqlite(MEMORY);
  const statements = new Map<string, Statement<unknown>>();
  const point = (sql: string) => real.prepare(sql);
  let begun = false;
  const begin = () => {
    if (begun) real.exec("ROLLBACK");
    real.exec("BEGIN");
    begun = true;
  };
  const world: WorldDb = {
    fails: 0,
    writes: 0,
    reset() {
      world.writes += 1;
      world.fails = 0;
      begin();
    },
    mark: () => real.exec("SAVEPOINT marked"),
    goBack() {
      world.writes += 1;
      real.exec("ROLLBACK TO marked");
    },
    db: {
      path: MEMORY,
      prepare<Row>(sql: string) {
        const found = statements.get(sql) ?? writing(real.prepare(sql), world);
        statements.set(sql, found);
        return found as Statement<Row>;
      },
      exec: (sql) => real.exec(sql),
      transaction(work) {
        point("SAVEPOINT work").run();
        try {
          const result = work();
          point("RELEASE work").run();
          return result;
        } catch (error) {
          world.writes += 1;
          point("ROLLBACK TO work").run();
          point("RELEASE work").run();
          throw error;
        }
      },
      close: () => undefined,
    },
  };
  return world;
}

function writing(of: Statement<unknown>, world: WorldDb): Statement<unknown> {
  return {
    run(...values: readonly Value[]) {
      world.writes += 1;
      if (world.fails > 0) {
        world.fails -= 1;
        throw diskFull();
      }
      return of.run(...values);
    },
    get: of.get,
    all: of.all,
  };
}

function diskFull(): StoreError {
  return new StoreError("The database cannot grow: the disk is full.", "Make room on the disk.");
}

/** What is sealed is not what is tried here, and sealing costs more than all the rest. */
export const openSealer: Sealer = {
  seal: (text) => text,
  open: (sealed) => sealed,
  index: (text) => text,
};
