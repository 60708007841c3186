import type { Request, RequestChange, RequestCommitted } from "../../relay/request.ts";
import { marked } from "../rows/columns.ts";
import { CHANGED, changing, type RequestRow } from "../rows/request.ts";
import { cappedTake, mustFit, mustHold, takes, withPayment } from "../rows/request-change.ts";
import type { Sealer } from "../sealing.ts";
import type { DayTotal } from "./ledger-day.ts";
import type { Notices } from "./ledger-notices.ts";
import type { Opening } from "./ledger-open.ts";
import type { Postings } from "./ledger-postings.ts";
import type { Db } from "./open.ts";
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
  const update = db.prepare(`UPDATE requests SET ${marked(CHANGED)} WHERE ref = ?`);
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
    update.run(...changing(written, row.over_at ?? at, sealer), next.ref);
    mustHold(written, postings.held(next.ref));
    notices.write(change.letters ?? [], { id: `request.${next.ref}.${next.revision}`, request: next.ref }, at);
    for (const key of change.closes ?? []) closeTask(db, key, { at, by: "loket", why: next.state });
    for (const task of change.tasks ?? []) addTask(db, task, at);
    return "done";
  };
}

function refusing({ postings, opens, dayTotal }: RequestParts) {
  const capped = (change: RequestChange) => {
    const { next, limits } = change;
    if (limits?.daily === undefined || !takes(next)) return undefined;
    return cappedTake(change, dayTotal(next.taken.id, limits.daily.since, next.ref));
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
  return withPayment(next, answer.payment.ref);
}
