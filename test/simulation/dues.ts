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
}

interface Row {
  readonly what: string;
  readonly at: number | null;
}

const SQL = `SELECT queue AS what, min(ready_at) AS at FROM jobs WHERE state = 'waiting' GROUP BY queue
  UNION ALL SELECT 'quiet', min(quiet_at) FROM conversations WHERE quiet_at IS NOT NULL
  UNION ALL SELECT 'payments', min(max(due_at, coalesce(lease_until, 0))) FROM payments WHERE due_at IS NOT NULL
  UNION ALL SELECT 'notices', min(coalesce(lease_until, 0)) FROM notices WHERE told_at IS NULL AND untellable_at IS NULL`;

export function duesOf(database: WorldDb): Dues {
  let known = new Map<string, number>();
  let knownAt = -1;
  const at = (what: string): number => {
    if (knownAt !== database.writes) {
      const rows = database.db.prepare<Row>(SQL).all();
      known = new Map(rows.flatMap(({ what: name, at: due }) => (due === null ? [] : [[name, due] as const])));
      knownAt = database.writes;
    }
    return known.get(what) ?? Number.POSITIVE_INFINITY;
  };
  return {
    jobs: (queues) => Math.min(...queues.map(at)),
    quiet: () => at("quiet"),
    payments: () => at("payments"),
    notices: () => at("notices"),
  };
}

export const QUEUES = ["say", "inquire", "pay", "look", "timer"];

/** The same conversations: a look that would find nothing is not taken. */
export function quickConversations(conversations: Conversations, dues: Dues): Conversations {
  return {
    ...conversations,
    claim: async (queues, now, leaseFor, limit) =>
      dues.jobs(queues) > now ? [] : conversations.claim(queues, now, leaseFor, limit),
    quiet: async (now, limit) => (dues.quiet() > now ? [] : conversations.quiet(now, limit)),
    async nextDue() {
      const due = Math.min(dues.jobs(QUEUES), dues.quiet());
      return due === Number.POSITIVE_INFINITY ? undefined : due;
    },
  };
}

/** The same ledger: a look that would find nothing is not taken. */
export function quickLedger(ledger: Ledger, dues: Dues): Ledger {
  return {
    ...ledger,
    claim: async (now, leaseFor, limit) => (dues.payments() > now ? [] : ledger.claim(now, leaseFor, limit)),
    owed: async (now, leaseFor, limit) => (dues.notices() > now ? [] : ledger.owed(now, leaseFor, limit)),
    async nextDue() {
      const due = dues.payments();
      return due === Number.POSITIVE_INFINITY ? undefined : due;
    },
  };
}
