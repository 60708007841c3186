import type { Clock } from "../clock.ts";
import type { Job, Queue } from "../conversation/conversation.ts";
import { type Conversations, isAway } from "../conversation/conversations.ts";
import type { Log } from "../log.ts";
import { makeDoorbell } from "../payments/doorbell.ts";
import { type Backoff, pauseAfter } from "./backoff.ts";

/** One class of jobs and how it is worked on. */
export interface QueueWork {
  readonly queues: readonly Queue[];
  /** How many jobs of it are under way at once: a slow one does not stand in the way of the others. */
  readonly limit: number;
  /** How long a job belongs to us, ms: longer than any of its kind takes. */
  readonly leaseFor: number;
  readonly backoff: Backoff;
  /** How often a job that throws is tried. */
  readonly tries: number;
  /** Does the job and finishes it, in one commit with what follows from it. `ours`: whether its lease still is. */
  readonly handle: (job: Job, ours: () => boolean) => Promise<void>;
  /** "ends": a stop waits for what is under way. "given-back": it is left to the next start, being harmless to repeat. */
  readonly atStop: "ends" | "given-back";
  /** It threw at every try: nobody does it any more. */
  readonly gaveUp: (job: Job) => Promise<void>;
}

export interface Elsewhere {
  now(): readonly string[];
  changes(stop: AbortSignal): AsyncIterable<void>;
}

export interface QueueRoom {
  readonly conversations: Conversations;
  /** Channels that another process drives now: their jobs are left to it. `changes` yields when the list is another. */
  readonly elsewhere?: Elsewhere;
  readonly clock: Clock;
  readonly log: Log;
}

/** Works until `stop` aborts; then what is under way ends or is given back. */
export async function runQueue(room: QueueRoom, work: QueueWork, stop: AbortSignal): Promise<void> {
  const { conversations, clock, elsewhere } = room;
  const moves = elsewhere === undefined ? [] : [elsewhere.changes(stop)];
  const bell = makeDoorbell(clock, [conversations.wake(stop), ...moves]);
  const running = new Map<Job, Promise<void>>();
  while (!stop.aborted) {
    const free = work.limit - running.size;
    // Counted from before it was asked for, on a clock that goes on while the process stands still.
    const until = clock.monotonic() + work.leaseFor;
    const ours = () => clock.monotonic() < until;
    const jobs = free > 0 ? await claimed(room, work, free) : [];
    for (const job of jobs) {
      const one = attempt(room, work, { job, ours, stop }).finally(() => {
        running.delete(job);
        bell.ring();
      });
      running.set(job, one);
    }
    // A full house waits for one to leave; otherwise for the next that is due.
    if (jobs.length < free || free === 0) {
      await bell.wait(free === 0 ? undefined : await nextDue(room), stop);
    }
  }
  if (work.atStop === "given-back") await Promise.all([...running.keys()].map((job) => giveBack(room, job)));
  else await Promise.all(running.values());
}

/** Due at once for whoever starts next. What the handler still learns finds its lease gone, and changes nothing. */
async function giveBack({ conversations, clock, log }: QueueRoom, job: Job): Promise<void> {
  const at = clock.now();
  await conversations
    .commit({ at, finish: { job: job.id, lease: job.lease, next: { retryAt: at } } })
    .catch((error) => log.error({ error, job: job.id }, "a job could not be given back; its lease will lapse"));
}

/** A store that is away is looked for again, ms. */
const STORE_AWAY = 1000;
/** A job that found a store away is tried again so often at least, ms. */
const LONGEST_AWAY = 5_000;
/** Jobs whose lease lapsed are looked for at least this often, ms. */
const LOOK = 15_000;

async function claimed(
  { conversations, clock, log, elsewhere }: QueueRoom,
  work: QueueWork,
  limit: number,
): Promise<readonly Job[]> {
  try {
    return await conversations.claim(work.queues, clock.now(), work.leaseFor, limit, elsewhere?.now());
  } catch (error) {
    log.error({ error, queues: work.queues }, "jobs could not be fetched; trying again");
    await clock.sleep(clock.now() + STORE_AWAY, NEVER);
    return [];
  }
}

const NEVER = new AbortController().signal;

async function nextDue({ conversations, clock, elsewhere }: QueueRoom): Promise<number> {
  const look = clock.now() + LOOK;
  try {
    const due = await conversations.nextDue(clock.now(), elsewhere?.now());
    // What is due and could not be claimed waits for its lane or its lease, and both ring.
    return due === undefined || due <= clock.now() ? look : Math.min(due, look);
  } catch {
    return clock.now() + STORE_AWAY;
  }
}

interface Attempt {
  readonly job: Job;
  readonly ours: () => boolean;
  readonly stop: AbortSignal;
}

async function attempt(room: QueueRoom, work: QueueWork, { job, ours, stop }: Attempt): Promise<void> {
  try {
    await work.handle(job, ours);
  } catch (error) {
    // It was given back: the store may be closed by now.
    if (stop.aborted && work.atStop === "given-back") return;
    const away = isAway(error);
    // A store that is away is no fault of the job: it is never given up for that, and is done soon after the store is back.
    const last = !away && job.attempt >= work.tries;
    room.log.error({ error, job: job.id, kind: job.task.kind, attempt: job.attempt, last }, "a job failed");
    const at = room.clock.now();
    const pause = pauseAfter(job.attempt, work.backoff);
    const next = last ? "dead" : { retryAt: at + (away ? Math.min(pause, LONGEST_AWAY) : pause) };
    try {
      if (last) await work.gaveUp(job);
      await room.conversations.commit({ at, finish: { job: job.id, lease: job.lease, next } });
    } catch (again) {
      room.log.error({ error: again, job: job.id }, "its failure could not be saved; its lease will lapse");
    }
  }
}
