import fc from "fast-check";
import { expect } from "vitest";
import type { Job, JobId, NewJob } from "../../src/conversation/conversation.ts";
import type { Change } from "../../src/conversation/conversations.ts";
import { type ConversationKey, channelOf } from "../../src/conversation/message.ts";
import type { MadeConversations } from "./conversations.ts";
import { takingWith } from "./conversations-samples.ts";
import { KEYS, type Step, step } from "./conversations-steps.ts";

/** Any history of any length: each answer, and what can be seen after it, is that of the model. */
export async function conversationsHistories(make: () => Promise<MadeConversations>, runs: number): Promise<void> {
  const property = fc.asyncProperty(fc.array(step, { maxLength: 60, size: "max" }), async (steps) => {
    const { conversations, close } = await make();
    const model = new Model();
    const claimed: Job[] = [];
    try {
      for (const one of steps) {
        if (one.do === "wait") model.now += one.ms;
        if (one.do === "commit") {
          const taken: Job[] = [];
          const made = model.changeOf(one, claimed);
          const change = one.takes === undefined ? made : takingWith(made, one.takes, taken);
          expect(await conversations.commit(change)).toBe(model.commit(change));
          claimed.push(...taken);
          model.lease(taken);
          expect(taken.map(({ id, attempt }) => [id, attempt])).toEqual(model.taken());
        }
        if (one.do === "claim") {
          const got = await conversations.claim(one.queues, model.now, one.leaseFor, one.limit, one.except);
          claimed.push(...got);
          expect(got.map(({ id, attempt }) => [id, attempt])).toEqual(model.claim(one, got));
        }
        if (one.do === "take over") {
          await conversations.takeOver();
          model.takeOver();
        }
        if (one.do === "erase") {
          await conversations.erase(one.key);
          model.erase(one.key);
        }
        if (one.do === "prune") {
          const before = model.now - one.age;
          await conversations.prune({ conversations: before, seen: before, jobs: before });
          model.prune(before);
        }
        expect(await conversations.depth()).toEqual(model.depth());
        for (const except of [[], ["web"]])
          expect(await conversations.nextDue(model.now, except)).toBe(model.nextDue(except));
        for (const of of KEYS)
          expect((await conversations.load(of))?.revision).toBe(model.conversations.get(of)?.revision);
      }
    } finally {
      await close();
    }
  });
  await fc.assert(property, { numRuns: runs });
}

interface ModelJob extends Omit<NewJob, "dueAt"> {
  dueAt: number;
  state: "waiting" | "done" | "dead";
  readyAt: number;
  attempt: number;
  lease: string | undefined;
  endedAt: number;
}

/** The law in the plainest words: arrays, searched from the front. */
class Model {
  now = 100;
  conversations = new Map<ConversationKey, { revision: number; quietAt: number | undefined; updatedAt: number }>();
  seen = new Map<string, number>();
  jobs: ModelJob[] = [];

  changeOf(one: Extract<Step, { do: "commit" }>, claimed: readonly Job[]): Change {
    const { key, seen, off, quietIn, finish } = one;
    const revision = this.conversations.get(key)?.revision ?? 0;
    const expected = Math.max(0, revision - (off ?? 0));
    const quietAt = quietIn === undefined ? undefined : this.now + quietIn;
    const worked = finish === undefined ? undefined : claimed[finish.which % Math.max(1, claimed.length)];
    const task = { kind: "say" } as unknown as NewJob["task"];
    return {
      at: this.now,
      ...(seen === undefined ? {} : { seen: { key, id: `m${seen}` } }),
      ...(off === undefined
        ? {}
        : {
            conversation: {
              expect: expected,
              next: {
                key,
                revision: expected + 1,
                flow: "f",
                version: 1,
                value: "v",
                context: {},
                quietAt,
                updatedAt: this.now,
              },
            },
          }),
      enqueue: one.jobs.map(({ n, dueIn, ...rest }) => ({
        ...rest,
        id: `j${n}` as JobId,
        dueAt: this.now + dueIn,
        task,
      })),
      ...(worked === undefined || finish === undefined
        ? {}
        : {
            finish: {
              job: worked.id,
              lease: worked.lease,
              next: finish.next === 7 ? { retryAt: this.now + 7 } : (finish.next as "done" | "dead"),
            },
          }),
    };
  }

