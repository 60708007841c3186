import type { StaffId } from "../../../src/domain/staff.ts";
import type { WorldDb } from "../database.ts";
import type { Sim } from "../sim.ts";

/** I9 and I15, asked of the database itself in one breath, whoever is in the middle of what. */
export interface Reckoning {
  /** After any change of money or requests. */
  check(after: string): void;
  /** What an agent's balance would be with nothing held and nothing paid: what he has paid in. */
  paidIn(agent: StaffId): number;
}

interface Sums {
  readonly sum: number | null;
  readonly bound: number | null;
  readonly requests: number | null;
  readonly payments: number | null;
}

interface Purse {
  readonly name: string;
  readonly balance: number;
  readonly credit: number;
  readonly paid_in: number;
  readonly top_ups: number;
}

const SUMS = `SELECT
  (SELECT sum(balance) FROM balances) AS sum,
  (SELECT sum(balance) FROM balances WHERE account IN ('holds', 'disputed')) AS bound,
  (SELECT sum(total) FROM requests WHERE state IN ('taken', 'received')) AS requests,
  (SELECT sum(total) FROM payments WHERE state IN ('intended', 'sending', 'suspect', 'review')) AS payments`;

const PAID_IN = `balance
  + (SELECT coalesce(sum(total), 0) FROM requests WHERE agent = s.id AND state IN ('taken', 'received'))
  + (SELECT coalesce(sum(total), 0) FROM payments WHERE json_extract(body, '$.agent.id') = s.id
      AND state IN ('intended', 'sending', 'suspect', 'review', 'paid'))`;

const PURSES = `SELECT name, balance, credit, ${PAID_IN} AS paid_in,
  (SELECT coalesce(sum(amount), 0) FROM entries JOIN postings ON seq = posting
    WHERE account = 'agent:' || s.id AND what IN ('top-up', 'adjustment')) AS top_ups
  FROM staff s JOIN balances ON account = 'agent:' || s.id`;

export function reckoningOf(sim: Sim, { db }: WorldDb): Reckoning {
  const sums = db.prepare<Sums>(SUMS);
  const purses = db.prepare<Purse>(PURSES);
  const one = db.prepare<{ paid_in: number }>(
    `SELECT ${PAID_IN} AS paid_in FROM staff s JOIN balances ON account = 'agent:' || s.id WHERE s.id = ?`,
  );
  return {
    check(after) {
      const found = sums.get();
      const [sum, bound] = [found?.sum ?? 0, found?.bound ?? 0];
      const live = (found?.requests ?? 0) + (found?.payments ?? 0);
      if (sum !== 0) sim.violate("I9", `after ${after} the accounts come to ${sum}`);
      if (bound !== live) sim.violate("I9", `after ${after} ${bound} is held, and ${live} is in hand or under way`);
      for (const { name, balance, credit, paid_in, top_ups } of purses.all()) {
        // A dispute takes what was released, whatever there is.
        if (balance < -credit && !sim.lies)
          sim.violate("I15", `after ${after} ${name} has ${balance}, with a credit of ${credit}`);
        if (paid_in !== top_ups)
          sim.violate(
            "I9",
            `after ${after} ${name} has paid in ${top_ups}, and what he has and had comes to ${paid_in}`,
          );
      }
    },
    paidIn: (agent) => one.get(agent)?.paid_in ?? 0,
  };
}
