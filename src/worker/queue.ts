import type { Clock } from "../clock.ts";
import type { Job, JobId, Queue } from "../conversation/conversation.ts";
import { type Conversations, isAway } from "../conversation/conversations.ts";
import { type Crew, join, save } from "../conversation/crew.ts";
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
  const bell = makeDoorbell(clock, [conversations.wake(stop, work.queues), ...moves]);
  const house = houseOf(room, work, { stop, left: bell.ring });
  const leave = join(conversations, house);
  while (!stop.aborted) {
    const free = house.free();
    // Counted from before it was asked for.
    const { ours } = house.lease();
    // What is handed over meanwhile comes beside it: a house may be fuller than its limit for a moment.
    const jobs = free > 0 ? await claimed(room, work, free) : [];
    for (const job of jobs) house.start(job, ours);
    // A full house waits for one to leave; otherwise for the next that is due.
    if (jobs.length < free || free === 0) {
      await bell.wait(free === 0 ? undefined : await nextDue(room, work), stop);
    }
  }
  leave();
  if (work.atStop === "given-back") await Promise.all(house.jobs().map((job) => giveBack(room, job)));
  else await house.empty();
}

interface House extends Crew {
  free(): number;
  jobs(): readonly Job[];
  /** Resolves when nothing is under way. */
  empty(): Promise<void>;
}

/** Who is under way, and how many places are left. `left` is called when a full house has a place again. */
function houseOf(
  room: QueueRoom,
  work: QueueWork,
  { stop, left }: { readonly stop: AbortSignal; readonly left: () => void },
): House {
  const { clock, elsewhere } = room;
  const running = new Map<JobId, Job>();
  let kept = 0;
  let ended: () => void = () => {};
  const free = () => Math.max(0, work.limit - running.size - kept);
  const isEmpty = () => running.size + kept === 0;
  const emptied = (act: () => void) => {
    const wasFull = free() === 0;
    act();
    if (wasFull && free() > 0) left();
    if (isEmpty()) ended();
  };
  return {
    queues: work.queues,
    free,
    jobs: () => [...running.values()],
    leftOut: () => elsewhere?.now() ?? [],
    keep(places) {
      if (stop.aborted || free() < places) return false;
      kept += places;
      return true;
    },
    letGo: (places) => emptied(() => (kept -= places)),
    holds: (id) => !stop.aborted && running.get(id)?.lane !== undefined,
    lease() {
      // On a clock that goes on while the process stands still.
      const until = clock.monotonic() + work.leaseFor;
      return { until: clock.now() + work.leaseFor, ours: () => clock.monotonic() < until };
    },
    start(job, ours) {
      running.set(job.id, job);
      // It may have been on its way when the work stopped.
      const isLate = stop.aborted && work.atStop === "given-back";
      void (isLate ? giveBack(room, job) : attempt(room, work, { job, ours, stop })).finally(() =>
        emptied(() => void (running.get(job.id) === job && running.delete(job.id))),
      );
    },
    async empty() {
      if (!isEmpty())
        await new Promise<void>((resolve) => {
          ended = resolve;
        });
    },
  };
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

async function nextDue({ conversations, clock, elsewhere }: QueueRoom, work: QueueWork): Promise<number> {
  const look = clock.now() + LOOK;
  try {
    const due = await conversations.nextDue(clock.now(), elsewhere?.now(), work.queues);
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
      await save(room.conversations, { at, finish: { job: job.id, lease: job.lease, next } });
    } catch (again) {
      room.log.error({ error: again, job: job.id }, "its failure could not be saved; its lease will lapse");
    }
  }
}
