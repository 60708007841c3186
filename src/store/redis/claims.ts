import type { Job, JobId, NewJob, Queue } from "../../conversation/conversation.ts";
import type { Conversations, Take } from "../../conversation/conversations.ts";
import type { ConversationKey } from "../../conversation/message.ts";
import type { Sealer } from "../sealing.ts";
import { CLAIM, RELEASE } from "./claim-scripts.ts";
import type { Redis } from "./open.ts";

export interface Claims {
  readonly claim: Conversations["claim"];
  /** Nobody knows whether these were taken: their leases end with the next claim. */
  lose(take: Take, lease: string): void;
}

interface LostClaim {
  readonly queues: string;
  readonly until: string;
  readonly lease: string;
}

/** What RELEASE takes for all queues. */
const ALL = "";

/**
 * A claim whose answer was lost may have taken jobs that nobody knows of: their leases are ended before the next one, or
 * people would wait for their lapse.
 */
export function claiming(redis: Redis, sealer: Sealer, newLease: () => string): Claims {
  let lost: readonly LostClaim[] = [];
  const giveBack = async () => {
    const all = lost;
    lost = [];
    for (const [n, { queues, until, lease }] of all.entries()) {
      try {
        await redis.run(RELEASE, [queues, until, lease]);
      } catch (error) {
        lost = [...lost, ...all.slice(n)];
        throw error;
      }
    }
  };
  return {
    async claim(queues, now, leaseFor, limit, except = []) {
      if (lost.length > 0) await giveBack();
      const lease = newLease();
      const claim = { queues: queues.join(" "), until: String(now + leaseFor), lease };
      if (claim.queues === "") return [];
      try {
        const rows = await redis.run(CLAIM, [claim.queues, String(now), claim.until, lease, String(limit), ...except]);
        return listOf(rows).map((row) => jobOf(listOf(row), lease, sealer));
      } catch (error) {
        lost = [...lost, claim];
        throw error;
      }
    },
    lose({ until, next }, lease) {
      const times = new Set([...until.values(), ...(next === undefined ? [] : [next.until])]);
      lost = [...lost, ...[...times].map((one) => ({ queues: ALL, until: String(one), lease }))];
    },
  };
}

export function jobOf(row: readonly unknown[], lease: string, sealer: Sealer): Job {
  const [id, key, queue, lane, due, task, attempt] = row;
  if (!Buffer.isBuffer(task)) throw new Error("Redis holds a job without its task");
  return {
    id: String(id) as JobId,
    key: String(key) as ConversationKey,
    queue: String(queue) as Queue,
    lane: lane === null ? undefined : String(lane),
    dueAt: Number(due),
    task: JSON.parse(sealer.openBytes(task, aboutJob(String(id))).toString("utf8")) as Job["task"],
    lease,
    attempt: Number(attempt),
  };
}

export function sealTask({ id, task }: NewJob, sealer: Sealer): Buffer {
  return sealer.sealBytes(Buffer.from(JSON.stringify(task)), aboutJob(id));
}

function aboutJob(id: string): string {
  return `jobs:${id}`;
}

export function listOf(answer: unknown): readonly unknown[] {
  if (!Array.isArray(answer)) throw new Error(`Redis answered ${String(answer)} where a list was due`);
  return answer;
}
