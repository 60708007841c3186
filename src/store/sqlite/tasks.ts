import type { NewOperatorTask, Records } from "../../records/records.ts";
import { newTaskValues, type TaskRow, taskOf } from "../rows/task.ts";
import { type Db, migrate } from "./open.ts";

const STEPS = [
  `CREATE TABLE operator_tasks(
     id INTEGER PRIMARY KEY, key TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, ref TEXT, chat TEXT,
     at INTEGER NOT NULL, closed_at INTEGER, closed_by TEXT, closed_why TEXT) STRICT;
   CREATE UNIQUE INDEX operator_tasks_open ON operator_tasks(key) WHERE closed_at IS NULL;`,
  `ALTER TABLE operator_tasks ADD COLUMN errand TEXT;
   ALTER TABLE operator_tasks ADD COLUMN asked_by TEXT;
   ALTER TABLE operator_tasks ADD COLUMN alerted_at INTEGER;
   ALTER TABLE operator_tasks ADD COLUMN hand TEXT;
   CREATE INDEX operator_tasks_unalerted ON operator_tasks(id) WHERE closed_at IS NULL AND alerted_at IS NULL;`,
];

/** The tables of the operator's tasks: shared by records and ledger, made by whoever comes first. */
export function migrateTasks(db: Db): void {
  migrate(db, "tasks", STEPS);
}

/** Once while a task of that key is open. Also inside a transaction of the same `db`. Gives whether a task was made. */
export function addTask(db: Db, task: NewOperatorTask, at: number): boolean {
  const made = db
    .prepare(
      `INSERT INTO operator_tasks(key, kind, text, ref, chat, at, errand, asked_by) VALUES(?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT(key) WHERE closed_at IS NULL DO NOTHING`,
    )
    .run(...newTaskValues(task, at));
  return made === 1;
}

/** Closes the open task of that key; false when there is none. Also inside a transaction of the same `db`. */
export function closeTask(
  db: Db,
  key: string,
  closed: { readonly at: number; readonly by: string; readonly why: string },
): boolean {
  const sql =
    "UPDATE operator_tasks SET closed_at = ?, closed_by = ?, closed_why = ? WHERE key = ? AND closed_at IS NULL";
  return db.prepare(sql).run(closed.at, closed.by, closed.why, key) === 1;
}

export function sqliteTasks(db: Db): Records["tasks"] {
  migrateTasks(db);
  const open = db.prepare<TaskRow>("SELECT * FROM operator_tasks WHERE closed_at IS NULL ORDER BY id LIMIT ?");
  const all = db.prepare<TaskRow>("SELECT * FROM operator_tasks ORDER BY id DESC LIMIT ?");
  const close = db.prepare(
    "UPDATE operator_tasks SET closed_at = ?, closed_by = ?, closed_why = ? WHERE id = ? AND closed_at IS NULL",
  );
  return {
    add: async (task, at) => addTask(db, task, at),
    list: async (which, limit) => (which === "open" ? open : all).all(limit).map(taskOf),
    close: async (id, by, why, at) => close.run(at, by, why, id) === 1,
    closeKey: async (key, by, why, at) => closeTask(db, key, { at, by, why }),
    ...telling(db),
  };
}

function telling(db: Db): Pick<Records["tasks"], "load" | "open" | "unalerted" | "alerted" | "takeInHand"> {
  const byId = db.prepare<TaskRow>("SELECT * FROM operator_tasks WHERE id = ?");
  const byKey = db.prepare<TaskRow>("SELECT * FROM operator_tasks WHERE key = ? AND closed_at IS NULL");
  const unalerted = db.prepare<TaskRow>(
    "SELECT * FROM operator_tasks WHERE closed_at IS NULL AND alerted_at IS NULL ORDER BY id LIMIT ?",
  );
  const alerted = db.prepare("UPDATE operator_tasks SET alerted_at = ? WHERE id = ?");
  const take = db.prepare("UPDATE operator_tasks SET hand = ? WHERE id = ? AND closed_at IS NULL");
  const maybe = (row: TaskRow | undefined) => (row === undefined ? undefined : taskOf(row));
  return {
    load: async (id) => maybe(byId.get(id)),
    open: async (key) => maybe(byKey.get(key)),
    unalerted: async (limit) => unalerted.all(limit).map(taskOf),
    alerted: async (id, at) => void alerted.run(at, id),
    takeInHand: async (id, hand) => take.run(hand, id) === 1,
  };
}
