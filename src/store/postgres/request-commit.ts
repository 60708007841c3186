import { agentAccount } from "../../domain/staff.ts";
import type { Request, RequestChange, RequestCommitted } from "../../relay/request.ts";
import { numbered } from "../rows/columns.ts";
import { securedIn } from "../rows/posting.ts";
import { CHANGED, changing, type RequestRow } from "../rows/request.ts";
import { cappedTake, mustFit, mustHold, takes, withPayment } from "../rows/request-change.ts";
import type { Sealer } from "../sealing.ts";
import { dayTotal } from "./ledger-day.ts";
import type { Notices } from "./ledger-notices.ts";
import type { Opening } from "./ledger-open.ts";
import { lockBalances, type Postings } from "./ledger-postings.ts";
import type { Sql } from "./open.ts";
import { addTask, closeTask } from "./tasks.ts";

export interface RequestParts {
  readonly sealer: Sealer;
  readonly postings: Postings;
  readonly notices: Notices;
  readonly opens: Opening;
}

const UPDATE = `UPDATE requests SET ${numbered(CHANGED)} WHERE ref = $${CHANGED.length + 1}`;

/** The work of one commit, for inside a transaction. Nothing was written unless it gives "done". */
export function committing(parts: RequestParts): (sql: Sql, change: RequestChange) => Promise<RequestCommitted> {
  const { sealer, postings, notices } = parts;
  return async (sql, change) => {
    const { at, expect, next, closes = [], tasks = [] } = change;
    const row = await sql.get<RequestRow>("SELECT * FROM requests WHERE ref = $1 FOR NO KEY UPDATE", [next.ref]);
    if (row === undefined || row.revision !== expect) return "conflict";
    mustFit(row, change);
    const no = await refused(sql, change, parts);
    if (no !== undefined) return no;
    await postings.write(sql, change.postings ?? [], { request: next.ref }, at);
    const written = await opened(sql, change, parts.opens);
    await sql.run(UPDATE, [...changing(written, row.over_at ?? at, sealer), next.ref]);
    mustHold(written, await postings.held(sql, next.ref));
    const of = { id: `request.${next.ref}.${next.revision}`, request: next.ref };
    await notices.write(sql, change.letters ?? [], of, at);
    for (const key of closes) await closeTask(sql, key, { at, by: "loket", why: next.state });
    for (const task of tasks) await addTask(sql, task, at);
    return "done";
  };
}

type Refused = Exclude<RequestCommitted, "done" | "conflict">;

async function refused(sql: Sql, change: RequestChange, parts: RequestParts): Promise<Refused | undefined> {
  const { opens, postings } = parts;
  await lock(sql, change, opens);
  const short = await postings.short(sql, change.postings ?? [], -(change.limits?.credit ?? 0));
  const no = short ?? (await capped(sql, change));
  if (no !== undefined || change.opens === undefined) return no;
  const not = await opens.refusal(sql, change.opens, change.at);
  return not === undefined ? undefined : { kind: "not-opened", opened: not };
}

/** All at once, in everybody's order: the vehicle, then agents' balances. */
async function lock(sql: Sql, { next, opens: payment, postings = [] }: RequestChange, opens: Opening): Promise<void> {
  if (payment !== undefined) await opens.lockVehicle(sql, payment);
  const agents = new Set(securedIn(postings));
  if (next.taken !== undefined) agents.add(agentAccount(next.taken.id));
  await lockBalances(sql, [...agents]);
}

async function capped(sql: Sql, change: RequestChange) {
  const { next, limits } = change;
  if (limits?.daily === undefined || !takes(next)) return undefined;
  return cappedTake(change, await dayTotal(sql, next.taken.id, limits.daily.since, next.ref));
}

/** The request as it then is: with the payment that it opens. */
async function opened(sql: Sql, { at, next, opens: payment }: RequestChange, opens: Opening): Promise<Request> {
  if (payment === undefined) return next;
  const answer = await opens.open(sql, payment, at);
  if (answer.kind !== "opened") throw new Error(`request ${next.ref}: its payment could be opened, then not`);
  return withPayment(next, answer.payment.ref);
}
