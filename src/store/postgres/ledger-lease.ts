import type { PaymentRef } from "../../domain/ref.ts";
import type { LeasedPayment, Ledger } from "../../payments/ledger.ts";
import { KEPT, type KeptRow, type PaymentRow, paymentOf } from "../rows/payment.ts";
import type { Sealer } from "../sealing.ts";
import { CHANNEL } from "./ledger-change.ts";
import type { History } from "./ledger-history.ts";
import type { Pg } from "./open.ts";

export interface LeasingOptions {
  readonly pg: Pg;
  readonly sealer: Sealer;
  readonly history: History;
  readonly newId: () => string;
  readonly ring: () => void;
  readonly origin: string;
}

interface TakenRow extends KeptRow, Pick<PaymentRow, "due_at" | "opened_at"> {
  readonly lease: string;
  /** The lease that it was under before, whose time is up. */
  readonly had: string | null;
}

/** What others are claiming is passed over. */
const take = ({ holds }: History) => `
  WITH due AS (
    SELECT ref AS due_ref, lease AS had FROM payments
    WHERE due_at <= $1 AND (lease_until IS NULL OR lease_until <= $1) AND ${holds}
    ORDER BY due_at, opened_at LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED)
  UPDATE payments SET lease = $3 || '.' || ref, lease_until = $4 FROM due WHERE ref = due_ref
  RETURNING ${KEPT}, due_at, opened_at, lease, had`;

/** What nobody has to look at any more stays so: somebody without the lease may have ended it meanwhile. */
const DROP = `
  WITH dropped AS (
    UPDATE payments SET lease = NULL, lease_until = NULL, due_at = CASE WHEN due_at IS NOT NULL THEN $1::bigint END
    WHERE ref = $2 AND lease = $3 RETURNING 1)
  SELECT pg_notify($4, $5) FROM dropped`;

export function leasing(options: LeasingOptions): Pick<Ledger, "claim" | "release" | "nextDue"> {
  const { pg, sealer, history, newId, ring, origin } = options;
  const due = take(history);
  return {
    async claim(now, leaseFor, limit) {
      const rows = await pg.all<TakenRow>(due, [now, limit, newId(), now + leaseFor]);
      // In one that went back in time what is intended may have been sent: nobody brings it on before all was looked through.
      if (rows.length === 0) await history.mustBeKnown(pg);
      return [...rows].sort(oldestFirst).map((row): LeasedPayment => {
        return { payment: paymentOf(row, sealer), lease: row.lease, takenOver: row.had !== null };
      });
    },
    async release(ref: PaymentRef, lease: string, dueAt: number) {
      await pg.run(DROP, [dueAt, ref, lease, CHANNEL, origin]);
      ring();
    },
    async nextDue() {
      const row = await pg.get<{ at: number | null }>(
        "SELECT min(greatest(due_at, lease_until)) AS at FROM payments WHERE due_at IS NOT NULL",
      );
      return row?.at ?? undefined;
    },
  };
}

function oldestFirst(one: TakenRow, other: TakenRow): number {
  return (one.due_at ?? 0) - (other.due_at ?? 0) || one.opened_at - other.opened_at;
}
