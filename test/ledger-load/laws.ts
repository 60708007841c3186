import type { Ledger } from "../../src/payments/ledger.ts";
import { ACCOUNTS } from "../../src/payments/life/postings.ts";
import type { Db } from "../../src/store/sqlite/open.ts";
import { AGENTS } from "./people.ts";
import { summed, type Tally } from "./tally.ts";

/** What is wrong in the file, looked at from its own tables and from what each process was told. Empty: nothing is. */
export async function broken(db: Db, ledger: Ledger, tallies: readonly Tally[]): Promise<readonly string[]> {
  const accounts = Object.fromEntries((await ledger.accounts()).map(({ account, balance }) => [account, balance]));
  return [...crooked(db), ...drifted(db), ...overdrawn(db), ...unbound(db, accounts), ...untold(accounts, tallies)];
}

/** Every posting has its lines, and sums to zero. */
function crooked(db: Db): readonly string[] {
  return db
    .prepare<{ id: string }>(
      `SELECT id FROM postings LEFT JOIN entries ON posting = seq GROUP BY seq
       HAVING count(line) <> lines OR coalesce(sum(amount), 0) <> 0 LIMIT 9`,
    )
    .all()
    .map(({ id }) => `the posting ${id} is crooked`);
}

/** Every balance is what its lines come to. */
function drifted(db: Db): readonly string[] {
  return db
    .prepare<{ account: string }>(
      `SELECT account FROM (SELECT account, sum(amount) AS sum FROM entries GROUP BY account) LEFT JOIN balances
       USING(account) WHERE balance IS NOT sum`,
    )
    .all()
    .map(({ account }) => `the balance of ${account} has drifted`);
}

/** At no time was more taken from an agent than he had, with his credit, but by a dispute. */
function overdrawn(db: Db): readonly string[] {
  const lowest = db.prepare<{ id: string }>(
    `SELECT id FROM (SELECT posting, amount, sum(amount) OVER (ORDER BY posting, line) AS run FROM entries
       WHERE account = ?1) JOIN postings ON seq = posting WHERE amount < 0 AND what <> 'dispute' AND run < ?2 LIMIT 9`,
  );
  return AGENTS.flatMap(({ id, credit }) =>
    lowest.all(`agent:${id}`, -credit).map((posting) => `the posting ${posting.id} overdraws ${id}`),
  );
}

type Accounts = Readonly<Record<string, number>>;

/** Invariant I9, and the sales. */
function unbound(db: Db, accounts: Accounts): readonly string[] {
  const sum = (table: "payments" | "requests", states: string) =>
    db.prepare<{ sum: number }>(`SELECT coalesce(sum(total), 0) AS sum FROM ${table} WHERE state IN (${states})`).get()
      ?.sum ?? 0;
  const live = sum("payments", "'intended', 'sending', 'suspect', 'review'") + sum("requests", "'taken', 'received'");
  const bound = (accounts[ACCOUNTS.holds] ?? 0) + (accounts[ACCOUNTS.disputed] ?? 0);
  const all = Object.values(accounts).reduce((total, balance) => total + balance, 0);
  return [
    ...(bound === live ? [] : [`${bound} is bound, and ${live} is open`]),
    ...((accounts[ACCOUNTS.sales] ?? 0) === sum("payments", "'paid'") ? [] : ["the sales are not what was paid"]),
    ...(all === 0 ? [] : [`all accounts come to ${all}`]),
  ];
}

/** Every account is what the processes were told that they have moved. */
function untold(accounts: Accounts, tallies: readonly Tally[]): readonly string[] {
  const told = summed(tallies);
  const names = [...new Set([...Object.keys(accounts), ...Object.keys(told)])];
  return names
    .filter((name) => (accounts[name] ?? 0) !== (told[name] ?? 0))
    .map((name) => `${name} is ${accounts[name] ?? 0}, and the processes moved ${told[name] ?? 0}`);
}
