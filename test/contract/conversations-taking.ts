import { expect } from "vitest";
import type { Job } from "../../src/conversation/conversation.ts";
import {
  aJob,
  BUDI,
  claimAll,
  claimOne,
  enqueue,
  finish,
  ids,
  type Law,
  LEASE,
  takingWith,
} from "./conversations-samples.ts";

/** What a commit leases to the one who made it. */
export function taking(law: Law): void {
  law("are the caller's with the commit that saves them, until their lease ends", async (store) => {
    const taken: Job[] = [];
    const jobs = [aJob("a"), aJob("b", { key: BUDI, queue: "look" }), aJob("later", { dueAt: 60 })];
    expect(await store.commit(takingWith({ at: 50, enqueue: jobs }, LEASE, taken))).toBe("done");
    expect(taken.map(({ id, attempt, task }) => [id, attempt, task])).toEqual([
      ["a", 1, jobs[0]?.task],
      ["b", 1, jobs[1]?.task],
    ]);
    expect(ids(await claimAll(store))).toEqual(["later"]);
    expect(await store.commit(finish(taken[0] as Job))).toBe("done");
    const again = await claimAll(store, 50 + LEASE);
    expect(again.map(({ id, attempt }) => [id, attempt])).toEqual([["b", 2]]);
    expect(await store.commit(finish(taken[1] as Job))).toBe("conflict");
  });

  law("are not when they wait behind another one, or are there already", async (store) => {
    await enqueue(store, aJob("first", { lane: "l" }), aJob("known"));
    const taken: Job[] = [];
    await store.commit(takingWith({ at: 50, enqueue: [aJob("second", { lane: "l" }), aJob("known")] }, LEASE, taken));
    expect(ids(taken)).toEqual([]);
    expect(ids(await claimAll(store))).toEqual(["first", "known"]);
  });

  law("go one by one through a lane, each with the end of the one before it", async (store) => {
    const taken: Job[] = [];
    const lane = ["1", "2", "3"].map((id) => aJob(id, { lane: "l", task: { kind: "say", text: id } as never }));
    await store.commit(takingWith({ at: 50, enqueue: lane }, LEASE, taken));
    expect(ids(taken)).toEqual(["1"]);
    await store.commit(takingWith(finish(taken[0] as Job), LEASE, taken));
    await store.commit(takingWith(finish(taken[1] as Job, "dead"), LEASE, taken));
    expect(taken.map(({ id, task, attempt }) => [id, task, attempt])).toEqual(
      lane.map(({ id, task }) => [id, task, 1]),
    );
    expect(await claimAll(store)).toEqual([]);
  });

  law("are left to others when the one before is tried again, or the next is not for the caller", async (store) => {
    const taken: Job[] = [];
    await enqueue(store, aJob("1", { lane: "l" }), aJob("2", { lane: "l", queue: "inquire" }));
    await store.commit(takingWith(finish(await claimOne(store), { retryAt: 70 }), LEASE, taken));
    await store.commit(takingWith(finish(await claimOne(store)), LEASE, taken));
    expect(ids(taken)).toEqual([]);
    expect(ids(await claimAll(store))).toEqual(["2"]);
  });

  law("are given out again when their program died", async (store) => {
    const taken: Job[] = [];
    await store.commit(takingWith({ at: 50, enqueue: [aJob("a", { lane: "l" })] }, LEASE, taken));
    await store.takeOver();
    expect(await store.commit(finish(taken[0] as Job))).toBe("conflict");
    expect(ids(await claimAll(store))).toEqual(["a"]);
  });

  law("wake nobody", async (store) => {
    const stop = new AbortController();
    const looks = store.wake(stop.signal, ["say"])[Symbol.asyncIterator]();
    const woken = looks.next();
    let isAwake = false;
    void woken.then(() => {
      isAwake = true;
    });
    await store.commit(takingWith({ at: 50, enqueue: [aJob("a")] }, LEASE, []));
    await enqueue(store, aJob("of another queue", { queue: "pay" }));
    expect(isAwake).toBe(false);
    await enqueue(store, aJob("b"));
    expect((await woken).done).toBe(false);
    stop.abort();
  });
}
