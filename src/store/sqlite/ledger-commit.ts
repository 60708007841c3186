import type { Committed, LedgerChange } from "../../payments/ledger.ts";
import { LIVE, type Payment } from "../../payments/payment.ts";
import { marked } from "../rows/columns.ts";
import { CHANGED, changing, type PaymentRow } from "../rows/payment.ts";
import { mayTake } from "../rows/posting.ts";
import type { Notices } from "./ledger-notices.ts";
import type { Postings } from "./ledger-postings.ts";
import type { Db } from "./open.ts";
import { addTask, closeTask } from "./tasks.ts";

export interface CommitOptions {
  readonly notices: Notices;
  readonly postings: Postings;
  /** The number of calls in the second file: the ledger's own is never behind it again (money rule 8). */
  readonly counted: () => number;
}

export interface CommitResult {
  readonly committed: Committed;
  /** How many calls there ever were, when this change is one. */
  readonly sent: number | undefined;
}

const CHANGING = marked(CHANGED);

/** What a change is compared with. */
type Before = Pick<PaymentRow, "ref" | "revision" | "state" | "chassis_ix" | "plate_ix" | "lease">;

/** The work of one commit, for inside a transaction. Nothing was written unless it gives "done". */
export function committing(db: Db, options: CommitOptions): (change: LedgerChange) => CommitResult {
  const find = db.prepare<Before>(
    "SELECT ref, revision, state, chassis_ix, plate_ix, lease FROM payments WHERE ref = ?",
  );
  const update = db.prepare(`UPDATE payments SET ${CHANGING} WHERE ref = ?`);
  const updateHeld = db.prepare(`UPDATE payments SET ${CHANGING}, lease = ?, lease_until = ? WHERE ref = ?`);
  const refused = refusing(db);
  const attempt = attempting(db, options.counted);
  const sight = db.prepare("INSERT INTO sightings(ref, at, source, settlement, detail) VALUES(?, ?, ?, ?, ?)");
  return (change) => {
    const { next, lease: held, keepLeaseFor } = change.payment;
    const row = find.get(next.ref);
    const no = refused(change, row);
    if (no !== undefined || row === undefined) return { committed: no ?? "conflict", sent: undefined };
    if (held === undefined) update.run(...changing(next), next.ref);
    else {
      const until = keepLeaseFor === undefined ? null : change.at + keepLeaseFor;
      updateHeld.run(...changing(next), until === null ? null : held, until, next.ref);
    }
    const sent = isSending(row, next) ? attempt(next, change.at) : undefined;
    const seen = change.sighting;
    if (seen !== undefined) sight.run(next.ref, seen.at, seen.from, seen.settlement, seen.detail);
    for (const posting of change.postings ?? []) {
      mayTake(posting);
      options.postings.write(posting, next, change.at);
    }
    // Made from the payment's revision.
    options.notices.write(change.notices ?? [], { id: `${next.ref}.${next.revision}`, ref: next.ref }, change.at);
    for (const key of change.closes ?? []) closeTask(db, key, { at: change.at, by: "loket", why: next.state });
    for (const task of change.tasks ?? []) addTask(db, task, change.at);
    return { committed: "done", sent };
  };
}

function isSending(row: Before, next: Payment): boolean {
  return next.state === "sending" && row.state !== "sending";
}

/** Why a change may not be written, looked at before anything is. */
function refusing(db: Db): (change: LedgerChange, row: Before | undefined) => Committed | undefined {
  const other = db.prepare<{ ref: string }>(
    `SELECT ref FROM payments WHERE (chassis_ix = ? OR plate_ix = ?) AND ref <> ?
       AND state IN ('intended', 'sending', 'suspect', 'review') LIMIT 1`,
  );
  const spent = db.prepare<{ sum: number | null }>("SELECT sum(total) AS sum FROM attempts WHERE at >= ?");
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
    return undefined;
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
