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
import { refusesWhatMustNeverBe } from "../contract/ledger-never.ts";
import { changeOf, confirmed, happened, NOW, notSent, opened, paid, send } from "../contract/ledger-samples.ts";
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
    await refusesWhatMustNeverBe(ledger, async (sql) => db.exec(sql));
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

  it("notices that it is older than its counter, at each start until that was seen to, and the next time again", async () => {
    const folder = mkdtempSync(join(tmpdir(), "ledger-"));
    const counter = fileCounter(join(folder, "count"));
    const now = memoryLedgerWith(counter);
    await paid(now, { bill: otherBill(1) });
    await happened(now, await opened(now, { bill: otherBill(2) }), send());
    expect(counter.read()).toBe(2);
    expect(await now.takeOver(NOW)).toEqual({ wentBack: false });
    const older = memoryLedgerWith(fileCounter(join(folder, "count")));
    expect(await older.takeOver(NOW)).toEqual({ wentBack: true });
    expect(await older.takeOver(NOW)).toEqual({ wentBack: true });
    await older.restoreSeen();
    expect(await older.takeOver(NOW)).toEqual({ wentBack: false });
    const oldAgain = memoryLedgerWith(counter);
    expect(await oldAgain.takeOver(NOW)).toEqual({ wentBack: true });
    await paid(older, { bill: otherBill(3) });
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
