import { randomUUID } from "node:crypto";
import type { Job, JobId, NewJob, Queue } from "../../conversation/conversation.ts";
import type { Change, Conversations } from "../../conversation/conversations.ts";
import type { ConversationKey } from "../../conversation/message.ts";
import type { Sealer } from "../sealing.ts";
import { makeSignal } from "../signal.ts";
import { CLAIM, NEXT_DUE, QUIET, RELEASE, TAKE_OVER } from "./claim-scripts.ts";
import { COMMIT } from "./commit-script.ts";
import { ERASE, PRUNE } from "./forget-scripts.ts";
import type { Redis } from "./open.ts";
import { conversationOf, recordOf } from "./record.ts";
import type { Argument } from "./wire.ts";

/** How long things stay in Redis after they were written last, ms. */
export interface Kept {
  readonly conversation: number;
  readonly seen: number;
  /** Ended jobs, with the platform's ids of what they sent. */
  readonly jobs: number;
}

export interface RedisConversationsOptions {
  readonly redis: Redis;
  readonly sealer: Sealer;
  readonly keep: Kept;
  /**
   * No other program works on these conversations: what a dead one had in its hands is taken over at once. In a fleet its
   * leases lapse by themselves.
   */
  readonly alone: boolean;
}

/** Seen ids of one conversation, at most: more than anybody writes while a platform may deliver again. */
const MOST_SEEN = 1_000;
/** Keys looked at in one slice of the pruning: other steps run between two of them. */
const SLICE = 500;

/**
 * Conversations and their outbox in Redis. Each change is one script, so it happens whole or not at all; what a restart of
 * Redis keeps of it is for its own settings to say. Everything goes by itself when nothing wrote to it for the time in
 * `keep`, a conversation also while a job of it waits.
 */
export function redisConversations({ redis, sealer, keep, alone }: RedisConversationsOptions): Conversations {
  const signal = makeSignal();
  const me = randomUUID();
  redis.hear((from) => {
    if (from !== me) signal.ring();
  });
  const ring = () => {
    signal.ring();
    redis.tell(me);
  };
  const kept = [keep.conversation, keep.seen, keep.jobs, MOST_SEEN].map(String);
  return {
    async load(key) {
      const record = await redis.send(["GET", `${redis.base}c:${key}`]);
      return Buffer.isBuffer(record) ? conversationOf(key, record, sealer) : undefined;
    },
    async commit(change) {
      const result = outcomeOf(await redis.run(COMMIT, [String(change.at), ...kept, ...changed(change, sealer)]));
      if (result === "done" && (change.enqueue?.length || change.finish)) ring();
      return result;
    },
    claim: claiming(redis, sealer),
    async takeOver() {
      if (!alone) return;
      await redis.run(TAKE_OVER, []);
      ring();
    },
    ...looking(redis),
    prune: pruning(redis),
    async erase(key) {
      await redis.run(ERASE, [key]);
      // Another conversation's job may have stood behind one of these.
      ring();
    },
    wake: (stop) => signal.listen(stop),
  };
}

/** What changes nothing. */
function looking(redis: Redis): Pick<Conversations, "quiet" | "sent" | "nextDue" | "depth"> {
  return {
    quiet: async (now, limit) =>
      listOf(await redis.run(QUIET, [String(now), String(limit)])).map((key) => String(key) as ConversationKey),
    async sent(job) {
      const ended = await redis.send(["GET", `${redis.base}s:${job}`]);
      if (!Buffer.isBuffer(ended)) return undefined;
      const text = ended.toString("utf8");
      return text.slice(text.indexOf("|") + 1) || undefined;
    },
    async nextDue(_, except = []) {
      const first = await redis.run(NEXT_DUE, except);
      return first === null ? undefined : Number(first);
    },
    async depth() {
      const [waiting, dead] = await Promise.all([
        redis.send(["GET", `${redis.base}w`]),
        redis.send(["ZCARD", `${redis.base}dead`]),
      ]);
      return { waiting: Number(waiting ?? 0), dead: Number(dead) };
    },
  };
}

