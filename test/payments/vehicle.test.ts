import { describe, expect, it } from "vitest";
import { FLAGS } from "../../src/payments/settle/deps.ts";
import { settler } from "../../src/payments/settle.ts";
import type { Course } from "../fakes/biller-books.ts";
import { aBill, anInvoice, BUDI, must, otherBill } from "../fakes/bills.ts";
import { COURSES } from "./courses.ts";
import { HOUR, MINUTE } from "./life-samples.ts";
import { expectLawful, kindsOf, liveOn, makeWorld, notices, opens, openTasks } from "./world.ts";

const CONFIRM = must(COURSES[0]);
const NOTHING = must(COURSES.find(({ name }) => name === "nothing, no answer"));
const REFUSED = must(COURSES.find(({ name }) => name === "nothing, and a refusal"));

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
  for (const said of [
    { kind: "unknown", cause: "timeout", ok: false },
    { kind: "unknown", cause: "garbled", ok: true },
  ] as const) {
    it(`an earlier end of which the biller says nothing that can be read (${said.cause}) stops the new payment, too`, async () => {
      const { world, process, ref } = await ended({
        ...NOTHING,
        status: (since) => (since > 19 * MINUTE ? said : undefined),
      });
      await opens(world, second);
      await liveOn(world, process, 5 * MINUTE);
      expect(world.biller.arrived).toHaveLength(1);
      expect((await notices(world)).at(-1)?.notice).toMatchObject({ kind: "withdrawn", why: "regions-unknown" });
      expect(await world.ledger.load(ref)).toMatchObject({ state: "not-charged" });
    });
  }
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
  it("one vehicle that is refused again and again does not hide those before it", async () => {
    const world = makeWorld(REFUSED);
    const process = settler(world.deps);
    const confirms = async (vehicle: number, invoice: number) => {
      await opens(world, { bill: otherBill(vehicle, { invoice: anInvoice(`${30_000_000_000 + invoice}`) }) });
      await liveOn(world, process, 20 * MINUTE);
    };
    await confirms(1, 0);
    for (let times = 1; times <= 13; times++) await confirms(2, times);
    expect(await world.records.flags.get(FLAGS.paused)).toBeUndefined();
    await confirms(3, 14);
    expect(world.biller.arrived).toHaveLength(15);
    expect(await world.records.flags.get(FLAGS.paused)).toContain("refused");
  });
});
