import { describe, expect, it } from "vitest";
import { gathering } from "../../src/store/sqlite/gather.ts";
import { openSqlite } from "../../src/store/sqlite/open.ts";
import { inFolder } from "./folder.ts";

const folder = inFolder();

function numbers(path: string) {
  const db = openSqlite(path);
  db.exec("CREATE TABLE numbers(n INTEGER PRIMARY KEY) STRICT");
  const insert = db.prepare("INSERT INTO numbers VALUES(?)");
  const all = db.prepare<{ n: number }>("SELECT n FROM numbers ORDER BY n");
  const together = gathering(db);
  return { db, together, insert, all: () => all.all().map(({ n }) => n) };
}

describe.each([":memory:", "gathered.db"])("works asked for in one turn, on %s", (name) => {
  it("each have their own answer, in the order of asking, and a fault undoes its own alone", async () => {
    const { db, together, insert, all } = numbers(name === ":memory:" ? name : folder.path(name));
    const order: number[] = [];
    const add = (n: number) =>
      together(() => {
        insert.run(n);
        return n * 10;
      }).finally(() => order.push(n));
    const faulty = () =>
      together(() => {
        insert.run(7);
        insert.run(1);
      });
    const results = await Promise.allSettled([add(1), add(2), faulty(), add(3)]);
    expect(results).toMatchObject([
      { value: 10 },
      { value: 20 },
      { status: "rejected", reason: { message: expect.stringContaining("UNIQUE") } },
      { value: 30 },
    ]);
    expect(order).toEqual([1, 2, 3]);
    expect(all()).toEqual([1, 2, 3]);
    db.close();
  });

  it("are refused, not lost without a word, when the store was closed meanwhile", async () => {
    const { db, together, insert } = numbers(name === ":memory:" ? name : folder.path(`closed-${name}`));
    if (name === ":memory:") db.close();
    const late = together(() => insert.run(1));
    db.close();
    await expect(late).rejects.toThrow("was closed");
  });
});

describe("works asked for in one turn", () => {
  it("wait for the disk once", async () => {
    const { db, together, insert } = numbers(folder.path("once.db"));
    let transactions = 0;
    const counted = {
      ...db,
      transaction<T>(work: () => T): T {
        transactions++;
        return db.transaction(work);
      },
    };
    const counting = gathering(counted);
    await Promise.all([1, 2, 3].map((n) => counting(() => insert.run(n))));
    await together(() => insert.run(4));
    expect(transactions).toBe(1);
    db.close();
  });
});
