import type { RequestRef, StaffId } from "../../domain/staff.ts";
import type { Sql } from "./open.ts";

/**
 * What an agent has confirmed since a time, and has in hand: his payments that were not let go and did not come to
 * nothing, and the requests that he has taken, but for one. His balance is locked, so that nothing is added meanwhile.
 */
export async function dayTotal(sql: Sql, agent: StaffId, since: number, but?: RequestRef): Promise<number> {
  const row = await sql.get<{ sum: number }>(
    `SELECT
       (SELECT coalesce(sum(total), 0) FROM payments
        WHERE agent = $1 AND opened_at >= $2 AND state NOT IN ('withdrawn', 'refunded', 'not-charged'))
       + (SELECT coalesce(sum(total), 0) FROM requests
          WHERE agent = $1 AND state IN ('taken', 'received') AND ref <> $3) AS sum`,
    [agent, since, but ?? ""],
  );
  return row?.sum ?? 0;
}
