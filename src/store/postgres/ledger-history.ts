import { StoreError } from "../store-error.ts";
import type { Sql } from "./open.ts";

/** Which server, and how often it began anew from an older state of its log (a restore, a standby that took over). */
const TIMELINE = "substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)";
const SERVER = "(SELECT system_identifier::text FROM pg_control_system())";

/**
 * Where the ledger's history goes on. A ledger on another server or timeline than the one that was known may have gone
 * back in time (money rule 8).
 */
export interface History {
  /** For a WHERE: true when the server as it is is known. */
  readonly holds: string;
  /** What is known is the server as it is. */
  isKnown(sql: Sql): Promise<boolean>;
  /** From now on the server as it is is known. */
  know(sql: Sql): Promise<void>;
  /** Throws what `wentBack` gives when it is not known: nothing may be sent before it was looked through. */
  mustBeKnown(sql: Sql): Promise<void>;
  wentBack(): StoreError;
}

/** Takes a new ledger's server as known. */
export async function historyOf(sql: Sql, name: string): Promise<History> {
  // Who manages a server for others may keep its number to himself.
  const may = await sql.get<{ may: boolean }>("SELECT has_function_privilege('pg_control_system()', 'EXECUTE') AS may");
  const current = may?.may ? `${SERVER} || '.' || ${TIMELINE}` : TIMELINE;
  const know = `INSERT INTO ledger_history SELECT 1, ${current}`;
  await sql.run(`${know} ON CONFLICT DO NOTHING`);
  const holds = `(SELECT known = ${current} FROM ledger_history)`;
  const isKnown = async (of: Sql) => (await of.get<{ same: boolean }>(`SELECT ${holds} AS same`))?.same === true;
  const wentBack = () =>
    new StoreError(
      `${name} went back in time, or is another server: nothing is paid.`,
      "Start the program again, or run `npx loket restored`: what is open is then looked through, as after a restore.",
    );
  return {
    holds,
    isKnown,
    know: async (of) => void (await of.run(`${know} ON CONFLICT(one) DO UPDATE SET known = excluded.known`)),
    async mustBeKnown(of) {
      if (!(await isKnown(of))) throw wentBack();
    },
    wentBack,
  };
}
