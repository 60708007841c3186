import type { Job } from "../../conversation/conversation.ts";
import type { Change, Conversations } from "../../conversation/conversations.ts";
import type { Sealer } from "../sealing.ts";
import { type Claims, jobOf, listOf, sealTask } from "./claims.ts";
import { COMMIT } from "./commit-script.ts";
import type { Memory } from "./memory.ts";
import type { Redis } from "./open.ts";
import { recordOf } from "./record.ts";
import type { Argument } from "./wire.ts";

/** How long things stay in Redis after they were written last, ms. */
export interface Kept {
  readonly conversation: number;
  readonly seen: number;
  /** Ended jobs, with the platform's ids of what they sent. */
  readonly jobs: number;
}

export interface CommitTools {
  readonly redis: Redis;
  readonly sealer: Sealer;
  readonly keep: Kept;
  readonly memory: Memory;
  readonly claims: Claims;
  readonly newLease: () => string;
  /** Wakes those who wait for one of these queues, here and in the other processes. */
  readonly ring: (queues: readonly string[]) => void;
  /** Wakes everybody here. */
  readonly wakeUp: () => void;
}

/** Seen ids of one conversation, at most: more than anybody writes while a platform may deliver again. */
const MOST_SEEN = 1_000;

export function committing(tools: CommitTools): Conversations["commit"] {
  const { redis, sealer, keep, memory, newLease, ring } = tools;
  const kept = [keep.conversation, keep.seen, keep.jobs, MOST_SEEN].map(String);
  return async (change) => {
    const { at, conversation, take } = change;
    const lease = take === undefined ? "" : newLease();
    const record = conversation === undefined ? undefined : recordOf(conversation.next, sealer);
    const args = [String(at), ...kept, ...changed(change, record, { memory, sealer, lease })];
    const answer = await redis.run(COMMIT, args).catch((error: unknown) => {
      unsure(tools, change, lease);
      throw error;
    });
    const [said, offered, flags, row] = listOf(answer);
    const outcome = outcomeOf(said);
    // It was not the first try, or it may be: the answer of the one that took something may be lost.
    if (String(said) !== "done" && take !== undefined) loseTake(tools, take, lease);
    if (outcome !== "done") {
      if (conversation !== undefined) memory.forget(conversation.next.key);
      return outcome;
    }
    memory.keep(change, record);
    const queues = String(offered);
    if (queues !== "") ring(queues.split(" "));
    if (take !== undefined && String(said) === "done") {
      for (const job of takenOf(change, String(flags), row, { sealer, lease })) take.taken(job);
    }
    return outcome;
  };
}

/** Nobody knows what became of it. */
function unsure(tools: CommitTools, change: Change, lease: string): void {
  if (change.conversation !== undefined) tools.memory.forget(change.conversation.next.key);
  loseTake(tools, change.take, lease);
}

function loseTake({ claims, wakeUp }: CommitTools, take: Change["take"], lease: string): void {
  if (take === undefined) return;
  claims.lose(take, lease);
  // Who claims next ends these leases.
  wakeUp();
}

type Outcome = Awaited<ReturnType<Conversations["commit"]>>;

const OUTCOMES: Readonly<Record<string, Outcome>> = {
  done: "done",
  again: "done",
  duplicate: "duplicate",
  conflict: "conflict",
};

function outcomeOf(said: unknown): Outcome {
  const outcome = OUTCOMES[String(said)];
  if (outcome === undefined) throw new Error(`Redis answered a commit with ${String(said)}`);
  return outcome;
}

interface Taking {
  readonly sealer: Sealer;
  /** Of what is taken. */
  readonly lease: string;
}

/** The arguments of COMMIT behind the times. */
function changed(
  change: Change,
  record: Buffer | undefined,
  { memory, sealer, lease }: Taking & { readonly memory: Memory },
): readonly Argument[] {
  const { seen, conversation, enqueue = [], finish, take } = change;
  const next = conversation?.next;
  const basis = conversation && memory.basis(conversation.next.key, conversation.expect);
  const follows = take?.next;
  return [
    seen?.key ?? "",
    seen?.id ?? "",
    next?.key ?? "",
    String(conversation?.expect ?? ""),
    record ?? "",
    String(next?.quietAt ?? ""),
    ...finished(finish),
    lease,
    follows === undefined ? "" : ` ${follows.queues.join(" ")} `,
    String(follows?.until ?? ""),
    basis ?? "",
    ...enqueue.flatMap((job): readonly Argument[] => {
      const { id, key, queue, lane, dueAt } = job;
      const until = String(take?.until.get(id) ?? "");
      return [id, key, queue, lane === undefined ? "" : `:${lane}`, String(dueAt), sealTask(job, sealer), until];
    }),
  ];
}

function finished(finish: Change["finish"]): readonly Argument[] {
  if (finish === undefined) return ["", "", "", "", ""];
  const { job, lease, next, ref = "" } = finish;
  return typeof next === "object" ? [job, lease, "retry", String(next.retryAt), ref] : [job, lease, next, "", ref];
}

function takenOf({ enqueue = [] }: Change, flags: string, row: unknown, { sealer, lease }: Taking): readonly Job[] {
  const jobs = enqueue.filter((_, n) => flags[n] === "1").map((job): Job => ({ ...job, lease, attempt: 1 }));
  return Array.isArray(row) ? [jobOf(row, lease, sealer), ...jobs] : jobs;
}
