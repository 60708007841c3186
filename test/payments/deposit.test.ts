import { describe, expect, it, onTestFinished } from "vitest";
import { rupiah } from "../../src/domain/rupiah.ts";
import { silentLog } from "../../src/log.ts";
import { bookDeposit, type DepositBooking } from "../../src/payments/deposit/booking.ts";
import { type DepositKeeper, depositKeeper } from "../../src/payments/deposit/keeper.ts";
import { readDeposit } from "../../src/payments/deposit/state.ts";
import { openSqliteStores, type SqliteStores } from "../../src/store/sqlite/stores.ts";
import { balances, happened, opened, paid, withdraw } from "../contract/ledger-samples.ts";
import { otherBill } from "../fakes/bills.ts";
import { type HandClock, handClock } from "../fakes/clock.ts";

const another = (number: number) => ({ bill: otherBill(number) });

interface Till {
  readonly clock: HandClock;
  readonly stores: SqliteStores;
  readonly keeper: DepositKeeper;
  book(what: DepositBooking["what"], amount: number, more?: Partial<DepositBooking>): Promise<unknown>;
  look(): Promise<readonly string[]>;
}

/** A store in memory, and what watches the deposit in it. */
function till(floor?: number): Till {
  const clock = handClock();
  const stores = openSqliteStores({ databaseUrl: "sqlite::memory:", secret: "x".repeat(32), as: "program" });
  onTestFinished(() => stores.close());
  const { ledger, records } = stores;
  const keeper = depositKeeper({
    ledger,
    records,
    clock,
    log: silentLog,
    floor: floor === undefined ? undefined : rupiah(floor),
  });
  return {
    clock,
    stores,
    keeper,
    book: (what, amount, more = {}) =>
      bookDeposit(stores, { what, amount: rupiah(amount), by: "Sari", why: "seen", ...more }, clock.now()),
    async look() {
      await keeper.look();
      return (await records.tasks.list("open", 9)).map(({ key }) => key);
    },
  };
}

describe("what the counter believes it has at the biller", () => {
  it("is what was there when it was first said, less every debit since; what was debited before is in it already", async () => {
    const { stores, clock, book } = till();
    await paid(stores.ledger, {}, clock.now());
    expect(await readDeposit(stores.ledger, undefined)).toMatchObject({
      started: false,
      sum: -183_500,
      room: undefined,
    });
    await book("start", 1_000_000);
    await paid(stores.ledger, another(2), clock.now());
    await opened(stores.ledger, another(3), clock.now());
    expect(await readDeposit(stores.ledger, rupiah(500_000))).toEqual({
      started: true,
      sum: 816_500,
      underWay: 183_500,
      average: 183_500,
      bills: 0,
      room: 133_000,
    });
    const sums = Object.values(await balances(stores.ledger));
    expect(sums.reduce((sum, amount) => sum + amount, 0)).toBe(0);
  });

  it("grows by what is paid in, and is corrected in both directions, each with a line in the audit log", async () => {
    const { stores, book } = till();
    await book("start", 1_000_000);
    expect(await book("top-up", 250_000, { why: "BCA 1207" })).toEqual({ kind: "booked", sum: 1_250_000 });
    expect(await book("adjustment", -5_000, { why: "bank fee" })).toEqual({ kind: "booked", sum: 1_245_000 });
    expect(await stores.records.audit.list(9)).toMatchObject([
      { who: "Sari", what: "deposit adjustment", detail: "-Rp5.000: bank fee" },
      { who: "Sari", what: "deposit top-up", detail: "Rp250.000: BCA 1207" },
      { who: "Sari", what: "deposit start", detail: "Rp1.000.000: seen" },
    ]);
  });

  it("has one sum to start from, and takes nothing before it", async () => {
    const { book } = till();
    expect(await book("top-up", 1_000)).toEqual({ kind: "not-started" });
    expect(await book("adjustment", -1_000)).toEqual({ kind: "not-started" });
    await book("start", 1_000_000);
    expect(await book("start", 2_000_000)).toEqual({ kind: "started" });
  });

  it("takes the same sum within a minute for one, unless it is said to be another", async () => {
    const { clock, book } = till();
    await book("start", 1_000_000);
    await book("top-up", 250_000);
    await clock.advance(59_000);
    expect(await book("top-up", 250_000)).toEqual({ kind: "twice" });
    expect(await book("top-up", 250_000, { again: true })).toEqual({ kind: "booked", sum: 1_500_000 });
    await clock.advance(61_000);
    expect(await book("top-up", 250_000)).toEqual({ kind: "booked", sum: 1_750_000 });
  });

  it("books one errand once, however often it is run", async () => {
    const { book } = till();
    await book("start", 1_000_000);
    await book("top-up", 250_000, { id: "errand" });
    expect(await book("top-up", 250_000, { id: "errand" })).toEqual({ kind: "booked", sum: 1_250_000 });
  });

  it("books no sum that is none", async () => {
    const { book } = till();
    await expect(book("start", 0)).rejects.toThrow(RangeError);
    await expect(book("top-up", -1)).rejects.toThrow(RangeError);
  });
});

