import { showRef } from "../../domain/ref.ts";
import type { NewOperatorTask } from "../../records/records.ts";
import { HELD } from "../../relay/request.ts";
import { ACCOUNTS } from "../life/postings.ts";
import { INTENDED_MS, REVIEW_MS } from "../life/schedule.ts";
import { reviewTask } from "../life/tasks.ts";
import { LIVE, type OwedNotice, type Payment } from "../payment.ts";
import type { SettlerDeps } from "./deps.ts";

const MINUTE = 60_000;
/** How long after its limit something counts as stuck, ms. */
const SPARE_MS = 10 * MINUTE;
/** How long a payer may be owed a word before the operator hears of it (money rule 12), ms. */
const UNTOLD_MS = 60 * MINUTE;
const MANY = 10_000;

/** What is older than its limit becomes the operator's task (money rule 13). Changes no payment. */
export async function sweep(deps: Pick<SettlerDeps, "ledger" | "records" | "clock" | "log">): Promise<void> {
  const { ledger, records, clock, log } = deps;
  const at = clock.now();
  const live = await ledger.find({ states: LIVE, limit: MANY });
  const owed = await ledger.overdue(at - UNTOLD_MS, MANY);
  const holds = await holdsTask(deps);
  const tasks = [...live.flatMap((payment) => taskOf(payment, at)), ...owed.map(untoldTask), ...holds];
  for (const task of tasks) {
    if (await records.tasks.add(task, at)) log.error({ ref: task.ref, kind: task.kind }, "the operator has a new task");
  }
}

/** A review stays the operator's until he has decided, also when he closed its task. */
function taskOf(payment: Payment, at: number): readonly NewOperatorTask[] {
  const { state, openedAt, sentAt } = payment;
  if (state === "review") return [reviewTask(payment, "it is in review.")];
  const limit =
    state === "intended" ? openedAt + INTENDED_MS : (sentAt ?? openedAt) + (state === "sending" ? 0 : REVIEW_MS);
  return at <= limit + SPARE_MS ? [] : [stuckTask(payment)];
}

function stuckTask({ ref, state }: Payment): NewOperatorTask {
  const text = `${showRef(ref)} has been ${state} for longer than it can be: nobody works on it. Is the program running? See: npx loket payments show ${ref}`;
  return { key: `stuck:${ref}`, kind: "stuck", ref, text };
}

function untoldTask({ id, ref, request, to, notice }: OwedNotice): NewOperatorTask {
  const kind = notice.kind === "paid" ? "proof-undelivered" : "stuck";
  const task = { key: `untold:${id}`, kind, chat: to } as const;
  const told = `has not been told "${notice.kind}" for an hour`;
  if (ref !== undefined) {
    const text = `The payer of ${showRef(ref)}, or its agent, ${told}. See: npx loket payments show ${ref}`;
    return { ...task, ref, text };
  }
  return { ...task, text: `${request === undefined ? "An agent" : `Somebody of the request ${request}`} ${told}.` };
}

/** Holds and disputes together are what agents have in hand and what payments without an end come to (invariant I9). */
async function holdsTask({ ledger, log }: Pick<SettlerDeps, "ledger" | "log">): Promise<readonly NewOperatorTask[]> {
  const [accounts, live, taken] = await Promise.all([
    ledger.accounts(),
    ledger.find({ states: LIVE, limit: MANY }),
    ledger.requests.find({ states: HELD, limit: MANY }),
  ]);
  const bound = accounts
    .filter(({ account }) => account === ACCOUNTS.holds || account === ACCOUNTS.disputed)
    .reduce((sum, { balance }) => sum + balance, 0);
  const expected = [...live, ...taken].reduce((sum, { bill }) => sum + bill.total, 0);
  if (bound === expected) return [];
  log.error({ bound, expected }, "the holds do not fit what is open");
  const text = `The accounts holds and disputed come to ${bound}, the open payments and taken requests to ${expected} rupiah. This is a fault in the program: keep a backup, and report it.`;
  return [{ key: "holds", kind: "stuck", text }];
}
