import { describe, expect, it } from "vitest";
import { BUGS, hunt } from "./bugs/run.ts";
import { worldDb } from "./database.ts";
import { historyOf, violationLines } from "./report.ts";
import { type Ran, simulate } from "./run.ts";
import { shrink } from "./shrink.ts";
import { live } from "./world.ts";

const database = worldDb();

/** What is printed when a law was broken: the seed of the world, and the shortest history that shows it. */
async function told(ran: Ran): Promise<string> {
  const [first] = ran.violations;
  if (first === undefined) return "";
  return `${violationLines(ran)}\n${historyOf(await shrink({ database, seed: first.world }, first.law))}`;
}

/** Worlds in which the real program once broke a law. What was wrong has a test of its own, too, where it was mended. */
const ONCE_BROKEN = ["s6", "7.79"];

describe("payments under every fault that we can think of", () => {
  it("no law is broken in the worlds of fixed seeds", async () => {
    const ran = await simulate({ database, seed: "fixed", payments: 250 });
    expect(await told(ran)).toBe("");
    expect(ran.cover.of("outcomes").paid).toBeGreaterThan(80);
    expect(Object.keys(ran.cover.of("crashes")).length).toBeGreaterThan(10);
  });
  it("nor in worlds that nobody has seen before", async () => {
    const seed = String(Date.now());
    const ran = await simulate({ database, seed, payments: 250 });
    expect(await told(ran), `seed ${seed}`).toBe("");
  });
  it("nor where one was broken before", async () => {
    for (const seed of ONCE_BROKEN) expect((await live({ database, seed })).violations).toEqual([]);
  });
  it("a biller that lies is not paid twice for one invoice, and its other word brings a task", async () => {
    expect(await told(await simulate({ database, seed: "lies", payments: 60, lies: true }))).toBe("");
  });
  it("the same seed is the same run", async () => {
    const run = async () => {
      const { payments, cover } = await simulate({ database, seed: "twice", payments: 30 });
      return JSON.stringify([payments, cover.of("edges"), cover.of("places"), cover.of("faults"), cover.of("told")]);
    };
    expect(await run()).toBe(await run());
  });
});

describe("a suite that has never failed has proved nothing", () => {
  const quick = [
    "a timeout means failed",
    "retry on timeout",
    "resend after a crash",
    "no dedupe",
    "a hold is not released",
  ];
  for (const bug of BUGS.filter(({ name }) => quick.includes(name))) {
    it(`catches: ${bug.name}`, async () => {
      expect(await hunt(bug, "planted", 600)).toMatchObject({ payments: expect.any(Number) });
    });
  }
});
