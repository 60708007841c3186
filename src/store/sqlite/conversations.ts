import { randomUUID } from "node:crypto";
import type { Conversation, Job, Queue } from "../../conversation/conversation.ts";
import type { Change, Conversations } from "../../conversation/conversations.ts";
import type { Sealer } from "../sealing.ts";
import { makeSignal } from "../signal.ts";
import { erasing, pruning } from "./forget.ts";
import { gathering } from "./gather.ts";
import { sqliteJobs } from "./jobs.ts";
import { type Db, migrate } from "./open.ts";

const STEPS = [
  `CREATE TABLE conversations(
     key TEXT PRIMARY KEY, revision INTEGER NOT NULL, flow TEXT NOT NULL, version INTEGER NOT NULL,
     state TEXT NOT NULL, quiet_at INTEGER, updated_at INTEGER NOT NULL) STRICT;
   CREATE INDEX conversations_quiet ON conversations(quiet_at) WHERE quiet_at IS NOT NULL;
   CREATE INDEX conversations_updated ON conversations(updated_at);

   CREATE TABLE seen(key TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(key, id)) STRICT, WITHOUT ROWID;
   CREATE INDEX seen_at ON seen(at);

   -- ready_at: when the job may be claimed. Null behind another job of its lane; the lease's end while it is leased.
   CREATE TABLE jobs(
     seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, key TEXT NOT NULL, queue TEXT NOT NULL, lane TEXT,
     due_at INTEGER NOT NULL, task TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'waiting', ready_at INTEGER,
     attempt INTEGER NOT NULL DEFAULT 0, lease TEXT, ref TEXT, ended_at INTEGER) STRICT;
   CREATE INDEX jobs_ready ON jobs(queue, ready_at, seq) WHERE state = 'waiting';
   CREATE INDEX jobs_lane ON jobs(lane, seq) WHERE state = 'waiting' AND lane IS NOT NULL;
   CREATE INDEX jobs_key ON jobs(key);
   CREATE INDEX jobs_ended ON jobs(ended_at) WHERE ended_at IS NOT NULL;
   CREATE INDEX jobs_dead ON jobs(seq) WHERE state = 'dead';`,
];

interface Row {
  readonly key: Conversation["key"];
  readonly revision: number;
  readonly flow: string;
  readonly version: number;
  readonly state: string;
  readonly quiet_at: number | null;
  readonly updated_at: number;
}

/**
 * Conversations and their outbox in SQLite. Each change is one synchronous call inside, so that nothing slips between its
 * statements. A context's field that is `undefined` comes back missing, as in any JSON.
 */
export function sqliteConversations({ db, sealer }: { readonly db: Db; readonly sealer: Sealer }): Conversations {
  migrate(db, "conversations", STEPS);
  const signal = makeSignal();
  const jobs = sqliteJobs(db, sealer);
  const load = db.prepare<Row>("SELECT * FROM conversations WHERE key = ?");
  const quiet = db.prepare<Row>("SELECT key FROM conversations WHERE quiet_at <= ? ORDER BY quiet_at LIMIT ?");
  const nextQuiet = db.prepare<{ at: number | null }>(
    "SELECT min(quiet_at) AS at FROM conversations WHERE quiet_at IS NOT NULL",
  );
  const together = gathering(db);
  const commit = committing(db, sealer, jobs);
  const erase = erasing(db, jobs);
  return {
    load: async (key) => conversationOf(load.get(key), sealer),
    async commit(change) {
      const { outcome, offered, taken } = await together(() => commit(change));
      if (offered.length > 0) signal.ring(offered);
      for (const job of taken) change.take?.taken(job);
      return outcome;
    },
    claim: (queues, now, leaseFor, limit, except = []) =>
      together(() => jobs.claim({ queues, now, until: now + leaseFor, limit, lease: randomUUID(), except })),
    async takeOver() {
      await together(() => jobs.takeOver());
      signal.ring();
    },
    quiet: async (now, limit) => quiet.all(now, limit).map((row) => row.key),
    sent: async (job) => jobs.sent(job),
    async nextDue(_, except = [], queues) {
      const quietAt = queues === undefined ? nextQuiet.get()?.at : undefined;
      const times = [jobs.nextReady(except, queues), quietAt ?? undefined].filter((at) => at !== undefined);
      return times.length === 0 ? undefined : Math.min(...times);
    },
    depth: async () => jobs.depth(),
    prune: pruning(db),
    async erase(key) {
      await together(() => erase(key));
      // Another conversation's job may have stood behind one of these.
      signal.ring();
    },
    wake: (stop, queues) => signal.listen(stop, queues),
  };
}

