import type { Conversations } from "../../src/conversation/conversations.ts";
import type { Ledger } from "../../src/payments/ledger.ts";
import type { WorldDb } from "./database.ts";

/**
 * When something is to be seen, of each kind, wall ms. The loops of the program look again at every ring, and nine looks
 * in ten find nothing: they are answered from here without asking the database, as long as nobody wrote into it.
 */
export interface Dues {
  jobs(queues: readonly string[]): number;
  quiet(): number;
  payments(): number;
  notices(): number;
  /** Of requests: one whose payment has ended is to be seen at once. */
  requests(): number;
}

interface Row {
  readonly what: string;
  readonly at: number | null;
}

/** By the table that it is read from. */
const SQL = {
  jobs: "SELECT queue AS what, min(ready_at) AS at FROM jobs WHERE state = 'waiting' GROUP BY queue",
  conversations: "SELECT 'quiet' AS what, min(quiet_at) AS at FROM conversations WHERE quiet_at IS NOT NULL",
  payments: `SELECT 'payments' AS what, min(max(due_at, coalesce(lease_until, 0))) AS at FROM payments
    WHERE due_at IS NOT NULL`,
  notices: `SELECT 'notices' AS what, min(coalesce(lease_until, 0)) AS at FROM notices
    WHERE told_at IS NULL AND untellable_at IS NULL`,
} as const;

export function duesOf(database: WorldDb): Dues {
  const known = { jobs: unknown(), conversations: unknown(), payments: unknown(), notices: unknown() };
  const at = (table: keyof typeof SQL, what: string): number => {
    const of = known[table];
    const version = database.version(table);
    if (of.version !== version) {
      of.times = new Map(
        database.db
          .prepare<Row>(SQL[table])
          .all()
          .map((row) => [row.what, row.at ?? NEVER]),
      );
      of.version = version;
    }
    return of.times.get(what) ?? NEVER;
  };
  return {
    jobs: (queues) => Math.min(...queues.map((queue) => at("jobs", queue))),
    quiet: () => at("conversations", "quiet"),
    payments: () => at("payments", "payments"),
    notices: () => at("notices", "notices"),
    requests: requestsDue(database),
  };
}

/** As `Ledger.requests.nextDue` has it. */
const REQUESTS = `SELECT CASE WHEN EXISTS(SELECT 1 FROM requests WHERE state = 'paying' AND NOT EXISTS(SELECT 1 FROM payments
    WHERE request = requests.ref AND payments.state IN ('intended', 'sending', 'suspect', 'review')))
  THEN 0 ELSE (SELECT min(due_at) FROM requests WHERE due_at IS NOT NULL) END AS at`;

function requestsDue(database: WorldDb): () => number {
  let version = -1;
  let due = NEVER;
  return () => {
    const now = database.version("requests") + database.version("payments");
    if (now !== version) due = database.db.prepare<{ at: number | null }>(REQUESTS).get()?.at ?? NEVER;
    version = now;
    return due;
  };
}

const NEVER = Number.POSITIVE_INFINITY;

function unknown(): { version: number; times: ReadonlyMap<string, number> } {
  return { version: -1, times: new Map() };
}

export const QUEUES = ["say", "inquire", "pay", "look", "timer"];

/** Whether an idle look is left out this time: nearly always. */
export type Skips = () => boolean;

/** The same conversations: a look that would find nothing is seldom taken. */
export function quickConversations(conversations: Conversations, dues: Dues, skips: Skips): Conversations {
  return {
    ...conversations,
    claim: async (queues, now, leaseFor, limit) =>
      dues.jobs(queues) > now && skips() ? [] : conversations.claim(queues, now, leaseFor, limit),
    quiet: async (now, limit) => (dues.quiet() > now && skips() ? [] : conversations.quiet(now, limit)),
    async nextDue(now) {
      if (!skips()) return conversations.nextDue(now);
      const due = Math.min(dues.jobs(QUEUES), dues.quiet());
      return due === Number.POSITIVE_INFINITY ? undefined : due;
    },
  };
}

/** The same ledger: a look that would find nothing is seldom taken. */
export function quickLedger(ledger: Ledger, dues: Dues, skips: Skips): Ledger {
  return {
    ...ledger,
    claim: async (now, leaseFor, limit) => (dues.payments() > now && skips() ? [] : ledger.claim(now, leaseFor, limit)),
    owed: async (now, leaseFor, limit) => (dues.notices() > now && skips() ? [] : ledger.owed(now, leaseFor, limit)),
    async nextDue(now) {
      if (!skips()) return ledger.nextDue(now);
      const due = dues.payments();
      return due === Number.POSITIVE_INFINITY ? undefined : due;
    },
    requests: {
      ...ledger.requests,
      due: async (now, limit) => (dues.requests() > now && skips() ? [] : ledger.requests.due(now, limit)),
      async nextDue(now) {
        if (!skips()) return ledger.requests.nextDue(now);
        const due = dues.requests();
        return due === Number.POSITIVE_INFINITY ? undefined : due;
      },
    },
  };
}
