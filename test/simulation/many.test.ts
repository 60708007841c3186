import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { ENOUGH, missing } from "./rare.ts";
import { told } from "./told.ts";
import { simulateInProcesses } from "./workers.ts";

/**
 * SIMULATE_PAYMENTS: how many payments this part of the check lives through; the default is what a core does in a minute.
 * SIMULATE_SEED: in which worlds; without it in new ones each time, and a failure names them.
 */
const PAYMENTS = Number(process.env.SIMULATE_PAYMENTS ?? 4_000);
const SEED = process.env.SIMULATE_SEED ?? `check-${randomBytes(4).toString("hex")}`;
/** Much longer than it takes on an idle machine, ms. */
const LONG = 1_800_000;

describe("thousands of payments under every fault that we can think of", () => {
  it(`no law is broken in ${PAYMENTS} of them (seed ${SEED}), and all that is rare happened`, {
    timeout: LONG,
  }, async () => {
    const share = { seed: SEED, payments: PAYMENTS, seconds: undefined, lies: false };
    const ran = await simulateInProcesses({ ...share, workers: 2, onLived: () => undefined });
    expect(await told(ran)).toBe("");
    expect(ran.payments).toBeGreaterThanOrEqual(PAYMENTS);
    // The rarest happens a few times in so many payments: less are too few to ask for it.
    expect(PAYMENTS >= ENOUGH ? missing(ran.cover) : [], SEED).toEqual([]);
  });
});
