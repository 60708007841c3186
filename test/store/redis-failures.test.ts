import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Job } from "../../src/conversation/conversation.ts";
import type { Conversations } from "../../src/conversation/conversations.ts";
import { conversationKey } from "../../src/conversation/message.ts";
import { KEEP } from "../../src/domain/keep.ts";
import { redisConversations } from "../../src/store/redis/conversations.ts";
import { openRedis, type Redis, type RedisOptions } from "../../src/store/redis/open.ts";
import { openSealer } from "../../src/store/sealing.ts";
import { StoreError } from "../../src/store/store-error.ts";
import {
  ANI,
  aConversation,
  aJob,
  claimOne,
  enqueue,
  finish,
  ids,
  LEASE,
  takingWith,
} from "../contract/conversations-samples.ts";
import { type RedisServer, startRedis } from "../fakes/servers/redis.ts";

const sealer = openSealer({});

/** A Redis that has every change on its disk before it answers, and those who talk to it. */
function world() {
  let server: RedisServer;
  const open: Redis[] = [];
  beforeAll(async () => {
    server = await startRedis({ config: ["appendonly yes", "appendfsync always"] });
  });
  afterEach(async () => {
    for (const redis of open.splice(0)) await redis.close();
    const redis = await openRedis(server.url);
    await redis.send(["FLUSHALL"]);
    await redis.close();
  });
  afterAll(() => server.stop());
  return {
    server: () => server,
    async store(options: RedisOptions = {}): Promise<{ redis: Redis; store: Conversations }> {
      const redis = await openRedis(server.url, options);
      open.push(redis);
      return { redis, store: redisConversations({ redis, sealer, keep: KEEP, alone: false }) };
    },
  };
}

