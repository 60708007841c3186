import { describe, expect, it } from "vitest";
import { BUGS, hunt } from "./bugs/run.ts";
import { worldDb } from "./database.ts";
import { simulate } from "./run.ts";
import { told } from "./told.ts";
import { live } from "./world.ts";

const database = worldDb();

/**
 * Worlds in which a law was once broken: of the real program, whose fault has a test of its own, too, where it was mended;
 * of the model, when the model was at fault.
 */
const ONCE_BROKEN = {
  program: ["s6", "7.79", "base.84", "1.840", "s9b.412"],
  model: ["s9a.127", "s9c.2724", "t1.1303", "t4.3534", "evidence.1.371"],
};

/** Much longer than one of these takes on an idle machine, ms. */
const LONG = 120_000;

describe("payments under every fault that we can think of", () => {
  it("no law is broken in the worlds of a fixed seed", { timeout: LONG }, async () => {
    const ran = await simulate({ database, seed: "fixed", payments: 250 });
    expect(await told(ran)).toBe("");
    expect(ran.cover.of("outcomes").paid).toBeGreaterThan(80);
    expect(Object.keys(ran.cover.of("crashes")).length).toBeGreaterThan(10);
  });
  it("nor where one was broken before", { timeout: LONG }, async () => {
    for (const seed of Object.values(ONCE_BROKEN).flat()) {
      for (const kind of ["whole", "till"] as const)
        expect((await live({ database, seed, kind, staffed: false })).violations, seed).toEqual([]);
    }
  });
  it("nor where customers pay through agents", { timeout: LONG }, async () => {
    for (let world = 1; world <= 6; world++) {
      const lived = await live({ database, seed: `agents.${world}`, kind: "whole", staffed: true });
      expect(lived.violations, lived.seed).toEqual([]);
    }
  });
  it("a biller that lies is not paid twice for one invoice, and its other word brings a task", {
    timeout: LONG,
  }, async () => {
    const ran = await simulate({ database, seed: "lies", payments: 400, lies: true });
    expect(await told(ran, true)).toBe("");
    expect(ran.cover.of("edges")["not-charged -> review"]).toBeGreaterThan(0);
  });
  it("the same seed is the same run", { timeout: LONG }, async () => {
    const run = async () => {
      const { payments, cover } = await simulate({ database, seed: "twice", payments: 30 });
      return JSON.stringify([payments, cover.groups()]);
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
    "a request's hold is forgotten",
    "a hold is released twice",
  ];
  for (const bug of BUGS.filter(({ name }) => quick.includes(name))) {
    it(`catches: ${bug.name}`, { timeout: LONG }, async () => {
      expect(await hunt(bug, "planted", 600)).toMatchObject({ payments: expect.any(Number) });
    });
  }
});