const OUTCOMES: Readonly<Record<string, Awaited<ReturnType<Conversations["commit"]>>>> = {
  done: "done",
  duplicate: "duplicate",
  conflict: "conflict",
};

function outcomeOf(answer: unknown): Awaited<ReturnType<Conversations["commit"]>> {
  const outcome = OUTCOMES[String(answer)];
  if (outcome === undefined) throw new Error(`Redis answered a commit with ${String(answer)}`);
  return outcome;
}

/** The arguments of COMMIT behind the times. */
function changed({ seen, conversation, enqueue = [], finish }: Change, sealer: Sealer): readonly Argument[] {
  const next = conversation?.next;
  return [
    seen?.key ?? "",
    seen?.id ?? "",
    next?.key ?? "",
    String(conversation?.expect ?? ""),
    next === undefined ? "" : recordOf(next, sealer),
    String(next?.quietAt ?? ""),
    ...finished(finish),
    ...enqueue.flatMap((job) => added(job, sealer)),
  ];
}

function finished(finish: Change["finish"]): readonly Argument[] {
  if (finish === undefined) return ["", "", "", "", ""];
  const { job, lease, next, ref = "" } = finish;
  return typeof next === "object" ? [job, lease, "retry", String(next.retryAt), ref] : [job, lease, next, "", ref];
}

function added({ id, key, queue, lane, dueAt, task }: NewJob, sealer: Sealer): readonly Argument[] {
  const sealed = sealer.sealBytes(Buffer.from(JSON.stringify(task)), aboutJob(id));
  return [id, key, queue, lane === undefined ? "" : `:${lane}`, String(dueAt), sealed];
}

interface LostClaim {
  readonly queues: string;
  readonly until: string;
  readonly lease: string;
}

/**
 * A claim whose answer was lost may have taken jobs that nobody knows of: their leases are ended before the next one, or
 * people would wait for their lapse.
 */
function claiming(redis: Redis, sealer: Sealer): Conversations["claim"] {
  let lost: readonly LostClaim[] = [];
  const giveBack = async () => {
    const all = lost;
    lost = [];
    for (const [n, { queues, until, lease }] of all.entries()) {
      try {
        await redis.run(RELEASE, [queues, until, lease]);
      } catch (error) {
        lost = [...lost, ...all.slice(n)];
        throw error;
      }
    }
  };
  return async (queues, now, leaseFor, limit, except = []) => {
    if (lost.length > 0) await giveBack();
    const lease = randomUUID();
    const claim = { queues: queues.join(" "), until: String(now + leaseFor), lease };
    if (claim.queues === "") return [];
    try {
      const rows = await redis.run(CLAIM, [claim.queues, String(now), claim.until, lease, String(limit), ...except]);
      return listOf(rows).map((row) => jobOf(listOf(row), lease, sealer));
    } catch (error) {
      lost = [...lost, claim];
      throw error;
    }
  };
}

function jobOf(row: readonly unknown[], lease: string, sealer: Sealer): Job {
  const [id, key, queue, lane, due, task, attempt] = row;
  if (!Buffer.isBuffer(task)) throw new Error("Redis holds a job without its task");
  return {
    id: String(id) as JobId,
    key: String(key) as ConversationKey,
    queue: String(queue) as Queue,
    lane: lane === null ? undefined : String(lane),
    dueAt: Number(due),
    task: JSON.parse(sealer.openBytes(task, aboutJob(String(id))).toString("utf8")) as Job["task"],
    lease,
    attempt: Number(attempt),
  };
}

function aboutJob(id: string): string {
  return `jobs:${id}`;
}

function pruning(redis: Redis): Conversations["prune"] {
  return async ({ conversations, seen, jobs }) => {
    const before = [conversations, seen, jobs].map(String);
    let total = 0;
    let cursor = "0";
    do {
      const [next, gone] = listOf(await redis.run(PRUNE, [cursor, String(SLICE), ...before]));
      cursor = String(next);
      total += Number(gone);
    } while (cursor !== "0");
    return total;
  };
}

function listOf(answer: unknown): readonly unknown[] {
  if (!Array.isArray(answer)) throw new Error(`Redis answered ${String(answer)} where a list was due`);
  return answer;
}
