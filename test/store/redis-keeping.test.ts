import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Conversation } from "../../src/conversation/conversation.ts";
import { conversationKey } from "../../src/conversation/message.ts";
import { KEEP } from "../../src/domain/keep.ts";
import { redisConversations } from "../../src/store/redis/conversations.ts";
import { openRedis, type Redis } from "../../src/store/redis/open.ts";
import { openSealer } from "../../src/store/sealing.ts";
import { ANI, aConversation, aJob, claimOne, finish } from "../contract/conversations-samples.ts";
import { billOf, CHASSIS, flowChat, MINUTE, NIK } from "../fakes/flow-chat.ts";
import { type RedisServer, startRedis } from "../fakes/servers/redis.ts";

const SECRET = "a secret of more than thirty-two characters";
const MANY = 10_000;

describe("what Redis keeps", () => {
  let server: RedisServer;
  let redis: Redis;
  beforeAll(async () => {
    server = await startRedis({ config: ["rdbcompression no"] });
    redis = await openRedis(server.url, { within: 20_000 });
  });
  beforeEach(async () => {
    await redis.send(["FLUSHALL"]);
  });
  afterAll(async () => {
    await redis.close();
    await server.stop();
  });
  const opened = () => redisConversations({ redis, sealer: openSealer({ secret: SECRET }), keep: KEEP, alone: true });
  const keys = async () => textsOf(await redis.send(["KEYS", "*"]));
  const ttl = async (key: string) => Number(await redis.send(["PTTL", key]));
  /** Within a minute of it: the test takes a while too. */
  const nearly = (ms: number, kept: number) => kept <= ms && kept > ms - MINUTE;

  it("goes by itself: a conversation, its seen ids and its ended jobs, each in its time", async () => {
    const store = opened();
    const change = { at: 1, seen: { key: ANI, id: "m" }, conversation: { next: aConversation(), expect: 0 } };
    await store.commit({ ...change, enqueue: [aJob("a", { lane: "l" })] });
    expect(nearly(KEEP.conversation, await ttl("{loket}:c:telegram:1"))).toBe(true);
    expect(nearly(KEEP.seen, await ttl("{loket}:m:telegram:1"))).toBe(true);
    // What waits does not go.
    expect([await ttl("{loket}:o:telegram:1"), await ttl("{loket}:j:a"), await ttl("{loket}:l:l")]).toEqual([
      -1, -1, -1,
    ]);
    await store.commit(finish(await claimOne(store), "done", "ref"));
    expect(nearly(KEEP.jobs, await ttl("{loket}:s:a"))).toBe(true);
    expect(nearly(KEEP.jobs, await ttl("{loket}:o:telegram:1"))).toBe(true);
    await store.commit({ at: 60, enqueue: [aJob("b")] });
    expect(await ttl("{loket}:o:telegram:1")).toBe(-1);
    await store.commit({ ...finish(await claimOne(store)), at: 70 });
    const staying: string[] = [];
    for (const key of await keys()) if ((await ttl(key)) === -1) staying.push(key);
    expect(staying.sort()).toEqual(["{loket}:due", "{loket}:n", "{loket}:w"]);
  });

  it("leaves no silence behind when a conversation went", async () => {
    const store = opened();
    await store.commit({ at: 1, conversation: { next: aConversation({ quietAt: 5 }), expect: 0 } });
    await redis.send(["DEL", "{loket}:c:telegram:1"]);
    expect(await store.quiet(9, 9)).toEqual([]);
    expect(await store.nextDue(0)).toBeUndefined();
  });

  it("are a thousand seen ids of a conversation, the latest", async () => {
    const store = opened();
    await Promise.all(
      Array.from({ length: 1_100 }, (_, n) => store.commit({ at: 10_000 + n, seen: { key: ANI, id: `m${n}` } })),
    );
    expect(await redis.send(["ZCARD", "{loket}:m:telegram:1"])).toBe(1_000);
    expect(await store.commit({ at: 20_000, seen: { key: ANI, id: "m1099" } })).toBe("duplicate");
    expect(await store.commit({ at: 20_000 + KEEP.seen, seen: { key: ANI, id: "later" } })).toBe("done");
    expect(await redis.send(["ZCARD", "{loket}:m:telegram:1"])).toBe(1);
  });

  it("tells nobody's NIK, chassis or name, in a conversation and in a job", async () => {
    const store = opened();
    const { bill } = parkedChats();
    const task = { kind: "inquire", nik: NIK, chassis: CHASSIS } as unknown as ReturnType<typeof aJob>["task"];
    await store.commit({
      at: 1,
      conversation: { next: { ...bill, revision: 1 }, expect: 0 },
      enqueue: [aJob("a", { task })],
    });
    const dumps = await Promise.all((await keys()).map((key) => redis.send(["DUMP", key])));
    const all = Buffer.concat(dumps.filter(Buffer.isBuffer)).toString("latin1");
    expect(all).toContain("telegram:1");
    for (const canary of [NIK, CHASSIS, "SITI RAHAYU", "MELATI", "11111111111"]) expect(all).not.toContain(canary);
  });

  it("opens in its own row alone", async () => {
    const store = opened();
    await store.commit({ at: 1, conversation: { next: aConversation(), expect: 0 } });
    await redis.send(["RENAME", "{loket}:c:telegram:1", "{loket}:c:telegram:2"]);
    await expect(store.load(conversationKey("telegram", "2"))).rejects.toThrow("changed or moved");
  });

  it("are ten thousand parked conversations, of at most 400 bytes each", async () => {
    const store = opened();
    const { chassis, bill } = parkedChats();
    const empty = await usedBytes(redis);
    const parked = Array.from({ length: MANY }, (_, n): Conversation => {
      const key = conversationKey("telegram", String(5_000_000_000 + n));
      return { ...(n % 2 === 0 ? chassis : bill), key, revision: 1 };
    });
    await inSlices(parked, (next) => store.commit({ at: 1, conversation: { next, expect: 0 } }));
    const bytes = await inSlices(parked, async ({ key }) =>
      Number(await redis.send(["MEMORY", "USAGE", `{loket}:c:${key}`])),
    );
    const [atChassis, atBill] = [0, 1].map((rest) => Math.max(...bytes.filter((_, n) => n % 2 === rest)));
    const all = Math.round(((await usedBytes(redis)) - empty) / MANY);
    console.log(
      `a parked conversation: ${atChassis} bytes before its bill, ${atBill} with it; ${all} with all that Redis keeps of it`,
    );
    expect(Math.max(...bytes)).toBeLessThanOrEqual(400);
    expect(await store.load(parked[1]?.key ?? ANI)).toMatchObject({
      context: { parked: true, quote: { code: "233" } },
    });
  });
});

