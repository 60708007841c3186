import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conversationKey } from "../../src/conversation/message.ts";
import { redisCrowd } from "../../src/store/redis/crowd.ts";
import { openRedis } from "../../src/store/redis/open.ts";
import { openSealer } from "../../src/store/sealing.ts";
import { crowdLaw } from "../contract/crowd.ts";
import { type RedisServer, startRedis } from "../fakes/servers/redis.ts";

describe("a crowd in Redis", () => {
  let server: RedisServer;
  let worlds = 0;
  beforeAll(async () => {
    server = await startRedis({ config: ["rdbcompression no"] });
  });
  afterAll(() => server.stop());
  const made = async (tag: string) => {
    const redis = await openRedis(server.url, { tag });
    const crowd = redisCrowd({ redis, sealer: openSealer({ secret: "a secret of more than thirty-two characters" }) });
    return { redis, crowd, close: () => redis.close() };
  };
  crowdLaw(() => made(`world ${++worlds}`));

  it("is one for two processes: one saw the message, the other asks", async () => {
    const [one, two] = [await made("shared"), await made("shared")];
    const tab = conversationKey("web", "1");
    await one.crowd.seen(tab, "203.0.113.9");
    const answers: (number | undefined)[] = [];
    for (let n = 0; n < 22; n += 1) answers.push(await (n % 2 === 0 ? one : two).crowd.enter(tab, n));
    expect(answers.filter((until) => until !== undefined)).toHaveLength(2);
    for (const { close } of [one, two]) await close();
  });

  it("holds no address, and nothing for ever", async () => {
    const { redis, crowd, close } = await made("private");
    const tab = conversationKey("web", "1");
    await crowd.seen(tab, "203.0.113.9");
    await crowd.enter(tab, 5);
    const keys = await redis.send(["KEYS", "{private}:*"]);
    const names = Array.isArray(keys) ? keys.map(String) : [];
    expect(names).toHaveLength(2);
    for (const name of names) {
      expect(`${name} ${await redis.send(["DUMP", name])}`).not.toContain("203.0.113");
      expect(Number(await redis.send(["PTTL", name]))).toBeGreaterThan(0);
    }
    await close();
  });
});
