import type { RequestRef } from "../../domain/staff.ts";
import { type NewRequest, OPEN, type RequestQuery, type Requests } from "../../relay/request.ts";
import { vehicleKeys, withoutPerson } from "../rows/payment.ts";
import { CHANGED, changing, freshRequest, type RequestRow, requestOf, secretOf } from "../rows/request.ts";
import type { FreeRef } from "./ledger-open.ts";
import type { Value } from "./open.ts";
import { committing, type RequestParts } from "./request-commit.ts";

export interface RequestOptions extends RequestParts {
  readonly ring: () => void;
  readonly freeRef: FreeRef;
}

/** What customers ask of agents, in the ledger's own tables and transactions. */
export function sqliteRequests(options: RequestOptions): Requests {
  const { db, ring } = options;
  const commit = committing(options);
  const ask = asking(options);
  return {
    async ask(request, at, letters) {
      const asked = db.transaction(() => ask(request, at, letters));
      if (asked.kind === "asked") ring();
      return asked;
    },
    async commit(change) {
      const committed = db.transaction(() => commit(change));
      if (committed === "done") ring();
      return committed;
    },
    ...reading(options),
    ...forgetting(options),
  };
}

function asking({ db, sealer, notices, freeRef }: RequestOptions) {
  const same = db.prepare<RequestRow>(
    `SELECT * FROM requests WHERE customer = ? AND (chassis_ix = ? OR plate_ix = ?)
       AND state IN ('asked', 'taken', 'received', 'paying', 'unpaid') LIMIT 1`,
  );
  const insert = db.prepare(
    `INSERT INTO requests(${CHANGED.join()}, ref, customer, asked_at) VALUES(${CHANGED.map(() => "?").join()}, ?, ?, ?)`,
  );
  return (asked: NewRequest, at: number, letters: Parameters<Requests["ask"]>[2]) => {
    const { chassis, plate } = vehicleKeys(asked.bill, sealer);
    const before = same.get(asked.customer.chat, chassis, plate);
    if (before !== undefined) return { kind: "exists", request: requestOf(before, sealer) } as const;
    // Spelled like a payment's.
    const ref = freeRef() as string as RequestRef;
    const request = freshRequest(asked, ref, at);
    insert.run(...changing(request, at, sealer), ref, request.customer.chat, at);
    notices.write(letters(request), { id: `request.${ref}.1`, request: ref }, at);
    return { kind: "asked", request } as const;
  };
}

/** Its payment has come to an end, and the request does not know it yet. */
const PAID_OUT = `state = 'paying' AND NOT EXISTS(SELECT 1 FROM payments WHERE request = requests.ref
  AND payments.state IN ('intended', 'sending', 'suspect', 'review'))`;

function reading({ db, sealer }: RequestOptions): Pick<Requests, "load" | "find" | "due" | "nextDue"> {
  const load = db.prepare<RequestRow>("SELECT * FROM requests WHERE ref = ?");
  const due = db.prepare<RequestRow>(
    `SELECT * FROM requests WHERE due_at <= ? OR (${PAID_OUT}) ORDER BY coalesce(due_at, 0), asked_at LIMIT ?`,
  );
  const paidOut = db.prepare<{ ref: string }>(`SELECT ref FROM requests WHERE ${PAID_OUT} LIMIT 1`);
  const next = db.prepare<{ at: number | null }>("SELECT min(due_at) AS at FROM requests WHERE due_at IS NOT NULL");
  const all = (rows: readonly RequestRow[]) => rows.map((row) => requestOf(row, sealer));
  return {
    async load(ref) {
      const row = load.get(ref);
      return row === undefined ? undefined : requestOf(row, sealer);
    },
    async find(query) {
      const asked = conditions(query);
      const where = asked.length === 0 ? "" : `WHERE ${asked.map(([sql]) => sql).join(" AND ")}`;
      const values = asked.map(([, value]) => value);
      const sql = `SELECT * FROM requests ${where} ORDER BY asked_at DESC, rowid DESC LIMIT ?`;
      return all(db.prepare<RequestRow>(sql).all(...values, query.limit ?? 20));
    },
    due: async (now, limit) => all(due.all(now, limit)),
    nextDue: async (now) => (paidOut.get() === undefined ? (next.get()?.at ?? undefined) : now),
  };
}

function conditions({ customer, agent, states }: RequestQuery): readonly (readonly [sql: string, value: Value])[] {
  return [
    ...(customer === undefined ? [] : [["customer = ?", customer] as const]),
    ...(agent === undefined ? [] : [["agent = ?", agent] as const]),
    ...(states === undefined ? [] : [["state IN (SELECT value FROM json_each(?))", JSON.stringify(states)] as const]),
  ];
}

function forgetting({ db, sealer }: RequestOptions): Pick<Requests, "forgetPerson" | "forgettable"> {
  const load = db.prepare<RequestRow>("SELECT * FROM requests WHERE ref = ?");
  const forget = db.prepare("UPDATE requests SET secret = ?, forgotten_at = ? WHERE ref = ?");
  const known = db.prepare<{ ref: RequestRef }>(
    "SELECT ref FROM requests WHERE forgotten_at IS NULL AND over_at < ? ORDER BY over_at LIMIT ?",
  );
  return {
    forgetPerson: async (ref, at) =>
      db.transaction(() => {
        const row = load.get(ref);
        if (row === undefined || OPEN.includes(row.state)) return false;
        forget.run(secretOf(withoutPerson(requestOf(row, sealer)), sealer), at, ref);
        return true;
      }),
    forgettable: async (overBefore, limit) => known.all(overBefore, limit).map(({ ref }) => ref),
  };
}
