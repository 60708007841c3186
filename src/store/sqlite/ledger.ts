import { randomUUID } from "node:crypto";
import type { PaymentRef } from "../../domain/ref.ts";
import { ZERO } from "../../domain/rupiah.ts";
import type { LeasedPayment, Ledger } from "../../payments/ledger.ts";
import { KEPT, type KeptRow, type PaymentRow, paymentOf } from "../rows/payment.ts";
import type { Sealer } from "../sealing.ts";
import { makeSignal } from "../signal.ts";
import { type Counter, memoryCounter } from "./counter.ts";
import { committing } from "./ledger-commit.ts";
import { dayTotals } from "./ledger-day.ts";
import { sqliteNotices } from "./ledger-notices.ts";
import { freeRefs, type Opening, opening } from "./ledger-open.ts";
import { accounting, postings } from "./ledger-postings.ts";
import { forgetting, reading } from "./ledger-read.ts";
import { LEDGER_STEPS } from "./ledger-schema.ts";
import { type Db, migrate } from "./open.ts";
import { sqliteRequests } from "./requests.ts";
import { migrateTasks } from "./tasks.ts";

export interface SqliteLedgerOptions {
  readonly db: Db;
  readonly sealer: Sealer;
  /** Counts the calls of pay in a second file, so that a restored database is noticed. */
  readonly counter?: Counter;
  readonly newRef?: () => PaymentRef;
  readonly newLease?: () => string;
}

/** Money, in SQLite. Every method is one synchronous turn inside, so that nothing slips between a change's statements. */
export function sqliteLedger(options: SqliteLedgerOptions): Ledger {
  const { db, sealer, counter = memoryCounter() } = options;
  migrateTasks(db);
  migrate(db, "ledger", LEDGER_STEPS);
  const { ring, listen } = makeSignal();
  const notices = sqliteNotices(db, sealer, ring);
  const posts = postings(db, notices);
  const dayTotal = dayTotals(db);
  const freeRef = freeRefs(db, options.newRef);
  const opens = opening(db, sealer, { postings: posts, dayTotal, freeRef });
  const commit = committing(db, { notices, postings: posts, counted: counter.read });
  return {
    ...opened(db, opens, ring),
    async post(posting, at, floor = ZERO) {
      const posted = db.transaction(() => posts.free(posting, at, floor));
      if (posted === "done") ring();
      return posted;
    },
    async commit(change) {
      const { committed, sent } = db.transaction(() => commit(change));
      // Before the caller may send: should it fail, the call does not go out.
      if (sent !== undefined) counter.write(sent);
      if (committed === "done") ring();
      return committed;
    },
    ...leasing(db, sealer, { ring, counter, newLease: options.newLease ?? randomUUID }),
    ...reading(db, sealer),
    ...accounting(db),
    ...forgetting(db, sealer),
    requests: sqliteRequests({ db, sealer, notices, dayTotal, opens, postings: posts, ring, freeRef }),
    owed: notices.owed,
    overdue: notices.overdue,
    news: notices.news,
    told: notices.told,
    untellable: notices.untellable,
    wake: listen,
  };
}

function opened(db: Db, opens: Opening, ring: () => void): Pick<Ledger, "check" | "open"> {
  return {
    async check(payment, at, limits) {
      const no = opens.refusal(payment, at, limits);
      if (no === undefined) return { kind: "free" };
      return no.kind === "exists" ? { kind: "exists" } : no;
    },
    async open(payment, at, limits) {
      const { request } = payment;
      if (request !== undefined) throw new Error(`the payment of request ${request} is opened by its own commit alone`);
      const answer = db.transaction(() => opens.open(payment, at, limits));
      ring();
      return answer;
    },
  };
}

interface Leasing {
  readonly ring: () => void;
  readonly counter: Counter;
  readonly newLease: () => string;
}

function leasing(
  db: Db,
  sealer: Sealer,
  { ring, counter, newLease }: Leasing,
): Pick<Ledger, "claim" | "takeOver" | "restoreSeen" | "release" | "nextDue"> {
  const due = db.prepare<KeptRow & Pick<PaymentRow, "lease">>(
    `SELECT ${KEPT}, lease FROM payments WHERE due_at <= ?1 AND (lease_until IS NULL OR lease_until <= ?1)
     ORDER BY due_at, opened_at LIMIT ?2`,
  );
  const take = db.prepare("UPDATE payments SET lease = ?, lease_until = ? WHERE ref = ?");
  // What nobody has to look at any more stays so: somebody without the lease may have ended it meanwhile.
  const drop = db.prepare(
    `UPDATE payments SET lease = NULL, lease_until = NULL, due_at = iif(due_at IS NULL, NULL, ?)
     WHERE ref = ? AND lease = ?`,
  );
  const next = db.prepare<{ at: number | null }>(
    "SELECT min(max(due_at, coalesce(lease_until, 0))) AS at FROM payments WHERE due_at IS NOT NULL",
  );
  const seen = db.prepare("UPDATE sent_count SET n = max(n, ?)");
  return {
    claim: async (now, leaseFor, limit) =>
      db.transaction(() =>
        due.all(now, limit).map((row): LeasedPayment => {
          const lease = newLease();
          take.run(lease, now + leaseFor, row.ref);
          return { payment: paymentOf(row, sealer), lease, takenOver: row.lease !== null };
        }),
      ),
    takeOver: takingOver(db, counter),
    restoreSeen: async () => void seen.run(counter.read()),
    async release(ref, lease, dueAt) {
      drop.run(dueAt, ref, lease);
      ring();
    },
    nextDue: async () => next.get()?.at ?? undefined,
  };
}

function takingOver(db: Db, counter: Counter): Ledger["takeOver"] {
  const end = db.prepare("UPDATE payments SET lease_until = 0 WHERE lease IS NOT NULL");
  // What nobody had in hand yet counts as found, too: its process is gone.
  const leave = db.prepare(
    `UPDATE payments SET lease = coalesce(lease, 'found'), lease_until = 0, due_at = min(coalesce(due_at, ?1), ?1)
     WHERE state IN ('intended', 'sending')`,
  );
  const notices = db.prepare("UPDATE notices SET lease_until = 0 WHERE told_at IS NULL AND untellable_at IS NULL");
  const sent = db.prepare<{ n: number }>("SELECT n FROM sent_count");
  return async (now) =>
    db.transaction(() => {
      end.run();
      leave.run(now);
      notices.run();
      return { wentBack: (sent.get()?.n ?? 0) < counter.read() };
    });
}
