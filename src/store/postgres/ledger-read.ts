import { plateKey } from "../../domain/plate.ts";
import type { PaymentRef } from "../../domain/ref.ts";
import type { Ledger, PaymentQuery } from "../../payments/ledger.ts";
import { LIVE, type Payment, type PaymentState, type Sighting } from "../../payments/payment.ts";
import type { RequestState } from "../../relay/request.ts";
import {
  KEPT,
  type KeptRow,
  type PaymentRow,
  paymentOf,
  plateIndex,
  secretOf,
  vehicleKeys,
  withoutPerson,
} from "../rows/payment.ts";
import type { Sealer } from "../sealing.ts";
import type { Change } from "./ledger-change.ts";
import type { Pg, Sql, Value } from "./open.ts";

interface SightingRow extends Omit<Sighting, "from"> {
  readonly source: Sighting["from"];
}

export function reading(pg: Pg, sealer: Sealer): Pick<Ledger, "load" | "find" | "sightings" | "ofVehicle"> {
  const payments = (rows: readonly KeptRow[]): readonly Payment[] => rows.map((row) => paymentOf(row, sealer));
  return {
    async load(ref) {
      const row = await pg.get<KeptRow>(`SELECT ${KEPT} FROM payments WHERE ref = $1`, [ref]);
      return row === undefined ? undefined : paymentOf(row, sealer);
    },
    find: async (query) => payments(await finding(pg, sealer, query)),
    async sightings(ref) {
      const sql = "SELECT at, source, settlement, detail FROM sightings WHERE ref = $1 ORDER BY id";
      const rows = await pg.all<SightingRow>(sql, [ref]);
      return rows.map(({ at, source, settlement, detail }) => ({ at, from: source, settlement, detail }));
    },
    ofVehicle: async (ref) =>
      payments(
        await pg.all<KeptRow>(
          `SELECT other.ref, other.shape, other.body, other.secret FROM payments AS own JOIN payments AS other
             ON (other.chassis_ix = own.chassis_ix OR other.plate_ix = own.plate_ix) AND other.ref <> own.ref
           WHERE own.ref = $1 ORDER BY other.opened_at DESC, other.seq DESC`,
          [ref],
        ),
      ),
  };
}

/** Taking a person out of what has ended. The indexes of the vehicle stay: the rules of rule 1 need them. */
export function forgetting(pg: Pg, sealer: Sealer, change: Change): Pick<Ledger, "forgetPerson" | "forgettable"> {
  const forget = async (sql: Sql, ref: PaymentRef, at: number): Promise<boolean> => {
    const row = await sql.get<PaymentRow>("SELECT * FROM payments WHERE ref = $1 FOR NO KEY UPDATE", [ref]);
    if (row === undefined || LIVE.includes(row.state)) return false;
    const secret = secretOf(withoutPerson(paymentOf(row, sealer)), sealer);
    await sql.run("UPDATE payments SET secret = $1, forgotten_at = $2 WHERE ref = $3", [secret, at, ref]);
    return true;
  };
  return {
    forgetPerson: (ref, at) =>
      change(
        (sql) => forget(sql, ref, at),
        (isForgotten) => isForgotten,
      ),
    async forgettable(endedBefore, limit) {
      const rows = await pg.all<{ ref: PaymentRef }>(
        `SELECT ref FROM payments WHERE forgotten_at IS NULL AND ended_at < $1
           AND state IN ('paid', 'refunded', 'not-charged', 'withdrawn') ORDER BY ended_at LIMIT $2`,
        [endedBefore, limit],
      );
      return rows.map(({ ref }) => ref);
    },
  };
}

async function finding(pg: Pg, sealer: Sealer, query: PaymentQuery): Promise<readonly KeptRow[]> {
  const asked = conditions(query, sealer);
  if (asked === undefined) return [];
  const { where, values } = whereOf(asked);
  return pg.all<KeptRow>(
    `SELECT ${KEPT} FROM payments ${where} ORDER BY opened_at DESC, seq DESC LIMIT $${values.length + 1}`,
    [...values, query.limit ?? 20],
  );
}

/** Each `?` stands for the next of the values. */
export type Condition = readonly [sql: string, ...values: Value[]];

/** All of them: the values are `$1`, `$2`, … in their order. */
export function whereOf(asked: readonly Condition[]): { readonly where: string; readonly values: readonly Value[] } {
  let place = 0;
  const all = asked.map(([sql]) => sql.replaceAll("?", () => `$${++place}`)).join(" AND ");
  return { where: asked.length === 0 ? "" : `WHERE ${all}`, values: asked.flatMap(([, ...values]) => values) };
}

/** States are plain words, so that a list of them is PostgreSQL's text of an array. */
export function inStates(states: readonly (PaymentState | RequestState)[]): Condition {
  return ["state = ANY(?::text[])", `{${states.join()}}`];
}

/** Undefined when nothing can be found: a plate that is none finds nothing, and not everything. */
function conditions(query: PaymentQuery, sealer: Sealer): readonly Condition[] | undefined {
  const found: Condition[] = [];
  if (query.ref !== undefined) found.push(["ref = ?", query.ref]);
  if (query.payer !== undefined) found.push(["payer = ?", query.payer]);
  if (query.agent !== undefined) found.push(["agent = ?", query.agent]);
  if (query.invoice !== undefined) found.push(["invoice = ?", query.invoice]);
  if (query.states !== undefined) found.push(inStates(query.states));
  if (query.ended !== undefined) found.push(["ended_at >= ? AND ended_at < ?", query.ended.since, query.ended.until]);
  if (query.vehicle !== undefined) {
    const { chassis, plate } = vehicleKeys(query.vehicle, sealer);
    found.push(["(chassis_ix = ? OR plate_ix = ?)", chassis, plate]);
  }
  if (query.plate !== undefined) {
    const plate = plateKey(query.plate);
    if (plate === undefined) return undefined;
    found.push(["plate_ix = ?", plateIndex(plate, sealer)]);
  }
  return found;
}
