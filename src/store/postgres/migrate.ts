import { StoreError } from "../store-error.ts";
import type { Pg, Sql } from "./open.ts";

/** One at a time brings the tables to a newer version, however many processes start at once. Chosen once, at random. */
const LOCK = 7_310_422_917;

/**
 * Brings one room's tables to the version `steps.length`, each step in a transaction of its own, under an advisory lock.
 * Steps are only ever added. Throws StoreError for a database of a newer program. A newer program may run beside an
 * older one for the time of a rolling deploy, so a step must leave the older one working.
 */
export async function migrate(pg: Pg, room: string, steps: readonly string[]): Promise<void> {
  for (let done = false; !done; ) done = await pg.transaction((sql) => oneStep(pg.name, sql, room, steps));
}

async function oneStep(name: string, sql: Sql, room: string, steps: readonly string[]): Promise<boolean> {
  await sql.get("SELECT pg_advisory_xact_lock($1)", [LOCK]);
  await sql.run("CREATE TABLE IF NOT EXISTS schema_versions(room text PRIMARY KEY, version integer NOT NULL)");
  const row = await sql.get<{ version: number }>("SELECT version FROM schema_versions WHERE room = $1", [room]);
  const at = row?.version ?? 0;
  if (at > steps.length) {
    throw new StoreError(
      `${name} was written by a newer Loket (${room} ${at}, this one knows ${steps.length}).`,
      "Start the newer program, or put back the backup that was made before it was first started.",
    );
  }
  const step = steps[at];
  if (step === undefined) return true;
  for (const statement of step.split(/;\s*\n(?=\S)/)) await sql.run(statement);
  await sql.run(
    "INSERT INTO schema_versions VALUES($1, $2) ON CONFLICT(room) DO UPDATE SET version = excluded.version",
    [room, at + 1],
  );
  return at + 1 === steps.length;
}
