import type { Rupiah } from "../../src/domain/rupiah.ts";
import { makeLog } from "../../src/log.ts";
import type { Ledger } from "../../src/payments/ledger.ts";
import type { NewPayment, OwedNotice, Payment } from "../../src/payments/payment.ts";
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
import { lawsBroken } from "./laws.ts";
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
  /** Default: a new one in memory. */
  readonly db?: Db;
}

export function makeWorld(course: Course, over: WorldOptions = {}): World {
  const clock = handClock(MORNING);
  const biller = billerModel(clock, course);
  const db = over.db ?? openSqlite(MEMORY);
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

/** Throws when one of money's invariants does not hold. */
export async function expectLawful(world: World, label: string): Promise<void> {
  const broken = await lawsBroken(world, await notices(world));
  if (broken.length > 0) throw new Error(`${label}: ${broken.join("; ")}`);
}
