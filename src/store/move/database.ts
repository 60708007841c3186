import { createHash } from "node:crypto";
import { migrate } from "../postgres/migrate.ts";
import type { Pg, Sql } from "../postgres/open.ts";
import type { Db, Value } from "../sqlite/open.ts";
import { StoreError } from "../store-error.ts";
import { TABLES, type Table } from "./tables.ts";

/** Rows in one transaction. */
const AT_ONCE = 500;

type Row = Readonly<Record<string, Value>>;

export interface Compared {
  readonly table: string;
  readonly rows: number;
}

const STEPS = ["CREATE TABLE moved(name text PRIMARY KEY, last text NOT NULL, done boolean NOT NULL)"];

/**
 * Moves every table from a SQLite file to a PostgreSQL database whose tables are there and empty, and compares both. What
 * was begun and broke off goes on where it was. Rejects with StoreError when the target holds something else, or when a
 * comparison fails.
 */
export async function moveDatabase(from: Db, to: Pg, onTable: (told: Compared) => void): Promise<void> {
  await migrate(to, "moved", STEPS);
  await refuseOthers(to);
  for (const table of TABLES) {
    await moveTable(from, to, table);
    onTable(await compare(from, to, table.name));
    if (table.parts !== undefined) onTable(await compare(from, to, table.parts.name));
  }
  const sent = from.prepare<{ n: number }>("SELECT n FROM sent_count").get();
  await to.run("UPDATE sent_count SET n = greatest(n, $1)", [sent?.n ?? 0]);
  await compareBalances(from, to);
}

/** A target in which nothing was moved yet must be empty: a counter may run on it. */
async function refuseOthers(to: Pg): Promise<void> {
  const begun = await to.get("SELECT 1 FROM moved LIMIT 1");
  if (begun !== undefined) return;
  for (const { name } of TABLES.filter((table) => table.name !== "key_check")) {
    if ((await to.get(`SELECT 1 FROM ${name} LIMIT 1`)) === undefined) continue;
    throw new StoreError(`${to.name} is not empty: there is something in ${name}.`, "Name a new, empty database.");
  }
}

async function moveTable(from: Db, to: Pg, table: Table): Promise<void> {
  const { name, order, parts } = table;
  const columns = columnsOf(from, name);
  const before = await to.get<{ last: string; done: boolean }>("SELECT last, done FROM moved WHERE name = $1", [name]);
  if (before?.done) return;
  let last = before === undefined ? undefined : (JSON.parse(before.last) as readonly Value[]);
  for (;;) {
    const rows = nextRows(from, table, last);
    const end = rows.at(-1);
    last = end === undefined ? last : order.map((column) => end[orderName(column)] ?? null);
    await to.transaction(async (sql) => {
      await insertAll(sql, name, columns, rows);
      if (parts !== undefined)
        await insertAll(sql, parts.name, columnsOf(from, parts.name), partsOf(from, parts, rows));
      await keep(sql, name, last ?? [], end === undefined);
    });
    if (end === undefined) break;
  }
  await setSequence(to, name, columns);
}

function columnsOf(from: Db, table: string): readonly string[] {
  return from
    .prepare<{ name: string }>("SELECT name FROM pragma_table_info(?)")
    .all(table)
    .map(({ name }) => name);
}

function nextRows(from: Db, { name, order }: Table, last: readonly Value[] | undefined): readonly Row[] {
  const keys = order.join(", ");
  const shown = order.map((column) => `${column} AS ${orderName(column)}`).join(", ");
  const after = last === undefined ? "" : `WHERE (${keys}) > (${order.map(() => "?").join(", ")})`;
  return from
    .prepare<Row>(`SELECT *, ${shown} FROM ${name} ${after} ORDER BY ${keys} LIMIT ${AT_ONCE}`)
    .all(...(last ?? []));
}

function orderName(column: string): string {
  return `order_${column}`;
}

function partsOf(from: Db, { name, of, to }: NonNullable<Table["parts"]>, rows: readonly Row[]): readonly Row[] {
  const find = from.prepare<Row>(`SELECT * FROM ${name} WHERE ${of} = ?`);
  return rows.flatMap((row) => find.all(row[to] ?? null));
}

async function insertAll(sql: Sql, table: string, columns: readonly string[], rows: readonly Row[]): Promise<void> {
  const places = columns.map((_, at) => `$${at + 1}`).join(", ");
  const text = `INSERT INTO ${table}(${columns.join(", ")}) OVERRIDING SYSTEM VALUE VALUES(${places}) ON CONFLICT DO NOTHING`;
  for (const row of rows)
    await sql.run(
      text,
      columns.map((column) => row[column] ?? null),
    );
}

async function keep(sql: Sql, table: string, last: readonly Value[], done: boolean): Promise<void> {
  await sql.run(
    "INSERT INTO moved VALUES($1, $2, $3) ON CONFLICT(name) DO UPDATE SET last = excluded.last, done = excluded.done",
    [table, JSON.stringify(last), done],
  );
}

/** What is written next gets numbers behind those that were moved. */
async function setSequence(to: Pg, table: string, columns: readonly string[]): Promise<void> {
  for (const column of columns.filter((name) => name === "id" || name === "seq")) {
    const { name } = (await to.get<{ name: string | null }>("SELECT pg_get_serial_sequence($1, $2) AS name", [
      table,
      column,
    ])) ?? { name: null };
    if (name === null) continue;
    await to.get(`SELECT setval('${name}', greatest(1, (SELECT max(${column}) FROM ${table})))`);
  }
}

async function compare(from: Db, to: Pg, table: string): Promise<Compared> {
  const columns = columnsOf(from, table);
  const list = columns.join(", ");
  const [here, there] = [makePrint(columns), makePrint(columns)];
  for (const row of from.prepare<Row>(`SELECT ${list} FROM ${table}`).all()) here.add(row);
  await to.transaction(async (sql) => {
    await sql.run(`DECLARE rows_of_${table} CURSOR FOR SELECT ${list} FROM ${table}`);
    for (;;) {
      const rows = await sql.all<Row>(`FETCH ${AT_ONCE} FROM rows_of_${table}`);
      if (rows.length === 0) break;
      for (const row of rows) there.add(row);
    }
  });
  if (here.shown() !== there.shown()) {
    throw new StoreError(
      `${table} differs: ${here.count()} rows were to be moved, ${there.count()} are there, or one of them is another.`,
      "Nothing was changed in the file. Empty the new database and move again; if it differs again, report it.",
    );
  }
  return { table, rows: here.count() };
}

/** A sum over rows in any order: the same rows give the same. */
function makePrint(columns: readonly string[]) {
  let [sum, count] = [0n, 0];
  return {
    add(row: Row) {
      const text = JSON.stringify(columns.map((column) => row[column] ?? null));
      sum = (sum + createHash("sha256").update(text).digest().readBigUInt64BE()) % 2n ** 64n;
      count += 1;
    },
    shown: () => `${count} ${sum}`,
    count: () => count,
  };
}

async function compareBalances(from: Db, to: Pg): Promise<void> {
  const text = "SELECT account, sum(balance) AS balance FROM balances GROUP BY account HAVING sum(balance) <> 0";
  const sorted = (rows: readonly { account: string; balance: number }[]) =>
    JSON.stringify(
      rows.map(({ account, balance }) => [account, balance] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  if (sorted(from.prepare<{ account: string; balance: number }>(text).all()) !== sorted(await to.all(text))) {
    throw new StoreError(
      "The balances differ after the move.",
      "Keep the file, do not start on PostgreSQL, and report it.",
    );
  }
}
