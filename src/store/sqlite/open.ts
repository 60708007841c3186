import { closeSync, fsyncSync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import Database from "libsql";
import { explained, StoreError } from "../store-error.ts";

/** What SQLite keeps. `undefined` is not one of them: write `null`. */
export type Value = string | number | null | Uint8Array;

/** A prepared statement. `Row` is what the caller says its columns are: tables are STRICT, so that it is true. */
export interface Statement<Row> {
  /** For statements that give no rows. Resolves to how many rows were changed. */
  run(...values: readonly Value[]): number;
  get(...values: readonly Value[]): Row | undefined;
  all(...values: readonly Value[]): readonly Row[];
}

/** One connection. Everything is synchronous: a transaction is one call, and nothing else runs between its statements. */
export interface Db {
  readonly path: string;
  /** Another process may own the file and run on its tables as they are: they are not brought to a newer version. */
  readonly isGuest?: true;
  /** Prepared once per text: call it where it is used. */
  prepare<Row = never>(sql: string): Statement<Row>;
  /** A script without values. */
  exec(sql: string): void;
  /** BEGIN IMMEDIATE, `work`, COMMIT; durable when it returns. A throw undoes all of it. Never nested, never async. */
  transaction<T>(work: () => T): T;
  close(): void;
}

export const MEMORY = ":memory:";

/** "LOKT": a file of another program is not written into. */
const APPLICATION_ID = 0x4c4f4b54;

/** How long a statement waits for another process (a backup, `npx loket`) to let go of the file, ms. */
const BUSY_MS = 5_000;

/** Opens or makes the file (and its folder). Throws StoreError when it cannot. */
export function openSqlite(path: string): Db {
  // Absolute, so that a name such as `file:x` is a name and no URI.
  const full = path === MEMORY ? MEMORY : resolve(path);
  try {
    if (full !== MEMORY) makeFile(full);
    const raw = new Database(full);
    raw.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    claimFile(full, raw);
    raw.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
    return wrapped(full, raw);
  } catch (error) {
    throw explained(full, error);
  }
}

/** Whether nothing was ever made in the file. */
export function isNew(db: Db): boolean {
  return db.prepare<{ n: number }>("SELECT count(*) AS n FROM sqlite_schema").get()?.n === 0;
}

/**
 * Brings one room's tables to the version `steps.length`: step n takes version n to n + 1, each in a transaction of its
 * own. Steps are only ever added. Throws StoreError for a file of a newer program, and for a guest of an older file.
 */
export function migrate(db: Db, room: string, steps: readonly string[]): void {
  if (!db.isGuest)
    db.exec("CREATE TABLE IF NOT EXISTS schema_versions(room TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT");
  const find = db.prepare<{ version: number }>("SELECT version FROM schema_versions WHERE room = ?");
  const keep = db.prepare(
    "INSERT INTO schema_versions VALUES(?, ?) ON CONFLICT(room) DO UPDATE SET version = excluded.version",
  );
  const version = () => find.get(room)?.version ?? 0;
  if (version() > steps.length) {
    throw new StoreError(
      `${db.path} was written by a newer Loket (${room} ${version()}, this one knows ${steps.length}).`,
      "Start the newer program, or put back the backup that was made before it was first started.",
    );
  }
  if (db.isGuest && version() < steps.length) {
    throw new StoreError(
      `${db.path} is of an older version (${room} ${version()}, this one knows ${steps.length}); nothing was changed.`,
      "If a counter runs on it, stop that one. Then start this version once: that brings the file up to date.",
    );
  }
  while (version() < steps.length) {
    // Read again inside: another process may have taken the step meanwhile.
    db.transaction(() => {
      const at = version();
      const step = steps[at];
      if (step === undefined) return;
      db.exec(step);
      keep.run(room, at + 1);
    });
  }
}

/** Whether a unique index or a primary key refused the row. */
export function breaksUnique(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    (error.code === "SQLITE_CONSTRAINT_UNIQUE" || error.code === "SQLITE_CONSTRAINT_PRIMARYKEY")
  );
}

function makeFile(path: string): void {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory())
    throw new StoreError(`${path} is a folder.`, "Name a file in DATABASE_URL, for example sqlite:data/loket.db.");
  // A file that exists is not opened here: closing it again would drop the locks that SQLite holds on it.
  if (found !== undefined) return;
  closeSync(openSync(path, "a", 0o600));
  const entry = openSync(folder, "r");
  fsyncSync(entry);
  closeSync(entry);
}

function claimFile(path: string, raw: Database.Database): void {
  const id = number(raw.prepare("PRAGMA application_id").get(), "application_id");
  if (id === APPLICATION_ID) return;
  const tables = number(raw.prepare("SELECT count(*) AS n FROM sqlite_schema").get(), "n");
  if (id !== 0 || tables !== 0)
    throw new StoreError(`${path} is the database of another program.`, "Name another file in DATABASE_URL.");
  raw.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
}

function number(row: unknown, column: string): number {
  return Number((row as Record<string, unknown>)[column]);
}

function wrapped(path: string, raw: Database.Database): Db {
  const prepared = new Map<string, Statement<unknown>>();
  const attempt = <T>(work: () => T): T => {
    if (!raw.open)
      throw new StoreError(`${path} was closed.`, "This is a fault in the program: something was saved after the end.");
    try {
      return work();
    } catch (error) {
      throw explained(path, error);
    }
  };
  const prepare = (sql: string): Statement<unknown> => {
    const found = prepared.get(sql);
    if (found !== undefined) return found;
    const made = statement(
      attempt(() => raw.prepare(sql)),
      attempt,
    );
    prepared.set(sql, made);
    return made;
  };
  return {
    path,
    prepare: <Row>(sql: string) => prepare(sql) as Statement<Row>,
    exec: (sql) => void attempt(() => raw.exec(sql)),
    transaction: (work) => attempt(() => inTransaction(raw, work)),
    close() {
      if (!raw.open) return;
      // Prepared statements keep libsql's connection alive after close(), so the WAL is folded in by hand.
      if (path !== MEMORY) attempt(() => raw.exec("PRAGMA wal_checkpoint(TRUNCATE)"));
      prepared.clear();
      raw.close();
    },
  };
}

function statement(of: Database.Statement, attempt: <T>(work: () => T) => T): Statement<unknown> {
  const { reader } = of;
  // libsql makes an object of a row by name after name, at twice the cost of the row itself: it gives lists here.
  if (reader) of.raw(true);
  const namesOf = () => of.columns().map(({ name }) => name);
  let names = reader ? namesOf() : [];
  const rowOf = (values: unknown): unknown => {
    if (!Array.isArray(values)) return undefined;
    // The table has got a column since.
    if (values.length !== names.length) names = namesOf();
    const row: Record<string, unknown> = {};
    names.forEach((name, place) => {
      row[name] = values[place];
    });
    return row;
  };
  return {
    run(...values) {
      // libsql steps such a statement once and leaves it open: its lock then stops checkpoints and backups.
      if (reader) throw new TypeError("run() on a statement that gives rows: use get() or all()");
      return attempt(() => of.run(...values).changes);
    },
    get: (...values) => attempt(() => rowOf(of.get(...values))),
    all: (...values) => attempt(() => of.all(...values).map(rowOf)),
  };
}

function inTransaction<T>(raw: Database.Database, work: () => T): T {
  raw.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    if (result instanceof Promise) throw new TypeError("a transaction's work is synchronous");
    raw.exec("COMMIT");
    return result;
  } catch (error) {
    // A full disk has rolled back already.
    if (raw.inTransaction) raw.exec("ROLLBACK");
    throw error;
  }
}
