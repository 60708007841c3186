import { expect, it, onTestFinished } from "vitest";
import { openPostgresStores } from "../../src/store/postgres/stores.ts";
import { inPostgres } from "./in-postgres.ts";

const postgres = inPostgres();
/** As many connections as a program has for everything else. */
const CONNECTIONS = 10;

it("a lease is kept while everything else that the program has of PostgreSQL is busy", async () => {
  const databaseUrl = await postgres.server.database();
  const stores = await openPostgresStores({ databaseUrl, secret: "x".repeat(32), as: "program" });
  onTestFinished(() => stores.close());
  const { promise: ended, resolve: end } = promised();
  const all = Array.from({ length: CONNECTIONS }, () => {
    const begun = promised();
    const work = stores.pg.transaction(async () => {
      begun.resolve();
      await ended;
    });
    return { begun, work };
  });
  await Promise.all(all.map(({ begun }) => begun.promise));
  expect(await stores.leases?.acquire("telegram:1", "a", 10_000)).toEqual({ fence: 1 });
  end();
  await Promise.all(all.map(({ work }) => work));
});

function promised() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
