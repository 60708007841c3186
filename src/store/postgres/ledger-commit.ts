import type { Committed, LedgerChange } from "../../payments/ledger.ts";
import { LIVE, type Payment } from "../../payments/payment.ts";
import { numbered } from "../rows/columns.ts";
import { CHANGED, changing, type PaymentRow } from "../rows/payment.ts";
import { mayTake } from "../rows/posting.ts";
import type { History } from "./ledger-history.ts";
import { lockNames, vehicleLocks } from "./ledger-locks.ts";
import type { Notices } from "./ledger-notices.ts";
import type { Postings } from "./ledger-postings.ts";
import type { Sql } from "./open.ts";
import { addTask, closeTask } from "./tasks.ts";

export interface CommitOptions {
  readonly notices: Notices;
  readonly postings: Postings;
  readonly history: History;
  /** The number of calls in the second file, if there is one: a ledger behind it was restored (money rule 8). */
  readonly counted: (() => number) | undefined;
}

export interface CommitResult {
  readonly committed: Committed;
  /** How many calls there ever were, when this change is one that is counted. */
  readonly sent: number | undefined;
}

/** What a change is compared with. */
type Before = Pick<PaymentRow, "ref" | "revision" | "state" | "chassis_ix" | "plate_ix" | "lease">;

const FIND = `SELECT ref, revision, state, chassis_ix, plate_ix, lease FROM payments WHERE ref = $1 FOR NO KEY UPDATE`;
const COUNT = CHANGED.length;
const UPDATE = `UPDATE payments SET ${numbered(CHANGED)} WHERE ref = $${COUNT + 1}`;
const UPDATE_HELD = `UPDATE payments SET ${numbered([...CHANGED, "lease", "lease_until"])} WHERE ref = $${COUNT + 3}`;

/** The work of one commit, for inside a transaction. Nothing was written unless it gives "done". */
export function committing(options: CommitOptions): (sql: Sql, change: LedgerChange) => Promise<CommitResult> {
  const { notices, postings } = options;
  return async (sql, change) => {
    const { at, closes = [], tasks = [] } = change;
    const { next } = change.payment;
    const row = await sql.get<Before>(FIND, [next.ref]);
    const no = await refused(sql, change, row);
    if (no !== undefined || row === undefined) return { committed: no ?? "conflict", sent: undefined };
    const isSending = next.state === "sending" && row.state !== "sending";
    await update(sql, change);
    const sent = isSending ? await attempt(sql, next, at, options) : undefined;
    await sight(sql, change);
    for (const posting of change.postings ?? []) mayTake(posting);
    await postings.write(sql, change.postings ?? [], next, at);
    // Made from the payment's revision.
    await notices.write(sql, change.notices ?? [], { id: `${next.ref}.${next.revision}`, ref: next.ref }, at);
    for (const key of closes) await closeTask(sql, key, { at, by: "loket", why: next.state });
    for (const task of tasks) await addTask(sql, task, at);
    return { committed: "done", sent };
  };
}

async function update(sql: Sql, { at, payment }: LedgerChange): Promise<void> {
  const { next, lease, keepLeaseFor } = payment;
  const values = changing(next);
  if (lease === undefined) await sql.run(UPDATE, [...values, next.ref]);
  else {
    const until = keepLeaseFor === undefined ? null : at + keepLeaseFor;
    await sql.run(UPDATE_HELD, [...values, until === null ? null : lease, until, next.ref]);
  }
}

async function sight(sql: Sql, { payment: { next }, sighting: seen }: LedgerChange): Promise<void> {
  if (seen === undefined) return;
  await sql.run("INSERT INTO sightings(ref, at, source, settlement, detail) VALUES($1, $2, $3, $4, $5)", [
    ...[next.ref, seen.at, seen.from, seen.settlement, seen.detail],
  ]);
}

/** Why a change may not be written, looked at before anything is, and with locks on what it depends on. */
async function refused(sql: Sql, change: LedgerChange, row: Before | undefined): Promise<Committed | undefined> {
  const { next, expect, lease } = change.payment;
  if (row === undefined || row.revision !== expect) return "conflict";
  if (lease !== undefined && row.lease !== lease) return "conflict";
  if (next.revision !== expect + 1) throw new Error(`a revision grows by one, not from ${expect} to ${next.revision}`);
  const opensAgain = LIVE.includes(next.state) && !LIVE.includes(row.state);
  if (opensAgain && (await hasOther(sql, row))) return "vehicle-busy";
  const { cap } = change;
  if (cap === undefined) return undefined;
  await lockNames(sql, ["cap"]);
  const spent = await sql.get<{ sum: number }>("SELECT coalesce(sum(total), 0) AS sum FROM attempts WHERE at >= $1", [
    cap.since,
  ]);
  return (spent?.sum ?? 0) + next.bill.total > cap.max ? { kind: "capped" } : undefined;
}

/** Another payment of the vehicle is live. */
async function hasOther(sql: Sql, { ref, chassis_ix, plate_ix }: Before): Promise<boolean> {
  await lockNames(sql, vehicleLocks({ chassis: chassis_ix, plate: plate_ix }));
  const other = await sql.get(
    `SELECT 1 FROM payments WHERE (chassis_ix = $1 OR plate_ix = $2) AND ref <> $3
       AND state IN ('intended', 'sending', 'suspect', 'review') LIMIT 1`,
    [chassis_ix, plate_ix, ref],
  );
  return other !== undefined;
}

/** The attempt's key is the invoice: a second one fails here, and with it the whole change. */
async function attempt(
  sql: Sql,
  { bill, ref }: Payment,
  at: number,
  options: CommitOptions,
): Promise<number | undefined> {
  const { counted, history } = options;
  await history.mustBeKnown(sql);
  await sql.run("INSERT INTO attempts(invoice, ref, at, total) VALUES($1, $2, $3, $4)", [
    ...[bill.invoice, ref, at, bill.total],
  ]);
  if (counted === undefined) return undefined;
  const row = await sql.get<{ n: number }>("UPDATE sent_count SET n = n + 1 WHERE n >= $1 RETURNING n", [counted()]);
  if (row === undefined) throw history.wentBack();
  return row.n;
}
