import { expect, it } from "vitest";
import type { Settlement } from "../../src/biller/biller.ts";
import { settler } from "../../src/payments/settle.ts";
import { must } from "../fakes/bills.ts";
import { COURSES } from "./courses.ts";
import { MINUTE, SECOND } from "./life-samples.ts";
import { kindsOf, liveOn, makeWorld, opens, type World } from "./world.ts";

// Found by the simulation: rule 6 waited by the wall clock, which somebody may set while a payment is unsure.

const CONFIRM = must(COURSES[0]);

function says(world: World, pay: Settlement, status: Settlement) {
  return settler({ ...world.deps, biller: { ...world.biller, pay: async () => pay, status: async () => status } });
}

it("two REFUNDs are not a minute apart because the clock was set", async () => {
  const world = makeWorld(CONFIRM);
  const { ref } = await opens(world);
  const process = says(world, { kind: "refunded" }, { kind: "refunded" });
  await liveOn(world, process, SECOND);
  world.clock.setWall(world.clock.now() + 2 * MINUTE);
  await liveOn(world, process, 6 * SECOND);
  expect(await world.ledger.load(ref)).toMatchObject({ state: "suspect" });
  await liveOn(world, process, 5 * MINUTE);
  expect(await world.ledger.load(ref)).toMatchObject({ state: "refunded" });
});

it("a call is not dead because the clock was set, nor because the next program does not know it", async () => {
  const world = makeWorld(CONFIRM);
  const { ref } = await opens(world);
  const timeout: Settlement = { kind: "unknown", cause: "timeout", ok: false };
  const failure: Settlement = { kind: "failure", reason: "Failure Invoice!" };
  await liveOn(world, says(world, timeout, failure), SECOND);
  world.clock.setWall(world.clock.now() + 60 * MINUTE);
  await liveOn(world, says(world, timeout, failure), 9 * MINUTE);
  expect(await world.ledger.load(ref)).toMatchObject({ state: "suspect" });
  expect(await kindsOf(world)).not.toContain("not-paid");
  await liveOn(world, says(world, timeout, failure), 60 * MINUTE);
  expect(await world.ledger.load(ref)).toMatchObject({ state: "not-charged" });
});