  commit(change: Change): "done" | "duplicate" | "conflict" {
    const { seen, conversation, enqueue = [], finish, take } = change;
    this.took = [];
    if (seen !== undefined && this.seen.has(`${seen.key} ${seen.id}`)) return "duplicate";
    const worked = this.jobs.find(
      (one) => one.id === finish?.job && one.lease === finish.lease && one.state === "waiting",
    );
    if (finish !== undefined && worked === undefined) return "conflict";
    if (
      conversation !== undefined &&
      (this.conversations.get(conversation.next.key)?.revision ?? 0) !== conversation.expect
    )
      return "conflict";
    if (seen !== undefined) this.seen.set(`${seen.key} ${seen.id}`, this.now);
    if (conversation !== undefined) this.conversations.set(conversation.next.key, conversation.next);
    if (finish !== undefined && worked !== undefined) {
      worked.lease = undefined;
      if (typeof finish.next === "object") worked.dueAt = worked.readyAt = finish.next.retryAt;
      else {
        Object.assign(worked, { state: finish.next, endedAt: this.now });
        const next = this.heads([]).find(({ lane }) => lane !== undefined && lane === worked.lane);
        const isWanted = next?.key === worked.key && next.dueAt <= this.now && take?.next?.queues.includes(next.queue);
        if (next !== undefined && take !== undefined && isWanted) this.take(next, take);
      }
    }
    for (const one of enqueue) {
      if (this.jobs.some(({ id }) => id === one.id)) continue;
      const job = { ...one, state: "waiting" as const, readyAt: one.dueAt, attempt: 0, lease: undefined, endedAt: 0 };
      this.jobs.push(job);
      if (take?.until.has(one.id) && this.heads([]).includes(job)) this.take(job, take);
    }
    return "done";
  }

  private took: readonly ModelJob[] = [];

  private take(job: ModelJob, { until, next }: NonNullable<Change["take"]>): void {
    job.attempt += 1;
    job.readyAt = until.get(job.id) ?? next?.until ?? 0;
    this.took = [...this.took, job];
  }

  /** The store names the lease. */
  lease(taken: readonly Job[]): void {
    for (const one of this.took) one.lease = taken.find(({ id }) => id === one.id)?.lease;
  }

  /** What the last commit took. */
  taken(): readonly (readonly [JobId, number])[] {
    return this.took.map(({ id, attempt }) => [id, attempt] as const);
  }

  claim(
    { queues, leaseFor, limit, except }: Extract<Step, { do: "claim" }>,
    got: readonly Job[],
  ): readonly (readonly [JobId, number])[] {
    const due = this.heads(except)
      .filter((one) => queues.includes(one.queue) && one.readyAt <= this.now)
      .sort((a, b) => a.readyAt - b.readyAt)
      .slice(0, limit);
    for (const one of due) {
      one.attempt += 1;
      one.lease = got.find(({ id }) => id === one.id)?.lease;
      one.readyAt = this.now + leaseFor;
    }
    return due.map(({ id, attempt }) => [id, attempt] as const);
  }

  takeOver(): void {
    for (const one of this.jobs) {
      if (one.lease === undefined || one.state !== "waiting") continue;
      one.lease = undefined;
      one.readyAt = one.dueAt;
    }
  }

  erase(key: ConversationKey): void {
    this.conversations.delete(key);
    this.jobs = this.jobs.filter((one) => one.key !== key);
    for (const id of [...this.seen.keys()]) if (id.startsWith(`${key} `)) this.seen.delete(id);
  }

  prune(before: number): void {
    for (const [key, { updatedAt }] of [...this.conversations]) {
      if (updatedAt >= before || this.jobs.some((one) => one.key === key && one.state === "waiting")) continue;
      this.conversations.delete(key);
      this.jobs = this.jobs.filter((one) => one.key !== key);
    }
    for (const [id, at] of [...this.seen]) if (at < before) this.seen.delete(id);
    this.jobs = this.jobs.filter((one) => one.state === "waiting" || one.endedAt >= before);
  }

  depth(): { waiting: number; dead: number } {
    const count = (state: ModelJob["state"]) => this.jobs.filter((one) => one.state === state).length;
    return { waiting: count("waiting"), dead: count("dead") };
  }

  nextDue(except: readonly string[]): number | undefined {
    const silences = [...this.conversations.values()].flatMap(({ quietAt }) => quietAt ?? []);
    const times = [...this.heads(except).map(({ readyAt }) => readyAt), ...silences];
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** Of a lane only the first that waits: leased or not, due or not. */
  private heads(except: readonly string[]): ModelJob[] {
    const waiting = this.jobs.filter(({ state }) => state === "waiting");
    const first = waiting.filter(
      (one) => one.lane === undefined || waiting.find(({ lane }) => lane === one.lane) === one,
    );
    return first.filter(({ key }) => !except.includes(channelOf(key)));
  }
}
