import { agentAccount } from "../../domain/staff.ts";
import type { Unsecured } from "../../payments/ledger.ts";
import { HELD, type Request, type RequestChange, type RequestCommitted } from "../../relay/request.ts";
import type { Sealer } from "../sealing.ts";
import type { DayTotal } from "./ledger-day.ts";
import type { Notices } from "./ledger-notices.ts";
import type { Opening } from "./ledger-open.ts";
import type { Postings } from "./ledger-postings.ts";
import type { Db } from "./open.ts";
import { CHANGING, changing, type RequestRow } from "./request-rows.ts";
import { addTask, closeTask } from "./tasks.ts";

export interface RequestParts {
  readonly db: Db;
  readonly sealer: Sealer;
  readonly postings: Postings;
  readonly notices: Notices;
  readonly opens: Opening;
  readonly dayTotal: DayTotal;
}

/** The work of one commit, for inside a transaction. Nothing was written unless it gives "done". */
export function committing(parts: RequestParts): (change: RequestChange) => RequestCommitted {
  const { db, sealer, postings, notices } = parts;
  const find = db.prepare<RequestRow>("SELECT * FROM requests WHERE ref = ?");
  const update = db.prepare(`UPDATE requests SET ${CHANGING} WHERE ref = ?`);
  const refused = refusing(parts);
  return (change) => {
    const { at, expect, next } = change;
    const row = find.get(next.ref);
    if (row === undefined || row.revision !== expect) return "conflict";
    mustFit(row, change);
    const no = refused(change);
    if (no !== undefined) return no;
    for (const posting of change.postings ?? []) postings.write(posting, { request: next.ref }, at);
    const written = opened(parts, change);
    update.run(...changing(written, at, sealer), next.ref);
    mustHold(written, postings.held(next.ref));
    notices.write(change.letters ?? [], { id: `request.${next.ref}.${next.revision}`, request: next.ref }, at);
    for (const key of change.closes ?? []) closeTask(db, key, { at, by: "loket", why: next.state });
    for (const task of change.tasks ?? []) addTask(db, task, at);
    return "done";
  };
}

/** Faults of the program: the change is not what it must be, whatever anybody did. */
function mustFit(row: RequestRow, { expect, next, opens, postings = [] }: RequestChange): void {
  const wrong = (what: string) => new Error(`request ${next.ref}: ${what}; nothing was written`);
  if (next.revision !== expect + 1) throw wrong(`a revision grows by one, not from ${expect} to ${next.revision}`);
  if (next.state === "paying" && row.state !== "paying" && opens === undefined)
    throw wrong("it pays, and opens nothing");
  const others = postings.flatMap(({ entries }) => entries).some(({ account }) => !isOfHolds(account));
  if (others) throw wrong("only agents' balances and what is held of them may be moved");
  if (opens === undefined) return;
  if (next.state !== "paying") throw wrong("only one in paying opens a payment");
  const same = opens.request === next.ref && opens.payer === next.customer.chat && opens.agent?.id === next.taken?.id;
  if (!same || opens.bill.total !== next.bill.total) throw wrong("its payment is another's, or another sum");
}

function isOfHolds(account: string): boolean {
  return account === "holds" || account.startsWith("agent:");
}

function refusing({ postings, opens, dayTotal }: RequestParts) {
  const capped = ({ next, limits }: RequestChange): Unsecured | undefined => {
    const daily = limits?.daily;
    if (daily === undefined || next.taken === undefined || !HELD.includes(next.state)) return undefined;
    const total = dayTotal(next.taken.id, daily.since, next.ref) + next.bill.total;
    return total > daily.max ? { kind: "capped" } : undefined;
  };
  return (change: RequestChange): Exclude<RequestCommitted, "done" | "conflict"> | undefined => {
    const no = postings.short(change.postings ?? [], -(change.limits?.credit ?? 0)) ?? capped(change);
    if (no !== undefined) return no;
    const not = change.opens === undefined ? undefined : opens.refusal(change.opens, change.at);
    return not === undefined ? undefined : { kind: "not-opened", opened: not };
  };
}

/** The request as it then is: with the payment that it opens. */
function opened({ opens }: RequestParts, { at, next, opens: payment }: RequestChange): Request {
  if (payment === undefined) return next;
  const answer = opens.open(payment, at);
  if (answer.kind !== "opened") throw new Error(`request ${next.ref}: its payment could be opened, then not`);
  const { ref } = answer.payment;
  // One that was withdrawn is opened again when the biller gives its invoice again.
  return { ...next, payments: [...next.payments.filter((tried) => tried !== ref), ref] };
}

/** What is held is what the state says (invariant I9). A payment that is disputed has its hold elsewhere. */
function mustHold({ ref, state, bill: { total }, taken }: Request, held: number): void {
  const may = HELD.includes(state) ? [total] : state === "paying" ? [0, total] : [0];
  if (may.includes(held)) return;
  const whose = taken === undefined ? "nobody" : agentAccount(taken.id);
  throw new Error(`request ${ref} is ${state}, of ${whose}, and holds ${held} of ${total}; nothing was written`);
}
