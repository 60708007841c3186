import type { Conversation, Job, JobId, NewJob, Queue } from "./conversation.ts";
import type { ConversationKey } from "./message.ts";

/** What is saved at once, or not at all. */
export interface Change {
  readonly at: number;
  /** A second sight of the same id answers "duplicate" and changes nothing. */
  readonly seen?: { readonly key: ConversationKey; readonly id: string };
  /** `expect` is the revision that was loaded, 0 for none. `next.revision` is `expect + 1`. */
  readonly conversation?: { readonly next: Conversation; readonly expect: number };
  readonly enqueue?: readonly NewJob[];
  /** The job whose work this is. With `ref` the platform's id of what it sent is kept for `sent`. */
  readonly finish?: {
    readonly job: JobId;
    readonly lease: string;
    readonly next: "done" | "dead" | { readonly retryAt: number };
    readonly ref?: string;
  };
  readonly take?: Take;
}

/**
 * Which of the jobs that a change lets be claimed are leased to the caller with it. A job that waits behind another one of
 * its lane, or is there already, is not.
 */
export interface Take {
  /** Of `enqueue`, all due at the change's `at`: until when, ms. */
  readonly until: ReadonlyMap<JobId, number>;
  /** The one behind the finished job in its lane, if it is due, of the same conversation and of these queues. */
  readonly next?: { readonly queues: readonly Queue[]; readonly until: number };
  /** Called for each, in their order, when the change is durable and before `commit` resolves. */
  taken(job: Job): void;
}

/** Whether a store rejected because it is away for now: the same may be asked for again, and is nobody's fault. */
export function isAway(error: unknown): boolean {
  return error instanceof Error && error.name === "StoreAway";
}

/**
 * Conversations and their outbox. A change happens whole or not at all, and is durable when it resolves. May be lost
 * (with Redis): costs people their place, never a rupiah.
 *
 * commit: "duplicate" when `seen` was seen before; else "conflict" when the revision moved on, or the job's lease is no
 * longer the caller's; in both cases nothing was changed.
 */
export interface Conversations {
  load(key: ConversationKey): Promise<Conversation | undefined>;
  /**
   * What this process saved last of it, if it still knows. Another process may have saved since: a commit upon it is a
   * conflict then, and who asks must `load`.
   */
  recall?(key: ConversationKey): Conversation | undefined;
  commit(change: Change): Promise<"done" | "duplicate" | "conflict">;
  /**
   * Due jobs of these queues that nobody leases, oldest first; of one lane only its head, and only one at a time. Jobs of
   * the channels in `except` (`channelOf` of their key) are left to others, and stand in nobody's way.
   */
  claim(
    queues: readonly Queue[],
    now: number,
    leaseFor: number,
    limit: number,
    except?: readonly string[],
  ): Promise<readonly Job[]>;
  /** All leases end: for a program that owns its store alone and starts after another one died. */
  takeOver(): Promise<void>;
  /** Conversations whose `quietAt` has come, oldest first. */
  quiet(now: number, limit: number): Promise<readonly ConversationKey[]>;
  /** The platform's id of what a `say` job sent, while it is kept (48 h). */
  sent(job: JobId): Promise<string | undefined>;
  /**
   * The earliest time at which a job or a silence becomes due, ms; undefined when nothing waits. Jobs of the channels in
   * `except` do not count; with `queues` only jobs of these.
   */
  nextDue(now: number, except?: readonly string[], queues?: readonly Queue[]): Promise<number | undefined>;
  /** Jobs that are not done, for /metrics and the doctor. */
  depth(): Promise<{ readonly waiting: number; readonly dead: number }>;
  /** Takes away conversations last changed before, seen ids and finished jobs older than the given times. */
  prune(before: { readonly conversations: number; readonly seen: number; readonly jobs: number }): Promise<number>;
  /** Takes away one person's conversation and its jobs. */
  erase(key: ConversationKey): Promise<void>;
  /**
   * Yields when a job, of `queues` if they are given, may have to be claimed or waited for: not for what was taken with the
   * commit that saved it. Ends when `stop` aborts.
   */
  wake(stop: AbortSignal, queues?: readonly Queue[]): AsyncIterable<void>;
}