describe("conversations, when Redis", () => {
  const { server, store: opened } = world();
  const turn = (n: number, id = `m${n}`) => ({
    at: n,
    seen: { key: ANI, id },
    conversation: { next: aConversation({ revision: n, context: { n } }), expect: n - 1 },
    enqueue: [aJob(`of ${n}`)],
  });

  it("forgot its scripts, go on", async () => {
    const { redis, store } = await opened();
    await store.commit(turn(1));
    await redis.send(["SCRIPT", "FLUSH"]);
    expect(await store.commit(turn(2))).toBe("done");
    expect(ids(await store.claim(["say"], 9, LEASE, 9))).toEqual(["of 1", "of 2"]);
  });

  it("was killed and started again, wait for it and lose nothing", async () => {
    const { store } = await opened({ within: 20_000 });
    await store.commit(turn(1));
    const job = await claimOne(store);
    await server().kill();
    const meanwhile = store.commit({ ...turn(2), finish: { job: job.id, lease: job.lease, next: "done" } });
    await server().restart();
    expect(await meanwhile).toBe("done");
    expect((await store.load(ANI))?.context).toEqual({ n: 2 });
    expect(ids(await store.claim(["say"], 9, LEASE, 9))).toEqual(["of 2"]);
    expect(await store.commit(turn(2))).toBe("duplicate");
  });

  it("is away for longer than a step may take, say so without a secret, and go on when it is back", async () => {
    const { store } = await opened({ within: 300 });
    await store.commit(turn(1));
    await server().kill();
    const failed = store.commit(turn(2));
    await expect(failed).rejects.toThrow(StoreError);
    await expect(failed).rejects.toThrow(/^Redis \(127\.0\.0\.1:\d+\) did not answer within 0\.3 s/);
    await expect(store.claim(["say"], 9, LEASE, 9)).rejects.toThrow("goes on trying by itself");
    await server().restart();
    const { store: another } = await opened();
    expect(await another.commit(turn(2))).toBe("done");
  });

  it("stands still and goes on, have done once what was asked for twice", async () => {
    const { store } = await opened({ within: 400 });
    await store.commit(turn(1));
    process.kill(server().pid, "SIGSTOP");
    await expect(store.commit(turn(2))).rejects.toThrow("did not answer");
    process.kill(server().pid, "SIGCONT");
    // It reached Redis after all.
    expect(await store.commit(turn(2))).toBe("duplicate");
    expect(await store.depth()).toEqual({ waiting: 2, dead: 0 });
  });

  it("swallowed the answer to a claim, give its jobs out again at once", async () => {
    const { store } = await opened({ within: 400 });
    await enqueue(store, aJob("a"), aJob("b", { queue: "pay" }));
    process.kill(server().pid, "SIGSTOP");
    await expect(store.claim(["say"], 100, LEASE, 9)).rejects.toThrow("did not answer");
    process.kill(server().pid, "SIGCONT");
    const { store: another } = await opened();
    expect(ids(await another.claim(["pay"], 100, LEASE, 9))).toEqual(["b"]);
    const again = await store.claim(["say", "pay"], 100, LEASE, 9);
    expect(again.map(({ id, attempt }) => [id, attempt])).toEqual([["a", 2]]);
  });

  it("swallowed the answer to a commit that took its jobs, give them out again at once", async () => {
    const { store } = await opened({ within: 400 });
    await enqueue(store, aJob("1", { lane: "l" }), aJob("2", { lane: "l" }));
    const job = await claimOne(store);
    const taken: Job[] = [];
    process.kill(server().pid, "SIGSTOP");
    const change = { ...finish(job), seen: { key: ANI, id: "m" }, enqueue: [aJob("a")] };
    await expect(store.commit(takingWith(change, LEASE, taken))).rejects.toThrow("did not answer");
    process.kill(server().pid, "SIGCONT");
    const again = await store.claim(["say"], 100, LEASE, 9);
    expect(again.map(({ id, attempt }) => [id, attempt])).toEqual([
      ["2", 2],
      ["a", 2],
    ]);
    expect(ids(taken)).toEqual([]);
  });

  it("swallowed the answers to commits that are then tried again, know their own work", async () => {
    const { redis } = await opened();
    const twice: Redis = {
      ...redis,
      async run(script, args) {
        await redis.run(script, args);
        return redis.run(script, args);
      },
    };
    const store = redisConversations({ redis: twice, sealer, keep: KEEP, alone: false });
    const { store: another } = await opened();
    expect(await store.commit(turn(1))).toBe("done");
    const job = await claimOne(another);
    expect(await store.commit({ ...turn(2), finish: { job: job.id, lease: job.lease, next: "done" } })).toBe("done");
    expect(await another.commit({ ...turn(2, "m3"), enqueue: [] })).toBe("conflict");
    expect(await another.depth()).toEqual({ waiting: 1, dead: 0 });
    expect((await another.load(ANI))?.revision).toBe(2);
  });

  it.each(["started again empty", "was emptied"])("%s, go on from nothing", async (how) => {
    const { redis, store } = await opened();
    await store.commit(turn(1));
    const job = await claimOne(store);
    await redis.send(["FLUSHALL"]);
    if (how === "started again empty") await server().restart();
    expect(await store.load(ANI)).toBeUndefined();
    expect(await store.commit(finish(job))).toBe("conflict");
    expect(await store.commit(turn(2))).toBe("conflict");
    expect(await store.commit(turn(1))).toBe("done");
    expect(await store.depth()).toEqual({ waiting: 1, dead: 0 });
    expect(ids(await store.claim(["say"], 9, LEASE, 9))).toEqual(["of 1"]);
  });

  it("is killed under a hundred chats, keep each message once", async () => {
    const { store } = await opened({ within: 20_000 });
    const keys = Array.from({ length: 100 }, (_, n) => conversationKey("web", String(n)));
    const writes = keys.map(async (key) => {
      for (let n = 1; n <= 5; n += 1) {
        const next = aConversation({ key, revision: n, context: { n } });
        const change = { at: n, seen: { key, id: `m${n}` }, conversation: { next, expect: n - 1 } };
        const job = aJob(`${key}/${n}`, { key, lane: key });
        expect(["done", "duplicate"]).toContain(await store.commit({ ...change, enqueue: [job] }));
      }
    });
    await writes[0];
    await server().kill();
    await server().restart();
    await Promise.all(writes);
    expect(await store.depth()).toEqual({ waiting: 500, dead: 0 });
    expect((await Promise.all(keys.map(store.load))).every((one) => one?.revision === 5)).toBe(true);
    const order: string[] = [];
    for (let jobs = await store.claim(["say"], 9, LEASE, 500); jobs.length > 0; ) {
      order.push(...ids(jobs));
      for (const job of jobs) expect(await store.commit(finish(job))).toBe("done");
      jobs = await store.claim(["say"], 9, LEASE, 500);
    }
    expect(order).toHaveLength(500);
    expect(order.filter((id) => id.startsWith("web:7/"))).toEqual([1, 2, 3, 4, 5].map((n) => `web:7/${n}`));
  });
});

