import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "redis";

/** A real redis-server of our own that keeps nothing on the disk. */
export interface RedisServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Rejects with a sentence when there is no redis-server on this machine. */
export async function startRedis(): Promise<RedisServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "loket-bench-redis-"));
  const settings = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "no"];
  const server = spawn("redis-server", settings, { stdio: "ignore" });
  const ended = once(server, "exit");
  await Promise.race([once(server, "spawn"), once(server, "error")]);
  if (server.pid === undefined) throw new Error("redis-server is missing: apt-get install redis-server");
  const url = `redis://127.0.0.1:${port}`;
  await reached(url);
  return {
    url,
    async stop() {
      server.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function reached(url: string): Promise<void> {
  const client = createClient({ url, socket: { reconnectStrategy: 50 } }).on("error", () => {});
  await client.connect();
  await client.ping();
  client.destroy();
}

/** Looks at a server, and empties it. */
export interface RedisWatch {
  /** Microseconds so far. */
  cpu(): Promise<number>;
  /** Bytes, all that it holds. */
  used(): Promise<number>;
  /** Bytes of one key; undefined when it is not there. */
  sizeOf(key: string): Promise<number | undefined>;
  empty(): Promise<void>;
  close(): void;
}

export async function watchRedis(url: string): Promise<RedisWatch> {
  const client = await createClient({ url }).connect();
  const read = async (section: string, field: string) => {
    const text = String(await client.info(section));
    return Number(new RegExp(`^${field}:([\\d.]+)`, "m").exec(text)?.[1]);
  };
  return {
    cpu: async () => ((await read("cpu", "used_cpu_user")) + (await read("cpu", "used_cpu_sys"))) * 1e6,
    used: () => read("memory", "used_memory"),
    sizeOf: async (key) => {
      const size = await client.memoryUsage(key);
      return size === null ? undefined : Number(size);
    },
    empty: async () => {
      await client.flushAll();
    },
    close: () => client.destroy(),
  };
}