describe("the floor of the deposit", () => {
  it("lets nothing be opened that would fall below it, and what is under way counts", async () => {
    const { stores, clock, book, keeper } = till(500_000);
    await book("start", 1_000_000);
    const open = (n: number) => keeper.within(rupiah(183_500), () => opened(stores.ledger, another(n), clock.now()));
    await open(1);
    await open(2);
    expect(await open(3)).toBe("sales-paused");
    expect(await stores.ledger.find({})).toHaveLength(2);
    await book("top-up", 50_500);
    expect(await open(3)).toMatchObject({ state: "intended" });
  });

  it("is not passed by many at the same time", async () => {
    const { stores, clock, book, keeper } = till(500_000);
    await book("start", 1_000_000);
    const open = (n: number) => keeper.within(rupiah(183_500), () => opened(stores.ledger, another(n), clock.now()));
    const answers = await Promise.all([1, 2, 3, 4, 5].map(open));
    expect(answers.filter((answer) => answer === "sales-paused")).toHaveLength(3);
  });

  it("pauses nothing before a sum to start from is said, nor where none is set", async () => {
    const unsaid = till(500_000);
    expect(await unsaid.keeper.within(rupiah(9_000_000), async () => "done")).toBe("done");
    const unset = till();
    await unset.book("start", 1);
    expect(await unset.keeper.within(rupiah(9_000_000), async () => "done")).toBe("done");
  });

  it("holds nobody back when one opening failed", async () => {
    const { book, keeper } = till(500_000);
    await book("start", 1_000_000);
    await expect(keeper.within(rupiah(1), () => Promise.reject(new Error("the store is away")))).rejects.toThrow(
      "away",
    );
    expect(await keeper.within(rupiah(1), async () => "done")).toBe("done");
  });
});

describe("the operator hears of the deposit", () => {
  it("once when about five bills are left, once when sales pause, and neither again until it was filled between", async () => {
    const { stores, clock, book, look } = till(500_000);
    await paid(stores.ledger, {}, clock.now());
    await book("start", 500_000 + 7 * 183_500);
    expect(await look()).toEqual([]);
    await paid(stores.ledger, another(2), clock.now());
    await paid(stores.ledger, another(3), clock.now());
    expect(await look()).toEqual(["deposit-low"]);
    const [low] = await stores.records.tasks.list("open", 9);
    expect(low?.text).toContain("about 5 bills");
    // Closed by hand: it is known, and not said again.
    await stores.records.tasks.close(low?.id ?? 0, "Sari", "on my way", clock.now());
    expect(await look()).toEqual([]);
    for (const n of [4, 5, 6, 7, 8]) await opened(stores.ledger, another(n), clock.now());
    expect(await look()).toEqual(["deposit-paused"]);
    await book("top-up", 10_000_000);
    expect(await look()).toEqual([]);
    await book("adjustment", -9_100_000);
    expect(await look()).toEqual(["deposit-low"]);
  });

  it("not again and again when a hold comes and goes", async () => {
    const { stores, clock, book, look } = till();
    await paid(stores.ledger, {}, clock.now());
    await book("start", 6 * 183_500);
    const hold = await opened(stores.ledger, another(2), clock.now());
    expect(await look()).toEqual(["deposit-low"]);
    const [task] = await stores.records.tasks.list("open", 9);
    await happened(stores.ledger, hold, withdraw(clock.now()));
    await look();
    await opened(stores.ledger, another(3), clock.now());
    await look();
    expect((await stores.records.tasks.list("all", 9)).map(({ id }) => id)).toEqual([task?.id]);
  });
});
