import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KEEP } from "../../src/domain/keep.ts";
import { redisConversations } from "../../src/store/redis/conversations.ts";
import { openRedis } from "../../src/store/redis/open.ts";
import { openSealer } from "../../src/store/sealing.ts";
import { ANI, aConversation, aJob, claimOne, finish, ids } from "../contract/conversations-samples.ts";
import { type RedisServer, startRedis } from "../fakes/servers/redis.ts";

describe("conversations behind Sentinels", () => {
  let master: RedisServer;
  let replica: RedisServer;
  let sentinel: RedisServer;
  beforeAll(async () => {
    master = await startRedis({ config: ["appendonly yes"] });
    replica = await startRedis({ config: ["appendonly yes", `replicaof 127.0.0.1 ${master.port}`] });
    sentinel = await startRedis({
      as: "sentinel",
      config: [
        `sentinel monitor counter 127.0.0.1 ${master.port} 1`,
        "sentinel down-after-milliseconds counter 500",
        "sentinel failover-timeout counter 5000",
      ],
    });
  });
  afterAll(async () => {
    for (const server of [sentinel, replica, master]) await server?.stop();
  });

  it("go on with the replica when the master is gone, with all that it had taken over", async () => {
    const redis = await openRedis(`redis+sentinel://127.0.0.1:${sentinel.port}/counter`, { within: 25_000 });
    const store = redisConversations({ redis, sealer: openSealer({}), keep: KEEP, alone: false });
    const next = aConversation();
    await store.commit({ at: 1, seen: { key: ANI, id: "m" }, conversation: { next, expect: 0 }, enqueue: [aJob("a")] });
    const job = await claimOne(store);
    expect(await redis.send(["WAIT", "1", "10000"])).toBe(1);
    await master.kill();
    expect(await store.commit({ ...finish(job), enqueue: [aJob("b")] })).toBe("done");
    expect(await store.load(ANI)).toEqual(next);
    expect(await store.commit({ at: 2, seen: { key: ANI, id: "m" } })).toBe("duplicate");
    expect(ids(await store.claim(["say"], 100, 50, 9))).toEqual(["b"]);
    const stop = new AbortController();
    const looks = store.wake(stop.signal)[Symbol.asyncIterator]();
    const other = await openRedis(`redis+sentinel://127.0.0.1:${sentinel.port}/counter`, { within: 25_000 });
    const woken = looks.next();
    await redisConversations({ redis: other, sealer: openSealer({}), keep: KEEP, alone: false }).erase(ANI);
    expect((await woken).done).toBe(false);
    stop.abort();
    for (const one of [redis, other]) await one.close();
  });
});
