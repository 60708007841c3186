import { expect } from "vitest";
import type { Rupiah } from "../../src/domain/rupiah.ts";
import { makeLog } from "../../src/log.ts";
import type { Ledger } from "../../src/payments/ledger.ts";
import { LIVE, type NewPayment, type OwedNotice, type Payment } from "../../src/payments/payment.ts";
import type { SettlerDeps } from "../../src/payments/settle/deps.ts";
import { type Settler, settler } from "../../src/payments/settle.ts";
import type { Records } from "../../src/records/records.ts";
import { openSealer } from "../../src/store/sealing.ts";
import { type Counter, memoryCounter } from "../../src/store/sqlite/counter.ts";
import { sqliteLedger } from "../../src/store/sqlite/ledger.ts";
import { type Db, MEMORY, openSqlite } from "../../src/store/sqlite/open.ts";
import { sqliteRecords } from "../../src/store/sqlite/records.ts";
import { type BillerModel, billerModel, type Course } from "../fakes/biller-books.ts";
import { aPayment, must } from "../fakes/bills.ts";
import { type HandClock, handClock } from "../fakes/clock.ts";
import { HOUR, MINUTE, MORNING } from "./life-samples.ts";

export interface World {
  readonly clock: HandClock;
  readonly biller: BillerModel;
  readonly ledger: Ledger;
  readonly records: Records;
  readonly db: Db;
  readonly deps: SettlerDeps;
  /** What the log said at error level. */
  readonly errors: readonly string[];
}

const sealer = openSealer({});

export interface WorldOptions {
  readonly maxDay?: Rupiah;
  readonly maxOne?: Rupiah;
  /** The second file that counts what was sent. */
  readonly counter?: Counter;
}

export function makeWorld(course: Course, over: WorldOptions = {}): World {
  const clock = handClock(MORNING);
  const biller = billerModel(clock, course);
  const db = openSqlite(MEMORY);
  const ledger = sqliteLedger({ db, sealer, counter: over.counter ?? memoryCounter() });
  const records = sqliteRecords({ db, sealer });
  const errors: string[] = [];
  const log = makeLog("error", (line) => void errors.push(line));
  const policy = { maxDay: over.maxDay, maxOne: over.maxOne };
  const deps = { ledger, biller, records, clock, log, random: () => 0.5, policy };
  return { clock, biller, ledger, records, db, deps, errors };
}

export async function opens({ ledger, clock }: World, over: Partial<NewPayment> = {}): Promise<Payment> {
  const at = clock.now();
  const answer = await ledger.open(aPayment(at, over), at);
  if (answer.kind !== "opened") throw new Error(`it should have been opened: ${answer.kind}`);
  return answer.payment;
}

/** One step, with the time that it takes. False when it never ends (its process is dead). */
export async function stepOn({ clock }: World, process: Settler, stop: () => boolean = () => false): Promise<boolean> {
  let over = false;
  void process.step(50).then(() => {
    over = true;
  });
  await clock.advanceUntil(() => over || stop(), 10 * MINUTE);
  return over;
}

/** Lets a process work for so long, as its loop would. */
export async function liveOn(
  world: World,
  process: Settler,
  ms: number,
  stop: () => boolean = () => false,
): Promise<void> {
  const { clock, ledger } = world;
  const end = clock.now() + ms;
  while (clock.now() <= end && !stop()) {
    if (!(await stepOn(world, process, stop))) return;
    const next = (await ledger.nextDue(clock.now())) ?? end + 1;
    await clock.advance(Math.min(Math.max(0, next - clock.now()), Math.max(0, end - clock.now())));
    if (next > end) return;
  }
}

export async function payOne(
  course: Course,
  over: Partial<NewPayment> = {},
): Promise<{ world: World; payment: Payment }> {
  const world = makeWorld(course);
  const { ref } = await opens(world, over);
  await liveOn(world, settler(world.deps), 30 * HOUR);
  return { world, payment: must(await world.ledger.load(ref)) };
}

/** All that payers were told or are owed, in order. */
export async function notices({ ledger, clock }: World): Promise<readonly OwedNotice[]> {
  return ledger.overdue(clock.now() + 1_000 * HOUR, 10_000);
}

export async function kindsOf(world: World): Promise<readonly string[]> {
  return (await notices(world)).map(({ notice }) => notice.kind);
}

export async function openTasks({ records }: World): Promise<readonly string[]> {
  return (await records.tasks.list("open", 999)).map(({ kind }) => kind);
}

/** Money's invariants, on the biller's own books and on what the payers were told. */
export async function expectLawful(world: World, label: string): Promise<void> {
  const { biller, ledger, clock } = world;
  const payments = await ledger.find({ limit: 10_000 });
  const told = await notices(world);
  const tasks = await world.records.tasks.list("open", 9_999);
  expect(new Set(biller.arrived.map(({ invoice }) => invoice)).size, `I2 ${label}`).toBe(biller.arrived.length);
  for (const payment of payments) {
    const heard = told.filter(({ ref }) => ref === payment.ref);
    const said = heard.map(({ notice }) => notice.kind);
    const inBooks = biller.statusAt(payment.bill.invoice, clock.now());
    const task = tasks.some(({ ref }) => ref === payment.ref);
    expect(payment.state === "paid", `I4 ${label}: ${payment.state}, ${inBooks}`).toBe(said.includes("paid"));
    if (payment.state === "paid") expect(inBooks, `I4 ${label}`).toBe("CONFIRM");
    if (inBooks === "CONFIRM") {
      expect(payment.state === "paid" || (payment.state === "review" && task), `I3 ${label}: ${payment.state}`).toBe(
        true,
      );
    }
    for (const { notice, writtenAt } of heard) {
      if (notice.kind !== "not-paid" && notice.kind !== "withdrawn") continue;
      const stands = [biller.statusAt(payment.bill.invoice, writtenAt), inBooks].some(
        (status) => status === "CONFIRM" || status === "PENDING",
      );
      expect(stands, `I5 ${label}: told ${notice.kind}`).toBe(false);
    }
    const isLive = LIVE.includes(payment.state);
    expect(!isLive || (payment.state === "review" && task), `I6 ${label}: ${payment.state}`).toBe(true);
    if (said.includes("paid") || said.includes("not-paid")) expect(said[0], label).toBe("under-way");
  }
  await expectBalanced(world, payments, label);
}

async function expectBalanced({ ledger }: World, payments: readonly Payment[], label: string): Promise<void> {
  const balances = Object.fromEntries((await ledger.accounts()).map(({ account, balance }) => [account, balance]));
  const sumOf = (states: readonly Payment["state"][]) =>
    payments.filter(({ state }) => states.includes(state)).reduce((sum, { bill }) => sum + bill.total, 0);
  const bound = (balances.holds ?? 0) + (balances.disputed ?? 0);
  expect(bound, `I9 ${label}`).toBe(sumOf(["sending", "suspect", "review"]));
  expect(balances.sales ?? 0, `I10 ${label}`).toBe(sumOf(["paid"]));
  expect(
    Object.values(balances).reduce((sum, balance) => sum + balance, 0),
    `I9 ${label}`,
  ).toBe(0);
}
