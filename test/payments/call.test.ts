import { describe, expect, it } from "vitest";
import { happenOnce } from "../../src/payments/settle/happen.ts";
import { settler } from "../../src/payments/settle.ts";
import { must, otherBill } from "../fakes/bills.ts";
import { COURSES } from "./courses.ts";
import { HOUR, MINUTE, MORNING, SECOND } from "./life-samples.ts";
import { expectLawful, liveOn, makeWorld, opens, stepOn } from "./world.ts";

const CONFIRM = must(COURSES[0]);
const NOTHING = must(COURSES.find(({ name }) => name === "nothing, no answer"));

describe("the call (rule 3)", () => {
  it("a process that stood still for 10 s between commit and first byte sends nothing", async () => {
    const world = makeWorld({ ...CONFIRM, connectMs: 10_000 });
    const { ref } = await opens(world);
    await liveOn(world, settler(world.deps), HOUR);
    expect(world.biller.arrived).toEqual([]);
    expect(await world.ledger.load(ref)).toMatchObject({ state: "not-charged" });
  });
  it("a process that was frozen for hours in the middle sends nothing", async () => {
    const world = makeWorld({ ...CONFIRM, connectMs: 5_000 });
    const { ref } = await opens(world);
    const step = settler(world.deps).step(9);
    await world.clock.advance(SECOND);
    expect(await world.ledger.load(ref)).toMatchObject({ state: "sending" });
    await world.clock.freeze(3 * HOUR);
    await step;
    expect(world.biller.arrived).toEqual([]);
  });
  it("a wall clock that was set back lets nothing out, either", async () => {
    const world = makeWorld({ ...CONFIRM, connectMs: 5_000 });
    await opens(world);
    const step = settler(world.deps).step(9);
    await world.clock.advance(SECOND);
    world.clock.setWall(MORNING - HOUR);
    await world.clock.advance(2 * HOUR);
    await step;
    expect(world.biller.arrived).toEqual([]);
  });
  it("a machine that slept, whose steady clock slept with it, sends nothing", async () => {
    const world = makeWorld({ ...CONFIRM, connectMs: 5_000 });
    await opens(world);
    const step = settler(world.deps).step(9);
    await world.clock.advance(SECOND);
    world.clock.setWall(MORNING + 12 * SECOND);
    await world.clock.advance(MINUTE);
    await step;
    expect(world.biller.arrived).toEqual([]);
  });
  it("an answer that comes when another has taken the payment over is not lost", async () => {
    const world = makeWorld({ ...CONFIRM, answerAfter: 30 * SECOND });
    const { ref } = await opens(world);
    const step = settler(world.deps).step(9);
    await world.clock.advance(SECOND);
    const sending = must(await world.ledger.load(ref));
    const at = world.clock.now();
    await happenOnce(world.ledger, { payment: sending, lease: undefined }, { kind: "lost", at, jitter: 0 });
    await world.clock.advance(MINUTE);
    await step;
    expect(await world.ledger.load(ref)).toMatchObject({ state: "paid" });
    expect(world.biller.statusCalls()).toBe(0);
    await expectLawful(world, "taken over");
  });
  it("at most eight go out at once, and those that wait are paid after them", async () => {
    const world = makeWorld({ ...CONFIRM, answerAfter: 20_000 });
    for (let n = 0; n < 12; n++) await opens(world, { bill: otherBill(n) });
    const stop = new AbortController();
    const run = settler(world.deps).run(stop.signal);
    await world.clock.advance(10 * SECOND);
    expect(world.biller.arrived).toHaveLength(8);
    await world.clock.advance(2 * MINUTE);
    expect(world.biller.arrived).toHaveLength(12);
    stop.abort();
    await run;
    await expectLawful(world, "bulkhead");
  });
  it("a client that throws leaves the payment unknown, never failed", async () => {
    const world = makeWorld(CONFIRM);
    const { ref } = await opens(world);
    const biller = { ...world.biller, pay: () => Promise.reject(new Error("a bug")) };
    await stepOn(world, settler({ ...world.deps, biller }));
    expect(await world.ledger.load(ref)).toMatchObject({ state: "suspect" });
    expect(world.errors).toHaveLength(1);
  });
  it("a full disk after the answer loses nothing: the status tells it again", async () => {
    const world = makeWorld(CONFIRM);
    const { ref } = await opens(world);
    let commits = 0;
    const commit: typeof world.ledger.commit = (change) => {
      commits += 1;
      return commits === 2 ? Promise.reject(new Error("disk full")) : world.ledger.commit(change);
    };
    const process = settler({ ...world.deps, ledger: { ...world.ledger, commit } });
    await stepOn(world, process);
    expect(await world.ledger.load(ref)).toMatchObject({ state: "sending" });
    await liveOn(world, process, HOUR);
    expect(await world.ledger.load(ref)).toMatchObject({ state: "paid" });
    expect(world.biller.arrived).toHaveLength(1);
  });
});

describe("the loop", () => {
  it("pays what is opened while it runs, keeps its times, and ends when it is told to", async () => {
    const world = makeWorld(NOTHING);
    const stop = new AbortController();
    const run = settler(world.deps).run(stop.signal);
    await world.clock.advance(SECOND);
    const { ref } = await opens(world);
    await world.clock.advance(15 * MINUTE);
    expect(await world.ledger.load(ref)).toMatchObject({ state: "not-charged" });
    stop.abort();
    await run;
    await expectLawful(world, "loop");
  });
  it("sweeps two minutes after its start, and then every hour", async () => {
    const world = makeWorld(CONFIRM);
    let sweeps = 0;
    const overdue: typeof world.ledger.overdue = (...args) => {
      sweeps += 1;
      return world.ledger.overdue(...args);
    };
    const stop = new AbortController();
    const run = settler({ ...world.deps, ledger: { ...world.ledger, overdue } }).run(stop.signal);
    await world.clock.advance(MINUTE);
    expect(sweeps).toBe(0);
    await world.clock.advance(90 * MINUTE);
    expect(sweeps).toBe(2);
    stop.abort();
    await run;
  });
  it("on a stop in the middle of a call it waits for the answer", async () => {
    const world = makeWorld({ ...CONFIRM, answerAfter: 30 * SECOND });
    const { ref } = await opens(world);
    const stop = new AbortController();
    const run = settler(world.deps).run(stop.signal);
    await world.clock.advance(SECOND);
    stop.abort();
    await world.clock.advance(MINUTE);
    await run;
    expect(await world.ledger.load(ref)).toMatchObject({ state: "paid" });
  });
  it("goes on when the store fails for a while", async () => {
    const world = makeWorld(CONFIRM);
    const { ref } = await opens(world);
    let broken = true;
    const claim: typeof world.ledger.claim = (...args) =>
      broken ? Promise.reject(new Error("database is locked")) : world.ledger.claim(...args);
    const stop = new AbortController();
    const run = settler({ ...world.deps, ledger: { ...world.ledger, claim } }).run(stop.signal);
    await world.clock.advance(3 * SECOND);
    broken = false;
    await world.clock.advance(10 * SECOND);
    expect(await world.ledger.load(ref)).toMatchObject({ state: "paid" });
    stop.abort();
    await run;
  });
});
