import { expect } from "vitest";
import type { Conversation, Job, NewJob } from "../../src/conversation/conversation.ts";
import type { Change } from "../../src/conversation/conversations.ts";
import {
  ANI,
  aConversation,
  aJob,
  BUDI,
  claimAll,
  claimOne,
  enqueue,
  finish,
  ids,
  type Law,
  LEASE,
} from "./conversations-samples.ts";

export function lanes(law: Law): void {
  const inLane = (id: string, over: Partial<NewJob> = {}) => aJob(id, { lane: "ani", ...over });

  law("give one job at a time, in the order of saving, whatever was due first", async (store) => {
    await enqueue(store, inLane("1", { dueAt: 90 }), inLane("2", { dueAt: 10 }), aJob("free", { dueAt: 95 }));
    await enqueue(store, inLane("3"), aJob("other", { lane: "budi", dueAt: 96 }));
    const [one, ...others] = await claimAll(store);
    expect(ids([one as Job, ...others])).toEqual(["1", "free", "other"]);
    expect(await claimAll(store)).toEqual([]);
    await store.commit(finish(one as Job));
    const [two, ...none] = await claimAll(store);
    expect([two?.id, none]).toEqual(["2", []]);
  });

  law("are held by a head that is not due, and by one that is tried again", async (store) => {
    await enqueue(store, inLane("1", { dueAt: 150 }), inLane("2"));
    expect(await claimAll(store, 149)).toEqual([]);
    await store.commit(finish(await claimOne(store, 150), { retryAt: 300 }));
    expect(await claimAll(store, 299)).toEqual([]);
    expect(ids(await claimAll(store, 300))).toEqual(["1"]);
  });

  law("are held across queues", async (store) => {
    await enqueue(store, inLane("1", { queue: "inquire" }), inLane("2"));
    expect(await store.claim(["say"], 100, LEASE, 5)).toEqual([]);
  });

  law("go on after a dead head", async (store) => {
    await enqueue(store, inLane("1"), inLane("2"));
    await store.commit(finish(await claimOne(store), "dead"));
    expect(ids(await claimAll(store))).toEqual(["2"]);
  });

  law("take what is saved with the end of a job behind what waits", async (store) => {
    await enqueue(store, inLane("1"), inLane("2"));
    await store.commit({ ...finish(await claimOne(store)), enqueue: [inLane("3")] });
    const two = await claimOne(store);
    await store.commit({ ...finish(two), enqueue: [inLane("4")] });
    const three = await claimOne(store);
    await store.commit({ ...finish(three) });
    expect(ids([two, three, await claimOne(store)])).toEqual(["2", "3", "4"]);
  });
}

export function time(law: Law): void {
  const quietAt = (key: Conversation["key"], at: number | undefined, expect = 0): Change => ({
    at: 0,
    conversation: { next: aConversation({ key, revision: expect + 1, quietAt: at }), expect },
  });

  law("silence is found when its time has come, and moves with each turn", async (store) => {
    await store.commit(quietAt(ANI, 200));
    await store.commit(quietAt(BUDI, 100));
    expect(await store.quiet(99, 9)).toEqual([]);
    expect(await store.quiet(200, 9)).toEqual([BUDI, ANI]);
    expect(await store.quiet(200, 1)).toEqual([BUDI]);
    await store.commit(quietAt(BUDI, 300, 1));
    await store.commit(quietAt(ANI, undefined, 1));
    expect(await store.quiet(299, 9)).toEqual([]);
  });

  law("the next due time is the earliest of jobs and silences", async (store) => {
    expect(await store.nextDue(0)).toBeUndefined();
    await store.commit(quietAt(ANI, 500));
    expect(await store.nextDue(0)).toBe(500);
    await enqueue(store, aJob("a", { dueAt: 300, lane: "l" }), aJob("behind", { dueAt: 20, lane: "l" }));
    expect(await store.nextDue(0)).toBe(300);
    const job = await claimOne(store, 300);
    // While it is leased, the end of the lease is when somebody else may have to take it.
    expect(await store.nextDue(300)).toBe(500);
    await store.commit(finish(job, { retryAt: 450 }));
    expect(await store.nextDue(300)).toBe(450);
    await store.commit(finish(await claimOne(store, 450)));
    expect(await store.nextDue(450)).toBe(20);
  });

  law("what a dead program had in its hands is given out at once, and no longer taken from it", async (store) => {
    await enqueue(store, aJob("a", { lane: "l" }), aJob("behind", { lane: "l" }), aJob("free"));
    const [a, free] = await claimAll(store);
    if (a === undefined || free === undefined) throw new Error("nothing was due");
    await store.takeOver();
    expect(await store.commit(finish(a))).toBe("conflict");
    const again = await claimAll(store);
    expect(again.map(({ id, attempt }) => [id, attempt])).toEqual([
      ["a", 2],
      ["free", 2],
    ]);
    for (const job of again) expect(await store.commit(finish(job))).toBe("done");
    expect(ids(await claimAll(store))).toEqual(["behind"]);
  });
}
