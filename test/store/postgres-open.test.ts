import { expect, it } from "vitest";
import { inPostgres } from "./in-postgres.ts";

const postgres = inPostgres();

it("a transaction whose work kept a failure to itself is not called saved", async () => {
  const pg = await postgres.open();
  await pg.run("CREATE TABLE t(a integer PRIMARY KEY)");
  const work = pg.transaction(async (sql) => {
    await sql.run("INSERT INTO t VALUES(1)");
    await sql.run("INSERT INTO t VALUES(1)").catch(() => {});
  });
  await expect(work).rejects.toThrow("was not saved");
  expect(await pg.all("SELECT a FROM t")).toEqual([]);
  await pg.transaction((sql) => sql.run("INSERT INTO t VALUES(1)"));
  expect(await pg.all("SELECT a FROM t")).toEqual([{ a: 1 }]);
});

it("a sum that is too large for a whole number is an error, and no other number", async () => {
  const pg = await postgres.open();
  await expect(pg.get("SELECT 9007199254740993::bigint AS a")).rejects.toThrow("too large");
});

it("says what is wrong with the address, and nothing of its password", async () => {
  const { openPostgres } = await import("../../src/store/postgres/open.ts");
  const url = "postgres://loket:GEHEIM@127.0.0.1:1/loket";
  await expect(openPostgres(url)).rejects.toThrow(/^postgres:\/\/127\.0\.0\.1:1\/loket cannot be reached\./);
  await expect(openPostgres("postgres//GEHEIM")).rejects.toThrow(/^DATABASE_URL is no address\. For example/);
});
