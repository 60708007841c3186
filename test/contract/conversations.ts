import { describe, expect, it } from "vitest";
import type { Job, JobId } from "../../src/conversation/conversation.ts";
import type { Change, Conversations } from "../../src/conversation/conversations.ts";
import { forgetting, waking } from "./conversations-forgetting.ts";
import { conversationsHistories } from "./conversations-histories.ts";
import { lanes, time } from "./conversations-lanes.ts";
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
import { taking } from "./conversations-taking.ts";

export interface MadeConversations {
  readonly conversations: Conversations;
  close(): Promise<void>;
}

/** What every driver of Conversations owes. `make` gives an empty store each time; `runs` is the number of random histories. */
export function conversationsLaw(make: () => Promise<MadeConversations>, runs = 100): void {
  const law = (name: string, test: (store: Conversations) => Promise<void>) =>
    it(name, async () => {
      const made = await make();
      try {
        await test(made.conversations);
      } finally {
        await made.close();
      }
    });
  describe("a change", () => changes(law));
  describe("jobs", () => jobs(law));
  describe("lanes", () => lanes(law));
  describe("jobs that are taken", () => taking(law));
  describe("time", () => time(law));
  describe("forgetting", () => forgetting(law));
  describe("waking", () => waking(law));
  law("random histories answer as a simple model does", () => conversationsHistories(make, runs));
}

function changes(law: Law): void {
  law("is there when it was saved, and only then", async (store) => {
    expect(await store.load(ANI)).toBeUndefined();
    expect(await store.commit({ at: 1, conversation: { next: aConversation(), expect: 0 } })).toBe("done");
    expect(await store.load(ANI)).toEqual(aConversation());
    const next = aConversation({
      revision: 2,
      value: "idle",
      context: { plate: "F 1 Z", é: "😀" },
      quietAt: 99,
      updatedAt: 20,
    });
    expect(await store.commit({ at: 1, conversation: { next, expect: 1 } })).toBe("done");
    expect(await store.load(ANI)).toEqual(next);
    expect(await store.load(BUDI)).toBeUndefined();
  });

  law("with an id that was seen is a duplicate and changes nothing", async (store) => {
    const seen = { key: ANI, id: "m1" };
    await store.commit({ at: 1, seen, conversation: { next: aConversation(), expect: 0 }, enqueue: [aJob("a")] });
    const again: Change = {
      at: 2,
      seen,
      conversation: { next: aConversation({ revision: 2 }), expect: 1 },
      enqueue: [aJob("b")],
    };
    expect(await store.commit(again)).toBe("duplicate");
    expect((await store.load(ANI))?.revision).toBe(1);
    expect(ids(await claimAll(store))).toEqual(["a"]);
    // A duplicate is a duplicate also when the revision moved on; the same id in another chat is another message.
    expect(await store.commit({ ...again, conversation: { next: aConversation(), expect: 0 } })).toBe("duplicate");
    expect(await store.commit({ at: 3, seen: { key: BUDI, id: "m1" } })).toBe("done");
  });

  law("on a revision that moved on is a conflict, changes nothing and may be tried again", async (store) => {
    await store.commit({ at: 1, conversation: { next: aConversation(), expect: 0 } });
    const late = (expect: number): Change => ({
      at: 2,
      seen: { key: ANI, id: "m2" },
      conversation: { next: aConversation({ revision: expect + 1, value: "late" }), expect },
      enqueue: [aJob("late")],
    });
    expect(await store.commit(late(0))).toBe("conflict");
    expect(await store.commit(late(7))).toBe("conflict");
    expect(await store.load(ANI)).toEqual(aConversation());
    expect(await claimAll(store)).toEqual([]);
    expect(await store.commit(late(1))).toBe("done");
  });

  law("is won by one of many that loaded the same revision", async (store) => {
    const all = Array.from(
      { length: 20 },
      (_, n): Change => ({
        at: n,
        conversation: { next: aConversation({ context: { n } }), expect: 0 },
        enqueue: [aJob(`of ${n}`)],
      }),
    );
    const results = await Promise.all(all.map((change) => store.commit(change)));
    const winner = results.indexOf("done");
    expect(results.filter((result) => result === "conflict")).toHaveLength(19);
    expect((await store.load(ANI))?.context).toEqual({ n: winner });
    expect(ids(await claimAll(store))).toEqual([`of ${winner}`]);
  });

  law("whose lease is stale changes nothing", async (store) => {
    await enqueue(store, aJob("a"));
    const first = await claimOne(store, 100);
    const second = await claimOne(store, 100 + LEASE);
    const change = (job: Job): Change => ({
      ...finish(job, "done", "ref"),
      seen: { key: ANI, id: "result" },
      conversation: { next: aConversation(), expect: 0 },
      enqueue: [aJob("b")],
    });
    expect(await store.commit(change(first))).toBe("conflict");
    expect(await store.load(ANI)).toBeUndefined();
    expect(await store.sent(first.id)).toBeUndefined();
    expect(await store.depth()).toEqual({ waiting: 1, dead: 0 });
    expect(await store.commit(change(second))).toBe("done");
    expect(await store.commit(finish(second))).toBe("conflict");
  });
}

