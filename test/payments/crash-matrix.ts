import { settler } from "../../src/payments/settle.ts";
import type { Db } from "../../src/store/sqlite/open.ts";
import { aBill, anInvoice } from "../fakes/bills.ts";
import { worldDb } from "../simulation/database.ts";
import { COURSES, type NamedCourse } from "./courses.ts";
import { type CrashPoint, crashing } from "./crashing.ts";
import { lawsBroken } from "./laws.ts";
import { HOUR, MINUTE, SECOND } from "./life-samples.ts";
import { liveOn, makeWorld, notices, opens, type World } from "./world.ts";

export const POINTS: readonly CrashPoint[] = ["before", "during", "after"];
/** How long the program is away, in turn. */
const AWAY = [SECOND, 40 * SECOND, 20 * MINUTE, 3 * HOUR, 26 * HOUR];

/** What came of a part of the matrix. */
export interface Matrix {
  readonly name: string;
  /** How many calls a life without a crash makes: it dies at each. */
  readonly awaits: number;
  readonly runs: number;
  /** The calls at which a program died, `ledger.commit after`, in the order of a life. */
  readonly deaths: readonly string[];
  readonly broken: readonly string[];
}

interface Death {
  readonly at: number;
  readonly point: CrashPoint;
  readonly away: number;
}

interface Run {
  /** The calls of the life that was to end. */
  readonly calls: readonly string[];
  readonly broken: readonly string[];
}

/** A crash at every await of a payment, before, in and after the call, with this biller. */
export function matrixOf(course: NamedCourse): Promise<Matrix> {
  return matrix(course.name, async (death, db) => {
    const world = makeWorld(course, { db });
    await opens(world);
    return judged(world, await dieAndRecover(world, death));
  });
}

/** The same where the vehicle was not charged before, and is paid again. */
export function secondMatrix(): Promise<Matrix> {
  const [confirm] = COURSES;
  const nothing = COURSES.find(({ ends }) => ends === "not-charged");
  if (confirm === undefined || nothing === undefined) throw new Error("no course");
  return matrix("a second payment of the vehicle", async (death, db) => {
    const world = makeWorld(nothing, { db });
    await opens(world);
    await liveOn(world, settler(world.deps), 20 * MINUTE);
    world.biller.setCourse(() => confirm);
    await opens(world, { bill: aBill({ invoice: anInvoice("222") }) });
    return judged(world, await dieAndRecover(world, death));
  });
}

async function matrix(name: string, runOn: (death: Death, db: Db) => Promise<Run>): Promise<Matrix> {
  // To make all tables anew for each of some thousand lives costs as much as the lives.
  const store = worldDb();
  const run = (death: Death) => {
    store.reset();
    return runOn(death, store.db);
  };
  const deaths: string[] = [];
  // How many calls a life without a crash makes, at most those of its first three hours.
  const whole = await run({ at: Number.POSITIVE_INFINITY, point: "before", away: 0 });
  const broken = whole.broken.map((law) => `${name}, no crash: ${law}`);
  let runs = 0;
  for (let at = 0; at < whole.calls.length; at++) {
    for (const point of POINTS) {
      const away = AWAY[runs++ % AWAY.length] ?? 0;
      const one = await run({ at, point, away });
      const death = `${one.calls[at]} ${point}`;
      deaths.push(death);
      broken.push(...one.broken.map((law) => `${name}, call ${at} (${death}), away ${away} ms: ${law}`));
    }
  }
  return { name, awaits: whole.calls.length, runs, deaths, broken };
}

async function judged(world: World, calls: readonly string[]): Promise<Run> {
  return { calls, broken: await lawsBroken(world, await notices(world)) };
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