describe("two processes with one Redis", () => {
  const { server, store: opened } = world();

  it("on one revision: one wins, each time", async () => {
    const [{ store: one }, { store: two }] = [await opened(), await opened()];
    for (let n = 1; n <= 30; n += 1) {
      const change = (who: string) => ({
        at: n,
        conversation: { next: aConversation({ revision: n, context: { who } }), expect: n - 1 },
        enqueue: [aJob(`${n} of ${who}`)],
      });
      const results = await Promise.all([one.commit(change("one")), two.commit(change("two"))]);
      expect([...results].sort()).toEqual(["conflict", "done"]);
      expect((await two.load(ANI))?.context).toEqual({ who: results[0] === "done" ? "one" : "two" });
    }
    expect(await one.depth()).toEqual({ waiting: 30, dead: 0 });
  });

  it("remember what they saved: when the other one went on, their next change is a conflict, and loads anew", async () => {
    const [{ store: one, redis }, { store: two }] = [await opened(), await opened()];
    const change = (revision: number, who: string) => ({
      at: revision,
      conversation: { next: aConversation({ revision, context: { who } }), expect: revision - 1 },
    });
    await one.commit(change(1, "one"));
    expect(one.recall?.(ANI)?.context).toEqual({ who: "one" });
    await two.commit(change(2, "two"));
    expect(await one.commit(change(2, "one"))).toBe("conflict");
    expect(one.recall?.(ANI)).toBeUndefined();
    expect((await one.load(ANI))?.context).toEqual({ who: "two" });
    // Emptied, it came to the same revision by another way.
    await redis.send(["FLUSHALL"]);
    for (const revision of [1, 2]) await one.commit(change(revision, "one"));
    expect(two.recall?.(ANI)?.context).toEqual({ who: "two" });
    expect(await two.commit(change(3, "two"))).toBe("conflict");
    expect(await two.commit(change(3, "two"))).toBe("done");
  });

  it("wake each other", async () => {
    const [{ store: one }, { store: two }] = [await opened(), await opened()];
    const stop = new AbortController();
    const looks = two.wake(stop.signal)[Symbol.asyncIterator]();
    const woken = looks.next();
    await enqueue(one, aJob("a"));
    expect((await woken).done).toBe(false);
    stop.abort();
  });

  it("hear each other again after Redis was started anew", async () => {
    const [{ redis: one }, { redis: two }] = [await opened({ within: 20_000 }), await opened({ within: 20_000 })];
    await server().restart();
    const heard = new Promise<void>((resolve) => two.hear((message) => message === "news" && resolve()));
    let isHeard = false;
    void heard.then(() => {
      isHeard = true;
    });
    // What was told before the other one listened again is lost, as it may be.
    while (!isHeard) {
      one.tell("news");
      await one.send(["PING"]);
    }
  });

  it("do not take over from each other: what one has in its hands stays there until its lease ends", async () => {
    const [{ store: one }, { store: two }] = [await opened(), await opened()];
    await enqueue(one, aJob("a"));
    const job = await claimOne(one, 100);
    await two.takeOver();
    expect(await two.claim(["say"], 100 + LEASE - 1, LEASE, 9)).toEqual([]);
    expect(await one.commit(finish(job))).toBe("done");
  });

  it("share nothing under different tags", async () => {
    const [{ store: one }, { store: two }] = [await opened(), await opened({ tag: "other" })];
    await enqueue(one, aJob("a"));
    expect(await two.depth()).toEqual({ waiting: 0, dead: 0 });
  });
});
