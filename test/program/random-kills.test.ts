import { describe, expect, it } from "vitest";
import { summaryOf, tableOf } from "../chaos/report.ts";
import { chaos } from "../chaos/run.ts";

const SEED = Number(process.env.SEED ?? 20_190_707);
const KILLS = 30;
const USERS = 20;
/** Short lives: this is one test of many. */
const PACE = { longest: 900, patience: 1_200 };
/** On a machine that does much else at the same time, ms. */
const LONGEST = 300_000;

describe("a program that is killed at random moments under load", () => {
  it(
    `loses no payment and makes none twice in ${KILLS} kills (seed ${SEED}; more: npm run chaos)`,
    async ({ onTestFinished }) => {
      const ran = await chaos({
        ...{ seed: SEED, users: USERS, pace: PACE },
        until: "money is certain",
        enough: (kills) => kills >= KILLS,
        progress: () => undefined,
        whenOver: (clear) => onTestFinished(async () => clear()),
      });
      const summary = summaryOf(ran, { seed: SEED, users: USERS });
      // The whole table, so that a red run says what it met.
      expect(ran.violations, `${tableOf(ran)}\n${JSON.stringify(summary)}`).toEqual([]);
      expect(summary.kills).toBeGreaterThanOrEqual(KILLS);
      expect(summary.payments).toBeGreaterThan(0);
      expect(summary.proofs).toBeGreaterThan(0);
    },
    LONGEST,
  );
});
