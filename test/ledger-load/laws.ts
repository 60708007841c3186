import type { Ledger } from "../../src/payments/ledger.ts";
import { ACCOUNTS } from "../../src/payments/life/postings.ts";
import { AGENTS } from "./people.ts";
import type { Ask } from "./store.ts";
import { summed, type Tally } from "./tally.ts";

/** What is wrong in a store, looked at from its own tables and from what each process was told. Empty: nothing is. */
export async function broken(ask: Ask, ledger: Ledger, tallies: readonly Tally[]): Promise<readonly string[]> {
  const accounts = Object.fromEntries((await ledger.accounts()).map(({ account, balance }) => [account, balance]));
  return [
    ...(await crooked(ask)),
    ...(await drifted(ask)),
    ...(await overdrawn(ask)),
    ...(await unbound(ask, accounts)),
    ...untold(accounts, tallies),
  ];
}

/** Every posting has its lines, and sums to zero. */
async function crooked(ask: Ask): Promise<readonly string[]> {
  const found = await ask<{ id: string }>(
    `SELECT id FROM postings LEFT JOIN entries ON posting = seq GROUP BY seq
     HAVING count(line) <> lines OR coalesce(sum(amount), 0) <> 0 LIMIT 9`,
  );
  return found.map(({ id }) => `the posting ${id} is crooked`);
}

/** Every balance is what its lines come to. */
async function drifted(ask: Ask): Promise<readonly string[]> {
  const found = await ask<{ account: string }>(
    `SELECT account FROM (SELECT account, sum(amount) AS come FROM entries GROUP BY account) AS lines
     LEFT JOIN (SELECT account, sum(balance) AS kept FROM balances GROUP BY account) AS held USING(account)
     WHERE kept IS NULL OR kept <> come`,
  );
  return found.map(({ account }) => `the balance of ${account} has drifted`);
}

/** At no time was more taken from an agent than he had, with his credit, but by a dispute. */
async function overdrawn(ask: Ask): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { id, credit } of AGENTS) {
    const postings = await ask<{ id: string }>(
      `SELECT id FROM (SELECT posting, amount, sum(amount) OVER (ORDER BY posting, line) AS run FROM entries
         WHERE account = 'agent:${id}') AS lines JOIN postings ON seq = posting
       WHERE amount < 0 AND what <> 'dispute' AND run < ${-credit} LIMIT 9`,
    );
    found.push(...postings.map((posting) => `the posting ${posting.id} overdraws ${id}`));
  }
  return found;
}

type Accounts = Readonly<Record<string, number>>;

/** Invariant I9, and the sales. */
async function unbound(ask: Ask, accounts: Accounts): Promise<readonly string[]> {
  const sum = async (table: "payments" | "requests", states: string) => {
    const sql = `SELECT coalesce(sum(total), 0) AS sum FROM ${table} WHERE state IN (${states})`;
    return (await ask<{ sum: number }>(sql))[0]?.sum ?? 0;
  };
  const payments = await sum("payments", "'intended', 'sending', 'suspect', 'review'");
  const live = payments + (await sum("requests", "'taken', 'received'"));
  const bound = (accounts[ACCOUNTS.holds] ?? 0) + (accounts[ACCOUNTS.disputed] ?? 0);
  const paid = await sum("payments", "'paid'");
  const all = Object.values(accounts).reduce((total, balance) => total + balance, 0);
  return [
    ...(bound === live ? [] : [`${bound} is bound, and ${live} is open`]),
    ...((accounts[ACCOUNTS.sales] ?? 0) === paid ? [] : ["the sales are not what was paid"]),
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
