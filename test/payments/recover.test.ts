import { describe, expect, it } from "vitest";
import { enterRestored } from "../../src/payments/settle/restored.ts";
import { settler } from "../../src/payments/settle.ts";
import { memoryCounter } from "../../src/store/sqlite/counter.ts";
import { modelReceipt } from "../fakes/biller-books.ts";
import { must, otherBill } from "../fakes/bills.ts";
import { COURSES } from "./courses.ts";
import { crashing } from "./crashing.ts";
import { HOUR, MINUTE, SECOND } from "./life-samples.ts";
import { expectLawful, kindsOf, liveOn, makeWorld, notices, opens, openTasks } from "./world.ts";

const CONFIRM = must(COURSES[0]);
const FOREVER = must(COURSES.find(({ name }) => name === "PENDING for ever"));

describe("a program that starts (rule 8)", () => {
  it("asks about what was intended, withdraws it, and does not pay it", async () => {
    const world = makeWorld(CONFIRM);
    await opens(world);
    const process = settler(world.deps);
    await process.recover();
    await liveOn(world, process, HOUR);
    expect(world.biller.statusCalls()).toBe(1);
    expect(world.biller.arrived).toEqual([]);
    expect((await notices(world)).map(({ notice }) => notice)).toMatchObject([{ kind: "withdrawn", why: "restart" }]);
  });
  it("takes an intended that the biller knows of for sent, and finds out what became of it", async () => {
    const world = makeWorld(CONFIRM);
    const { ref, bill } = await opens(world);
    const status = () => Promise.resolve({ kind: "paid", receipt: modelReceipt(bill) } as const);
    const process = settler({ ...world.deps, biller: { ...world.biller, status } });
    await process.recover();
    await liveOn(world, process, HOUR);
    expect(world.biller.arrived).toEqual([]);
    expect(await kindsOf(world)).toEqual(["under-way", "paid"]);
    expect(await world.ledger.load(ref)).toMatchObject({ state: "paid" });
  });
  it("asks at once about what its predecessor had sent", async () => {
    const world = makeWorld({ ...CONFIRM, answerAfter: MINUTE });
    const { ref } = await opens(world);
    void settler({ ...world.deps, ledger: { ...world.ledger, commit: onlyFirst(world.ledger.commit) } }).step(9);
    await world.clock.advance(5 * SECOND);
    const process = settler(world.deps);
    await process.recover();
    await liveOn(world, process, 3 * SECOND);
    expect(await world.ledger.load(ref)).toMatchObject({ state: "paid" });
    await world.clock.advance(5 * MINUTE);
    await expectLawful(world, "predecessor");
  });
  it("with a ledger that went back in time pays nothing for 15 min, and reviews what was intended", async () => {
    const counter = memoryCounter();
    counter.write(7);
    const world = makeWorld(CONFIRM, { counter });
    const at = world.clock.now();
    const { ref } = await opens(world);
    const process = settler(world.deps);
    await process.recover();
    expect(await world.ledger.load(ref)).toMatchObject({ state: "review" });
    expect((await openTasks(world)).toSorted()).toEqual(["restored", "review"]);
    // The old quote is void after the quarter of an hour, too; a new one is paid.
    await opens(world, { bill: otherBill(1) });
    await liveOn(world, process, 14 * MINUTE);
    expect(world.biller.arrived).toEqual([]);
    await liveOn(world, process, 2 * MINUTE);
    await opens(world, { bill: otherBill(2), inquiredAt: at - 1 });
    await opens(world, { bill: otherBill(3) });
    await liveOn(world, process, MINUTE);
    expect(world.biller.arrived.map(({ invoice }) => invoice)).toEqual([otherBill(3).invoice]);
  });
  it("does not wait again at the next start", async () => {
    const counter = memoryCounter();
    counter.write(7);
    const world = makeWorld(CONFIRM, { counter });
    await settler(world.deps).recover();
    await world.clock.advance(16 * MINUTE);
    const process = settler(world.deps);
    await process.recover();
    await opens(world);
    await liveOn(world, process, MINUTE);
    expect(world.biller.arrived).toHaveLength(1);
  });
  it.each(["before", "during", "after"] as const)(
    "does all of it once more when it died %s any step of it",
    async (point) => {
      for (let at = 1; ; at++) {
        const counter = memoryCounter();
        counter.write(7);
        const world = makeWorld(CONFIRM, { counter });
        const { ref } = await opens(world);
        const crash = crashing(world.deps, at, point);
        void settler(crash.deps).recover();
        await world.clock.advance(SECOND);
        if (!crash.dead()) return expect(at).toBeGreaterThan(5);
        const process = settler(world.deps);
        await process.recover();
        expect(await world.ledger.load(ref)).toMatchObject({ state: "review" });
        expect(await openTasks(world)).toContain("restored");
        await opens(world, { bill: otherBill(1), inquiredAt: world.clock.now() + 1 });
        await liveOn(world, process, 14 * MINUTE);
        expect(world.biller.arrived).toEqual([]);
      }
    },
  );
  it("is told once of a restore, however often it starts", async () => {
    const world = makeWorld(CONFIRM);
    await opens(world);
    await enterRestored(world.deps, "ops", "a copy");
    await enterRestored(world.deps, "ops", "a copy");
    expect((await openTasks(world)).toSorted()).toEqual(["restored", "review"]);
    expect((await world.records.audit.list(9)).map(({ what }) => what)).toEqual(["restored", "restored"]);
  });
});

