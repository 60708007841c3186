import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import Database from "libsql";
import { describe, expect, it } from "vitest";
import { backup } from "../../src/store/sqlite/backup.ts";
import { fileCounter } from "../../src/store/sqlite/counter.ts";
import { lockOwner } from "../../src/store/sqlite/lock.ts";
import { breaksUnique, migrate, openSqlite } from "../../src/store/sqlite/open.ts";
import { explained, StoreError } from "../../src/store/store-error.ts";
import { inFolder } from "./folder.ts";

const folder = inFolder();

/** A database with one table of one column, and a way to look into it. */
function numbers(path: string) {
  const db = openSqlite(path);
  migrate(db, "numbers", ["CREATE TABLE numbers(n INTEGER PRIMARY KEY) STRICT"]);
  return {
    db,
    add: (n: number) => db.prepare("INSERT INTO numbers VALUES(?)").run(n),
    all: () =>
      db
        .prepare<{ n: number }>("SELECT n FROM numbers ORDER BY n")
        .all()
        .map(({ n }) => n),
  };
}

describe("opening", () => {
  it("makes the folder and the file for their owner alone, and keeps every commit through a power cut", () => {
    const path = folder.path("new/folder/loket.db");
    const db = openSqlite(path);
    db.exec("CREATE TABLE t(a)");
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    for (const file of [path, `${path}-wal`, `${path}-shm`]) expect(statSync(file).mode & 0o777).toBe(0o600);
    const pragma = (name: string) => db.prepare<Record<string, unknown>>(`PRAGMA ${name}`).get();
    expect(pragma("journal_mode")).toMatchObject({ journal_mode: "wal" });
    expect(pragma("synchronous")).toMatchObject({ synchronous: 2 });
    expect(pragma("foreign_keys")).toMatchObject({ foreign_keys: 1 });
    db.close();
    expect(existsSync(path)).toBe(true);
  });

  it("refuses with a sentence what is no database of ours, and leaves it alone", () => {
    const text = "not a database\n".repeat(300);
    writeFileSync(folder.path("text.db"), text);
    expect(() => openSqlite(folder.path("text.db"))).toThrow(/text\.db is no database\. Name another file/);
    expect(readFileSync(folder.path("text.db"), "utf8")).toBe(text);

    new Database(folder.path("other.db")).exec("CREATE TABLE theirs(a)");
    expect(() => openSqlite(folder.path("other.db"))).toThrow(/database of another program/);

    mkdirSync(folder.path("folder.db"));
    expect(() => openSqlite(folder.path("folder.db"))).toThrow(/folder\.db is a folder/);
    expect(() => openSqlite(folder.path("text.db/loket.db"))).toThrow(/a part of its path is a file/);
  });

  it("says what to do when the disk is full, and loses nothing that was saved", () => {
    const path = folder.path("full.db");
    const { db, add, all } = numbers(path);
    add(1);
    db.exec("CREATE TABLE big(a TEXT); PRAGMA max_page_count = 12");
    const fill = () =>
      db.transaction(() => {
        add(2);
        db.prepare("INSERT INTO big VALUES(?)").run("x".repeat(100_000));
      });
    expect(fill).toThrow(/full\.db cannot grow: the disk is full\. Make room/);
    expect(all()).toEqual([1]);
    add(3);
    db.close();
    expect(numbers(path).all()).toEqual([1, 3]);
  });

  it("has a sentence for every fault that an operator can mend", () => {
    for (const code of [
      "EACCES",
      "EROFS",
      "ENOSPC",
      "SQLITE_READONLY_DBMOVED",
      "SQLITE_CORRUPT",
      "SQLITE_IOERR_READ",
      "SQLITE_BUSY",
    ]) {
      const cause = Object.assign(new Error("raw words"), { code });
      const error = explained("loket.db", cause);
      expect(error).toBeInstanceOf(StoreError);
      expect(error).toMatchObject({ message: expect.stringMatching(/^loket\.db [a-z].*\. [A-Z].*\.$/), cause });
    }
    const bug = Object.assign(new Error("near SELEC: syntax error"), { code: "SQLITE_ERROR" });
    expect(explained("loket.db", bug)).toBe(bug);
  });
});

describe("a transaction", () => {
  it("is whole or not at all", () => {
    const { db, add, all } = numbers(":memory:");
    expect(db.transaction(() => add(1))).toBe(1);
    const twice = () => db.transaction(() => [add(2), add(2)]);
    expect(twice).toThrow(/UNIQUE/);
    expect(all()).toEqual([1]);
    expect(db.transaction(() => add(2))).toBe(1);
  });

  it("tells a broken unique index from other faults", () => {
    const { add, db } = numbers(":memory:");
    const thrown = (work: () => void) => {
      try {
        work();
      } catch (error) {
        return error;
      }
      throw new Error("nothing was thrown");
    };
    add(1);
    expect(breaksUnique(thrown(() => add(1)))).toBe(true);
    expect(breaksUnique(thrown(() => db.exec("nonsense")))).toBe(false);
  });

  it("refuses work that waits, for other turns would slip inside", () => {
    const { db, add, all } = numbers(":memory:");
    expect(() => db.transaction(async () => add(1))).toThrow("synchronous");
    expect(all()).toEqual([]);
  });

  it("leaves no statement open that would stop a backup", () => {
    const { db, add } = numbers(folder.path("open.db"));
    for (let n = 0; n < 250; n++) add(n);
    const returning = db.prepare<{ n: number }>("INSERT INTO numbers VALUES(?) RETURNING n");
    expect(() => returning.run(300)).toThrow("use get() or all()");
    expect(returning.get(301)).toMatchObject({ n: 301 });
    db.prepare("SELECT n FROM numbers").get();
    backup(db, folder.path("open.backup"));
    db.close();
  });

  it("is refused after the end", () => {
    const { db, add } = numbers(":memory:");
    db.close();
    db.close();
    expect(() => add(1)).toThrow(/was closed/);
  });
});