interface Committed {
  readonly outcome: Awaited<ReturnType<Conversations["commit"]>>;
  /** Queues in which something may have to be claimed or waited for. */
  readonly offered: readonly Queue[];
  readonly taken: readonly Job[];
}

/** The statements of one change, cheapest way first: a turn is its seen id, its conversation and its jobs, no more. */
function committing(db: Db, sealer: Sealer, jobs: ReturnType<typeof sqliteJobs>): (change: Change) => Committed {
  const see = db.prepare("INSERT INTO seen VALUES(?, ?, ?) ON CONFLICT DO NOTHING");
  const unsee = db.prepare("DELETE FROM seen WHERE key = ? AND id = ?");
  const first = db.prepare("INSERT INTO conversations VALUES(?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
  const next = db.prepare(
    `UPDATE conversations SET revision = ?, flow = ?, version = ?, state = ?, quiet_at = ?, updated_at = ?
     WHERE key = ? AND revision = ?`,
  );

  function move({ next: to, expect }: NonNullable<Change["conversation"]>): boolean {
    const state = sealer.seal(JSON.stringify({ value: to.value, context: to.context }), aboutConversation(to.key));
    const { key, revision, flow, version, updatedAt } = to;
    const quietAt = to.quietAt ?? null;
    if (expect === 0) return first.run(key, revision, flow, version, state, quietAt, updatedAt) === 1;
    return next.run(revision, flow, version, state, quietAt, updatedAt, key, expect) === 1;
  }

  return ({ at, seen, conversation, enqueue = [], finish, take }) => {
    if (seen !== undefined && see.run(seen.key, seen.id, at) === 0) return refused("duplicate");
    // Both looks come before the first write that cannot be taken back by hand.
    const leased = finish === undefined ? undefined : jobs.leased(finish);
    const isLate =
      (finish !== undefined && leased === undefined) || (conversation !== undefined && !move(conversation));
    if (isLate) {
      if (seen !== undefined) unsee.run(seen.key, seen.id);
      return refused("conflict");
    }
    const newLease = take === undefined ? "" : randomUUID();
    const next = take?.next && { lease: newLease, ...take.next };
    const followed = finish && leased ? jobs.finish(leased, finish, at, next) : { offered: [] };
    const offered = new Set(followed.offered);
    const taken = followed.taken === undefined ? [] : [followed.taken];
    for (const job of enqueue) {
      const until = take?.until.get(job.id);
      const lease = until === undefined ? undefined : { lease: newLease, until };
      const became = jobs.add(job, lease);
      if (became === "offered") offered.add(job.queue);
      if (became === "taken" && lease !== undefined) taken.push({ ...job, lease: lease.lease, attempt: 1 });
    }
    return { outcome: "done", offered: [...offered], taken };
  };
}

function refused(outcome: Committed["outcome"]): Committed {
  return { outcome, offered: [], taken: [] };
}

function conversationOf(row: Row | undefined, sealer: Sealer): Conversation | undefined {
  if (row === undefined) return undefined;
  const state = JSON.parse(sealer.open(row.state, aboutConversation(row.key))) as Pick<
    Conversation,
    "value" | "context"
  >;
  return {
    key: row.key,
    revision: row.revision,
    flow: row.flow,
    version: row.version,
    value: state.value,
    context: state.context,
    quietAt: row.quiet_at ?? undefined,
    updatedAt: row.updated_at,
  };
}

function aboutConversation(key: string): string {
  return `conversations:${key}`;
}
