import { describe, expect, it } from "vitest";
import { worldDb } from "./database.ts";
import { historyOf, violationLines } from "./report.ts";
import { type Ran, simulate } from "./run.ts";
import { shrink } from "./shrink.ts";

const database = worldDb();

/** What is printed when a law was broken: the seed of the world, and the shortest history that shows it. */
async function told(ran: Ran): Promise<string> {
  const [first] = ran.violations;
  if (first === undefined) return "";
  return `${violationLines(ran)}\n${historyOf(await shrink({ database, seed: first.world }, first.law))}`;
}

describe("payments under every fault that we can think of", () => {
  // Seeds that nobody has seen before are the work of `npm run simulate`, whose runs are longer.
  it("no law is broken in the worlds of a fixed seed", { timeout: 240_000 }, async () => {
    const ran = await simulate({ database, seed: "fixed", payments: 500 });
    expect(await told(ran)).toBe("");
    expect(ran.cover.of("outcomes").paid).toBeGreaterThan(200);
    expect(Object.keys(ran.cover.of("crashes")).length).toBeGreaterThan(10);
  });
  it("the same seed is the same run", async () => {
    const runs = [
      await simulate({ database, seed: "twice", payments: 20 }),
      await simulate({ database, seed: "twice", payments: 20 }),
    ];
    const [one, other] = runs.map(({ payments, cover }) =>
      JSON.stringify([payments, cover.of("edges"), cover.of("places"), cover.of("faults")]),
    );
    expect(one).toBe(other);
  });
});
