// A program of its own, to be killed: writes turns as fast as it can and says each one that was saved.
import type { Conversation, JobId, NewJob } from "../../src/conversation/conversation.ts";
import { conversationKey } from "../../src/conversation/message.ts";
import { openSqliteStores } from "../../src/store/sqlite/stores.ts";

const [databaseUrl = "", chats = "1"] = process.argv.slice(2);
const stores = openSqliteStores({ databaseUrl, as: "program" });
process.stdout.write(`owner ${stores.ownsAlone}\n`);

async function write(chat: string): Promise<void> {
  const key = conversationKey("telegram", chat);
  let revision = (await stores.conversations.load(key))?.revision ?? 0;
  for (;;) {
    const next: Conversation = {
      ...{ key, revision: revision + 1, flow: "counter", version: 1, value: "idle", context: { turn: revision + 1 } },
      ...{ quietAt: undefined, updatedAt: 1 },
    };
    const jobs = [0, 1].map((place): NewJob => {
      const task = { kind: "say" } as unknown as NewJob["task"];
      return { id: `${key}/${next.revision}/${place}` as JobId, key, queue: "say", lane: key, dueAt: 1, task };
    });
    const seen = { key, id: `m${next.revision}` };
    const result = await stores.conversations.commit({
      at: 1,
      seen,
      conversation: { next, expect: revision },
      enqueue: jobs,
    });
    if (result !== "done") throw new Error(result);
    revision = next.revision;
    process.stdout.write(`saved ${chat} ${revision}\n`);
  }
}

await Promise.all(Array.from({ length: Number(chats) }, (_, chat) => write(String(chat))));
