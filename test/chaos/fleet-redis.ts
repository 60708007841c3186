import { rmSync } from "node:fs";
import { join } from "node:path";
import { createClient } from "redis";
import { type RedisServer, startRedis } from "../fakes/servers/redis.ts";
import { asked } from "../fakes/servers/redis-cluster.ts";
import type { WhenOver } from "../program/program.ts";
import { pause } from "./chance.ts";

/** The Redis of a fleet, and how it fails. */
export interface FleetRedis {
  /** What a process is told. */
  readonly url: string;
  /** Who takes writes now. */
  master(): RedisServer;
  /** Everything is forgotten, by whoever is asked from now on. */
  flush(): Promise<void>;
  /** SIGKILL, and started again on what its AOF has. */
  crash(awayMs: number): Promise<void>;
  /** SIGKILL, and started again with nothing. */
  crashEmpty(awayMs: number): Promise<void>;
  /** How many messages and payments wait to be done. */
  waiting(): Promise<number>;
}

export interface GuardedRedis extends FleetRedis {
  /** The master dies and the replica takes over, by the Sentinel's word; the dead one comes back as the new one's replica. */
  failOver(): Promise<void>;
}

const AOF = ["appendonly yes", "appendfsync everysec"];
const TAG = "{loket}:";
/** The master is given up after so long, ms: longer than it is away in a crash. */
const DOWN_MS = 5_000;
const never = new AbortController().signal;

export async function startLoneRedis(whenOver: WhenOver): Promise<FleetRedis> {
  const server = await startRedis({ config: AOF });
  whenOver(() => server.stop());
  return redisOf(server.url, () => server);
}

/** A master, its replica, and one Sentinel over both. */
export async function startGuardedRedis(whenOver: WhenOver): Promise<GuardedRedis> {
  const first = await startRedis({ config: AOF });
  whenOver(() => first.stop());
  const second = await startRedis({ config: [...AOF, `replicaof 127.0.0.1 ${first.port}`] });
  whenOver(() => second.stop());
  const sentinel = await startRedis({
    as: "sentinel",
    config: [
      `sentinel monitor counter 127.0.0.1 ${first.port} 1`,
      `sentinel down-after-milliseconds counter ${DOWN_MS}`,
      "sentinel failover-timeout counter 5000",
    ],
  });
  whenOver(() => sentinel.stop());
  let [master, replica] = [first, second];
  return {
    ...redisOf(`redis+sentinel://127.0.0.1:${sentinel.port}/counter`, () => master),
    async failOver() {
      await master.kill();
      while (!(await asked(sentinel, ["SENTINEL", "get-master-addr-by-name", "counter"])).includes(`${replica.port}`)) {
        await pause(100, never);
      }
      [master, replica] = [replica, master];
      await replica.restart();
    },
  };
}

function redisOf(url: string, master: () => RedisServer): FleetRedis {
  return {
    url,
    master,
    flush: async () => void (await asked(master(), ["FLUSHALL"])),
    async crash(awayMs) {
      await master().kill();
      await pause(awayMs, never);
      await master().restart();
    },
    async crashEmpty(awayMs) {
      const [, folder = ""] = (await asked(master(), ["CONFIG", "GET", "dir"])).split(",");
      await master().kill();
      rmSync(join(folder, "appendonlydir"), { recursive: true });
      await pause(awayMs, never);
      await master().restart();
    },
    waiting: () => waitingIn(master()),
  };
}

/** Of each lane its head; who stands behind it waits for it. */
async function waitingIn({ url }: RedisServer): Promise<number> {
  const client = createClient({ url, RESP: 2 });
  client.on("error", () => {});
  await client.connect();
  try {
    const names = await client.sMembers(`${TAG}due`);
    const sets = names.filter((name) => /^(say|pay):/.test(name));
    const counts = await Promise.all(sets.map((name) => client.zCard(`${TAG}d:${name}`)));
    return counts.reduce((sum, one) => sum + one, 0);
  } finally {
    client.destroy();
  }
}
