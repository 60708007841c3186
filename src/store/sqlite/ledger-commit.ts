import type { Rupiah } from "../../domain/rupiah.ts";
import { rupiah } from "../../domain/rupiah.ts";
import type { Committed, LedgerChange, Posting } from "../../payments/ledger.ts";
import { LIVE, type Payment } from "../../payments/payment.ts";
import type { Notices } from "./ledger-notices.ts";
import { CHANGING, changing, type PaymentRow } from "./ledger-rows.ts";
import type { Db } from "./open.ts";
import { addTask, closeTask } from "./tasks.ts";

/** Whose balance never goes below zero, whatever two programs do at once. */
const SECURED = /^agent:/;

export interface CommitOptions {
  readonly notices: Notices;
  /** The number of calls in the second file: the ledger's own is never behind it again (money rule 8). */
  readonly counted: () => number;
}

export interface CommitResult {
  readonly committed: Committed;
  /** How many calls there ever were, when this change is one. */
  readonly sent: number | undefined;
}

/** The work of one commit, for inside a transaction. Nothing was written unless it gives "done". */
export function committing(db: Db, options: CommitOptions): (change: LedgerChange) => CommitResult {
  const find = db.prepare<PaymentRow>("SELECT * FROM payments WHERE ref = ?");
  const update = db.prepare(`UPDATE payments SET ${CHANGING} WHERE ref = ?`);
  const lease = db.prepare("UPDATE payments SET lease = ?, lease_until = ? WHERE ref = ?");
  const refused = refusing(db);
  const post = posting(db);
  const attempt = attempting(db, options.counted);
  const sight = db.prepare("INSERT INTO sightings(ref, at, source, settlement, detail) VALUES(?, ?, ?, ?, ?)");
  return (change) => {
    const { next, lease: held, keepLeaseFor } = change.payment;
    const row = find.get(next.ref);
    const no = refused(change, row);
    if (no !== undefined || row === undefined) return { committed: no ?? "conflict", sent: undefined };
    update.run(...changing(next), next.ref);
    if (held !== undefined) {
      const until = keepLeaseFor === undefined ? null : change.at + keepLeaseFor;
      lease.run(until === null ? null : held, until, next.ref);
    }
    const sent = isSending(row, next) ? attempt(next, change.at) : undefined;
    const seen = change.sighting;
    if (seen !== undefined) sight.run(next.ref, seen.at, seen.from, seen.settlement, seen.detail);
    for (const of of change.postings ?? []) post(of, next, change.at);
    options.notices.write(next, change.notices ?? [], change.at);
    for (const key of change.closes ?? []) closeTask(db, key, { at: change.at, by: "loket", why: next.state });
    for (const task of change.tasks ?? []) addTask(db, task, change.at);
    return { committed: "done", sent };
  };
}

function isSending(row: PaymentRow, next: Payment): boolean {
  return next.state === "sending" && row.state !== "sending";
}

/** Why a change may not be written, looked at before anything is. */
function refusing(db: Db): (change: LedgerChange, row: PaymentRow | undefined) => Committed | undefined {
  const other = db.prepare<{ ref: string }>(
    `SELECT ref FROM payments WHERE (chassis_ix = ? OR plate_ix = ?) AND ref <> ?
       AND state IN ('intended', 'sending', 'suspect', 'review') LIMIT 1`,
  );
  const spent = db.prepare<{ sum: number | null }>("SELECT sum(total) AS sum FROM attempts WHERE at >= ?");
  const short = shortOf(db);
  return (change, row) => {
    const { next, expect, lease } = change.payment;
    if (row === undefined || row.revision !== expect) return "conflict";
    if (lease !== undefined && row.lease !== lease) return "conflict";
    if (next.revision !== expect + 1)
      throw new Error(`a revision grows by one, not from ${expect} to ${next.revision}`);
    const opensAgain = LIVE.includes(next.state) && !LIVE.includes(row.state);
    if (opensAgain && other.get(row.chassis_ix, row.plate_ix, row.ref) !== undefined) return "vehicle-busy";
    const { cap } = change;
    if (cap !== undefined && (spent.get(cap.since)?.sum ?? 0) + next.bill.total > cap.max) return { kind: "capped" };
    return short(change.postings ?? []);
  };
}

function shortOf(db: Db): (postings: readonly Posting[]) => Committed | undefined {
  const known = db.prepare<{ n: number }>("SELECT count(*) AS n FROM postings WHERE id = ?");
  const balance = db.prepare<{ sum: number | null }>("SELECT sum(amount) AS sum FROM entries WHERE account = ?");
  return (postings) => {
    const entries = postings.filter(({ id }) => known.get(id)?.n === 0).flatMap((posting) => posting.entries);
    for (const account of new Set(entries.map((entry) => entry.account).filter((name) => SECURED.test(name)))) {
      const change = entries.filter((entry) => entry.account === account).reduce((sum, { amount }) => sum + amount, 0);
      const after = (balance.get(account)?.sum ?? 0) + change;
      if (change < 0 && after < 0) return { kind: "short", missing: rupiah(-after) };
    }
    return undefined;
  };
}

/** The triggers refuse a posting that does not sum to zero, and with it the whole change. */
function posting(db: Db): (posting: Posting, payment: Payment, at: number) => void {
  const head = db.prepare(
    "INSERT INTO postings(id, ref, what, at, lines) VALUES(?, ?, ?, ?, ?) ON CONFLICT(id) DO NOTHING",
  );
  const line = db.prepare("INSERT INTO entries(posting, line, account, amount) VALUES(?, ?, ?, ?)");
  return ({ id, what, entries }, payment, at) => {
    const made = head.run(id, payment.ref, what, at, entries.length);
    if (made === 0) return;
    entries.forEach(({ account, amount }: { account: string; amount: Rupiah }, place) => {
      line.run(id, place, account, amount);
    });
  };
}

/** The attempt's key is the invoice: a second one fails here, and with it the whole change. */
function attempting(db: Db, counted: () => number): (payment: Payment, at: number) => number {
  const insert = db.prepare("INSERT INTO attempts(invoice, ref, at, total) VALUES(?, ?, ?, ?)");
  const read = db.prepare<{ n: number }>("SELECT n FROM sent_count");
  const write = db.prepare("UPDATE sent_count SET n = ?");
  return ({ bill, ref }, at) => {
    insert.run(bill.invoice, ref, at, bill.total);
    const count = Math.max(read.get()?.n ?? 0, counted()) + 1;
    write.run(count);
    return count;
  };
}
