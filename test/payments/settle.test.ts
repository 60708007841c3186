import { describe, expect, it } from "vitest";
import { settler } from "../../src/payments/settle.ts";
import { must } from "../fakes/bills.ts";
import { COURSES } from "./courses.ts";
import { HOUR, MINUTE } from "./life-samples.ts";
import { expectLawful, kindsOf, liveOn, makeWorld, notices, opens, openTasks, payOne } from "./world.ts";

const CONFIRM = must(COURSES[0]);
const NOTHING = must(COURSES.find(({ name }) => name === "nothing, no answer"));

describe("whatever the biller does, the payment ends as it must", () => {
  for (const course of COURSES) {
    it(`${course.name}: ${course.ends}`, async () => {
      const { world, payment } = await payOne(course);
      expect(payment.state).toBe(course.ends);
      await expectLawful(world, course.name);
      expect(world.errors.filter((line) => !line.includes("the operator has a task"))).toEqual([]);
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
