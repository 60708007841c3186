import { createServer, request } from "node:http";
import { onTestFinished } from "vitest";
import { type PostgresServer, startPostgres } from "../fakes/servers/postgres.ts";
import { type RedisServer, startRedis } from "../fakes/servers/redis.ts";
import { type Counter, type CounterOptions, freePort, makeCounter } from "./counter.ts";
import type { Program, Settings, WhenOver } from "./program.ts";

/** What several counters share, all on this machine; none of them is started yet. */
export interface Fleet extends Counter {
  readonly postgres: PostgresServer;
  readonly redis: RedisServer;
  /** One more process. */
  start(settings?: Settings): Promise<Program>;
}

/** Must be called in a test, or told when all is over. */
export async function makeFleet(options: CounterOptions = {}): Promise<Fleet> {
  const { whenOver = onTestFinished, settings } = options;
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis({ config: ["appendonly yes"] })]);
  whenOver(() => postgres.stop());
  whenOver(() => redis.stop());
  const stores = { DATABASE_URL: await postgres.database(), REDIS_URL: redis.url };
  const counter = await makeCounter({ ...options, settings: { ...stores, ...settings } });
  return { ...counter, postgres, redis, start: counter.home.start };
}

/** One door before several processes: each call goes to the next one that is well. */
export interface Balancer {
  readonly url: string;
  add(url: string): void;
  remove(url: string): void;
}

/** Who has not begun to answer after so long, ms, or cannot be reached, is passed over for a while. */
const PATIENCE = 5_000;
const SICK_MS = 10_000;

export async function startBalancer(whenOver: WhenOver = onTestFinished): Promise<Balancer> {
  const behind = makeTurns();
  const server = createServer((inbound, answer) => {
    const to = behind.next();
    if (to === undefined) return void answer.writeHead(503).end();
    const { method, headers, url = "/" } = inbound;
    const onward = request(new URL(url, to), { ...(method === undefined ? {} : { method }), headers });
    const fail = () => {
      clearTimeout(patience);
      behind.isSick(to);
      onward.destroy();
      if (answer.headersSent) answer.destroy();
      else answer.writeHead(503).end();
    };
    const patience = setTimeout(fail, PATIENCE);
    onward.on("error", fail);
    onward.on("response", (reply) => {
      clearTimeout(patience);
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer);
      // Who died in the middle of an answer leaves no whole one behind.
      reply.on("close", () => reply.complete || answer.destroy());
    });
    answer.on("close", () => {
      clearTimeout(patience);
      onward.off("error", fail).on("error", () => {});
      onward.destroy();
    });
    inbound.pipe(onward);
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  whenOver(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${port}`, add: behind.add, remove: behind.remove };
}

/** Whose turn it is; when nobody is well, anybody's. */
function makeTurns() {
  const all: string[] = [];
  const sick = new Map<string, number>();
  let count = 0;
  return {
    add: (url: string) => void all.push(url),
    remove(url: string) {
      const at = all.indexOf(url);
      if (at >= 0) all.splice(at, 1);
    },
    isSick: (url: string) => void sick.set(url, performance.now()),
    next(): string | undefined {
      const well = all.filter((url) => performance.now() - (sick.get(url) ?? Number.NEGATIVE_INFINITY) > SICK_MS);
      const some = well.length > 0 ? well : all;
      return some[count++ % Math.max(some.length, 1)];
    },
  };
}
