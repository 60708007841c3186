import type { Job, JobId, NewJob, Queue } from "./conversation.ts";
import type { Change, Conversations, Take } from "./conversations.ts";
import { channelOf } from "./message.ts";

/** Those in this process who do jobs of some queues. What a commit saves for them is theirs at once. */
export interface Crew {
  readonly queues: readonly Queue[];
  /** Channels whose jobs are left to others. */
  leftOut(): readonly string[];
  /** Keeps so many places free; false when there are not so many. */
  keep(places: number): boolean;
  letGo(places: number): void;
  /** Whether this job of a lane is in their hands: then they take the one behind it too. */
  holds(job: JobId): boolean;
  /** How long a job that is taken now is theirs. */
  lease(): Lease;
  start(job: Job, ours: Lease["ours"]): void;
}

export interface Lease {
  /** Wall time, ms, for the store. */
  readonly until: number;
  readonly ours: () => boolean;
}

const CREWS = new WeakMap<Conversations, Set<Crew>>();

/** From now on `save` hands jobs to them. Gives back how they leave. */
export function join(conversations: Conversations, crew: Crew): () => void {
  const crews = CREWS.get(conversations) ?? new Set();
  CREWS.set(conversations, crews.add(crew));
  return () => void crews.delete(crew);
}

/**
 * `commit`, and what may be done now is handed to who does it in this process, already leased: else each job would be
 * fetched from the store by a call of its own, and opened again.
 */
export async function save(conversations: Conversations, change: Change): ReturnType<Conversations["commit"]> {
  const crews = [...(CREWS.get(conversations) ?? [])];
  const hands = crews.map((crew) => handOf(crew, change)).filter((hand) => hand !== undefined);
  if (hands.length === 0) return conversations.commit(change);
  try {
    return await conversations.commit({ ...change, take: takeOf(hands) });
  } finally {
    for (const { crew, places } of hands) crew.letGo(places);
  }
}

interface Hand {
  readonly crew: Crew;
  readonly places: number;
  readonly jobs: readonly NewJob[];
  readonly next: boolean;
  readonly lease: Lease;
}

function handOf(crew: Crew, { at, enqueue = [], finish }: Change): Hand | undefined {
  const next = finish !== undefined && typeof finish.next === "string" && crew.holds(finish.job);
  const due = enqueue.filter((job) => job.dueAt <= at && crew.queues.includes(job.queue));
  const leftOut = due.length === 0 ? [] : crew.leftOut();
  const mine = leftOut.length === 0 ? due : due.filter(({ key }) => !leftOut.includes(channelOf(key)));
  const places = new Set(mine.map(({ id, lane }) => lane ?? id)).size;
  // Who ends a job has a place for the one behind it.
  const jobs = places > 0 && crew.keep(places) ? mine : [];
  if (jobs.length === 0 && !next) return undefined;
  return { crew, places: jobs.length === 0 ? 0 : places, jobs, next, lease: crew.lease() };
}

function takeOf(hands: readonly Hand[]): Take {
  const until = new Map(hands.flatMap(({ jobs, lease }) => jobs.map(({ id }) => [id, lease.until] as const)));
  const follows = hands.find(({ next }) => next);
  return {
    until,
    ...(follows === undefined ? {} : { next: { queues: follows.crew.queues, until: follows.lease.until } }),
    taken(job) {
      const hand = hands.find(({ crew }) => crew.queues.includes(job.queue));
      hand?.crew.start(job, hand.lease.ours);
    },
  };
}
