import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conversationKey } from "../../src/conversation/message.ts";
import { KEEP } from "../../src/domain/keep.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { agentAccount } from "../../src/domain/staff.ts";
import { moveConversations } from "../../src/store/move/conversations.ts";
import { type Compared, moveDatabase } from "../../src/store/move/database.ts";
import { TABLES } from "../../src/store/move/tables.ts";
import { openPostgresStores } from "../../src/store/postgres/stores.ts";
import { redisConversations } from "../../src/store/redis/conversations.ts";
import { openRedis } from "../../src/store/redis/open.ts";
import { openSealer } from "../../src/store/sealing.ts";
import { openSqliteStores, type SqliteStores } from "../../src/store/sqlite/stores.ts";
import { ANI, aConversation, aJob, BUDI, claimAll, ids } from "../contract/conversations-samples.ts";
import { happened, NOW, notCharged, opened, paid, send } from "../contract/ledger-samples.ts";
import { aRequest } from "../fakes/agents.ts";
import { otherBill } from "../fakes/bills.ts";
import { type RedisServer, startRedis } from "../fakes/servers/redis.ts";
import { inPostgres } from "./in-postgres.ts";

const SECRET = "a secret of the tests, longer than 32 characters";
const WARUNG = conversationKey("telegram", "77");
const postgres = inPostgres();

/** A counter's file in which there is something of everything. */
async function lived(): Promise<SqliteStores> {
  const from = openSqliteStores({ databaseUrl: "sqlite::memory:", secret: SECRET, as: "program" });
  const { ledger, records } = from;
  await paid(ledger, { bill: otherBill(1) });
  await notCharged(ledger, { bill: otherBill(2) });
  await happened(ledger, await opened(ledger, { bill: otherBill(3) }), send());
  const { staff, code } = await records.staff.add(
    { role: "agent", name: "Warung", place: "", handover: "", credit: rupiah(0), daily: undefined, language: "id" },
    NOW,
  );
  await records.staff.enrol(WARUNG, code, NOW);
  await records.staff.enrol(ANI, "WRONGONE", NOW);
  const entries = [
    { account: agentAccount(staff.id), amount: rupiah(500_000) },
    { account: "cash", amount: rupiah(-500_000) },
  ];
  await ledger.post({ id: "t1", what: "top-up", by: "ops", why: "cash", entries }, NOW);
  await ledger.requests.ask(aRequest(NOW, { bill: otherBill(4) }), NOW, () => []);
  await records.tasks.add({ key: "a", kind: "stuck", text: "Look." }, NOW);
  await records.audit.write({ at: NOW, who: "ops", what: "looked", ref: "", detail: "é 😀" });
  await records.consents.give(ANI, "1", NOW);
  await records.letters.keep(ANI, "tolong", NOW);
  await records.flags.set("quotes", "1", NOW);
  await from.webInbox().append(BUDI, { id: "e1", event: "{}", at: NOW });
  await from.whatsappRooms().keys.saveCreds("{}");
  await from.whatsappRooms().keys.saveRows([{ type: "session", id: "1", value: "{}" }]);
  return from;
}

async function target(address?: string) {
  const databaseUrl = address ?? (await postgres.server.database());
  const to = await openPostgresStores({ databaseUrl, secret: SECRET, as: "program", keyCheck: false });
  return { databaseUrl, to };
}