function jobs(law: Law): void {
  law("come out as they went in, when they are due, oldest first", async (store) => {
    const job = aJob("now", { key: BUDI, queue: "inquire", lane: "l", dueAt: 100 });
    await enqueue(
      store,
      aJob("later", { dueAt: 101 }),
      job,
      aJob("older", { dueAt: 99 }),
      aJob("same", { dueAt: 100 }),
    );
    const claimed = await claimAll(store, 100);
    expect(ids(claimed)).toEqual(["older", "now", "same"]);
    expect(claimed[1]).toMatchObject({ ...job, attempt: 1 });
    expect(ids(await claimAll(store, 101))).toEqual(["later"]);
  });

  law("are claimed by queue, at most as many as asked for", async (store) => {
    await enqueue(store, aJob("a"), aJob("b", { queue: "pay" }), aJob("c"), aJob("d", { queue: "look" }));
    expect(ids(await store.claim(["look", "pay"], 0, LEASE, 5))).toEqual(["b", "d"]);
    expect(ids(await store.claim(["say"], 0, LEASE, 1))).toEqual(["a"]);
    expect(ids(await store.claim(["say"], 0, LEASE, 0))).toEqual([]);
    expect(ids(await store.claim(["say"], 0, LEASE, 5))).toEqual(["c"]);
  });

  law("of a channel that is left out wait for others, and keep nobody's back", async (store) => {
    const many = Array.from({ length: 20 }, (_, n) => aJob(`t${n}`, { dueAt: 10 }));
    await enqueue(store, ...many, aJob("web", { key: BUDI, dueAt: 90 }), aJob("later", { key: BUDI, dueAt: 300 }));
    expect(await store.nextDue(0)).toBe(10);
    expect(await store.nextDue(0, ["telegram"])).toBe(90);
    expect(ids(await store.claim(["say"], 100, LEASE, 2, ["telegram"]))).toEqual(["web"]);
    expect(await store.claim(["say"], 100, LEASE, 2, ["telegram", "web"])).toEqual([]);
    expect(await store.nextDue(100, ["telegram"])).toBe(300);
    expect(await store.nextDue(100, ["telegram", "web"])).toBeUndefined();
    expect(ids(await store.claim(["say"], 100, LEASE, 2, ["web", "tele"]))).toEqual(["t0", "t1"]);
  });

  law("of two who claim at once go to one", async (store) => {
    await enqueue(store, ...Array.from({ length: 30 }, (_, n) => aJob(`j${n}`)));
    const claims = await Promise.all(Array.from({ length: 10 }, () => store.claim(["say"], 0, LEASE, 5)));
    expect(new Set(claims.flatMap(ids)).size).toBe(30);
    expect(claims.flat()).toHaveLength(30);
  });

  law("whose lease ended are given to another, as the next attempt", async (store) => {
    await enqueue(store, aJob("a"));
    const first = await claimOne(store, 100);
    expect(await claimAll(store, 100 + LEASE - 1)).toEqual([]);
    const second = await claimOne(store, 100 + LEASE);
    expect([first.attempt, second.attempt]).toEqual([1, 2]);
    expect(second.lease).not.toBe(first.lease);
  });

  law("may be finished after their lease ended as long as nobody took them", async (store) => {
    await enqueue(store, aJob("a"));
    const job = await claimOne(store, 100);
    expect(await store.commit({ ...finish(job), at: 100 + 2 * LEASE })).toBe("done");
    expect(await claimAll(store, 100 + 3 * LEASE)).toEqual([]);
  });

  law("that are to be tried again wait for their time", async (store) => {
    await enqueue(store, aJob("a"));
    expect(await store.commit(finish(await claimOne(store), { retryAt: 300 }))).toBe("done");
    expect(await claimAll(store, 299)).toEqual([]);
    expect((await claimOne(store, 300)).attempt).toBe(2);
  });

  law("saved twice under one id are one", async (store) => {
    await enqueue(store, aJob("a"), aJob("a"));
    await enqueue(store, aJob("a", { dueAt: 5 }));
    await store.commit(finish(await claimOne(store)));
    await enqueue(store, aJob("a"));
    expect(await claimAll(store)).toEqual([]);
    expect(await store.depth()).toEqual({ waiting: 0, dead: 0 });
  });

  law("that were sent tell the platform's id", async (store) => {
    await enqueue(store, aJob("a"), aJob("b"));
    const a = await claimOne(store);
    expect(await store.sent(a.id)).toBeUndefined();
    await store.commit(finish(a, "done", "wamid.7"));
    await store.commit(finish(await claimOne(store)));
    expect(await store.sent(a.id)).toBe("wamid.7");
    expect(await store.sent("b" as JobId)).toBeUndefined();
  });

  law("are counted: those that wait or are under way, and the dead", async (store) => {
    await enqueue(store, aJob("a"), aJob("b"), aJob("c", { dueAt: 900 }));
    await store.commit(finish(await claimOne(store), "dead"));
    await claimOne(store);
    expect(await store.depth()).toEqual({ waiting: 2, dead: 1 });
    expect(await claimAll(store)).toEqual([]);
  });
}
