import type { Job, JobId, NewJob, Queue } from "../../conversation/conversation.ts";
import type { Change } from "../../conversation/conversations.ts";
import type { Sealer } from "../sealing.ts";
import type { Db } from "./open.ts";

type Finish = NonNullable<Change["finish"]>;

interface Row {
  readonly seq: number;
  readonly id: JobId;
  readonly key: Job["key"];
  readonly queue: Queue;
  readonly lane: string | null;
  readonly due_at: number;
  readonly task: string;
  readonly ready_at: number;
  readonly attempt: number;
}

type Leased = Pick<Row, "seq" | "lane">;

export interface Jobs {
  /** The same id again, while the first is kept, is the same job. */
  add(job: NewJob): void;
  /** The job when the lease is the caller's: also after its end, as long as nobody else has claimed it. */
  leased(finish: Finish): Leased | undefined;
  finish(job: Leased, how: Finish, at: number): void;
  /** Lets the head of a lane be claimed, after the one before it went. */
  promote(lane: string): void;
  claim(ask: Claim): readonly Job[];
  /** All leases end; what was leased is ready at once. */
  takeOver(): void;
  sent(job: JobId): string | undefined;
  nextReady(except: readonly string[]): number | undefined;
  depth(): { readonly waiting: number; readonly dead: number };
}

export interface Claim {
  readonly queues: readonly Queue[];
  readonly now: number;
  readonly until: number;
  readonly limit: number;
  readonly lease: string;
  /** Channels. */
  readonly except: readonly string[];
}

/** Total, so that a new queue does not compile until it is looked at. */
const QUEUES: Record<Queue, true> = { say: true, inquire: true, pay: true, look: true, timer: true };

/** For the channels in a JSON array. */
const LEFT_OUT = "substr(key, 1, instr(key, ':') - 1) IN (SELECT value FROM json_each(?1))";

/** The outbox. What writes runs inside the caller's transaction. */
export function sqliteJobs(db: Db, sealer: Sealer): Jobs {
  const sent = db.prepare<{ ref: string | null }>("SELECT ref FROM jobs WHERE id = ?");
  const count = (state: string) => db.prepare<{ n: number }>(`SELECT count(*) AS n FROM jobs WHERE state = '${state}'`);
  const [waiting, dead] = [count("waiting"), count("dead")];
  const earliest = (and: string) =>
    db.prepare<{ at: number | null }>(
      // Of each queue its first, by the index; one statement, since a call costs more than what it does.
      `SELECT min(at) AS at FROM (${Object.keys(QUEUES)
        .map((queue) => `SELECT min(ready_at) AS at FROM jobs WHERE state = 'waiting' AND queue = '${queue}' ${and}`)
        .join(" UNION ALL ")})`,
    );
  const [ofAll, ofOthers] = [earliest(""), earliest(`AND NOT ${LEFT_OUT}`)];
  const unlease = db.prepare(
    "UPDATE jobs SET lease = NULL, ready_at = due_at WHERE state = 'waiting' AND lease IS NOT NULL",
  );
  return {
    ...lanes(db, sealer),
    takeOver: () => void unlease.run(),
    claim: claiming(db, sealer),
    sent: (job) => sent.get(job)?.ref ?? undefined,
    nextReady(except) {
      const first = except.length === 0 ? ofAll.get() : ofOthers.get(JSON.stringify(except));
      return first?.at ?? undefined;
    },
    depth: () => ({ waiting: waiting.get()?.n ?? 0, dead: dead.get()?.n ?? 0 }),
  };
}

function lanes(db: Db, sealer: Sealer): Pick<Jobs, "add" | "leased" | "finish" | "promote"> {
  const add = db.prepare(
    `INSERT INTO jobs(id, key, queue, lane, due_at, task, ready_at)
     VALUES(?1, ?2, ?3, ?4, ?5, ?6, iif(EXISTS(SELECT 1 FROM jobs WHERE state = 'waiting' AND lane = ?4), NULL, ?5))
     ON CONFLICT(id) DO NOTHING`,
  );
  const find = db.prepare<Leased>("SELECT seq, lane FROM jobs WHERE id = ? AND lease = ? AND state = 'waiting'");
  const again = db.prepare("UPDATE jobs SET lease = NULL, due_at = ?1, ready_at = ?1 WHERE seq = ?2");
  // What was done holds nobody's data any more: only its name and the platform's id stay.
  const end = db.prepare(
    "UPDATE jobs SET state = ?, ended_at = ?, ref = ?, lease = NULL, ready_at = NULL, task = '' WHERE seq = ?",
  );
  const promote = db.prepare(
    `UPDATE jobs SET ready_at = due_at WHERE ready_at IS NULL
     AND seq = (SELECT min(seq) FROM jobs WHERE state = 'waiting' AND lane = ?)`,
  );
  return {
    add({ id, key, queue, lane, dueAt, task }) {
      add.run(id, key, queue, lane ?? null, dueAt, sealer.seal(JSON.stringify(task), aboutJob(id)));
    },
    leased: ({ job, lease }) => find.get(job, lease),
    finish({ seq, lane }, { next, ref }, at) {
      if (typeof next === "object") {
        again.run(next.retryAt, seq);
        return;
      }
      end.run(next, at, ref ?? null, seq);
      if (lane !== null) promote.run(lane);
    },
    promote: (lane) => void promote.run(lane),
  };
}

function claiming(db: Db, sealer: Sealer): Jobs["claim"] {
  const due = db.prepare<Row>(
    `SELECT * FROM jobs WHERE state = 'waiting' AND queue = ?2 AND ready_at <= ?3 AND NOT ${LEFT_OUT}
     ORDER BY ready_at, seq LIMIT ?4`,
  );
  const take = db.prepare("UPDATE jobs SET lease = ?, attempt = attempt + 1, ready_at = ? WHERE seq = ?");
  return ({ queues, now, until, limit, lease, except }) => {
    const left = JSON.stringify(except);
    const rows = queues
      .flatMap((queue) => due.all(left, queue, now, limit))
      .sort((a, b) => a.ready_at - b.ready_at || a.seq - b.seq)
      .slice(0, limit);
    for (const { seq } of rows) take.run(lease, until, seq);
    return rows.map((row) => jobOf(row, lease, sealer));
  };
}

/** All that wait, of each lane in its order. */
export function waitingJobs(db: Db, sealer: Sealer): readonly NewJob[] {
  const rows = db.prepare<Row>("SELECT * FROM jobs WHERE state = 'waiting' ORDER BY seq").all();
  return rows.map((row) => {
    const { lease, attempt, ...job } = jobOf(row, "", sealer);
    return job;
  });
}

function jobOf(row: Row, lease: string, sealer: Sealer): Job {
  return {
    id: row.id,
    key: row.key,
    queue: row.queue,
    lane: row.lane ?? undefined,
    dueAt: row.due_at,
    task: JSON.parse(sealer.open(row.task, aboutJob(row.id))) as Job["task"],
    lease,
    attempt: row.attempt + 1,
  };
}

function aboutJob(id: string): string {
  return `jobs:${id}`;
}