/** A chat that was left at the question for the chassis number, and one that was left at its bill. */
function parkedChats(): { readonly chassis: Conversation; readonly bill: Conversation } {
  let last: Conversation | undefined;
  const chat = flowChat({
    watch: ({ after }) => {
      last = after;
    },
  });
  const seen = () => {
    if (last === undefined || !chat.context.parked) throw new Error("the chat is not parked");
    return last;
  };
  for (const text of ["halo", "jabar", NIK]) chat.says(text);
  chat.waits(31 * MINUTE);
  const chassis = seen();
  chat.says("LANJUT");
  chat.says(CHASSIS);
  chat.billed({
    kind: "bill",
    bill: billOf({ owner: "SITI RAHAYU NINGSIH", address: "JL MELATI RAYA NO 12 RT 03 RW 05" }),
  });
  chat.waits(31 * MINUTE);
  return { chassis, bill: seen() };
}

async function usedBytes(redis: Redis): Promise<number> {
  return Number(/used_memory:(\d+)/.exec(String(await redis.send(["INFO", "memory"])))?.[1]);
}

async function inSlices<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (let from = 0; from < all.length; from += 500)
    results.push(...(await Promise.all(all.slice(from, from + 500).map(work))));
  return results;
}

function textsOf(answer: unknown): readonly string[] {
  return Array.isArray(answer) ? answer.map(String) : [];
}
