import { describe, expect, it } from "vitest";
import { openSealer } from "../../src/store/sealing.ts";
import { openSqlite } from "../../src/store/sqlite/open.ts";
import { sqliteRecords } from "../../src/store/sqlite/records.ts";
import { addTask, closeTask, migrateTasks } from "../../src/store/sqlite/tasks.ts";
import { recordsLaw } from "../contract/records.ts";
import { inFolder } from "./folder.ts";

function made(path: string) {
  const db = openSqlite(path);
  return { records: sqliteRecords({ db, sealer: openSealer({}) }), close: async () => db.close() };
}

describe("records on SQLite in memory", () => recordsLaw(async () => made(":memory:")));

describe("records on a SQLite file", () => {
  const folder = inFolder();
  let files = 0;
  recordsLaw(async () => made(folder.path(`${++files}.db`)));
});

describe("an operator's task that is written with something else", () => {
  it("is taken back with it", () => {
    const db = openSqlite(":memory:");
    migrateTasks(db);
    const task = { key: "a", kind: "stuck", text: "Look." } as const;
    const failing = () =>
      db.transaction(() => {
        addTask(db, task, 1);
        throw new Error("the rest failed");
      });
    expect(failing).toThrow("the rest failed");
    expect(closeTask(db, "a", { at: 2, by: "loket", why: "over" })).toBe(false);
    expect(db.transaction(() => addTask(db, task, 3))).toBe(true);
    expect(closeTask(db, "a", { at: 4, by: "loket", why: "over" })).toBe(true);
  });
});
