import type { RequestRef, StaffId } from "../../domain/staff.ts";
import type { Db } from "./open.ts";

/**
 * What an agent has confirmed since a time, and has in hand: his payments that were not let go and did not come to
 * nothing, and the requests that he has taken, but for one.
 */
export type DayTotal = (agent: StaffId, since: number, but?: RequestRef) => number;

export function dayTotals(db: Db): DayTotal {
  const payments = db.prepare<{ sum: number }>(
    `SELECT coalesce(sum(total), 0) AS sum FROM payments
     WHERE agent = ? AND opened_at >= ? AND state NOT IN ('withdrawn', 'refunded', 'not-charged')`,
  );
  const requests = db.prepare<{ sum: number }>(
    `SELECT coalesce(sum(total), 0) AS sum FROM requests
     WHERE agent = ? AND state IN ('taken', 'received') AND ref <> ?`,
  );
  return (agent, since, but) => (payments.get(agent, since)?.sum ?? 0) + (requests.get(agent, but ?? "")?.sum ?? 0);
}
