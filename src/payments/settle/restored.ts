import { FLAGS, type SettlerDeps } from "./deps.ts";
import { happen } from "./happen.ts";

/** For so long nothing is paid after the ledger went back in time (money rule 8), ms. */
const NO_PAY_MS = 15 * 60_000;

/**
 * The ledger is older than what has happened: quotes are void, what was intended may have been sent and is reviewed, and
 * nothing is paid for a while. Twice does no harm: until the last line is done, the next start does it again.
 */
export async function enterRestored(
  deps: Pick<SettlerDeps, "ledger" | "records" | "clock">,
  who: string,
  why: string,
): Promise<{ readonly reviewed: number }> {
  const { ledger, records, clock } = deps;
  const at = clock.now();
  // The flags first: after a crash in the middle nothing is paid, either.
  await records.flags.set(FLAGS.noPayBefore, String(at + NO_PAY_MS), at);
  await records.flags.set(FLAGS.quotesVoidBefore, String(at), at);
  await records.tasks.add(
    {
      key: "restored",
      kind: "restored",
      text: `The ledger went back in time (${why}). Compare the biller's list of today with: npx loket payments list. What was paid in the lost time is not in it.`,
    },
    at,
  );
  const intended = await ledger.find({ states: ["intended"], limit: 10_000 });
  for (const payment of intended) await happen(ledger, { payment, lease: undefined }, { kind: "restored", at });
  await records.audit.write({ at, who, what: "restored", ref: "", detail: `${why}; ${intended.length} to review` });
  await ledger.restoreSeen();
  return { reviewed: intended.length };
}
