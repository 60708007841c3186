import { expect, it, onTestFinished } from "vitest";
import { openSqliteStores } from "../../src/store/sqlite/stores.ts";
import { startPostgres } from "../fakes/servers/postgres.ts";
import { startRedis } from "../fakes/servers/redis.ts";
import { makeHome } from "../program/program.ts";

it("moves a counter's file, bars it, and goes on where it moved to", async () => {
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  onTestFinished(() => postgres.stop());
  onTestFinished(() => redis.stop());
  // No secret: the file has its key beside it.
  const home = makeHome({ LOKET_SECRET: "" });
  const from = `sqlite:${home.database}`;
  openSqliteStores({ databaseUrl: from, as: "program" }).close();
  const added = JSON.parse((await home.loket(["agent", "add", "Loket Cibinong", "--json"])).stdout) as { id: string };
  await home.loket(["agent", "topup", added.id, "500000"]);
  const to = await postgres.database();
  const move = ["migrate", "--from", from, "--to", to, "--redis", redis.url];
  const moved = await home.loket(move);
  expect([moved.code, moved.stderr]).toEqual([0, ""]);
  expect(moved.stdout).toContain("the balances too; 0 conversations and 0 jobs are in Redis");
  expect(moved.stdout).toContain("LOKET_KEY_FILE");
  const there = {
    ...{ DATABASE_URL: to, REDIS_URL: redis.url, LOKET_KEY_FILE: `${home.database}.key` },
    ...{ MMBC_USERNAME: "dummy", MMBC_PASSWORD: "dummy123" },
  };
  const agents = JSON.parse((await home.loket(["agent", "list", "--json"], there)).stdout) as object[];
  expect(agents).toMatchObject([{ id: added.id, name: "Loket Cibinong", balance: 500_000 }]);
  const again = await home.loket(["agent", "topup", added.id, "250000", "--json"], there);
  expect(JSON.parse(again.stdout)).toEqual({ id: added.id, balance: 750_000 });
  const barred = await home.loket(["start"]);
  expect([barred.code, barred.stderr]).toEqual([1, expect.stringContaining("This counter was moved from")]);
  expect((await home.loket(["unmigrate", "--from", from])).code).toBe(0);
  // The file is as one that was restored: nothing is paid at once, and the operator has a task.
  expect((await home.loket(["tasks"])).stdout).toContain("it was moved, and taken back");
  const program = await home.start();
  expect((await program.stop()).code).toBe(0);
  const full = await home.loket(["migrate", "--from", from, "--to", await postgres.database(), "--redis", redis.url]);
  expect(full.code).toBe(0);
});
