import { type Rupiah, rupiah } from "../../domain/rupiah.ts";
import type { RequestRef } from "../../domain/staff.ts";
import type { Entry, FreePosting, Ledger, Posted, Posting } from "../../payments/ledger.ts";
import { ACCOUNTS } from "../../payments/life/postings.ts";
import { type About, isMade, type LineRow, lineOf, type Short, securedIn, shortOf } from "../rows/posting.ts";
import type { Notices } from "./ledger-notices.ts";
import type { Db } from "./open.ts";

/** For inside a transaction. */
export interface Postings {
  /** Once: a posting of the same id is there already, and nothing is written. */
  write(posting: Posting, about: About, at: number): void;
  /** Whether these, where they are new, would take an agent's balance below `floor`. */
  short(postings: readonly Posting[], floor: number): Short | undefined;
  balance(account: string): Rupiah;
  /** What is held of a request: by itself, and by its payments. */
  held(request: RequestRef): number;
  free(posting: FreePosting, at: number, floor: number): Posted;
}

export function postings(db: Db, notices: Notices): Postings {
  const write = writing(db);
  const { short, balance } = balancing(db);
  const lines = db.prepare<Entry>(
    "SELECT account, amount FROM entries WHERE posting = (SELECT seq FROM postings WHERE id = ?) ORDER BY line",
  );
  const held = db.prepare<{ sum: number }>(
    // From the few postings of the request to their lines; of the account there are lines without end.
    `SELECT coalesce(sum(amount), 0) AS sum FROM postings CROSS JOIN entries ON posting = seq
     WHERE request = ? AND +account = '${ACCOUNTS.holds}'`,
  );
  return {
    write,
    short,
    balance,
    held: (request) => held.get(request)?.sum ?? 0,
    free(posting, at, floor) {
      const { id, by, why, letters = [] } = posting;
      if (isMade(posting, lines.all(id))) return "again";
      const no = short([posting], floor);
      if (no !== undefined) return no;
      write(posting, { who: by, why }, at);
      notices.write(letters, { id }, at);
      return "done";
    },
  };
}

function balancing(db: Db): Pick<Postings, "short" | "balance"> {
  const known = db.prepare<{ n: number }>("SELECT count(*) AS n FROM postings WHERE id = ?");
  const balanceOf = db.prepare<{ balance: number }>("SELECT balance FROM balances WHERE account = ?");
  const balance = (account: string) => rupiah(balanceOf.get(account)?.balance ?? 0);
  return {
    balance,
    short(all, floor) {
      const fresh = all.filter(({ id }) => known.get(id)?.n === 0);
      for (const account of securedIn(fresh)) {
        const no = shortOf(fresh, account, balance(account), floor);
        if (no !== undefined) return no;
      }
      return undefined;
    },
  };
}

/** The triggers refuse a posting that does not sum to zero, and with it the whole change. */
function writing(db: Db): Postings["write"] {
  const head = db.prepare<{ seq: number }>(
    `INSERT INTO postings(id, ref, request, what, at, lines, who, why) VALUES(?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT(id) DO NOTHING RETURNING seq`,
  );
  const line = db.prepare("INSERT INTO entries(posting, line, account, amount) VALUES(?, ?, ?, ?)");
  return ({ id, what, entries }, { ref, request, who = "", why = "" }, at) => {
    const made = head.get(id, ref ?? null, request ?? null, what, at, entries.length, who, why);
    if (made === undefined) return;
    entries.forEach(({ account, amount }, place) => {
      line.run(made.seq, place, account, amount);
    });
  };
}

export function accounting(db: Db): Pick<Ledger, "accounts" | "balance" | "lines"> {
  const accounts = db.prepare<{ account: string; balance: number }>(
    "SELECT account, balance FROM balances ORDER BY account",
  );
  const { balance } = balancing(db);
  const lines = db.prepare<LineRow>(
    `SELECT at, what, amount, ref, request, who, why FROM entries JOIN postings ON seq = posting
     WHERE account = ?1 AND at >= ?2 AND at < ?3 ORDER BY posting DESC, line DESC LIMIT ?4`,
  );
  return {
    accounts: async () => accounts.all().map((row) => ({ account: row.account, balance: rupiah(row.balance) })),
    balance: async (account) => balance(account),
    lines: async (account, { since = 0, until = Number.MAX_SAFE_INTEGER, limit = -1 }) =>
      lines.all(account, since, until, limit).map(lineOf),
  };
}
