import type { Payment, PaymentState } from "../payment.ts";
import { FLAGS, type SettlerDeps } from "./deps.ts";

/** pay refused so many vehicles, one after the other: something is wrong with more than one bill. */
const IN_A_ROW = 3;
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

/** Read from the ledger each time, so that a crash between two answers forgets nothing. */
async function refusedInARow({ ledger, records }: SettlerDeps): Promise<boolean> {
  const resumedAt = Number((await records.flags.get(FLAGS.resumedAt)) ?? 0);
  const called = (await ledger.find({ states: CALLED, limit: 50 })).filter(({ sentAt }) => (sentAt ?? 0) > resumedAt);
  const lately = [...called].sort((a, b) => (b.sentAt ?? 0) - (a.sentAt ?? 0));
  const vehicles = new Map<string, Payment>();
  for (const payment of lately) {
    const vehicle = `${payment.bill.product} ${payment.bill.chassis}`;
    if (!vehicles.has(vehicle)) vehicles.set(vehicle, payment);
  }
  const last = [...vehicles.values()].slice(0, IN_A_ROW);
  return last.length === IN_A_ROW && last.every(({ refused }) => refused);
}
