import type { Conversations } from "../../conversation/conversations.ts";
import type { ConversationKey } from "../../conversation/message.ts";
import type { Sealer } from "../sealing.ts";
import { waitingJobs } from "../sqlite/jobs.ts";
import type { Db } from "../sqlite/open.ts";

/**
 * Moves the conversations, the ids that were seen and the jobs that wait. Twice is once: what is there already stays. The
 * platform's ids of what was said are left behind: a keyboard of the last two days may stay where it is.
 */
export async function moveConversations(
  from: { readonly db: Db; readonly sealer: Sealer; readonly conversations: Conversations },
  to: Conversations,
): Promise<{ readonly conversations: number; readonly jobs: number }> {
  const { db, sealer } = from;
  const keys = db.prepare<{ key: ConversationKey }>("SELECT key FROM conversations").all();
  for (const { key } of keys) {
    const next = await from.conversations.load(key);
    if (next !== undefined) await to.commit({ at: next.updatedAt, conversation: { next, expect: 0 } });
  }
  const seen = db.prepare<{ key: ConversationKey; id: string; at: number }>("SELECT key, id, at FROM seen ORDER BY at");
  for (const { key, id, at } of seen.all()) await to.commit({ at, seen: { key, id } });
  const jobs = waitingJobs(db, sealer);
  for (const job of jobs) await to.commit({ at: job.dueAt, enqueue: [job] });
  return { conversations: keys.length, jobs: jobs.length };
}
