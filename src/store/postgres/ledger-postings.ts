import { type Rupiah, rupiah } from "../../domain/rupiah.ts";
import type { RequestRef } from "../../domain/staff.ts";
import type { Entry, FreePosting, Ledger, Posted, Posting } from "../../payments/ledger.ts";
import { ACCOUNTS } from "../../payments/life/postings.ts";
import { type About, isMade, type LineRow, lineOf, type Short, securedIn, shortOf } from "../rows/posting.ts";
import { lockNames } from "./ledger-locks.ts";
import type { Notices } from "./ledger-notices.ts";
import type { Sql } from "./open.ts";

/** For inside a transaction. */
export interface Postings {
  /** All of a change at once. Each once: a posting of the same id is there already, and nothing is written. */
  write(sql: Sql, postings: readonly Posting[], about: About, at: number): Promise<void>;
  /** Whether these, where they are new, would take an agent's balance below `floor`. Their balances are then locked. */
  short(sql: Sql, postings: readonly Posting[], floor: number): Promise<Short | undefined>;
  /** What is held of a request: by itself, and by its payments. */
  held(sql: Sql, request: RequestRef): Promise<number>;
  free(sql: Sql, posting: FreePosting, at: number, floor: number): Promise<Posted>;
}

export function postings(notices: Notices): Postings {
  return {
    write,
    short,
    held,
    async free(sql, posting, at, floor) {
      const { id, by, why, letters = [] } = posting;
      await lockNames(sql, [`posting:${id}`]);
      if (isMade(posting, await linesOf(sql, id))) return "again";
      const no = await short(sql, [posting], floor);
      if (no !== undefined) return no;
      await write(sql, [posting], { who: by, why }, at);
      await notices.write(sql, letters, { id }, at);
      return "done";
    },
  };
}

/** An agent's balance, until the transaction ends: whoever moves it waits. */
export async function lockBalances(sql: Sql, accounts: readonly string[]): Promise<void> {
  await lockNames(sql, accounts);
}

export async function balanceOf(sql: Sql, account: string): Promise<Rupiah> {
  const row = await sql.get<{ balance: number }>(
    "SELECT coalesce(sum(balance), 0)::bigint AS balance FROM balances WHERE account = $1",
    [account],
  );
  return rupiah(row?.balance ?? 0);
}

function linesOf(sql: Sql, id: string): Promise<readonly Entry[]> {
  return sql.all<Entry>(
    "SELECT account, amount FROM entries WHERE posting = (SELECT seq FROM postings WHERE id = $1) ORDER BY line",
    [id],
  );
}

async function short(sql: Sql, all: readonly Posting[], floor: number): Promise<Short | undefined> {
  const accounts = securedIn(all);
  if (accounts.length === 0) return undefined;
  await lockBalances(sql, accounts);
  const known = await sql.all<{ id: string }>(
    "SELECT id FROM postings WHERE id IN (SELECT jsonb_array_elements_text($1::jsonb))",
    [JSON.stringify(all.map(({ id }) => id))],
  );
  const fresh = all.filter(({ id }) => !known.some((posting) => posting.id === id));
  for (const account of accounts) {
    const no = shortOf(fresh, account, await balanceOf(sql, account), floor);
    if (no !== undefined) return no;
  }
  return undefined;
}

/** The database refuses a posting that does not sum to zero, and with it the whole change. */
async function write(sql: Sql, all: readonly Posting[], about: About, at: number): Promise<void> {
  if (all.length === 0) return;
  // Before the posting has its number: an agent's lines are in the order in which his balance was looked at.
  await lockBalances(sql, securedIn(all));
  const { ref, request, who = "", why = "" } = about;
  // The same posting twice is one.
  const once = all.filter(({ id }, place) => all.findIndex((posting) => posting.id === id) === place);
  await sql.run(
    `WITH given AS (SELECT * FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS given(posting, place)),
     made AS (
       INSERT INTO postings(id, ref, request, what, at, lines, who, why)
       SELECT posting->>'id', $2::text, $3::text, posting->>'what', $4::bigint, jsonb_array_length(posting->'entries'),
         $5::text, $6::text
       FROM given ORDER BY place ON CONFLICT(id) DO NOTHING RETURNING seq, id)
     INSERT INTO entries
     SELECT seq, line - 1, entry->>'account', (entry->>'amount')::bigint
     FROM made JOIN given ON posting->>'id' = id,
       jsonb_array_elements(posting->'entries') WITH ORDINALITY AS lines(entry, line)`,
    [JSON.stringify(once), ref ?? null, request ?? null, at, who, why],
  );
}

async function held(sql: Sql, request: RequestRef): Promise<number> {
  const row = await sql.get<{ sum: number }>(
    // From the few postings of the request to their lines; of the account there are lines without end.
    `SELECT coalesce(sum(amount), 0) AS sum FROM postings JOIN entries ON posting = seq
     WHERE request = $1 AND account || '' = '${ACCOUNTS.holds}'`,
    [request],
  );
  return row?.sum ?? 0;
}

export function accounting(sql: Sql): Pick<Ledger, "accounts" | "balance" | "lines"> {
  return {
    async accounts() {
      const rows = await sql.all<{ account: string; balance: number }>(
        `SELECT account, sum(balance)::bigint AS balance FROM balances GROUP BY account ORDER BY account COLLATE "C"`,
      );
      return rows.map(({ account, balance }) => ({ account, balance: rupiah(balance) }));
    },
    balance: (account) => balanceOf(sql, account),
    async lines(account, { since = 0, until = Number.MAX_SAFE_INTEGER, limit }) {
      const rows = await sql.all<LineRow>(
        `SELECT at, what, amount, ref, request, who, why FROM entries JOIN postings ON seq = posting
         WHERE account = $1 AND at >= $2 AND at < $3 ORDER BY posting DESC, line DESC LIMIT $4`,
        [account, since, until, limit ?? null],
      );
      return rows.map(lineOf);
    },
  };
}
