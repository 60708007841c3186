import { describe, expect, it } from "vitest";
import { conversationKey } from "../../src/conversation/message.ts";
import { readRef } from "../../src/domain/ref.ts";
import type { Records } from "../../src/records/records.ts";
import { checkKey, wasSealed } from "../../src/store/postgres/key-check.ts";
import { openPostgres, type Pg } from "../../src/store/postgres/open.ts";
import { postgresRecords } from "../../src/store/postgres/records.ts";
import { addTask, closeTask, migrateTasks } from "../../src/store/postgres/tasks.ts";
import { openSealer } from "../../src/store/sealing.ts";
import { recordsLaw } from "../contract/records.ts";
import { empty, inPostgres } from "./in-postgres.ts";

const postgres = inPostgres();
const CHAT = conversationKey("telegram", "1");

/** One connection: what is asked for at the same time is done in the order of asking, as the law has it. */
async function oneRoom() {
  const pg = await openPostgres(await postgres.server.database(), { max: 1 });
  return { pg, records: await postgresRecords({ pg, sealer: openSealer({}) }) };
}

describe("records in PostgreSQL", () => {
  let made: { readonly pg: Pg; readonly records: Records } | undefined;
  recordsLaw(async () => {
    made ??= await oneRoom();
    await empty(made.pg);
    return { records: made.records, close: async () => {} };
  });

  it("are made once, though two processes start at the same time", async () => {
    const [one, two] = await postgres.openTwo();
    const sealer = openSealer({});
    const [first, second] = await Promise.all([one, two].map((pg) => postgresRecords({ pg, sealer })));
    await first?.flags.set("paused", "yes", 1);
    expect(await second?.flags.get("paused")).toBe("yes");
  });

  it("count every copy of a proof that two processes give out", async () => {
    const [one, two] = await postgres.openTwo();
    const sealer = openSealer({});
    const [first, second] = [await postgresRecords({ pg: one, sealer }), await postgresRecords({ pg: two, sealer })];
    const ref = readRef("7K2MQ");
    if (ref === undefined) throw new Error("no reference");
    await first.proofs.save(ref, "{}", 1);
    const taken = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => (n % 2 === 0 ? first : second).proofs.take(ref)));
    expect(taken.map((proof) => proof?.copies).sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("take a message whose id has a character that PostgreSQL does not know", async () => {
    const pg = await postgres.open();
    const records = await postgresRecords({ pg, sealer: openSealer({}) });
    for (const _ of [1, 2]) await records.poison.keep(CHAT, "a\0b", "the body\0", "TypeError", 1);
    expect(await records.poison.list(9)).toEqual([{ chat: CHAT, inboundId: "a\uFFFDb", why: "TypeError", at: 1 }]);
  });

  it("hold nothing personal that could be read without the key", async () => {
    const pg = await postgres.open();
    const records = await postgresRecords({ pg, sealer: openSealer({}) });
    const text = "3204123456780001 Jordan Canary";
    const ref = readRef("7K2MQ");
    if (ref === undefined) throw new Error("no reference");
    await records.proofs.save(ref, text, 1);
    await records.letters.keep(CHAT, text, 1);
    await records.poison.keep(CHAT, "m", text, "TypeError", 1);
    const all = JSON.stringify(
      await Promise.all(["proofs", "letters", "poison"].map((table) => pg.all(`SELECT * FROM ${table}`))),
    );
    expect(all).toContain("TypeError");
    expect(all).not.toMatch(/3204123456780001|Canary/);
  });
});

describe("an operator's task", () => {
  it("that is written with something else is taken back with it", async () => {
    const pg = await postgres.open();
    await migrateTasks(pg);
    const task = { key: "a", kind: "stuck", text: "Look." } as const;
    const failing = pg.transaction(async (sql) => {
      await addTask(sql, task, 1);
      throw new Error("the rest failed");
    });
    await expect(failing).rejects.toThrow("the rest failed");
    expect(await closeTask(pg, "a", { at: 2, by: "loket", why: "over" })).toBe(false);
    expect(await pg.transaction((sql) => addTask(sql, task, 3))).toBe(true);
    expect(await pg.transaction((sql) => closeTask(sql, "a", { at: 4, by: "loket", why: "over" }))).toBe(true);
  });

  it("is one while it is open, though two processes ask for it, and is closed by one of them", async () => {
    const [one, two] = await postgres.openTwo();
    await migrateTasks(one);
    const task = { key: "a", kind: "stuck", text: "Look." } as const;
    const both = <T>(work: (pg: Pg) => Promise<T>) => Promise.all([one, two, one, two].map(work));
    const once = [false, false, false, true];
    for (const at of [1, 2, 3]) {
      expect((await both((pg) => addTask(pg, task, at))).sort()).toEqual(once);
      expect((await both((pg) => closeTask(pg, "a", { at, by: "op", why: "" }))).sort()).toEqual(once);
    }
  });

  it("is found by an older program beside a newer one that gave the table another column", async () => {
    const [older, newer] = await postgres.openTwo();
    const { tasks } = await postgresRecords({ pg: older, sealer: openSealer({}) });
    await tasks.add({ key: "a", kind: "stuck", text: "Look." }, 1);
    expect(await tasks.list("open", 9)).toHaveLength(1);
    await newer.run("ALTER TABLE operator_tasks ADD COLUMN later text");
    expect(await tasks.list("open", 9)).toHaveLength(1);
  });
});

describe("the key", () => {
  const SECRET = "a secret of more than thirty-two characters";

  it("is refused when the database was sealed with another one, in a sentence without a password", async () => {
    const pg = await postgres.open();
    expect(await wasSealed(pg)).toBe(false);
    await checkKey(pg, openSealer({ secret: SECRET }));
    expect(await wasSealed(pg)).toBe(true);
    await checkKey(pg, openSealer({ secret: SECRET }));
    await expect(checkKey(pg, openSealer({ secret: `${SECRET}!` }))).rejects.toThrow(
      /^postgres:\/\/127\.0\.0\.1:\d+\/db\d+ was sealed with another key\. Set the LOKET_SECRET, or put back the key file/,
    );
  });

  it("of two processes that start at once with different keys holds for one of them", async () => {
    const [one, two] = await postgres.openTwo();
    const sealers = [openSealer({ secret: SECRET }), openSealer({ secret: `${SECRET}!` })] as const;
    const answers = await Promise.allSettled([checkKey(one, sealers[0]), checkKey(two, sealers[1])]);
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});
