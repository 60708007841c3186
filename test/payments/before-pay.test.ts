import { describe, expect, it } from "vitest";
import { rupiah } from "../../src/domain/rupiah.ts";
import { FLAGS } from "../../src/payments/settle/deps.ts";
import { settler } from "../../src/payments/settle.ts";
import { must, otherBill } from "../fakes/bills.ts";
import { COURSES } from "./courses.ts";
import { HOUR, MINUTE, MORNING, SECOND } from "./life-samples.ts";
import { expectLawful, kindsOf, liveOn, makeWorld, notices, opens, stepOn } from "./world.ts";

const CONFIRM = must(COURSES[0]);

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
  it("a confirmation that grew old during the questions is let go", async () => {
    const world = makeWorld(CONFIRM);
    await opens(world);
    const regions: typeof world.biller.regions = async (age) => {
      await world.clock.sleep(MORNING + 3 * MINUTE, new AbortController().signal);
      return world.biller.regions(age);
    };
    await stepOn(world, settler({ ...world.deps, biller: { ...world.biller, regions } }));
    expect(world.biller.arrived).toEqual([]);
    expect((await notices(world)).map(({ notice }) => notice)).toMatchObject([{ why: "too-slow" }]);
  });
  it("the quote is looked at again after the slow questions", async () => {
    const world = makeWorld(CONFIRM);
    await opens(world, { expiresAt: MORNING + 50 });
    await liveOn(world, settler(world.deps), HOUR);
    expect(world.biller.arrived).toEqual([]);
    expect((await notices(world)).map(({ notice }) => notice)).toMatchObject([{ why: "expired" }]);
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
