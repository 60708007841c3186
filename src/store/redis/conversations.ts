import { randomUUID } from "node:crypto";
import type { Conversations } from "../../conversation/conversations.ts";
import type { ConversationKey } from "../../conversation/message.ts";
import type { Sealer } from "../sealing.ts";
import { makeSignal } from "../signal.ts";
import { NEXT_DUE, QUIET, TAKE_OVER } from "./claim-scripts.ts";
import { claiming, listOf } from "./claims.ts";
import { committing, type Kept } from "./commit.ts";
import { ERASE, PRUNE } from "./forget-scripts.ts";
import { type Memory, remembering } from "./memory.ts";
import type { Redis } from "./open.ts";
import { conversationOf } from "./record.ts";

export interface RedisConversationsOptions {
  readonly redis: Redis;
  readonly sealer: Sealer;
  readonly keep: Kept;
  /**
   * No other program works on these conversations: what a dead one had in its hands is taken over at once. In a fleet its
   * leases lapse by themselves.
   */
  readonly alone: boolean;
}

/** Keys looked at in one slice of the pruning: other steps run between two of them. */
const SLICE = 500;

/**
 * Conversations and their outbox in Redis. Each change is one script, so it happens whole or not at all; what a restart of
 * Redis keeps of it is for its own settings to say. Everything goes by itself when nothing wrote to it for the time in
 * `keep`, a conversation also while a job of it waits.
 */
export function redisConversations({ redis, sealer, keep, alone }: RedisConversationsOptions): Conversations {
  const signal = makeSignal();
  const me = randomUUID();
  redis.hear((from) => {
    const [who, ...queues] = from.split(" ");
    if (who !== me) signal.ring(queues.length === 0 ? undefined : queues);
  });
  const ring = (queues?: readonly string[]) => {
    signal.ring(queues);
    redis.tell([me, ...(queues ?? [])].join(" "));
  };
  const memory = remembering();
  let leases = 0;
  const newLease = () => `${me}/${++leases}`;
  const claims = claiming(redis, sealer, newLease);
  return {
    async load(key) {
      const record = await redis.send(["GET", `${redis.base}c:${key}`]);
      return Buffer.isBuffer(record) ? conversationOf(key, record, sealer) : undefined;
    },
    recall: memory.recall,
    commit: committing({ redis, sealer, keep, memory, claims, newLease, ring, wakeUp: signal.ring }),
    claim: claims.claim,
    async takeOver() {
      if (!alone) return;
      await redis.run(TAKE_OVER, []);
      ring();
    },
    ...looking(redis, memory),
    prune(before) {
      memory.forgetSent();
      return pruning(redis)(before);
    },
    async erase(key) {
      memory.forget(key);
      memory.forgetSent();
      await redis.run(ERASE, [key]);
      // Another conversation's job may have stood behind one of these.
      ring();
    },
    wake: (stop, queues) => signal.listen(stop, queues),
  };
}

/** What changes nothing. */
function looking(redis: Redis, memory: Memory): Pick<Conversations, "quiet" | "sent" | "nextDue" | "depth"> {
  return {
    quiet: async (now, limit) =>
      listOf(await redis.run(QUIET, [String(now), String(limit)])).map((key) => String(key) as ConversationKey),
    async sent(job) {
      const known = memory.sent(job);
      if (known !== undefined) return known;
      const ended = await redis.send(["GET", `${redis.base}s:${job}`]);
      if (!Buffer.isBuffer(ended)) return undefined;
      const text = ended.toString("utf8");
      return text.slice(text.indexOf("|") + 1) || undefined;
    },
    async nextDue(_, except = [], queues = []) {
      const first = await redis.run(NEXT_DUE, [queues.join(" "), ...except]);
      return first === null ? undefined : Number(first);
    },
    async depth() {
      const [waiting, dead] = await Promise.all([
        redis.send(["GET", `${redis.base}w`]),
        redis.send(["ZCARD", `${redis.base}dead`]),
      ]);
      return { waiting: Number(waiting ?? 0), dead: Number(dead) };
    },
  };
}

function pruning(redis: Redis): Conversations["prune"] {
  return async ({ conversations, seen, jobs }) => {
    const before = [conversations, seen, jobs].map(String);
    let total = 0;
    let cursor = "0";
    do {
      const [next, gone] = listOf(await redis.run(PRUNE, [cursor, String(SLICE), ...before]));
      cursor = String(next);
      total += Number(gone);
    } while (cursor !== "0");
    return total;
  };
}
