import type { Payment, PaymentState } from "../payment.ts";
import { FLAGS, type SettlerDeps } from "./deps.ts";

/** pay refused so many vehicles, one after the other: something is wrong with more than one bill. */
const IN_A_ROW = 3;
/** More than are called at once: they were called in about the order in which they were opened. */
const NEWEST = 12;
const MANY = 50;
/** Those whose call has been answered, or never will be. */
const CALLED: readonly PaymentState[] = ["paid", "suspect", "refunded", "not-charged", "review"];

/** Pauses paying when the last three vehicles were refused (money rule 5). Gives whether it is paused. */
export async function pauseIfRefused(deps: SettlerDeps): Promise<boolean> {
  const { records, clock, log } = deps;
  if (!(await refusedInARow(deps))) return false;
  const at = clock.now();
  const why = `pay was refused for ${IN_A_ROW} vehicles in a row`;
  await records.flags.set(FLAGS.paused, why, at);
  const made = await records.tasks.add(
    {
      key: "refused-in-a-row",
      kind: "refused-in-a-row",
      text: `Paying is paused: ${why}. Look at the deposit and at the biller, then: npx loket payments resume --why "…"`,
    },
    at,
  );
  if (made) log.error({ why }, "paying is paused");
  return true;
}

/**
 * Read from the ledger each time, so that a crash between two answers forgets nothing. The newest few payments say nearly
 * always that it is not so; only then are the called ones sought among all that there ever were.
 */
async function refusedInARow({ ledger, records }: SettlerDeps): Promise<boolean> {
  const resumedAt = Number((await records.flags.get(FLAGS.resumedAt)) ?? 0);
  const last = (payments: readonly Payment[]) =>
    lastOfVehicles(payments.filter(({ sentAt }) => (sentAt ?? 0) > resumedAt)).slice(0, IN_A_ROW);
  const newest = await ledger.find({ limit: NEWEST });
  if (last(newest.filter(({ state }) => CALLED.includes(state))).some(({ refused }) => !refused)) return false;
  const row = last(await ledger.find({ states: CALLED, limit: MANY }));
  return row.length === IN_A_ROW && row.every(({ refused }) => refused);
}

/** The last call of each vehicle, the last one first. */
function lastOfVehicles(called: readonly Payment[]): readonly Payment[] {
  const vehicles = new Map<string, Payment>();
  for (const payment of called.toSorted((a, b) => (b.sentAt ?? 0) - (a.sentAt ?? 0))) {
    const vehicle = `${payment.bill.product} ${payment.bill.chassis}`;
    if (!vehicles.has(vehicle)) vehicles.set(vehicle, payment);
  }
  return [...vehicles.values()];
}
