import type { Conversation, Job, JobId, NewJob } from "../../src/conversation/conversation.ts";
import type { Change, Conversations } from "../../src/conversation/conversations.ts";
import { conversationKey } from "../../src/conversation/message.ts";

export const ANI = conversationKey("telegram", "1");
export const BUDI = conversationKey("web", "2");

export const LEASE = 1_000;

export function aConversation(over: Partial<Conversation> = {}): Conversation {
  return {
    key: ANI,
    revision: 1,
    flow: "counter",
    version: 3,
    value: { asking: "nik" },
    context: { region: "SAMSAT_JABAR", tries: 0 },
    quietAt: undefined,
    updatedAt: 10,
    ...over,
  };
}

export function aJob(id: string, over: Partial<NewJob> = {}): NewJob {
  // The store gives a task back as it was: which one does not matter to it.
  const task = { kind: "say", text: `about ${id}` } as unknown as NewJob["task"];
  return { id: id as JobId, key: ANI, queue: "say", lane: undefined, dueAt: 0, task, ...over };
}

export type Law = (name: string, test: (store: Conversations) => Promise<void>) => void;

export const claimAll = (store: Conversations, now = 100) =>
  store.claim(["say", "inquire", "pay", "look", "timer"], now, LEASE, 100);
export const ids = (jobs: readonly Job[]) => jobs.map((job) => String(job.id));
export const enqueue = (store: Conversations, ...jobs: NewJob[]) => store.commit({ at: 0, enqueue: jobs });

export async function claimOne(store: Conversations, now = 100): Promise<Job> {
  const [job] = await store.claim(["say"], now, LEASE, 1);
  if (job === undefined) throw new Error("nothing was due");
  return job;
}

export function finish(job: Job, next: NonNullable<Change["finish"]>["next"] = "done", ref?: string): Change {
  return { at: 50, finish: { job: job.id, lease: job.lease, next, ...(ref === undefined ? {} : { ref }) } };
}

/** The same change; what it lets be claimed at once, and what stands behind the job that it ends, is taken for so long. */
export function takingWith(change: Change, leaseFor: number, taken: Job[]): Change {
  const until = change.at + leaseFor;
  const firsts = new Map([...(change.enqueue ?? [])].reverse().map((job) => [job.id, job]));
  const due = [...firsts.values()].filter(({ dueAt }) => dueAt <= change.at);
  return {
    ...change,
    take: {
      until: new Map(due.map(({ id }) => [id, until])),
      next: { queues: ["say", "pay"], until },
      taken: (job) => void taken.push(job),
    },
  };
}
