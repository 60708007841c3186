import { describe, expect, it } from "vitest";
import type { PaymentRef } from "../../src/domain/ref.ts";
import { listPayments, markRestored, resolvePayment, resumePaying, showPayment } from "../../src/payments/operator.ts";
import { FLAGS } from "../../src/payments/settle/deps.ts";
import { settler } from "../../src/payments/settle.ts";
import type { Course } from "../fakes/biller-books.ts";
import { must, otherBill } from "../fakes/bills.ts";
import { COURSES } from "./courses.ts";
import { HOUR, MINUTE, SECOND } from "./life-samples.ts";
import { expectLawful, kindsOf, liveOn, makeWorld, opens, openTasks, type World } from "./world.ts";

const CONFIRM = must(COURSES[0]);
const FOREVER = must(COURSES.find(({ name }) => name === "PENDING for ever"));
const REFUSED = must(COURSES.find(({ name }) => name === "nothing, and a refusal"));

async function inReview(course: Course = FOREVER): Promise<{ world: World; ref: PaymentRef }> {
  const world = makeWorld(course);
  const { ref } = await opens(world);
  await liveOn(world, settler(world.deps), 25 * HOUR);
  return { world, ref };
}

/** The operator's command, with the time that the biller takes. */
async function run<T>({ clock }: World, command: Promise<T>): Promise<T> {
  await clock.advance(SECOND);
  return command;
}

const decision = { by: "ops", why: "the biller's people say so" } as const;

