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

/** Null while it stands behind another one. */
type HeadRow = Omit<Row, "ready_at"> & { readonly ready_at: number | null };

type Leased = Pick<Row, "seq" | "lane" | "key" | "queue">;

export interface Lease {
  readonly lease: string;
  readonly until: number;
}

export interface NextLease extends Lease {
  readonly queues: readonly Queue[];
}

/** What the end of a job leads to: queues in which something may have to be claimed, and what was taken. */
export interface Followed {
  readonly offered: readonly Queue[];
  readonly taken?: Job;
}

export interface Jobs {
  /**
   * The same id again, while the first is kept, is the same job. With a lease it is taken unless it waits behind another
   * one. Whether it may have to be claimed or waited for, or was taken.
   */
  add(job: NewJob, lease?: Lease): "offered" | "taken" | "behind";
  /** The job when the lease is the caller's: also after its end, as long as nobody else has claimed it. */
  leased(finish: Finish): Leased | undefined;
  /** With a lease the one behind it in its lane is taken, if it is due, of the same chat and of these queues. */
  finish(job: Leased, how: Finish, at: number, next?: NextLease): Followed;
  /** Lets the head of a lane be claimed, after the one before it went. */
  promote(lane: string): void;
  claim(ask: Claim): readonly Job[];
  /** All leases end; what was leased is ready at once. */
  takeOver(): void;
  sent(job: JobId): string | undefined;
  /** Of all queues if none are given. */
  nextReady(except: readonly string[], queues?: readonly Queue[]): number | undefined;
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
const ALL = Object.keys(QUEUES);

/** For the channels in a JSON array. */
const LEFT_OUT = "substr(key, 1, instr(key, ':') - 1) IN (SELECT value FROM json_each(?1))";

/** The outbox. What writes runs inside the caller's transaction. */
export function sqliteJobs(db: Db, sealer: Sealer): Jobs {
  const sent = db.prepare<{ ref: string | null }>("SELECT ref FROM jobs WHERE id = ?");
  const count = (state: string) => db.prepare<{ n: number }>(`SELECT count(*) AS n FROM jobs WHERE state = '${state}'`);
  const [waiting, dead] = [count("waiting"), count("dead")];
  const earliest = (queues: readonly string[], and: string) =>
    db.prepare<{ at: number | null }>(
      // Of each queue its first, by the index; one statement, since a call costs more than what it does.
      `SELECT min(at) AS at FROM (${queues
        .map((queue) => `SELECT min(ready_at) AS at FROM jobs WHERE state = 'waiting' AND queue = '${queue}' ${and}`)
        .join(" UNION ALL ")})`,
    );
  const unlease = db.prepare(
    "UPDATE jobs SET lease = NULL, ready_at = due_at WHERE state = 'waiting' AND lease IS NOT NULL",
  );
  return {
    ...lanes(db, sealer),
    takeOver: () => void unlease.run(),
    claim: claiming(db, sealer),
    sent: (job) => sent.get(job)?.ref ?? undefined,
    nextReady(except, queues) {
      const [left, values] = except.length === 0 ? ["", []] : [`AND NOT ${LEFT_OUT}`, [JSON.stringify(except)]];
      const first = earliest(queues ?? ALL, left).get(...values);
      return first?.at ?? undefined;
    },
    depth: () => ({ waiting: waiting.get()?.n ?? 0, dead: dead.get()?.n ?? 0 }),
  };
}

function lanes(db: Db, sealer: Sealer): Pick<Jobs, "add" | "leased" | "finish" | "promote"> {
  const find = db.prepare<Leased>(
    "SELECT seq, lane, key, queue FROM jobs WHERE id = ? AND lease = ? AND state = 'waiting'",
  );
  const again = db.prepare("UPDATE jobs SET lease = NULL, due_at = ?1, ready_at = ?1 WHERE seq = ?2");
  // What was done holds nobody's data any more: only its name and the platform's id stay.
  const end = db.prepare(
    "UPDATE jobs SET state = ?, ended_at = ?, ref = ?, lease = NULL, ready_at = NULL, task = '' WHERE seq = ?",
  );
  const follow = following(db, sealer);
  return {
    add: adding(db, sealer),
    leased: ({ job, lease }) => find.get(job, lease),
    finish({ seq, lane, key, queue }, { next, ref }, at, lease) {
      if (typeof next === "object") {
        again.run(next.retryAt, seq);
        return { offered: [queue] };
      }
      end.run(next, at, ref ?? null, seq);
      if (lane === null) return { offered: [] };
      return follow(lane, (row) => {
        const isMine = row.key === key && row.due_at <= at && lease?.queues.includes(row.queue);
        return isMine ? lease : undefined;
      });
    },
    promote: (lane) => void follow(lane, () => undefined),
  };
}

function adding(db: Db, sealer: Sealer): Jobs["add"] {
  const waits = db.prepare<{ seq: number }>("SELECT seq FROM jobs WHERE state = 'waiting' AND lane = ? LIMIT 1");
  const add = db.prepare(
    `INSERT INTO jobs(id, key, queue, lane, due_at, task, ready_at, lease, attempt) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT(id) DO NOTHING`,
  );
  return ({ id, key, queue, lane, dueAt, task }, lease) => {
    const isBehind = lane !== undefined && waits.get(lane) !== undefined;
    const mine = isBehind ? undefined : lease;
    const readyAt = isBehind ? null : (mine?.until ?? dueAt);
    const sealed = sealer.seal(JSON.stringify(task), aboutJob(id));
    const attempt = mine === undefined ? 0 : 1;
    const added = add.run(id, key, queue, lane ?? null, dueAt, sealed, readyAt, mine?.lease ?? null, attempt);
    if (added === 0 || isBehind) return "behind";
    return mine === undefined ? "offered" : "taken";
  };
}

/** After one of a lane went: its head is leased to whom `takes` names, or may be claimed. */
function following(db: Db, sealer: Sealer) {
  const head = db.prepare<HeadRow>("SELECT * FROM jobs WHERE state = 'waiting' AND lane = ? ORDER BY seq LIMIT 1");
  const ready = db.prepare("UPDATE jobs SET ready_at = due_at WHERE seq = ?");
  const take = db.prepare("UPDATE jobs SET lease = ?, attempt = attempt + 1, ready_at = ? WHERE seq = ?");
  return (lane: string, takes: (row: HeadRow) => Lease | undefined): Followed => {
    const row = head.get(lane);
    // It may be claimed already.
    if (row === undefined || row.ready_at !== null) return { offered: [] };
    const next = takes(row);
    if (next === undefined) {
      ready.run(row.seq);
      return { offered: [row.queue] };
    }
    take.run(next.lease, next.until, row.seq);
    return { offered: [], taken: jobOf(row, next.lease, sealer) };
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

function jobOf(row: Omit<Row, "ready_at">, lease: string, sealer: Sealer): Job {
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
