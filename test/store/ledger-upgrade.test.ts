import { expect, it } from "vitest";
import { readRef } from "../../src/domain/ref.ts";
import { rupiah, ZERO } from "../../src/domain/rupiah.ts";
import { hold, take } from "../../src/payments/life/postings.ts";
import { LIVE, type Payment, type PaymentState } from "../../src/payments/payment.ts";
import { changing, secretOf, vehicleKeys } from "../../src/store/rows/payment.ts";
import { openSealer } from "../../src/store/sealing.ts";
import { sqliteLedger } from "../../src/store/sqlite/ledger.ts";
import { LEDGER_STEPS } from "../../src/store/sqlite/ledger-schema.ts";
import { type Db, migrate, openSqlite } from "../../src/store/sqlite/open.ts";
import { migrateTasks } from "../../src/store/sqlite/tasks.ts";
import { balances, happened, NOW, receiptOf, send, withdraw } from "../contract/ledger-samples.ts";
import { must, otherBill } from "../fakes/bills.ts";
import { intended } from "../payments/life-samples.ts";
import { inFolder } from "./folder.ts";

const folder = inFolder();
const sealer = openSealer({});
const TOTAL = 183_500;

const STATES: readonly PaymentState[] = [
  "intended",
  "sending",
  "suspect",
  "review",
  "paid",
  "withdrawn",
  "not-charged",
];

/** One payment of each kind as the version before agents wrote it: holds from the sending on. */
function payments(): readonly Payment[] {
  return STATES.map((state, place) => {
    const payment = { ...intended(NOW), ref: must(readRef(`2AAA${place + 2}`)), state, bill: otherBill(place) };
    const isOver = !LIVE.includes(state);
    const sentAt = state === "intended" || state === "withdrawn" ? undefined : NOW;
    const receipt = state === "paid" ? receiptOf(payment) : undefined;
    return { ...payment, sentAt, receipt, endedAt: isOver ? NOW : undefined, dueAt: isOver ? undefined : NOW };
  });
}

/** A file that the version before agents has left. */
function oldFile(path: string): void {
  const db = openSqlite(path);
  migrateTasks(db);
  migrate(db, "ledger", LEDGER_STEPS.slice(0, 1));
  for (const payment of payments()) written(db, payment);
  db.close();
}

function written(db: Db, payment: Payment): void {
  const { ref, bill, payer, inquiredAt, openedAt, state } = payment;
  const keys = vehicleKeys(bill, sealer);
  const [revision, , sentAt, endedAt, dueAt, shape, body] = changing(payment);
  const { agent: _agent, request: _request, markup: _markup, ...known } = JSON.parse(String(body));
  const row = [ref, bill.invoice, revision, state, payer, bill.total, inquiredAt, openedAt, sentAt, endedAt, dueAt];
  const rest = [keys.chassis, keys.plate, shape, JSON.stringify(known), secretOf(payment, sealer)];
  db.prepare(
    `INSERT INTO payments(ref, invoice, revision, state, payer, total, inquired_at, opened_at, sent_at, ended_at, due_at,
       chassis_ix, plate_ix, shape, body, secret) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(...[...row, ...rest].map((value) => value ?? null));
  const wasHeld = LIVE.includes(state) || state === "paid";
  if (state !== "intended" && wasHeld) posted(db, payment, hold(payment));
  if (state === "paid") posted(db, payment, take(payment));
  const notice = sealer.seal(JSON.stringify({ kind: "old" }), `notices:${ref}.1.0`);
  db.prepare("INSERT INTO notices(id, ref, chat, language, notice, written_at) VALUES(?, ?, ?, 'id', ?, ?)").run(
    ...[`${ref}.1.0`, ref, payer, notice, NOW],
  );
}

function posted(db: Db, { ref }: Payment, { id, what, entries }: ReturnType<typeof hold>): void {
  db.prepare("INSERT INTO postings VALUES(?, ?, ?, ?, ?)").run(id, ref, what, NOW, entries.length);
  entries.forEach(({ account, amount }, place) => {
    db.prepare("INSERT INTO entries VALUES(?, ?, ?, ?)").run(id, place, account, amount);
  });
}

it("a file from before agents opens whole, with what is intended held, and every sum at zero", async () => {
  const path = folder.path("old.db");
  oldFile(path);
  const before = payments();
  for (let start = 0; start < 2; start++) {
    const db = openSqlite(path);
    const ledger = sqliteLedger({ db, sealer });
    for (const payment of before) {
      expect(await ledger.load(payment.ref)).toEqual({
        ...payment,
        agent: undefined,
        request: undefined,
        markup: ZERO,
      });
    }
    const live = before.filter(({ state }) => LIVE.includes(state)).length;
    expect(live).toBe(4);
    expect(await balances(ledger)).toMatchObject({ holds: live * TOTAL, sales: TOTAL, unsecured: -(live + 1) * TOTAL });
    const off = db
      .prepare<{ n: number }>(
        `SELECT count(*) AS n FROM balances
         WHERE balance <> (SELECT sum(amount) FROM entries WHERE entries.account = balances.account)`,
      )
      .get();
    expect(off).toMatchObject({ n: 0 });
    const sum = Object.values(await balances(ledger)).reduce((all, balance) => all + balance, 0);
    expect(sum).toBe(0);
    expect((await ledger.overdue(NOW + 1, 99)).map(({ ref }) => ref)).toEqual(before.map(({ ref }) => ref));
    expect((await ledger.lines("sales", {}))[0]).toMatchObject({ at: NOW, what: "paid", amount: TOTAL });
    expect(db.prepare("PRAGMA foreign_key_check").all()).toEqual([]);
    expect(db.prepare<object>("PRAGMA integrity_check").get()).toMatchObject({ integrity_check: "ok" });
    db.close();
  }
});

it("what was intended in such a file goes on: sent without a second hold, or let go with its own", async () => {
  for (const happening of [send(), withdraw()]) {
    const path = folder.path(`${happening.kind}.db`);
    oldFile(path);
    const db = openSqlite(path);
    const ledger = sqliteLedger({ db, sealer });
    const [first] = await ledger.find({ states: ["intended"] });
    const { holds = 0 } = await balances(ledger);
    await happened(ledger, must(first), happening);
    expect(await balances(ledger)).toMatchObject({ holds: holds - (happening.kind === "send" ? 0 : TOTAL) });
    expect(await ledger.post({ ...TOP_UP }, NOW)).toBe("done");
    db.close();
  }
});

const TOP_UP = {
  id: "topup",
  what: "top-up",
  by: "ops",
  why: "transfer",
  entries: [
    { account: "topups", amount: rupiah(-5) },
    { account: "agent:K7QM", amount: rupiah(5) },
  ],
};