describe("npx loket payments", () => {
  it("lists payments without the person, newest first, and says when paying is paused", async () => {
    const world = makeWorld(CONFIRM);
    expect((await listPayments(world.deps)).text).toBe("No payments.");
    const first = await opens(world, { bill: otherBill(1) });
    await world.clock.advance(MINUTE);
    const second = await opens(world, { bill: otherBill(2) });
    await world.records.flags.set(FLAGS.paused, "looked at", 1);
    const { text } = await listPayments(world.deps);
    expect(text.split("\n")).toEqual([
      'PAYING IS PAUSED: looked at. To go on: npx loket payments resume --why "…"',
      `TRX-${second.ref}  7 July 2019 at 10.01 WIB  F 1002 AB  Rp183.500  intended`,
      `TRX-${first.ref}  7 July 2019 at 10.00 WIB  F 1001 AB  Rp183.500  intended`,
    ]);
  });
  it("tells the story of a payment", async () => {
    const { world, ref } = await inReview();
    const { text } = await showPayment(world.deps, ref);
    expect(text).toContain(`TRX-${ref}  7 July 2019 at 10.00 WIB  F 0001 Z  Rp183.500  review`);
    expect(text).toContain("7 July 2019 at 10.00 WIB  confirmed (telegram …242)");
    expect(text).toContain("sent to the biller");
    expect(text).toContain("pay says pending");
    expect(text).toMatch(/Asked 34 times, last word "status: pending"/);
    for (const secret of ["3204110101800001", "MH1JFZ110HK123456", "JORDAN"]) expect(text).not.toContain(secret);
    expect((await showPayment(world.deps, "22222" as PaymentRef)).done).toBe(false);
  });
  it("resolves a review as refunded: the payer is told, the vehicle is free, it is in the audit", async () => {
    const { world, ref } = await inReview();
    const told = await run(world, resolvePayment(world.deps, ref, { ...decision, outcome: { kind: "refunded" } }));
    expect(told).toEqual({ done: true, text: `TRX-${ref} is refunded. The payer will be told.` });
    expect((await kindsOf(world)).at(-1)).toBe("not-paid");
    expect(await openTasks(world)).toEqual([]);
    expect(await world.records.audit.list(9)).toMatchObject([{ who: "ops", what: "payment resolved", ref }]);
  });
  it("against the biller's CONFIRM nothing but paid is taken, and its receipt makes the proof", async () => {
    const books = [
      { after: 0, status: "PENDING" },
      { after: 24 * HOUR + MINUTE, status: "CONFIRM" },
    ] as const;
    const { world, ref } = await inReview({ ...FOREVER, books });
    const no = await run(world, resolvePayment(world.deps, ref, { ...decision, outcome: { kind: "not-charged" } }));
    expect(no).toMatchObject({ done: false });
    const yes = { ...decision, outcome: { kind: "paid", reference: "typed" } } as const;
    expect(await run(world, resolvePayment(world.deps, ref, yes))).toMatchObject({ done: true });
    expect(await world.ledger.load(ref)).toMatchObject({ state: "paid", receipt: { reference: "REF11111111111" } });
    await expectLawful(world, "resolved");
  });
  it("paid without a CONFIRM leaves a task: there is no proof", async () => {
    const { world, ref } = await inReview();
    const outcome = { kind: "paid", reference: "BJB-77" } as const;
    await run(world, resolvePayment(world.deps, ref, { ...decision, outcome }));
    expect(await world.ledger.load(ref)).toMatchObject({ state: "paid", receipt: undefined });
    expect(await openTasks(world)).toEqual(["proof-undelivered"]);
  });
  it("takes a suspect payment over, but not while the biller may still carry out the call", async () => {
    const world = makeWorld(FOREVER);
    const { ref } = await opens(world);
    const process = settler(world.deps);
    await liveOn(world, process, 5 * MINUTE);
    const wish = { ...decision, outcome: { kind: "refunded" } } as const;
    expect((await run(world, resolvePayment(world.deps, ref, wish))).text).toContain("wait until 12 minutes");
    await liveOn(world, process, 10 * MINUTE);
    expect(await run(world, resolvePayment(world.deps, ref, wish))).toMatchObject({ done: true });
  });
  it("decides nothing without a reason, of an unknown payment, or of one that has ended", async () => {
    const world = makeWorld(CONFIRM);
    const { ref } = await opens(world);
    await liveOn(world, settler(world.deps), MINUTE);
    const outcome = { kind: "refunded" } as const;
    const tries = [
      resolvePayment(world.deps, ref, { ...decision, outcome }),
      resolvePayment(world.deps, ref, { outcome, by: "ops", why: " " }),
      resolvePayment(world.deps, "22222" as PaymentRef, { ...decision, outcome }),
    ];
    for (const told of tries) expect(await run(world, told)).toMatchObject({ done: false });
    expect(await world.ledger.load(ref)).toMatchObject({ state: "paid" });
  });
  it("says when the biller ends it by its own word just now", async () => {
    const books = [
      { after: 0, status: "PENDING" },
      { after: 14 * MINUTE, status: "CONFIRM" },
    ] as const;
    const world = makeWorld({ ...FOREVER, books });
    const { ref } = await opens(world);
    await liveOn(world, settler(world.deps), 15 * MINUTE);
    const told = await run(world, resolvePayment(world.deps, ref, { ...decision, outcome: { kind: "refunded" } }));
    expect(told).toEqual({ done: false, text: `TRX-${ref} has just ended: it is paid.` });
  });
  it("lets paying go on after a pause, and the old refusals count no more", async () => {
    const world = makeWorld(REFUSED);
    const process = settler(world.deps);
    expect((await resumePaying(world.deps, "ops", "looked")).done).toBe(false);
    for (const n of [1, 2, 3]) await opens(world, { bill: otherBill(n) });
    await liveOn(world, process, MINUTE);
    expect(await openTasks(world)).toEqual(["refused-in-a-row"]);
    await world.clock.advance(SECOND);
    expect((await resumePaying(world.deps, "ops", "deposit filled")).done).toBe(true);
    expect(await openTasks(world)).toEqual([]);
    world.biller.setCourse(() => CONFIRM);
    const { ref } = await opens(world, { bill: otherBill(4) });
    await liveOn(world, process, MINUTE);
    expect(await world.ledger.load(ref)).toMatchObject({ state: "paid" });
    expect((await world.records.audit.list(1))[0]).toMatchObject({ what: "paying resumed", detail: "deposit filled" });
  });
  it("marks the ledger as restored", async () => {
    const world = makeWorld(CONFIRM);
    await opens(world);
    expect(await markRestored(world.deps, "ops")).toMatchObject({
      done: true,
      text: expect.stringContaining("1 payments"),
    });
    await liveOn(world, settler(world.deps), 10 * MINUTE);
    expect(world.biller.arrived).toEqual([]);
  });
});
