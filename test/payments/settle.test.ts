import { describe, expect, it } from "vitest";
import { rupiah } from "../../src/domain/rupiah.ts";
import { FLAGS } from "../../src/payments/settle/deps.ts";
import { settler } from "../../src/payments/settle.ts";
import type { Course } from "../fakes/biller-books.ts";
import { aBill, anInvoice, BUDI, must, otherBill } from "../fakes/bills.ts";
import { COURSES } from "./courses.ts";
import { HOUR, MINUTE, MORNING, SECOND } from "./life-samples.ts";
import { expectLawful, kindsOf, liveOn, makeWorld, notices, opens, openTasks, payOne, stepOn } from "./world.ts";

const CONFIRM = must(COURSES[0]);
const NOTHING = must(COURSES.find(({ name }) => name === "nothing, no answer"));
const REFUSED = must(COURSES.find(({ name }) => name === "nothing, and a refusal"));

describe("whatever the biller does, the payment ends as it must", () => {
  for (const course of COURSES) {
    it(`${course.name}: ${course.ends}`, async () => {
      const { world, payment } = await payOne(course);
      expect(payment.state).toBe(course.ends);
      await expectLawful(world, course.name);
      expect(world.errors).toEqual([]);
      const told = await notices(world);
      told.forEach(({ notice }, place) => {
        const promised = notice.kind === "under-way" || notice.kind === "still-asking" ? notice.nextAt : 0;
        if (promised > 0) expect(must(told[place + 1]).writtenAt, notice.kind).toBeLessThanOrEqual(promised);
      });
    });
  }
});

describe("the way of one payment", () => {
  it("says under way before it says paid, and keeps the biller's receipt", async () => {
    const { world, payment } = await payOne(CONFIRM);
    expect(await kindsOf(world)).toEqual(["under-way", "paid"]);
    expect(payment.receipt).toMatchObject({ reference: "REF11111111111" });
    expect(await openTasks(world)).toEqual([]);
  });
  it("keeps the word of the first minute while the call still hangs", async () => {
    const { world } = await payOne(NOTHING);
    const [first, second] = await notices(world);
    expect(first?.notice).toMatchObject({ kind: "under-way" });
    expect(second?.notice).toMatchObject({ kind: "still-asking", stage: "minute" });
    expect((second?.writtenAt ?? 0) - (first?.writtenAt ?? 0)).toBe(MINUTE);
  });
  it("the operator has a task after 30 min, which is closed when the payment ends", async () => {
    const world = makeWorld(must(COURSES.find(({ name }) => name === "PENDING, then REFUND")));
    await opens(world);
    const process = settler(world.deps);
    await liveOn(world, process, 31 * MINUTE);
    expect(await openTasks(world)).toEqual(["suspect"]);
    await liveOn(world, process, 30 * HOUR);
    expect(await openTasks(world)).toEqual([]);
  });
  it("two processes on the same store pay once", async () => {
    const world = makeWorld(CONFIRM);
    await opens(world);
    const [one, other] = [settler(world.deps), settler(world.deps)];
    const both = Promise.all([one.step(9), other.step(9)]);
    await world.clock.advance(MINUTE);
    await both;
    expect(world.biller.arrived).toHaveLength(1);
    await expectLawful(world, "two processes");
  });
});

