import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openSealer } from "../../src/store/sealing.ts";
import { fileCounter, memoryCounter } from "../../src/store/sqlite/counter.ts";
import { sqliteLedger } from "../../src/store/sqlite/ledger.ts";
import { MEMORY, openSqlite } from "../../src/store/sqlite/open.ts";
import { sqliteTasks } from "../../src/store/sqlite/tasks.ts";
import { ledgerLaw } from "../contract/ledger.ts";
import { changeOf, confirmed, happened, NOW, notSent, opened, paid, send } from "../contract/ledger-samples.ts";
import { aRequest } from "../fakes/agents.ts";
import { aBill, otherBill } from "../fakes/bills.ts";

const sealer = openSealer({});

function memoryLedger() {
  const db = openSqlite(MEMORY);
  return { db, ledger: sqliteLedger({ db, sealer }) };
}

describe("the ledger on SQLite", () => {
  ledgerLaw(async () => {
    const { db, ledger } = memoryLedger();
    const openTasks = async () => (await sqliteTasks(db).list("open", 99)).map(({ key }) => key);
    return { ledger, openTasks, close: async () => db.close() };
  });

  it("refuses by itself what must never happen", async () => {
    const { db, ledger } = memoryLedger();
    const first = await paid(ledger);
    await opened(ledger, { bill: otherBill(1) });
    const second = await opened(ledger, { bill: otherBill(2) });
    await ledger.requests.ask(aRequest(NOW), NOW, () => []);
    await ledger.requests.ask(aRequest(NOW, { bill: otherBill(3) }), NOW, () => []);
    const over = "UPDATE requests SET state = 'closed', over_at = 1 WHERE plate_ix IS NOT NULL";
    const never = [
      "UPDATE entries SET amount = 0",
      "DELETE FROM entries",
      "DELETE FROM postings",
      "DELETE FROM attempts",
      "DELETE FROM payments",
      `UPDATE payments SET total = 1 WHERE ref = '${first.ref}'`,
      `UPDATE payments SET state = 'review' WHERE ref = '${first.ref}'`,
      `UPDATE payments SET chassis_ix = (SELECT chassis_ix FROM payments WHERE invoice = '20000000001') WHERE ref = '${second.ref}'`,
      `UPDATE payments SET plate_ix = (SELECT plate_ix FROM payments WHERE invoice = '20000000001') WHERE ref = '${second.ref}'`,
      `UPDATE payments SET invoice = '20000000001' WHERE ref = '${second.ref}'`,
      `INSERT INTO attempts VALUES('${first.bill.invoice}', '${first.ref}', 1, 1)`,
      `INSERT INTO entries SELECT seq, 9, 'holds', 1 FROM postings LIMIT 1`,
      "INSERT INTO postings(id, what, at, lines, who, why) VALUES('p', 'top-up', 1, 0, 'ops', '')",
      "DELETE FROM balances",
      "DELETE FROM requests",
      "UPDATE requests SET state = 'taken'",
      "UPDATE requests SET agent = 'K7QM'",
      "UPDATE requests SET state = 'closed'",
      "UPDATE requests SET chassis_ix = 'same'",
      "UPDATE requests SET plate_ix = 'same'",
      `${over}; UPDATE requests SET state = 'asked', over_at = NULL`,
      `UPDATE payments SET agent = 'K7QM' WHERE ref = '${first.ref}'`,
      `UPDATE payments SET request = (SELECT ref FROM requests LIMIT 1) WHERE ref = '${second.ref}'`,
      `UPDATE payments SET agent = 'K7QM', request = (SELECT ref FROM requests LIMIT 1) WHERE state = 'intended'`,
    ];
    for (const sql of never) expect(() => db.exec(sql), sql).toThrow();
    db.close();
  });

  it("seals the person, the plate and the code", async () => {
    const folder = mkdtempSync(join(tmpdir(), "ledger-"));
    const db = openSqlite(join(folder, "loket.db"));
    const { code } = await paid(sqliteLedger({ db, sealer }));
    db.close();
    const bytes = readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), "latin1"))
      .join("");
    const { nik, chassis, owner, address, plate } = aBill();
    for (const secret of [nik, chassis, owner, address, plate, code]) expect(bytes).not.toContain(secret);
    expect(bytes).toContain("5A834FE7");
    rmSync(folder, { recursive: true });
  });

  it("survives closing the file, with everything in it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "ledger-"));
    const path = join(folder, "loket.db");
    const db = openSqlite(path);
    const payment = await paid(sqliteLedger({ db, sealer }));
    db.close();
    const again = openSqlite(path);
    const ledger = sqliteLedger({ db: again, sealer });
    expect(await ledger.load(payment.ref)).toEqual(payment);
    expect((await ledger.accounts()).length).toBeGreaterThan(3);
    again.close();
    rmSync(folder, { recursive: true });
  });

  it("notices that it is older than its counter, until it has caught up", async () => {
    const folder = mkdtempSync(join(tmpdir(), "ledger-"));
    const counter = fileCounter(join(folder, "count"));
    const now = memoryLedgerWith(counter);
    await paid(now, { bill: otherBill(1) });
    await happened(now, await opened(now, { bill: otherBill(2) }), send());
    expect(counter.read()).toBe(2);
    expect(await now.takeOver(NOW)).toEqual({ wentBack: false });
    const older = memoryLedgerWith(fileCounter(join(folder, "count")));
    expect(await older.takeOver(NOW)).toEqual({ wentBack: true });
    await paid(older, { bill: otherBill(3) });
    expect(await older.takeOver(NOW)).toEqual({ wentBack: false });
    expect(counter.read()).toBe(3);
    rmSync(folder, { recursive: true });
  });

  it("counts a call before the call can go out: when counting fails, the caller hears of it", async () => {
    const broken = { ...memoryCounter(), write: () => fail() };
    const ledger = memoryLedgerWith(broken);
    const payment = await opened(ledger);
    await expect(ledger.commit(changeOf(payment, send()))).rejects.toThrow("disk full");
    expect(await ledger.load(payment.ref)).toMatchObject({ state: "sending" });
    const sending = changeOf(payment, send()).payment.next;
    expect(await ledger.commit(changeOf(sending, notSent()))).toBe("done");
  });

  it("gives a payment another reference when the first one is taken", async () => {
    const first = await opened(memoryLedger().ledger);
    const refs = [first.ref, first.ref, (await opened(memoryLedger().ledger)).ref];
    const ledger = sqliteLedger({ db: openSqlite(MEMORY), sealer, newRef: () => refs.shift() ?? first.ref });
    const one = await opened(ledger, { bill: otherBill(1) });
    const two = await opened(ledger, { bill: otherBill(2) });
    expect(one.ref).not.toBe(two.ref);
  });

  it("keeps its history when a payment is confirmed late", async () => {
    const { ledger } = memoryLedger();
    const sending = await happened(ledger, await opened(ledger), send());
    const done = await happened(ledger, sending, confirmed(sending));
    expect(await ledger.load(done.ref)).toEqual(done);
  });
});

function memoryLedgerWith(counter: { read(): number; write(count: number): void }) {
  return sqliteLedger({ db: openSqlite(MEMORY), sealer, counter });
}

function fail(): never {
  throw new Error("disk full");
}
