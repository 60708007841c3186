import type { Sql } from "./open.ts";

/**
 * Locks by name, until the transaction ends. To keep clear of deadlocks everybody takes, in this order: the row of the
 * payment or request, its vehicle, the cap of the day, agents' balances. What is locked already costs nothing.
 */
export async function lockNames(sql: Sql, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await sql.run(
    `SELECT pg_advisory_xact_lock(hashtextextended('loket:' || value, 0)) FROM jsonb_array_elements_text($1::jsonb)`,
    [JSON.stringify([...names].sort())],
  );
}

/** By both of its indexes: of two bills of one vehicle the second one sees what became of the first. */
export function vehicleLocks({ chassis, plate }: { readonly chassis: string; readonly plate: string | null }) {
  return [`vehicle:${chassis}`, ...(plate === null ? [] : [`vehicle:${plate}`])];
}
