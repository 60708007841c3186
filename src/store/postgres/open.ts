import pg from "pg";
import { StoreError } from "../store-error.ts";
import { explainedByPostgres } from "./explain.ts";
import { CONNECT_MS, listening } from "./listening.ts";

/** What PostgreSQL keeps. `undefined` is not one of them: write `null`. */
export type Value = string | number | boolean | null | Uint8Array;

/** Where statements run: the pool (each by itself), or one transaction. `bigint` columns come as safe integers. */
export interface Sql {
  /** Rows of a query. `Row` is what the caller says its columns are. */
  all<Row>(text: string, values?: readonly Value[]): Promise<readonly Row[]>;
  get<Row>(text: string, values?: readonly Value[]): Promise<Row | undefined>;
  /** Resolves to how many rows were changed. */
  run(text: string, values?: readonly Value[]): Promise<number>;
}

export interface Pg extends Sql {
  /** The address without its password. */
  readonly name: string;
  /**
   * BEGIN, `work`, COMMIT, READ COMMITTED; durable when it resolves. A throw undoes all of it. Never nested. What ends a
   * deadlock or a failed serialisation is run again from the start, so `work` changes nothing outside the database.
   * Rejects with CommitUnknown when the connection broke while COMMIT was under way: the caller has to look.
   */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** Calls `ring` at each NOTIFY on the channel, by whichever process, and after a lost connection came back. */
  listen(channel: string, ring: (payload: string) => void): () => void;
  close(): Promise<void>;
}

/** COMMIT was sent and its answer was lost: the work may have been done, or not. */
export class CommitUnknown extends Error {
  override readonly name = "CommitUnknown";
}

/** How long a statement may take, ms: what takes longer is a store that is away. */
const STATEMENT_MS = 15_000;
/** How often a transaction that lost a deadlock is run again. */
const TRIES = 5;
const AGAIN = new Set(["40001", "40P01"]);

/** Opens the database that a `postgres://` address names, and looks whether it answers. Throws StoreError when not. */
export async function openPostgres(url: string, options: { readonly max?: number } = {}): Promise<Pg> {
  const name = nameOf(url);
  const attempt = attempting(name);
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    query_timeout: STATEMENT_MS + 1_000,
    idle_in_transaction_session_timeout: STATEMENT_MS,
    application_name: "loket",
    types: { getTypeParser },
    // A commit is on the disk when it is answered, whatever the server's own default is.
    options: "-c synchronous_commit=on -c timezone=UTC",
  });
  // An idle connection that breaks is made anew at the next use; without a listener it would end the process.
  pool.on("error", () => {});
  const bells = listening(url);
  const one = sqlOn(pool, attempt);
  const opened: Pg = {
    name,
    ...one,
    transaction: (work) => attempt(() => transaction(pool, attempt, work)),
    listen: bells.listen,
    async close() {
      await bells.close();
      await pool.end();
    },
  };
  try {
    await one.get("SELECT 1");
    return opened;
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** The address as it may be shown: its password is left out. Throws StoreError when it is none. */
export function nameOf(url: string): string {
  if (!URL.canParse(url)) {
    throw new StoreError("DATABASE_URL is no address.", "For example: postgres://loket:secret@127.0.0.1:5432/loket");
  }
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

type Attempt = <T>(work: () => Promise<T>) => Promise<T>;

function attempting(name: string): Attempt {
  return async (work) => {
    try {
      return await work();
    } catch (error) {
      throw explainedByPostgres(name, error);
    }
  };
}

/** Prepared once per text and connection. */
function sqlOn(client: pg.Pool | pg.ClientBase, attempt: Attempt): Sql {
  const query = (text: string, values: readonly Value[] = []) =>
    attempt(() => client.query({ name: statementName(text), text, values: values.map(bound) }));
  return {
    all: async <Row>(text: string, values?: readonly Value[]) => (await query(text, values)).rows as readonly Row[],
    get: async <Row>(text: string, values?: readonly Value[]) => (await query(text, values)).rows[0] as Row | undefined,
    run: async (text, values) => (await query(text, values)).rowCount ?? 0,
  };
}

const names = new Map<string, string>();

/** Texts are constants of the program: there are as many names as there are statements in it. */
function statementName(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = `s${names.size}`;
  names.set(text, name);
  return name;
}

/** PostgreSQL has no character 0 in its texts; what a person sends may have (the id of a WhatsApp message is his own). */
function bound(value: Value): string | number | boolean | null | Buffer {
  if (typeof value === "string") return value.includes("\0") ? value.replaceAll("\0", "\uFFFD") : value;
  return value instanceof Uint8Array ? Buffer.from(value) : value;
}

async function transaction<T>(pool: pg.Pool, attempt: Attempt, work: (sql: Sql) => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await once(pool, attempt, work);
    } catch (error) {
      if (tried >= TRIES || !AGAIN.has(codeOf(error))) throw error;
    }
  }
}

async function once<T>(pool: pg.Pool, attempt: Attempt, work: (sql: Sql) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  let committing = false;
  const breaks = (error: Error) => {
    broken = error;
  };
  client.on("error", breaks);
  try {
    await client.query("BEGIN");
    const result = await work(sqlOn(client, attempt));
    committing = true;
    const { command } = await client.query("COMMIT");
    committing = false;
    // What PostgreSQL answers when a statement failed before, and its error went no further than the work.
    if (command !== "COMMIT") throw new Error("a transaction in which a statement had failed was not saved");
    return result;
  } catch (error) {
    // The server's own answer, with a code, says that nothing was done; silence does not, nor that the connection ends.
    if (committing && /^(08|57P|$)/.test(codeOf(error))) {
      broken ??= error instanceof Error ? error : new Error("lost");
      throw new CommitUnknown("the answer to COMMIT was lost", { cause: error });
    }
    await client.query("ROLLBACK").catch(breaks);
    throw error;
  } finally {
    client.removeListener("error", breaks);
    client.release(broken);
  }
}

/** The server's five letters; empty for an error that is not the server's answer. */
export function codeOf(error: unknown): string {
  const cause = error instanceof StoreError ? error.cause : error;
  if (!(cause instanceof Error) || !("code" in cause)) return "";
  const code = String(cause.code);
  return /^[0-9A-Z]{5}$/.test(code) && !/^E[A-Z]+$/.test(code) ? code : "";
}

/** Whether a unique index or a primary key refused the row. */
export function breaksUnique(error: unknown): boolean {
  return codeOf(error) === "23505";
}

const INT8 = 20;
const NUMERIC = 1700;

/** Times and sums are safe integers (money rule 11): what is larger is an error, never rounded. */
function getTypeParser(oid: number, format?: "text" | "binary") {
  if (oid === INT8 || oid === NUMERIC) {
    return (text: string) => {
      const value = Number(text);
      if (!Number.isSafeInteger(value)) throw new RangeError("an integer of the database is too large");
      return value;
    };
  }
  return format === "binary" ? pg.types.getTypeParser(oid, "binary") : pg.types.getTypeParser(oid, "text");
}