describe("before pay (rule 9)", () => {
  const refusals: readonly {
    readonly name: string;
    readonly why: string;
    readonly prepare: (world: ReturnType<typeof makeWorld>) => Promise<void> | void;
  }[] = [
    { name: "a closed region", why: "region-closed", prepare: ({ biller }) => biller.setOpen(false) },
    {
      name: "a list of regions that cannot be had",
      why: "regions-unknown",
      prepare: ({ biller }) => biller.setReachable(false),
    },
    { name: "a quote that has ended", why: "expired", prepare: ({ clock }) => clock.advance(59 * MINUTE) },
    {
      name: "a confirmation that waited for more than 2 min",
      why: "too-slow",
      prepare: ({ clock }) => clock.advance(121 * SECOND),
    },
    {
      name: "paused paying",
      why: "paused",
      prepare: ({ records }) => records.flags.set(FLAGS.paused, "looked at", MORNING),
    },
    {
      name: "a quarter of an hour after a restore",
      why: "paused",
      prepare: ({ records }) => records.flags.set(FLAGS.noPayBefore, String(MORNING + 15 * MINUTE), MORNING),
    },
    {
      name: "a quote from before a restore",
      why: "expired",
      prepare: ({ records }) => records.flags.set(FLAGS.quotesVoidBefore, String(MORNING - SECOND), MORNING),
    },
    {
      name: "a flag that cannot be read",
      why: "paused",
      prepare: ({ records }) => records.flags.set(FLAGS.noPayBefore, "soon", MORNING),
    },
  ];
  for (const { name, why, prepare } of refusals) {
    it(`${name}: pay is not sent, and the payer hears it`, async () => {
      const world = makeWorld(CONFIRM);
      await opens(world);
      await prepare(world);
      await liveOn(world, settler(world.deps), HOUR);
      expect(world.biller.arrived).toEqual([]);
      expect((await notices(world)).map(({ notice }) => notice)).toMatchObject([{ kind: "withdrawn", why }]);
    });
  }
  it("neither for one payment nor for a day is more sent than allowed", async () => {
    const one = makeWorld(CONFIRM, { maxOne: rupiah(183_499) });
    await opens(one);
    await liveOn(one, settler(one.deps), HOUR);
    expect(one.biller.arrived).toEqual([]);
    const day = makeWorld(CONFIRM, { maxDay: rupiah(3 * 183_500) });
    for (const n of [1, 2, 3, 4, 5]) await opens(day, { bill: otherBill(n) });
    await liveOn(day, settler(day.deps), HOUR);
    expect(day.biller.arrived).toHaveLength(3);
    expect((await kindsOf(day)).filter((kind) => kind === "withdrawn")).toHaveLength(2);
    await expectLawful(day, "day cap");
  });
  it("the quote is looked at again after the slow questions", async () => {
    const world = makeWorld(CONFIRM);
    await opens(world, { expiresAt: MORNING + 50 });
    await liveOn(world, settler(world.deps), HOUR);
    expect(world.biller.arrived).toEqual([]);
    expect((await notices(world)).map(({ notice }) => notice)).toMatchObject([{ why: "expired" }]);
  });
});

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

describe("one vehicle (rules 1 and 7)", () => {
  const second = { bill: aBill({ invoice: anInvoice("222") }), payer: BUDI };
  async function ended(course: Course) {
    const world = makeWorld(course);
    const { ref } = await opens(world);
    const process = settler(world.deps);
    await liveOn(world, process, 20 * MINUTE);
    await world.clock.advance(MINUTE);
    return { world, process, ref };
  }
  it("the earlier end is asked about before a new payment goes out", async () => {
    const { world, process } = await ended(NOTHING);
    const asked = world.biller.statusCalls();
    await opens(world, second);
    world.biller.setCourse(() => CONFIRM);
    await liveOn(world, process, 5 * MINUTE);
    expect(world.biller.statusCalls()).toBe(asked + 1);
    expect(world.biller.arrived).toHaveLength(2);
    await expectLawful(world, "second try");
  });
  it("an end that has come to life stops the new payment, and is the operator's", async () => {
    // Beyond what is assumed of the biller: it applies the call an hour later.
    const { world, process, ref } = await ended({ ...NOTHING, books: [{ after: 20 * MINUTE, status: "CONFIRM" }] });
    const { ref: next } = await opens(world, second);
    await liveOn(world, process, 5 * MINUTE);
    expect(world.biller.arrived).toHaveLength(1);
    expect(await world.ledger.load(next)).toMatchObject({ state: "withdrawn", withdrawnWhy: "paused" });
    expect(await world.ledger.load(ref)).toMatchObject({ state: "review" });
    expect(await openTasks(world)).toEqual(["review"]);
    expect((await kindsOf(world)).at(-1)).toBe("changed-its-word");
  });
  it("an earlier end that the biller does not speak of stops the new payment, too", async () => {
    const { world, process } = await ended({
      ...NOTHING,
      status: (since) => (since > 19 * MINUTE ? { kind: "unknown", cause: "timeout", ok: false } : undefined),
    });
    await opens(world, second);
    await liveOn(world, process, 5 * MINUTE);
    expect(world.biller.arrived).toHaveLength(1);
    expect((await notices(world)).at(-1)?.notice).toMatchObject({ kind: "withdrawn", why: "regions-unknown" });
  });
  it("an end that comes to life while the new payment is out is told to the operator at once, and nothing is paid", async () => {
    const { world, process, ref } = await ended({ ...NOTHING, books: [{ after: 50 * MINUTE, status: "CONFIRM" }] });
    await world.clock.advance(20 * MINUTE);
    world.biller.setCourse(() => must(COURSES.find(({ name }) => name === "PENDING for ever")));
    await opens(world, second);
    await liveOn(world, process, 2 * HOUR);
    expect(world.biller.arrived).toHaveLength(2);
    expect(await world.ledger.load(ref)).toMatchObject({ state: "not-charged" });
    expect(await openTasks(world)).toContain("review");
    // The new one gets out of the way after 24 h of asking, by the operator; then the old one is reviewed.
    await liveOn(world, process, 30 * HOUR);
    expect(world.biller.arrived).toHaveLength(2);
  });
});

