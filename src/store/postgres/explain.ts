import { StoreAway, StoreError } from "../store-error.ts";

/** The sentence for an error of PostgreSQL or of the way to it; what has none here (a broken constraint) comes back as it is. */
export function explainedByPostgres(name: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StoreError) return error;
  const code = "code" in error ? String(error.code) : "";
  const entry = SENTENCES.find(([of]) => of.test(code)) ?? (LOST.test(error.message) ? AWAY : undefined);
  if (entry === undefined) return error;
  const [, what, toDo] = entry;
  return entry === AWAY
    ? new StoreAway(`${name} ${what}`, toDo, error)
    : new StoreError(`${name} ${what}`, toDo, error);
}

type Sentence = readonly [code: RegExp, what: string, toDo: string];

/** What the library says, without a code, of a connection that broke or never came. */
const LOST =
  /terminated unexpectedly|timeout exceeded when trying to connect|timeout expired|Query read timeout|not queryable|Connection terminated/;

const AWAY: Sentence = [
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|57P0[1-3]|08\d{3}|53300)$/,
  "cannot be reached.",
  "See that PostgreSQL runs and that DATABASE_URL names it; what was under way is looked at again by itself.",
];

const SENTENCES: readonly Sentence[] = [
  AWAY,
  [/^(28P01|28000)$/, "refuses the login.", "Set the right name and password in DATABASE_URL."],
  [/^3D000$/, "does not exist.", "Make it first: createdb, or another name in DATABASE_URL."],
  [/^42501$/, "refuses what the program needs.", "Make its user the owner of the database."],
  [/^(53100|53200)$/, "cannot grow: its disk or memory is full.", "Make room at the server; nothing half was saved."],
  [/^25006$/, "is read-only: it is a standby.", "Name the primary in DATABASE_URL."],
  [/^57014$/, "took too long.", "See what holds PostgreSQL up; the work is tried again."],
];
