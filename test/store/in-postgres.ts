import { afterAll, beforeAll } from "vitest";
import { openPostgres, type Pg } from "../../src/store/postgres/open.ts";
import { type PostgresServer, startPostgres } from "../fakes/servers/postgres.ts";

export interface InPostgres {
  readonly server: PostgresServer;
  /** A process of its own, as it were: a pool on a new, empty database, or on the one of that address. */
  open(url?: string): Promise<Pg>;
  /** Two pools, as of two processes, on one new, empty database. */
  openTwo(): Promise<readonly [Pg, Pg]>;
}

/** A PostgreSQL of its own for the tests of the block around the call; gone after them. */
export function inPostgres(): InPostgres {
  let server: PostgresServer | undefined;
  const opened: Pg[] = [];
  const there = (): PostgresServer => {
    if (server === undefined) throw new Error("the server starts before the first test");
    return server;
  };
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(async () => {
    await Promise.all(opened.map((pg) => pg.close()));
    await server?.stop();
  });
  const open = async (url?: string) => {
    const pg = await openPostgres(url ?? (await there().database()));
    opened.push(pg);
    return pg;
  };
  return {
    get server() {
      return there();
    },
    open,
    async openTwo() {
      const url = await there().database();
      return [await open(url), await open(url)];
    },
  };
}

/** Takes all rows away: much quicker than a new database, and the tables are what they were. */
export async function empty(pg: Pg): Promise<void> {
  const tables = await pg.all<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'schema_versions'",
  );
  if (tables.length === 0) return;
  await pg.run(`TRUNCATE ${tables.map(({ name }) => name).join(", ")} RESTART IDENTITY CASCADE`);
}
