import { setImmediate } from "node:timers/promises";
import type { Conversations } from "../../conversation/conversations.ts";
import type { Jobs } from "./jobs.ts";
import type { Db } from "./open.ts";

/** Rows a transaction: other turns run between two of them. */
const SLICE = 1_000;

/**
 * A conversation is kept while a job of it waits, and takes its finished jobs along when it goes: its revisions start
 * again at 1 afterwards, and the ids of jobs are made from them.
 */
export function pruning(db: Db): Conversations["prune"] {
  const seen = db.prepare("DELETE FROM seen WHERE (key, id) IN (SELECT key, id FROM seen WHERE at < ? LIMIT ?)");
  const ended = db.prepare("DELETE FROM jobs WHERE seq IN (SELECT seq FROM jobs WHERE ended_at < ? LIMIT ?)");
  const old = db.prepare<{ key: string }>(
    `SELECT key FROM conversations c WHERE updated_at < ?
     AND NOT EXISTS(SELECT 1 FROM jobs WHERE jobs.key = c.key AND state = 'waiting') LIMIT ?`,
  );
  const jobsOf = db.prepare("DELETE FROM jobs WHERE key = ?");
  const conversation = db.prepare("DELETE FROM conversations WHERE key = ?");
  const sliceOfOld = (before: number) => {
    const keys = old.all(before, SLICE);
    for (const { key } of keys) {
      jobsOf.run(key);
      conversation.run(key);
    }
    return keys.length;
  };
  return async (before) =>
    (await inSlices(db, () => sliceOfOld(before.conversations))) +
    (await inSlices(db, () => seen.run(before.seen, SLICE))) +
    (await inSlices(db, () => ended.run(before.jobs, SLICE)));
}

/** Runs inside the caller's transaction. */
export function erasing(db: Db, jobs: Jobs): (key: string) => void {
  const lanes = db.prepare<{ lane: string }>(
    "SELECT DISTINCT lane FROM jobs WHERE key = ? AND state = 'waiting' AND lane IS NOT NULL",
  );
  const statements = ["jobs", "seen", "conversations"].map((table) => db.prepare(`DELETE FROM ${table} WHERE key = ?`));
  return (key) => {
    const touched = lanes.all(key);
    for (const statement of statements) statement.run(key);
    for (const { lane } of touched) jobs.promote(lane);
  };
}

async function inSlices(db: Db, slice: () => number): Promise<number> {
  let total = 0;
  for (;;) {
    const gone = db.transaction(slice);
    total += gone;
    if (gone < SLICE) return total;
    await setImmediate();
  }
}