describe("a counter's file that moves to PostgreSQL", () => {
  it("is there whole, and is the same through every door", async () => {
    const from = await lived();
    const { databaseUrl, to } = await target();
    const told: Compared[] = [];
    await moveDatabase(from.db, to.pg, (one) => told.push(one));
    await to.close();
    const at = await openPostgresStores({ databaseUrl, secret: SECRET, as: "program" });
    const all = { limit: 99 };
    expect(await at.ledger.find(all)).toEqual(await from.ledger.find(all));
    expect(await at.ledger.accounts()).toEqual(await from.ledger.accounts());
    for (const { ref } of await from.ledger.find(all)) {
      expect(await at.ledger.sightings(ref)).toEqual(await from.ledger.sightings(ref));
      expect(await at.ledger.news(ref)).toEqual(await from.ledger.news(ref));
    }
    expect(await at.records.staff.byChat(WARUNG)).toEqual(await from.records.staff.byChat(WARUNG));
    expect(await at.records.tasks.list("all", 9)).toEqual(await from.records.tasks.list("all", 9));
    expect(await at.records.letters.list(ANI, 9)).toEqual(await from.records.letters.list(ANI, 9));
    expect(await at.whatsappRooms().keys.load()).toEqual(await from.whatsappRooms().keys.load());
    expect(await at.webInbox().since(BUDI, 0, 9)).toEqual(await from.webInbox().since(BUDI, 0, 9));
    const moved = new Map(told.map(({ table, rows }) => [table, rows]));
    expect([...moved.keys()].sort()).toEqual([...TABLES.map(({ name }) => name), "entries"].sort());
    expect(moved.get("payments")).toBe(3);
    // What is written next does not meet the numbers of what was moved.
    await paid(at.ledger, { bill: otherBill(9) });
    expect(await at.records.tasks.add({ key: "b", kind: "stuck", text: "Look." }, NOW)).toBe(true);
    await at.close();
    from.close();
  });

  it("leaves no table behind that the file has", async () => {
    const from = await lived();
    const tables = from.db.prepare<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    // The conversations go to Redis; balances and counters are made again.
    const elsewhere = ["schema_versions", "conversations", "seen", "jobs", "balances", "sent_count", "sqlite_sequence"];
    const own = tables.map(({ name }) => name).filter((name) => !elsewhere.includes(name));
    expect([...TABLES.map(({ name }) => name), "entries"].sort()).toEqual(own.sort());
    from.close();
  });

  it("goes on where it broke off", async () => {
    const from = await lived();
    const { to } = await target();
    const breaks = () =>
      moveDatabase(from.db, to.pg, ({ table }) => {
        if (table === "payments") throw new Error("the line is cut");
      });
    await expect(breaks()).rejects.toThrow("the line is cut");
    const told: string[] = [];
    await moveDatabase(from.db, to.pg, ({ table }) => told.push(table));
    expect(told).toContain("whatsapp_keys");
    expect(await to.ledger.accounts()).toEqual(await from.ledger.accounts());
    await to.close();
    from.close();
  });

  it("is not moved into a database in which there is something", async () => {
    const from = await lived();
    const { to } = await target();
    await paid(to.ledger, { bill: otherBill(1) });
    await expect(moveDatabase(from.db, to.pg, () => {})).rejects.toThrow(
      "is not empty: there is something in payments",
    );
    await to.close();
    from.close();
  });

  it("is not called moved when a row differs", async () => {
    const from = await lived();
    const { to } = await target();
    await moveDatabase(from.db, to.pg, () => {});
    from.db.exec("UPDATE letters SET sealed = 'yet another'");
    await expect(moveDatabase(from.db, to.pg, () => {})).rejects.toThrow("letters differs: 1 rows were to be moved");
    await to.close();
    from.close();
  });
});

describe("conversations that move to Redis", () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());

  it("are there with what waits, in its order; and twice is once", async () => {
    const from = openSqliteStores({ databaseUrl: "sqlite::memory:", secret: SECRET, as: "program" });
    const next = aConversation({ revision: 1 });
    const jobs = ["a", "b", "c"].map((id) => aJob(id, { lane: "say:telegram:1" }));
    await from.conversations.commit({
      at: 1,
      seen: { key: ANI, id: "m1" },
      conversation: { next, expect: 0 },
      enqueue: jobs,
    });
    const redis = await openRedis(server.url);
    const to = redisConversations({ redis, sealer: openSealer({ secret: SECRET }), keep: KEEP, alone: false });
    for (let times = 0; times < 2; times++) {
      expect(await moveConversations(from, to)).toEqual({ conversations: 1, jobs: 3 });
    }
    expect(await to.load(ANI)).toEqual(next);
    expect(await to.commit({ at: 2, seen: { key: ANI, id: "m1" } })).toBe("duplicate");
    expect(ids(await claimAll(to))).toEqual(["a"]);
    expect(await to.depth()).toEqual({ waiting: 3, dead: 0 });
    await redis.close();
    from.close();
  });
});
