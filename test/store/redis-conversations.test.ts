import { afterAll, beforeAll, describe } from "vitest";
import { KEEP } from "../../src/domain/keep.ts";
import { redisConversations } from "../../src/store/redis/conversations.ts";
import { openRedis } from "../../src/store/redis/open.ts";
import { openSealer } from "../../src/store/sealing.ts";
import { conversationsLaw } from "../contract/conversations.ts";
import { type RedisServer, startRedis } from "../fakes/servers/redis.ts";

describe("conversations in Redis", () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());

  conversationsLaw(async () => {
    const redis = await openRedis(server.url);
    await redis.send(["FLUSHALL"]);
    const conversations = redisConversations({ redis, sealer: openSealer({}), keep: KEEP, alone: true });
    return { conversations, close: () => redis.close() };
  }, 40);
});
