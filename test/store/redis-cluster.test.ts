import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KEEP } from "../../src/domain/keep.ts";
import { redisConversations } from "../../src/store/redis/conversations.ts";
import { openRedis, type Redis } from "../../src/store/redis/open.ts";
import { openSealer } from "../../src/store/sealing.ts";
import { conversationsLaw } from "../contract/conversations.ts";
import { ANI, aConversation, aJob, claimOne, finish } from "../contract/conversations-samples.ts";
import type { RedisServer } from "../fakes/servers/redis.ts";
import { asked, type RedisCluster, startRedisCluster } from "../fakes/servers/redis-cluster.ts";

describe("conversations in a Redis Cluster", () => {
  let cluster: RedisCluster;
  beforeAll(async () => {
    cluster = await startRedisCluster({ config: ["appendonly yes"] });
  });
  afterAll(() => cluster.stop());
  const opened = async () => {
    const redis = await openRedis(cluster.url, { within: 20_000 });
    return { redis, store: storeOver(redis) };
  };
  const storeOver = (redis: Redis) => redisConversations({ redis, sealer: openSealer({}), keep: KEEP, alone: true });
  /** The one that holds our slot: the others say who. */
  const holder = async (): Promise<RedisServer> => {
    for (const node of cluster.nodes) {
      const has = asked(node, ["EXISTS", "{loket}:"]);
      if (await has.then(Boolean, () => false)) return node;
    }
    throw new Error("nobody holds the slot");
  };

  describe("keep the law", () => {
    let redis: Redis;
    beforeAll(async () => {
      ({ redis } = await opened());
    });
    afterAll(() => redis.close());
    conversationsLaw(async () => {
      await redis.send(["FLUSHALL"]);
      return { conversations: storeOver(redis), close: async () => {} };
    }, 3);
  });

  it("lie on one master, whose restart is waited for", async () => {
    const { redis, store } = await opened();
    const node = await holder();
    await asked(node, ["FLUSHALL"]);
    await store.commit({ at: 1, conversation: { next: aConversation(), expect: 0 }, enqueue: [aJob("a")] });
    const job = await claimOne(store);
    const elsewhere = await Promise.all(
      cluster.nodes.filter((one) => one !== node).map((one) => asked(one, ["DBSIZE"])),
    );
    expect(elsewhere).toEqual(["0", "0"]);
    await node.kill();
    const meanwhile = store.commit(finish(job));
    await node.restart();
    expect(await meanwhile).toBe("done");
    expect((await store.load(ANI))?.revision).toBe(1);
    await redis.close();
  });

  it("follow their slot to another master", async () => {
    const { redis, store } = await opened();
    const from = await holder();
    await asked(from, ["FLUSHALL"]);
    const to = cluster.nodes.find((node) => node !== from);
    if (to === undefined) throw new Error("there is one node alone");
    const slot = await asked(from, ["CLUSTER", "KEYSLOT", "{loket}:"]);
    const [fromId, toId] = [await asked(from, ["CLUSTER", "MYID"]), await asked(to, ["CLUSTER", "MYID"])];
    expect(await store.commit({ at: 1, seen: { key: ANI, id: "m" } })).toBe("done");
    await asked(from, ["FLUSHALL"]);
    // As redis-cli moves it: who takes it knows that it comes, and then has the last word.
    await asked(to, ["CLUSTER", "SETSLOT", slot, "IMPORTING", fromId]);
    await asked(from, ["CLUSTER", "SETSLOT", slot, "MIGRATING", toId]);
    for (const node of [to, from]) await asked(node, ["CLUSTER", "SETSLOT", slot, "NODE", toId]);
    expect(await store.commit({ at: 1, conversation: { next: aConversation(), expect: 0 } })).toBe("done");
    expect((await store.load(ANI))?.revision).toBe(1);
    expect(await asked(to, ["EXISTS", "{loket}:c:telegram:1"])).toBe("1");
    await redis.close();
  });

  it("are looked at like any other when they are opened", async () => {
    const { redis } = await opened();
    expect(redis.warnings).toEqual([]);
    await redis.close();
    for (const node of cluster.nodes) await asked(node, ["CONFIG", "SET", "appendonly", "no"]);
    const { redis: again } = await opened();
    expect(again.warnings[0]).toContain("writes nothing to its disk");
    await again.close();
    for (const node of cluster.nodes) {
      for (const [name, value] of [
        ["appendonly", "yes"],
        ["maxmemory", "100mb"],
        ["maxmemory-policy", "allkeys-lru"],
      ]) {
        await asked(node, ["CONFIG", "SET", name ?? "", value ?? ""]);
      }
    }
    await expect(opened()).rejects.toThrow("drops keys");
    for (const node of cluster.nodes) await asked(node, ["CONFIG", "SET", "maxmemory-policy", "noeviction"]);
  });
});
