import { expect } from "vitest";
import type { Conversation, JobId, NewJob } from "../../src/conversation/conversation.ts";
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
} from "./conversations-samples.ts";

export function forgetting(law: Law): void {
  law("prunes what is older than asked, and no more", async (store) => {
    await store.commit({ at: 10, seen: { key: ANI, id: "old" }, enqueue: [aJob("a"), aJob("b")] });
    await store.commit({ at: 20, seen: { key: ANI, id: "new" } });
    await store.commit({ ...finish(await claimOne(store), "done", "ref a"), at: 30 });
    await store.commit({ ...finish(await claimOne(store), "done", "ref b"), at: 40 });
    await store.commit({ at: 1, conversation: { next: aConversation({ updatedAt: 50 }), expect: 0 } });
    await store.commit({ at: 1, conversation: { next: aConversation({ key: BUDI, updatedAt: 60 }), expect: 0 } });
    expect(await store.prune({ conversations: 50, seen: 20, jobs: 40 })).toBe(2);
    expect([await store.sent("a" as JobId), await store.sent("b" as JobId)]).toEqual([undefined, "ref b"]);
    expect(await store.commit({ at: 3, seen: { key: ANI, id: "new" } })).toBe("duplicate");
    expect(await store.commit({ at: 3, seen: { key: ANI, id: "old" } })).toBe("done");
    expect(await store.prune({ conversations: 51, seen: 0, jobs: 0 })).toBe(1);
    expect(await store.load(ANI)).toBeUndefined();
    expect(await store.load(BUDI)).toBeDefined();
  });

  law("keeps a conversation while a job of it waits", async (store) => {
    await store.commit({ at: 1, conversation: { next: aConversation(), expect: 0 }, enqueue: [aJob("a")] });
    expect(await store.prune({ conversations: 999, seen: 0, jobs: 999 })).toBe(0);
    await store.commit(finish(await claimOne(store)));
    expect(await store.prune({ conversations: 999, seen: 0, jobs: 0 })).toBe(1);
    // Its revisions begin again, and with them the ids of its jobs.
    await store.commit({ at: 1, conversation: { next: aConversation(), expect: 0 }, enqueue: [aJob("a")] });
    expect(ids(await claimAll(store))).toEqual(["a"]);
  });

  law("erases one person and nobody else, also under a worker's hands", async (store) => {
    const turn = (key: Conversation["key"], job: NewJob): Change => ({
      at: 1,
      seen: { key, id: "m" },
      conversation: { next: aConversation({ key, quietAt: 5 }), expect: 0 },
      enqueue: [job],
    });
    await store.commit(turn(ANI, aJob("a", { lane: "shared" })));
    await store.commit(turn(BUDI, aJob("b", { key: BUDI, lane: "shared" })));
    const job = await claimOne(store);
    await store.erase(ANI);
    expect(await store.load(ANI)).toBeUndefined();
    expect(await store.commit(finish(job, "done", "ref"))).toBe("conflict");
    expect(await store.sent(job.id)).toBeUndefined();
    expect(await store.quiet(5, 9)).toEqual([BUDI]);
    expect(ids(await claimAll(store))).toEqual(["b"]);
    expect(await store.commit(turn(ANI, aJob("a")))).toBe("done");
    expect(await store.commit(turn(BUDI, aJob("c")))).toBe("duplicate");
  });

  law("erases who stands behind a job that is under way, and leaves that one alone", async (store) => {
    await enqueue(store, aJob("b", { key: BUDI, lane: "shared" }), aJob("a", { lane: "shared" }));
    const job = await claimOne(store);
    await store.erase(ANI);
    expect(await claimAll(store)).toEqual([]);
    expect(await store.commit(finish(job))).toBe("done");
    expect(await store.depth()).toEqual({ waiting: 0, dead: 0 });
  });
}

export function waking(law: Law): void {
  law("comes with a commit, also one between the call and the first look", async (store) => {
    const stop = new AbortController();
    const wake = store.wake(stop.signal);
    await enqueue(store, aJob("a"));
    const looks = wake[Symbol.asyncIterator]();
    expect((await looks.next()).done).toBe(false);
    const next = looks.next();
    await enqueue(store, aJob("b"));
    expect((await next).done).toBe(false);
    const last = looks.next();
    stop.abort();
    expect((await last).done).toBe(true);
  });

  law("reaches everyone who waits, and ends at once when it was stopped before", async (store) => {
    const stop = new AbortController();
    const two = [store.wake(stop.signal), store.wake(stop.signal)].map((wake) => wake[Symbol.asyncIterator]());
    const woken = two.map((looks) => looks.next());
    await enqueue(store, aJob("a"));
    expect((await Promise.all(woken)).map((look) => look.done)).toEqual([false, false]);
    stop.abort();
    for await (const _ of store.wake(stop.signal)) throw new Error("woken after the end");
  });
}
