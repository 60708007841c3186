import { afterEach, describe, expect, it } from "vitest";
import { readAddress } from "../../src/store/redis/address.ts";
import { checkRedisKey } from "../../src/store/redis/key-check.ts";
import { openRedis, type Redis } from "../../src/store/redis/open.ts";
import { openSealer } from "../../src/store/sealing.ts";
import { type RedisServer, startRedis } from "../fakes/servers/redis.ts";

describe("a Redis", () => {
  let server: RedisServer | undefined;
  let redis: Redis | undefined;
  afterEach(async () => {
    await redis?.close();
    await server?.stop();
    redis = undefined;
  });
  const open = async (config: readonly string[], login = "") => {
    server = await startRedis({ config });
    redis = await openRedis(server.url.replace("redis://", `redis://${login}`));
    return redis;
  };

  it("that drops keys when it is full is refused, with what to set", async () => {
    await expect(open(["maxmemory 100mb", "maxmemory-policy volatile-lru"])).rejects.toThrow(
      /drops keys when its memory is full \(maxmemory-policy is volatile-lru\).*noeviction/,
    );
  });

  it("that would drop keys if it had a limit is warned of", async () => {
    const { warnings } = await open(["appendonly yes", "maxmemory-policy allkeys-lru"]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain("would drop keys if it had a maxmemory");
  });

  it("that keeps what it has and drops nothing is taken as it is", async () => {
    expect((await open(["appendonly yes", "maxmemory 100mb", "maxmemory-policy noeviction"])).warnings).toEqual([]);
  });

  it("that writes nothing to its disk is warned of, and what to set is said", async () => {
    const { warnings } = await open([]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/writes nothing to its disk.*Set "appendonly yes"/);
  });

  it("that keeps snapshots alone is warned of", async () => {
    expect((await open(["save 3600 1"])).warnings[0]).toContain("forgets the minutes since the last one");
  });

  it("that forbids CONFIG is asked in another way, and what cannot be known is said", async () => {
    const { warnings } = await open(["user loket on >pw ~* &* +@all -config"], "loket:pw@");
    expect(warnings[0]).toContain("does not tell whether it keeps snapshots (CONFIG is not allowed)");
  });

  it("that forbids INFO too is taken, and the operator is told to look himself", async () => {
    const { warnings } = await open(["user loket on >pw ~* &* +@all -config -info"], "loket:pw@");
    expect(warnings[0]).toContain("see yourself that its maxmemory-policy is noeviction");
  });

  it("that refuses the password is named without it", async () => {
    const failed = open(["requirepass right-one"], ":wrong-one@");
    await expect(failed).rejects.toThrow(/refuses our name or password.*REDIS_URL/);
    await expect(failed).rejects.toThrow(/^(?!.*wrong-one)/);
  });

  it("that is full says so, and takes new things again when it has room", async () => {
    const full = await open(["maxmemory 100mb", "appendonly yes"]);
    await full.send(["CONFIG", "SET", "maxmemory", "1"]);
    await expect(full.send(["SET", "{loket}:x", "1"])).rejects.toThrow(/is full.*Give it more memory/);
    await full.send(["CONFIG", "SET", "maxmemory", "100mb"]);
    expect(String(await full.send(["SET", "{loket}:x", "1"]))).toBe("OK");
  });

  it("that cannot be reached is an error at the start", async () => {
    server = await startRedis();
    await server.kill();
    await expect(openRedis(server.url, { within: 200 })).rejects.toThrow(/did not answer within 0\.2 s.*ECONNREFUSED/);
  });
});

describe("a Redis that was sealed in", () => {
  it("opens with the same key, and is refused with another", async () => {
    const server = await startRedis();
    const redis = await openRedis(server.url);
    const sealer = (letter: string) => openSealer({ secret: letter.repeat(32) });
    await checkRedisKey({ redis, sealer: sealer("a") });
    await checkRedisKey({ redis, sealer: sealer("a") });
    await expect(checkRedisKey({ redis, sealer: sealer("b") })).rejects.toThrow(/Redis was sealed with another key/);
    await redis.close();
    await server.stop();
  });
});

describe("REDIS_URL", () => {
  it("names one Redis, Sentinels or a Cluster", () => {
    expect(readAddress("rediss://u:p%40@h:1/2")).toEqual({ kind: "one", url: "rediss://u:p%40@h:1/2", shown: "h:1" });
    expect(readAddress("redis+sentinel://u:p%40@a,b:7,[::1]:8/my%20name/3?sentinel-password=s")).toEqual({
      kind: "sentinel",
      nodes: [
        { host: "a", port: 26379 },
        { host: "b", port: 7 },
        { host: "::1", port: 8 },
      ],
      name: "my name",
      database: 3,
      username: "u",
      password: "p@",
      sentinelPassword: "s",
      tls: false,
      shown: "redis+sentinel://a,b:7,[::1]:8",
    });
    expect(readAddress("rediss+cluster://:p@a:1,b")).toEqual({
      kind: "cluster",
      nodes: [
        { host: "a", port: 1 },
        { host: "b", port: 6379 },
      ],
      password: "p",
      tls: true,
      shown: "rediss+cluster://a:1,b",
    });
  });

  it.each(["", "localhost:6379", "http://secret@h", "redis+sentinel://secret@h:1", "redis+cluster://u:secret@h:x"])(
    "that is %j is refused with an example, and nothing of it is repeated",
    (url) => {
      expect(() => readAddress(url)).toThrow(/^REDIS_URL .* redis\+cluster:/);
      expect(() => readAddress(url)).toThrow(/^(?!.*secret)/);
    },
  );
});
