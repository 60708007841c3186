import { type PostgresLedgerOptions, postgresLedger } from "../../src/store/postgres/ledger.ts";
import { openPostgres, type Pg } from "../../src/store/postgres/open.ts";
import { postgresTasks } from "../../src/store/postgres/tasks.ts";
import type { MadeLedger } from "../contract/ledger.ts";

/** Takes all rows away, past the triggers that keep them: much quicker than a new database. */
const EMPTY = `DO $$
  DECLARE found text;
  BEGIN
    SET LOCAL session_replication_role = replica;
    FOR found IN SELECT tablename FROM pg_tables WHERE schemaname = 'public'
        AND tablename NOT IN ('schema_versions', 'ledger_history', 'sent_count') LOOP
      EXECUTE format('DELETE FROM %I', found);
    END LOOP;
  END $$`;

/**
 * One ledger, emptied for each test. On one connection: what is asked for at the same time is done in the order of
 * asking, as the law has it.
 */
export function oneByOne(address: () => Promise<string>, sealer: PostgresLedgerOptions["sealer"]) {
  let made: (MadeLedger & { readonly pg: Pg }) | undefined;
  const open = async () => {
    const pg = await openPostgres(await address(), { max: 1 });
    const ledger = await postgresLedger({ pg, sealer });
    const openTasks = async () => (await postgresTasks(pg).list("open", 99)).map(({ key }) => key);
    return { pg, ledger, openTasks, close: async () => {} };
  };
  return {
    async make(): Promise<MadeLedger & { readonly pg: Pg }> {
      made ??= await open();
      await made.pg.run(EMPTY);
      return made;
    },
    end: async () => made?.pg.close(),
  };
}
