import type { RequestRef } from "../../domain/staff.ts";
import { type NewRequest, OPEN, type RequestQuery, type Requests } from "../../relay/request.ts";
import { places } from "../rows/columns.ts";
import { vehicleKeys, withoutPerson } from "../rows/payment.ts";
import { CHANGED, changing, freshRequest, type RequestRow, requestOf, secretOf } from "../rows/request.ts";
import type { Change } from "./ledger-change.ts";
import type { FreeRef } from "./ledger-open.ts";
import { type Condition, inStates, whereOf } from "./ledger-read.ts";
import type { Pg, Sql } from "./open.ts";
import { committing, type RequestParts } from "./request-commit.ts";

export interface RequestOptions extends RequestParts {
  readonly pg: Pg;
  readonly change: Change;
  readonly freeRef: FreeRef;
}

/** What customers ask of agents, in the ledger's own tables and transactions. */
export function postgresRequests(options: RequestOptions): Requests {
  const { change } = options;
  const commit = committing(options);
  const ask = asking(options);
  return {
    ask: (request, at, letters) =>
      change(
        (sql) => ask(sql, request, at, letters),
        ({ kind }) => kind === "asked",
      ),
    commit: (asked) =>
      change(
        (sql) => commit(sql, asked),
        (committed) => committed === "done",
      ),
    ...reading(options),
    ...forgetting(options),
  };
}

const SAME = `SELECT * FROM requests WHERE customer = $1 AND (chassis_ix = $2 OR plate_ix = $3)
  AND state IN ('asked', 'taken', 'received', 'paying', 'unpaid') LIMIT 1`;
const INSERT = `INSERT INTO requests(${CHANGED.join()}, ref, customer, asked_at) VALUES(${places(CHANGED.length + 3)})`;

/** Of two at once an index refuses the second, who then looks again and finds the first. */
function asking({ sealer, notices, freeRef }: RequestOptions) {
  return async (sql: Sql, asked: NewRequest, at: number, letters: Parameters<Requests["ask"]>[2]) => {
    const { chassis, plate } = vehicleKeys(asked.bill, sealer);
    const before = await sql.get<RequestRow>(SAME, [asked.customer.chat, chassis, plate]);
    if (before !== undefined) return { kind: "exists", request: requestOf(before, sealer) } as const;
    // Spelled like a payment's.
    const ref = (await freeRef(sql)) as string as RequestRef;
    const request = freshRequest(asked, ref, at);
    await sql.run(INSERT, [...changing(request, at, sealer), ref, request.customer.chat, at]);
    await notices.write(sql, letters(request), { id: `request.${ref}.1`, request: ref }, at);
    return { kind: "asked", request } as const;
  };
}

/** Its payment has come to an end, and the request does not know it yet. */
const PAID_OUT = `state = 'paying' AND NOT EXISTS(SELECT 1 FROM payments WHERE payments.request = requests.ref
  AND payments.state IN ('intended', 'sending', 'suspect', 'review'))`;

function reading({ pg, sealer }: RequestOptions): Pick<Requests, "load" | "find" | "due" | "nextDue"> {
  const all = (rows: readonly RequestRow[]) => rows.map((row) => requestOf(row, sealer));
  return {
    async load(ref) {
      const row = await pg.get<RequestRow>("SELECT * FROM requests WHERE ref = $1", [ref]);
      return row === undefined ? undefined : requestOf(row, sealer);
    },
    async find(query) {
      const { where, values } = whereOf(conditions(query));
      const sql = `SELECT * FROM requests ${where} ORDER BY asked_at DESC, seq DESC LIMIT $${values.length + 1}`;
      return all(await pg.all<RequestRow>(sql, [...values, query.limit ?? 20]));
    },
    async due(now, limit) {
      const sql = `SELECT * FROM requests WHERE due_at <= $1 OR (${PAID_OUT})
        ORDER BY coalesce(due_at, 0), asked_at, seq LIMIT $2`;
      return all(await pg.all<RequestRow>(sql, [now, limit]));
    },
    async nextDue(now) {
      const row = await pg.get<{ paid_out: boolean; at: number | null }>(
        `SELECT EXISTS(SELECT 1 FROM requests WHERE ${PAID_OUT}) AS paid_out,
           (SELECT min(due_at) FROM requests WHERE due_at IS NOT NULL) AS at`,
      );
      return row?.paid_out ? now : (row?.at ?? undefined);
    },
  };
}

function conditions({ customer, agent, states }: RequestQuery): readonly Condition[] {
  return [
    ...(customer === undefined ? [] : [["customer = ?", customer] as const]),
    ...(agent === undefined ? [] : [["agent = ?", agent] as const]),
    ...(states === undefined ? [] : [inStates(states)]),
  ];
}

function forgetting({ pg, sealer, change }: RequestOptions): Pick<Requests, "forgetPerson" | "forgettable"> {
  const forget = async (sql: Sql, ref: RequestRef, at: number): Promise<boolean> => {
    const row = await sql.get<RequestRow>("SELECT * FROM requests WHERE ref = $1 FOR NO KEY UPDATE", [ref]);
    if (row === undefined || OPEN.includes(row.state)) return false;
    const secret = secretOf(withoutPerson(requestOf(row, sealer)), sealer);
    await sql.run("UPDATE requests SET secret = $1, forgotten_at = $2 WHERE ref = $3", [secret, at, ref]);
    return true;
  };
  return {
    forgetPerson: (ref, at) =>
      change(
        (sql) => forget(sql, ref, at),
        (isForgotten) => isForgotten,
      ),
    async forgettable(overBefore, limit) {
      const sql = "SELECT ref FROM requests WHERE forgotten_at IS NULL AND over_at < $1 ORDER BY over_at LIMIT $2";
      return (await pg.all<{ ref: RequestRef }>(sql, [overBefore, limit])).map(({ ref }) => ref);
    },
  };
}
