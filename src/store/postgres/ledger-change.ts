import { systemClock } from "../../clock.ts";
import { StoreError } from "../store-error.ts";
import { breaksUnique, CommitUnknown, type Pg, type Sql } from "./open.ts";

/**
 * One change of the ledger in one transaction, made once or not at all, and the caller knows which. `work` may run more
 * than once. `isChange`: of its result, whether something was written. Rejects with StoreError when it could not be found
 * out; then nobody may take it for done, nor for not done.
 */
export type Change = <T>(work: (sql: Sql) => Promise<T>, isChange: (result: T) => boolean) => Promise<T>;

export interface ChangeOptions {
  readonly pg: Pg;
  readonly newId: () => string;
  /** Rings in this process. */
  readonly ring: () => void;
  /** This process, among those that share the ledger. */
  readonly origin: string;
}

export const CHANNEL = "loket_ledger";

/** How long is waited before it is looked again whether a change was made, ms. */
const WAITS = [0, 50, 200, 500, 1_000, 2_000, 3_000];
/** So often somebody else may have been quicker with a row that must be the only one. */
const RACES = 5;
/** Marks are needed for seconds. */
const FORGET = "DELETE FROM ledger_changes WHERE at < now() - interval '1 hour'";
const FORGET_EACH = 1_000;

const MARK = "WITH mark AS (INSERT INTO ledger_changes(id) VALUES($1)) SELECT pg_notify($2, $3)";
const MARK_FIRST = "INSERT INTO ledger_changes(id) VALUES($1) ON CONFLICT DO NOTHING";

export function changing(options: ChangeOptions): Change {
  const { pg, newId, ring } = options;
  let made = 0;
  return async (work, isChange) => {
    const result = await once(options, { id: newId(), work, isChange });
    if (!isChange(result)) return result;
    ring();
    made += 1;
    // What it leaves, the next one takes.
    if (made % FORGET_EACH === 0) await pg.run(FORGET).catch(() => 0);
    return result;
  };
}

interface Work<T> {
  readonly id: string;
  readonly work: (sql: Sql) => Promise<T>;
  readonly isChange: (result: T) => boolean;
}

async function once<T>({ pg, origin }: ChangeOptions, { id, work, isChange }: Work<T>): Promise<T> {
  /** What came out of the run whose COMMIT was not answered. */
  let unanswered: { readonly result: T } | undefined;
  let last: { readonly result: T } | undefined;
  let unknown = 0;
  for (let tries = 1; ; tries += 1) {
    try {
      const done = await pg.transaction(async (sql) => {
        // The mark waits for a transaction that still holds the same one: then it was made, or never will be.
        const isNew = unanswered === undefined || (await sql.run(MARK_FIRST, [id])) === 1;
        last = isNew ? { result: await work(sql) } : unanswered;
        if (last === undefined) throw new Error("a change is run, or was");
        if (isNew && isChange(last.result)) await mark(sql, { id, origin, isMarked: unanswered !== undefined });
        return last;
      });
      return done.result;
    } catch (error) {
      if (error instanceof CommitUnknown) unanswered = last;
      else if (!mayTryAgain(error, unanswered !== undefined, tries)) throw error;
      if (unanswered === undefined) continue;
      const wait = WAITS[unknown];
      if (wait === undefined) throw unsure(pg.name, error);
      unknown += 1;
      await systemClock.sleep(systemClock.now() + wait, NEVER);
    }
  }
}

const NEVER = new AbortController().signal;

async function mark(sql: Sql, of: { readonly id: string; readonly origin: string; readonly isMarked: boolean }) {
  if (of.isMarked) await sql.get("SELECT pg_notify($1, $2)", [CHANNEL, of.origin]);
  else await sql.get(MARK, [of.id, CHANNEL, of.origin]);
}

/** A database that is away is waited for only by him who must find out; else nothing was done, and he is told. */
function mayTryAgain(error: unknown, isUnanswered: boolean, tries: number): boolean {
  return breaksUnique(error) ? tries < RACES : isUnanswered && error instanceof StoreError;
}

function unsure(name: string, cause: unknown): StoreError {
  return new StoreError(
    `${name} was given a change and did not answer: it is not known whether it was saved.`,
    "See that PostgreSQL runs; what was under way is looked at again by itself.",
    cause,
  );
}