describe("the hourly sweep (rule 13)", () => {
  it("finds nothing where all is well", async () => {
    const world = makeWorld(CONFIRM);
    await opens(world);
    const process = settler(world.deps);
    await liveOn(world, process, 10 * MINUTE);
    for (const { id } of await world.ledger.owed(world.clock.now(), MINUTE, 9)) {
      await world.ledger.told(id, "m", world.clock.now());
    }
    await process.sweep();
    expect(await openTasks(world)).toEqual([]);
    expect(world.errors).toEqual([]);
  });
  it("shows a payer who has not been told for an hour, and a payment on which nobody works", async () => {
    const world = makeWorld(CONFIRM);
    await opens(world, { bill: otherBill(1) });
    const process = settler(world.deps);
    await liveOn(world, process, 10 * MINUTE);
    await opens(world, { bill: otherBill(2) });
    await world.clock.advance(61 * MINUTE);
    await process.sweep();
    await process.sweep();
    expect((await openTasks(world)).toSorted()).toEqual(["proof-undelivered", "stuck", "stuck"]);
  });
  it("gives a review back to the operator who closed its task without deciding", async () => {
    const world = makeWorld(FOREVER);
    await opens(world);
    const process = settler(world.deps);
    await liveOn(world, process, 25 * HOUR);
    const [task] = await world.records.tasks.list("open", 9);
    await world.records.tasks.close(must(task).id, "ops", "too late for today", world.clock.now());
    await process.sweep();
    expect(await openTasks(world)).toContain("review");
  });
  it("notices holds that do not fit", async () => {
    const world = makeWorld(CONFIRM);
    const accounts: typeof world.ledger.accounts = async () => [];
    await opens(world);
    const process = settler({ ...world.deps, ledger: { ...world.ledger, accounts } });
    const step = process.step(9);
    await world.clock.advance(SECOND);
    await process.sweep();
    expect((await world.records.tasks.list("open", 9)).map(({ key }) => key)).toEqual(["holds"]);
    await world.clock.advance(MINUTE);
    await step;
  });
});

/** A process whose store takes one commit and then hears no more: it was killed after sending. */
function onlyFirst<T extends (...values: never[]) => Promise<unknown>>(commit: T): T {
  let commits = 0;
  const once = (...values: never[]) => {
    commits += 1;
    return commits > 1 ? new Promise(() => undefined) : commit(...values);
  };
  return once as T;
}
