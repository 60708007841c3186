import { describe, expect, it } from "vitest";
import { settler } from "../../src/payments/settle.ts";
import { aBill, anInvoice } from "../fakes/bills.ts";
import { COURSES, type NamedCourse } from "./courses.ts";
import { type CrashPoint, crashing } from "./crashing.ts";
import { HOUR, MINUTE, SECOND } from "./life-samples.ts";
import { expectLawful, liveOn, makeWorld, opens, type World } from "./world.ts";

const POINTS: readonly CrashPoint[] = ["before", "during", "after"];
/** What comes later in a life is more of the same asking. */
const MOST = 48;
/** How long the program is away, in turn. */
const AWAY = [SECOND, 40 * SECOND, 20 * MINUTE, 3 * HOUR, 26 * HOUR];

describe("a crash at every await of the payment path, whatever the biller does", () => {
  for (const course of COURSES) {
    it(`${course.name}: at most one debit, and nobody is told what is not so`, { timeout: 240_000 }, async () => {
      const calls = Math.min(await callsOf(course), MOST);
      const deaths = new Set<string>();
      let place = 0;
      for (let at = 0; at < calls; at++) {
        for (const point of POINTS) {
          const away = AWAY[place++ % AWAY.length] ?? 0;
          deaths.add(`${await crashOnce(course, { at, point, away })} ${point}`);
        }
      }
      // The rare happened: a run that never died in the call has shown nothing.
      for (const name of ["biller.pay", "biller.regions", "ledger.commit", "ledger.claim"]) {
        for (const point of POINTS) expect(deaths).toContain(`${name} ${point}`);
      }
    });
  }
});

describe("a crash before a second payment of the vehicle", () => {
  it("at every await: each invoice is sent once at most", { timeout: 240_000 }, async () => {
    const nothing = COURSES.find(({ ends }) => ends === "not-charged") ?? COURSES[0];
    if (nothing === undefined) throw new Error("no course");
    for (let at = 0; at < 45; at++) {
      for (const point of POINTS) {
        const world = makeWorld(nothing);
        await opens(world);
        await liveOn(world, settler(world.deps), 20 * MINUTE);
        const confirm = COURSES[0];
        if (confirm !== undefined) world.biller.setCourse(() => confirm);
        await opens(world, { bill: aBill({ invoice: anInvoice("222") }) });
        await dieAndRecover(world, { at, point, away: AWAY[at % AWAY.length] ?? 0 });
        await expectLawful(world, `second payment, call ${at} ${point}`);
      }
    }
  });
});

interface Death {
  readonly at: number;
  readonly point: CrashPoint;
  readonly away: number;
}

/** Gives the call in which it died. */
async function crashOnce(course: NamedCourse, death: Death): Promise<string> {
  const world = makeWorld(course);
  await opens(world);
  const calls = await dieAndRecover(world, death);
  await expectLawful(world, `${course.name}, call ${death.at} (${calls[death.at]}) ${death.point}, away ${death.away}`);
  expect(world.biller.arrived.length).toBeLessThanOrEqual(1);
  return calls[death.at] ?? "";
}

/** Runs until the death, stays away, starts again on the same store, and lives on until everything has ended. */
async function dieAndRecover(world: World, { at, point, away }: Death): Promise<readonly string[]> {
  const crash = crashing(world.deps, at, point);
  const first = settler(crash.deps);
  await liveOn(world, first, 3 * HOUR, crash.dead);
  await world.clock.advance(away);
  const second = settler(world.deps);
  await second.recover();
  await liveOn(world, second, 30 * HOUR);
  return crash.calls;
}

/** How many calls a life without a crash makes, at most those of its first three hours. */
async function callsOf(course: NamedCourse): Promise<number> {
  const world = makeWorld(course);
  await opens(world);
  const calls = await dieAndRecover(world, { at: Number.POSITIVE_INFINITY, point: "before", away: 0 });
  return calls.length;
}
