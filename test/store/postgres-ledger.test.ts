import { afterAll, describe, expect, it } from "vitest";
import { postgresLedger } from "../../src/store/postgres/ledger.ts";
import type { Pg } from "../../src/store/postgres/open.ts";
import { openSealer } from "../../src/store/sealing.ts";
import { memoryCounter } from "../../src/store/sqlite/counter.ts";
import { ledgerLaw } from "../contract/ledger.ts";
import { refusesWhatMustNeverBe } from "../contract/ledger-never.ts";
import { changeOf, HOUR, happened, NOW, notSent, opened, paid, send } from "../contract/ledger-samples.ts";
import { aBill, otherBill } from "../fakes/bills.ts";
import { inPostgres } from "./in-postgres.ts";
import { oneByOne } from "./ledger-in-postgres.ts";

const sealer = openSealer({});
const postgres = inPostgres();

describe("the ledger on PostgreSQL", () => {
  const one = oneByOne(() => postgres.server.database(), sealer);
  afterAll(one.end);
  ledgerLaw(one.make, "shared");
});

describe("the tables in PostgreSQL", () => {
  const one = oneByOne(() => postgres.server.database(), sealer);
  afterAll(one.end);

  it("refuse by themselves what must never happen", async () => {
    const { ledger, pg } = await one.make();
    await refusesWhatMustNeverBe(ledger, (sql) => pg.run(sql));
  });

  it("refuse to be emptied", async () => {
    const { pg } = await one.make();
    for (const table of ["payments", "requests", "attempts", "postings", "entries", "balances"]) {
      await expect(pg.run(`TRUNCATE ${table} CASCADE`), table).rejects.toThrow();
    }
  });

  it("refuse a way that no payment goes", async () => {
    const { ledger, pg } = await one.make();
    await opened(ledger);
    for (const state of ["paid", "refunded", "not-charged"]) {
      await expect(pg.run("UPDATE payments SET state = $1", [state]), state).rejects.toThrow("that way");
    }
    await pg.run("UPDATE payments SET state = 'withdrawn'");
    await expect(pg.run("UPDATE payments SET state = 'sending'")).rejects.toThrow("that way");
  });

  it("refuse a posting that lacks a line, or does not sum to zero, at the end of its transaction", async () => {
    const { pg } = await one.make();
    const posting = (lines: number, amounts: readonly number[]) =>
      pg.transaction(async (sql) => {
        const made = await sql.get<{ seq: number }>(
          "INSERT INTO postings(id, what, at, lines, who, why) VALUES($1, 'x', 1, $2, 'ops', 'try') RETURNING seq",
          [`${lines} ${amounts}`, lines],
        );
        for (const [line, amount] of amounts.entries()) {
          await sql.run("INSERT INTO entries VALUES($1, $2, 'holds', $3)", [made?.seq ?? 0, line, amount]);
        }
      });
    await expect(posting(2, [5])).rejects.toThrow("sums to zero");
    await expect(posting(2, [])).rejects.toThrow("sums to zero");
    await expect(posting(2, [5, -4])).rejects.toThrow("sums to zero");
    await expect(posting(2, [5, -3, -2])).rejects.toThrow("is closed");
    await posting(2, [5, -5]);
    expect(await pg.all("SELECT id FROM postings")).toEqual([{ id: "2 5,-5" }]);
  });

  it("hold nothing personal that could be read without the key", async () => {
    const { ledger, pg } = await one.make();
    const { code } = await paid(ledger);
    const tables = ["payments", "notices", "sightings", "postings", "entries"];
    const all = JSON.stringify(await Promise.all(tables.map((table) => pg.all(`SELECT * FROM ${table}`))));
    const { nik, chassis, owner, address, plate } = aBill();
    for (const secret of [nik, chassis, owner, address, plate, code]) expect(all).not.toContain(secret);
    expect(all).toContain("5A834FE7");
  });
});

describe("a ledger that went back in time", () => {
  it("is told of at each start until that was seen to, and nothing is claimed or sent till then", async () => {
    const pg = await postgres.open();
    const ledger = await postgresLedger({ pg, sealer });
    const payment = await opened(ledger);
    expect(await ledger.takeOver(NOW)).toEqual({ wentBack: false });
    await began(pg);
    const other = await postgresLedger({ pg, sealer });
    for (const one of [ledger, other, other]) expect(await one.takeOver(NOW)).toEqual({ wentBack: true });
    await expect(ledger.commit(changeOf(payment, send()))).rejects.toThrow("went back in time");
    await expect(ledger.claim(NOW, HOUR, 9)).rejects.toThrow("went back in time");
    expect(await ledger.load(payment.ref)).toEqual(payment);
    await other.restoreSeen();
    expect(await ledger.claim(NOW, HOUR, 9)).toMatchObject([{ payment, takenOver: false }]);
    for (const one of [ledger, other]) expect(await one.takeOver(NOW)).toEqual({ wentBack: false });
    expect(await ledger.commit(changeOf(payment, send()))).toBe("done");
    await began(pg);
    expect(await ledger.takeOver(NOW)).toEqual({ wentBack: true });
  });

  it("is also one that is behind the counter of its calls, until it has caught up", async () => {
    const counter = memoryCounter();
    const now = await postgresLedger({ pg: await postgres.open(), sealer, counter });
    await happened(now, await opened(now, { bill: otherBill(1) }), send());
    await happened(now, await opened(now, { bill: otherBill(2) }), send());
    expect(counter.read()).toBe(2);
    expect(await now.takeOver(NOW)).toEqual({ wentBack: false });
    const older = await postgresLedger({ pg: await postgres.open(), sealer, counter });
    expect(await older.takeOver(NOW)).toEqual({ wentBack: true });
    const payment = await opened(older);
    await expect(older.commit(changeOf(payment, send()))).rejects.toThrow("went back in time");
    await older.restoreSeen();
    expect(await older.takeOver(NOW)).toEqual({ wentBack: false });
    await happened(older, payment, send());
    expect(counter.read()).toBe(3);
  });

  it("counts a call before the call can go out: when counting fails, the caller hears of it", async () => {
    const counter = { read: () => 0, write: () => fail() };
    const ledger = await postgresLedger({ pg: await postgres.open(), sealer, counter });
    const payment = await opened(ledger);
    await expect(ledger.commit(changeOf(payment, send()))).rejects.toThrow("disk full");
    expect(await ledger.load(payment.ref)).toMatchObject({ state: "sending" });
    const sending = changeOf(payment, send()).payment.next;
    expect(await ledger.commit(changeOf(sending, notSent()))).toBe("done");
  });
});

/** The server begins anew on another timeline, as after a restore or when a standby takes over. */
async function began(pg: Pg): Promise<void> {
  const [folder] = await pg.all<{ data_directory: string }>("SHOW data_directory");
  await pg.run(`COPY (SELECT 1) TO '${folder?.data_directory}/standby.signal'`);
  await postgres.server.restart();
  await pg.run("SELECT pg_promote(true)");
}

function fail(): never {
  throw new Error("disk full");
}
