import { describe, expect, it, type TestContext } from "vitest";
import { testChassis } from "../../src/biller/sandbox/vehicles.ts";
import { connectionsCut, redisCrashes, redisFlushed } from "../chaos/fleet-failures.ts";
import { fleetSummaryOf, fleetTableOf } from "../chaos/fleet-report.ts";
import { fleetChaos } from "../chaos/fleet-run.ts";
import { SMALL } from "../chaos/fleet-world.ts";
import { isProof, onTelegram, payLabel, proofsOf, toBill, toProof } from "./customer.ts";
import { withClock } from "./daytime.ts";
import { makeFleet } from "./fleet.ts";
import type { WhenOver } from "./program.ts";

const SEED = Number(process.env.SEED ?? 20_190_707);
const USERS = 10;
/** On a machine that does much else at the same time, ms. */
const LONGEST = 300_000;
const driving = /this process drives the account/;
const standingBy = /another process drives the account; this one stands by/;

/** Leases lapse sooner: of a say job after 15 s, of a payment after 18 s. */
const quick = () => withClock({ times: 5 });

/** These wait for leases more than they work: side by side. */
const when =
  ({ onTestFinished }: TestContext): WhenOver =>
  (clear) =>
    onTestFinished(async () => clear());

/** The first process has paid, and the biller's answer is on its way; the second one stands by. */
async function inTheMiddleOfAPay(whenOver: WhenOver) {
  const fleet = await makeFleet({ whenOver, settings: quick() });
  const first = await fleet.start();
  await first.line(driving);
  const customer = onTelegram(fleet.telegram.user(1));
  const chassis = testChassis("ordinary", 1);
  const bill = await toBill(customer, chassis);
  const held = fleet.biller.hold("pay_esamsat", "after");
  await customer.tap(payLabel(bill));
  await held.reached;
  const second = await fleet.start();
  await second.line(standingBy);
  return { fleet, first, second, customer, chassis, held };
}

describe.concurrent("a fleet", () => {
  it(
    `goes on when Redis forgets all, dies, or PostgreSQL cuts its connections, and its books are right (seed ${SEED})`,
    async (context) => {
      const ran = await fleetChaos({
        ...{ seed: SEED, users: USERS, layout: SMALL, share: 5_000, settings: quick() },
        failures: [redisFlushed, redisCrashes, connectionsCut],
        until: "money is certain",
        progress: () => undefined,
        whenOver: when(context),
      });
      const summary = fleetSummaryOf(ran, { seed: SEED, users: USERS, processes: SMALL.processes });
      expect(ran.violations, `${fleetTableOf(ran)}\n${JSON.stringify(summary)}`).toEqual([]);
      expect(summary.proofs).toBeGreaterThan(0);
      expect(summary.failures).toBe(3);
    },
    LONGEST,
  );

  it(
    "has a process that stands still for longer than its leases: when it wakes up it polls, says and pays nothing",
    async (context) => {
      const { fleet, first, second, customer, chassis, held } = await inTheMiddleOfAPay(when(context));
      first.send("SIGSTOP");
      await second.line(driving);
      await customer.next(isProof);
      const other = onTelegram(fleet.telegram.user(2));
      await toProof(other, testChassis("ordinary", 2));
      held.release();
      first.send("SIGCONT");
      await first.line(standingBy);
      const third = onTelegram(fleet.telegram.user(3));
      await toProof(third, testChassis("ordinary", 3));
      expect(second.output()).not.toMatch(/409|terminated by other getUpdates/);
      expect(fleet.biller.moneyOf(chassis)).toEqual({ debits: 1, pays: 1 });
      for (const one of [customer, other, third]) expect(proofsOf(one)).toHaveLength(1);
      // The old answer finds that the payment is another's; so does its end.
      expect((await first.stop()).code).toBe(0);
      expect((await second.stop()).code).toBe(0);
      expect(proofsOf(customer)).toHaveLength(1);
    },
    LONGEST,
  );

  it(
    "loses a process between the commit and the biller's answer: the other asks, and the proof comes once",
    async (context) => {
      const { fleet, first, second, customer, chassis, held } = await inTheMiddleOfAPay(when(context));
      await first.kill();
      held.release();
      await customer.next(isProof);
      await second.line(driving);
      expect(fleet.biller.moneyOf(chassis)).toEqual({ debits: 1, pays: 1 });
      expect(proofsOf(customer)).toHaveLength(1);
      expect((await second.stop()).code).toBe(0);
    },
    LONGEST,
  );
});
