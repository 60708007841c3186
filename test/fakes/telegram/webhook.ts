import type { Books, Update } from "./books.ts";

/** ms before the tries after the first; then the last again and again. */
const RETRIES = [20, 50, 100, 200, 400];

/** Whose deliveries are under way, by server. */
const busy = new WeakMap<Books, Set<unknown>>();

/** Calls the webhook for everything that is due: chats side by side, each in its order, again until it answers 2xx. */
export async function deliver(books: Books): Promise<void> {
  if (books.webhook === undefined) return;
  const lanes = busy.get(books) ?? new Set();
  busy.set(books, lanes);
  const idle = new Set(books.updates.map(chatOf).filter((chat) => !lanes.has(chat)));
  await Promise.all(
    [...idle].map(async (chat) => {
      lanes.add(chat);
      await deliverChat(books, chat);
    }),
  );
}

async function deliverChat(books: Books, chat: unknown): Promise<void> {
  for (let fails = 0; ; ) {
    const update = books.updates.find((one) => chatOf(one) === chat);
    if (update === undefined || books.webhook === undefined) {
      // In the same tick, or what comes in between would wait for the one after it.
      busy.get(books)?.delete(chat);
      return;
    }
    const status = await post(books, update);
    if (status >= 200 && status < 300) {
      fails = 0;
      books.updates = books.updates.filter((one) => one !== update);
    }
    books.hooks.push({ update: update.update_id, status });
    books.changed();
    if (status < 200 || status >= 300) {
      const wait = RETRIES[Math.min(fails++, RETRIES.length - 1)];
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

/** The status; 0 when there was no answer. */
async function post(books: Books, update: Update): Promise<number> {
  const { webhook } = books;
  if (webhook === undefined) return 0;
  const secret = webhook.secret === undefined ? {} : { "x-telegram-bot-api-secret-token": webhook.secret };
  try {
    const answer = await fetch(webhook.url, {
      method: "POST",
      headers: { "content-type": "application/json", ...secret },
      body: JSON.stringify(update),
      signal: AbortSignal.timeout(60_000),
    });
    await answer.arrayBuffer();
    if (!answer.ok) webhook.lastError = `Wrong response from the webhook: ${answer.status}`;
    return answer.status;
  } catch {
    webhook.lastError = "Connection refused";
    return 0;
  }
}

function chatOf(update: Update): unknown {
  return Object.values(update)
    .map((part) => (typeof part === "object" && part !== null && "from" in part ? part.from : undefined))
    .map((from) => (typeof from === "object" && from !== null && "id" in from ? from.id : undefined))
    .find((id) => id !== undefined);
}
