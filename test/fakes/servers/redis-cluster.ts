import { createClient } from "redis";
import { freePort } from "./postgres.ts";
import { type RedisServer, startRedis } from "./redis.ts";

/** Three masters that share the slots among them. */
export interface RedisCluster {
  /** `redis+cluster://…`, of all three. */
  readonly url: string;
  readonly nodes: readonly RedisServer[];
  stop(): Promise<void>;
}

const SLOTS = 16_384;

/** `config`: lines of redis.conf, for each. */
export async function startRedisCluster({
  config = [],
}: {
  readonly config?: readonly string[];
} = {}): Promise<RedisCluster> {
  const buses = [await freePort(), await freePort(), await freePort()];
  const nodes = await Promise.all(
    buses.map((bus) => startRedis({ config: ["cluster-enabled yes", `cluster-port ${bus}`, ...config] })),
  );
  const share = Math.ceil(SLOTS / nodes.length);
  for (const [n, node] of nodes.entries()) {
    const last = Math.min(SLOTS, (n + 1) * share) - 1;
    await asked(node, ["CLUSTER", "ADDSLOTSRANGE", String(n * share), String(last)]);
    // Two nodes of the same age would have to agree first who is the older one.
    await asked(node, ["CLUSTER", "SET-CONFIG-EPOCH", String(n + 1)]);
  }
  const [first, ...others] = nodes;
  if (first === undefined) throw new Error("a cluster without a node");
  for (const [n, { port }] of others.entries()) {
    await asked(first, ["CLUSTER", "MEET", "127.0.0.1", String(port), String(buses[n + 1])]);
  }
  for (const node of nodes) await agrees(node);
  return {
    url: `redis+cluster://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(",")}`,
    nodes,
    async stop() {
      for (const node of nodes) await node.stop();
    },
  };
}

/** One command to one server, whatever the others say. */
export async function asked({ url }: RedisServer, command: readonly string[]): Promise<string> {
  const client = createClient({ url, RESP: 2 });
  client.on("error", () => {});
  await client.connect();
  try {
    return String(await client.sendCommand(command));
  } finally {
    client.destroy();
  }
}

/** There is no signal for it: it is asked until it knows all slots, and all of the others. */
async function agrees(node: RedisServer): Promise<void> {
  for (const until = Date.now() + 20_000; ; ) {
    const info = await asked(node, ["CLUSTER", "INFO"]);
    if (/cluster_state:ok/.test(info) && /cluster_known_nodes:3/.test(info)) return;
    if (Date.now() > until) throw new Error(`the cluster does not come together: ${info}`);
  }
}
