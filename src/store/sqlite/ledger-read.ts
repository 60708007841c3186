import { plateKey } from "../../domain/plate.ts";
import type { PaymentRef } from "../../domain/ref.ts";
import type { Ledger, PaymentQuery } from "../../payments/ledger.ts";
import { LIVE, type Payment, type Sighting } from "../../payments/payment.ts";
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
import type { Db, Value } from "./open.ts";

interface SightingRow extends Omit<Sighting, "from"> {
  readonly source: Sighting["from"];
}

export function reading(db: Db, sealer: Sealer): Pick<Ledger, "load" | "find" | "sightings" | "ofVehicle"> {
  const load = db.prepare<KeptRow>(`SELECT ${KEPT} FROM payments WHERE ref = ?`);
  const keys = db.prepare<Pick<PaymentRow, "chassis_ix" | "plate_ix">>(
    "SELECT chassis_ix, plate_ix FROM payments WHERE ref = ?",
  );
  const vehicle = db.prepare<KeptRow>(
    `SELECT ${KEPT} FROM payments WHERE (chassis_ix = ? OR plate_ix = ?) AND ref <> ?
     ORDER BY opened_at DESC, rowid DESC`,
  );
  const sightings = db.prepare<SightingRow>(
    "SELECT at, source, settlement, detail FROM sightings WHERE ref = ? ORDER BY id",
  );
  const payments = (rows: readonly KeptRow[]): readonly Payment[] => rows.map((row) => paymentOf(row, sealer));
  return {
    async load(ref) {
      const row = load.get(ref);
      return row === undefined ? undefined : paymentOf(row, sealer);
    },
    find: async (query) => payments(finding(db, sealer, query)),
    sightings: async (ref) =>
      sightings.all(ref).map(({ at, source, settlement, detail }) => ({ at, from: source, settlement, detail })),
    async ofVehicle(ref) {
      const row = keys.get(ref);
      return row === undefined ? [] : payments(vehicle.all(row.chassis_ix, row.plate_ix, ref));
    },
  };
}

/** Taking a person out of what has ended. The indexes of the vehicle stay: the rules of rule 1 need them. */
export function forgetting(db: Db, sealer: Sealer): Pick<Ledger, "forgetPerson" | "forgettable"> {
  const load = db.prepare<PaymentRow>("SELECT * FROM payments WHERE ref = ?");
  const forget = db.prepare("UPDATE payments SET secret = ?, forgotten_at = ? WHERE ref = ?");
  const known = db.prepare<{ ref: PaymentRef }>(
    `SELECT ref FROM payments WHERE forgotten_at IS NULL AND ended_at < ?
       AND state IN ('paid', 'refunded', 'not-charged', 'withdrawn') ORDER BY ended_at LIMIT ?`,
  );
  return {
    forgetPerson: async (ref, at) =>
      db.transaction(() => {
        const row = load.get(ref);
        if (row === undefined || LIVE.includes(row.state)) return false;
        forget.run(secretOf(withoutPerson(paymentOf(row, sealer)), sealer), at, ref);
        return true;
      }),
    forgettable: async (endedBefore, limit) => known.all(endedBefore, limit).map(({ ref }) => ref),
  };
}

function finding(db: Db, sealer: Sealer, query: PaymentQuery): readonly KeptRow[] {
  const asked = conditions(query, sealer);
  if (asked === undefined) return [];
  const where = asked.length === 0 ? "" : `WHERE ${asked.map(([sql]) => sql).join(" AND ")}`;
  return db
    .prepare<KeptRow>(`SELECT ${KEPT} FROM payments ${where} ORDER BY opened_at DESC, rowid DESC LIMIT ?`)
    .all(...asked.flatMap(([, values]) => values), query.limit ?? 20);
}

type Condition = readonly [sql: string, values: readonly Value[]];

/** Undefined when nothing can be found: a plate that is none finds nothing, and not everything. */
function conditions(query: PaymentQuery, sealer: Sealer): readonly Condition[] | undefined {
  const found: Condition[] = [];
  if (query.ref !== undefined) found.push(["ref = ?", [query.ref]]);
  if (query.payer !== undefined) found.push(["payer = ?", [query.payer]]);
  if (query.agent !== undefined) found.push(["agent = ?", [query.agent]]);
  if (query.invoice !== undefined) found.push(["invoice = ?", [query.invoice]]);
  if (query.states !== undefined) {
    found.push(["state IN (SELECT value FROM json_each(?))", [JSON.stringify(query.states)]]);
  }
  if (query.ended !== undefined) found.push(["ended_at >= ? AND ended_at < ?", [query.ended.since, query.ended.until]]);
  if (query.vehicle !== undefined) {
    const { chassis, plate } = vehicleKeys(query.vehicle, sealer);
    found.push(["(chassis_ix = ? OR plate_ix = ?)", [chassis, plate]]);
  }
  if (query.plate !== undefined) {
    const plate = plateKey(query.plate);
    if (plate === undefined) return undefined;
    found.push(["plate_ix = ?", [plateIndex(plate, sealer)]]);
  }
  return found;
}