describe("migrations", () => {
  const first = "CREATE TABLE people(name TEXT); INSERT INTO people VALUES('Ani')";
  const second = "ALTER TABLE people ADD COLUMN chats INTEGER NOT NULL DEFAULT 0; UPDATE people SET chats = 7";
  const people = (db: ReturnType<typeof openSqlite>) =>
    db.prepare<Record<string, unknown>>("SELECT * FROM people").all();

  it("bring an old file up, each step once", () => {
    const path = folder.path("old.db");
    const old = openSqlite(path);
    migrate(old, "people", [first]);
    old.close();
    for (let start = 0; start < 2; start++) {
      const db = openSqlite(path);
      migrate(db, "people", [first, second]);
      expect(people(db)).toEqual([{ name: "Ani", chats: 7 }]);
      db.close();
    }
  });

  it("refuse a file of a newer program, and change nothing", () => {
    const path = folder.path("newer.db");
    const newer = openSqlite(path);
    migrate(newer, "people", [first, second]);
    newer.close();
    const db = openSqlite(path);
    expect(() => migrate(db, "people", [first])).toThrow(
      /written by a newer Loket \(people 2, this one knows 1\)\. Start the newer/,
    );
    expect(people(db)).toEqual([{ name: "Ani", chats: 7 }]);
    db.close();
  });

  it("that fail leave the version before, and are taken again", () => {
    const db = openSqlite(":memory:");
    const broken = "DELETE FROM people; INSERT INTO nowhere VALUES(1)";
    expect(() => migrate(db, "people", [first, broken])).toThrow("nowhere");
    expect(people(db)).toEqual([{ name: "Ani" }]);
    migrate(db, "people", [first, second]);
    expect(people(db)).toEqual([{ name: "Ani", chats: 7 }]);
  });

  it("of one room do not touch another's", () => {
    const db = openSqlite(":memory:");
    migrate(db, "people", [first]);
    migrate(db, "numbers", ["CREATE TABLE numbers(n)", "CREATE TABLE more(n)"]);
    migrate(db, "people", [first]);
    expect(people(db)).toHaveLength(1);
  });
});

describe("a backup", () => {
  it("is one moment's copy, taken while the program writes", () => {
    const path = folder.path("busy.db");
    const { db, add } = numbers(path);
    for (let n = 0; n < 300; n++) add(n);
    const other = numbers(path);
    backup(other.db, folder.path("busy.backup"));
    add(300);
    const copy = numbers(folder.path("busy.backup"));
    expect(copy.all()).toHaveLength(300);
    expect(copy.db.prepare<Record<string, unknown>>("PRAGMA integrity_check").get()).toMatchObject({
      integrity_check: "ok",
    });
    expect(statSync(folder.path("busy.backup")).mode & 0o777).toBe(0o600);
    for (const one of [db, other.db, copy.db]) one.close();
  });

  it("never writes over a file, and leaves none behind when it fails", () => {
    const { db } = numbers(folder.path("source.db"));
    writeFileSync(folder.path("precious"), "mine");
    expect(() => backup(db, folder.path("precious"))).toThrow(/precious exists already\. Name a new file/);
    expect(readFileSync(folder.path("precious"), "utf8")).toBe("mine");
    expect(() => backup(db, folder.path("nowhere/copy"))).toThrow(/cannot be opened/);
    const inside = () => db.transaction(() => backup(db, folder.path("inside")));
    expect(inside).toThrow();
    expect(existsSync(folder.path("inside"))).toBe(false);
    db.close();
  });
});

describe("the owner's lock", () => {
  it("is had by one at a time, and leaves the database open to tools", () => {
    const path = folder.path("owned.db");
    const { add } = numbers(path);
    const owner = lockOwner(path);
    expect(owner).toBeDefined();
    expect(lockOwner(path)).toBeUndefined();
    add(1);
    expect(numbers(path).all()).toEqual([1]);
    owner?.release();
    owner?.release();
    const next = lockOwner(path);
    expect(next).toBeDefined();
    next?.release();
  });
});

describe("the counter of payments", () => {
  it("only grows, and is there after the program ended", () => {
    const path = folder.path("loket.db.count");
    const counter = fileCounter(path);
    expect(counter.read()).toBe(0);
    counter.write(5);
    counter.write(3);
    expect(fileCounter(path).read()).toBe(5);
    fileCounter(path).write(6);
    expect(counter.read()).toBe(6);
  });

  it("is refused with a sentence when somebody wrote something else into it", () => {
    const path = folder.path("bad.count");
    writeFileSync(path, "six\n");
    expect(() => fileCounter(path).read()).toThrow(/bad\.count is no counter of payments\. Delete it/);
    expect(() => fileCounter(path).write(9)).toThrow(StoreError);
  });
});
