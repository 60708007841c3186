import type { NewOperatorTask, Records } from "../../records/records.ts";
import { newTaskValues, type TaskRow, taskOf } from "../rows/task.ts";
import { migrate } from "./migrate.ts";
import type { Pg, Sql } from "./open.ts";

const STEPS = [
  `CREATE TABLE operator_tasks(
     id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, key text NOT NULL, kind text NOT NULL, text text NOT NULL,
     ref text, chat text, at bigint NOT NULL, errand text, asked_by text, alerted_at bigint, hand text,
     closed_at bigint, closed_by text, closed_why text);
CREATE UNIQUE INDEX operator_tasks_open ON operator_tasks(key) WHERE closed_at IS NULL;
CREATE INDEX operator_tasks_open_id ON operator_tasks(id) WHERE closed_at IS NULL;
CREATE INDEX operator_tasks_unalerted ON operator_tasks(id) WHERE closed_at IS NULL AND alerted_at IS NULL;`,
];

/** By name: what was prepared with `*` ends with an error once a newer program beside this one adds a column. */
const COLUMNS =
  "id, key, kind, text, ref, chat, at, errand, asked_by, alerted_at, hand, closed_at, closed_by, closed_why";

/** The tables of the operator's tasks: shared by records and ledger, made by whoever comes first. */
export async function migrateTasks(pg: Pg): Promise<void> {
  await migrate(pg, "tasks", STEPS);
}

/** Once while a task of that key is open. Also inside a transaction. Resolves to whether a task was made. */
export async function addTask(sql: Sql, task: NewOperatorTask, at: number): Promise<boolean> {
  const made = await sql.run(
    `INSERT INTO operator_tasks(key, kind, text, ref, chat, at, errand, asked_by) VALUES($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT(key) WHERE closed_at IS NULL DO NOTHING`,
    newTaskValues(task, at),
  );
  return made === 1;
}

/** Closes the open task of that key; false when there is none. Also inside a transaction. */
export async function closeTask(
  sql: Sql,
  key: string,
  closed: { readonly at: number; readonly by: string; readonly why: string },
): Promise<boolean> {
  const done = await sql.run(
    "UPDATE operator_tasks SET closed_at = $1, closed_by = $2, closed_why = $3 WHERE key = $4 AND closed_at IS NULL",
    [closed.at, closed.by, closed.why, key],
  );
  return done === 1;
}

/** The operator's tasks in PostgreSQL; `migrateTasks` made the table. */
export function postgresTasks(pg: Pg): Records["tasks"] {
  const listed = {
    open: `SELECT ${COLUMNS} FROM operator_tasks WHERE closed_at IS NULL ORDER BY id LIMIT $1`,
    all: `SELECT ${COLUMNS} FROM operator_tasks ORDER BY id DESC LIMIT $1`,
  };
  const close =
    "UPDATE operator_tasks SET closed_at = $1, closed_by = $2, closed_why = $3 WHERE id = $4 AND closed_at IS NULL";
  return {
    add: (task, at) => addTask(pg, task, at),
    list: async (which, limit) => (await pg.all<TaskRow>(listed[which], [limit])).map(taskOf),
    close: async (id, by, why, at) => (await pg.run(close, [at, by, why, id])) === 1,
    closeKey: (key, by, why, at) => closeTask(pg, key, { at, by, why }),
    ...telling(pg),
  };
}

function telling(pg: Pg): Pick<Records["tasks"], "load" | "open" | "unalerted" | "alerted" | "takeInHand"> {
  const one = async (text: string, value: string | number) => {
    const row = await pg.get<TaskRow>(text, [value]);
    return row === undefined ? undefined : taskOf(row);
  };
  const unalerted = `SELECT ${COLUMNS} FROM operator_tasks WHERE closed_at IS NULL AND alerted_at IS NULL ORDER BY id LIMIT $1`;
  const take = "UPDATE operator_tasks SET hand = $1 WHERE id = $2 AND closed_at IS NULL";
  return {
    load: (id) => one(`SELECT ${COLUMNS} FROM operator_tasks WHERE id = $1`, id),
    open: (key) => one(`SELECT ${COLUMNS} FROM operator_tasks WHERE key = $1 AND closed_at IS NULL`, key),
    unalerted: async (limit) => (await pg.all<TaskRow>(unalerted, [limit])).map(taskOf),
    alerted: async (id, at) => void (await pg.run("UPDATE operator_tasks SET alerted_at = $1 WHERE id = $2", [at, id])),
    takeInHand: async (id, hand) => (await pg.run(take, [hand, id])) === 1,
  };
}