describe("refusals in a row (rule 5)", () => {
  it("after three vehicles paying is paused, and the operator is told", async () => {
    const world = makeWorld(REFUSED);
    const process = settler(world.deps);
    for (const n of [1, 2, 3, 4, 5]) {
      await opens(world, { bill: otherBill(n) });
      await liveOn(world, process, 2 * MINUTE);
      await world.clock.advance(MINUTE);
    }
    expect(world.biller.arrived).toHaveLength(3);
    expect(await world.records.flags.get(FLAGS.paused)).toContain("refused");
    expect(await openTasks(world)).toEqual(["refused-in-a-row"]);
    expect((await notices(world)).filter(({ notice }) => notice.kind === "withdrawn")).toHaveLength(2);
  });
  it("one that was not refused begins the row anew, and one vehicle counts once", async () => {
    const world = makeWorld(REFUSED);
    const process = settler(world.deps);
    world.biller.setCourse(({ invoice }) => (invoice === "20000000003" ? CONFIRM : REFUSED));
    for (const n of [1, 2, 3, 4, 5]) {
      await opens(world, { bill: otherBill(n) });
      await liveOn(world, process, MINUTE);
    }
    await liveOn(world, process, 30 * MINUTE);
    await opens(world, { bill: otherBill(5, { invoice: anInvoice("30000000005") }) });
    await liveOn(world, process, MINUTE);
    expect(world.biller.arrived).toHaveLength(6);
    expect(await world.records.flags.get(FLAGS.paused)).toBeUndefined();
  });
});

describe("cancelling", () => {
  it("stops what was not sent, and nothing else", async () => {
    const world = makeWorld(CONFIRM);
    const process = settler(world.deps);
    const first = await opens(world, { bill: otherBill(1) });
    expect(await process.cancel(first.ref)).toBe("withdrawn");
    expect(await process.cancel(first.ref)).toBe("too-late");
    const { ref } = await opens(world, { bill: otherBill(2) });
    const step = process.step(9);
    await world.clock.advance(SECOND);
    expect(await process.cancel(ref)).toBe("too-late");
    await world.clock.advance(MINUTE);
    await step;
    expect(await world.ledger.load(ref)).toMatchObject({ state: "paid" });
  });
  it("during the questions before pay, nothing goes out", async () => {
    const world = makeWorld(CONFIRM);
    const process = settler(world.deps);
    const { ref } = await opens(world);
    const step = process.step(9);
    await world.clock.advance(50);
    expect(await process.cancel(ref)).toBe("withdrawn");
    await world.clock.advance(MINUTE);
    await step;
    expect(world.biller.arrived).toEqual([]);
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
