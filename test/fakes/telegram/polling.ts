import { json } from "./body.ts";
import { type Books, bad, type Call, type Fields, good, type Reply, type Update } from "./books.ts";
import { deliver } from "./webhook.ts";

/** Puts an update in the queue, unless the bot does not want its kind. The same id twice is two deliveries. */
export function push(books: Books, update: Update): void {
  const kind = Object.keys(update).find((key) => key !== "update_id") ?? "";
  if (books.allowed !== undefined && !books.allowed.includes(kind)) return;
  books.updates.push(update);
  // Ids only grow: what came with a lower one would be taken for confirmed.
  books.nextUpdate = Math.max(books.nextUpdate, update.update_id + 1);
  books.endPoll?.("update");
  void deliver(books);
  books.changed();
}

/** A real long poll: a second one ends the first. The offset confirms everything before it. */
export async function getUpdates(books: Books, { fields }: Call, closed: AbortSignal): Promise<Reply> {
  if (books.webhook !== undefined) {
    return bad(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first");
  }
  books.endPoll?.("conflict");
  allow(books, fields);
  const offset = Number(fields.offset ?? 0);
  if (offset > 0) books.updates = books.updates.filter((update) => update.update_id >= offset);
  books.changed();
  if (books.updates.length === 0) {
    const why = await news(books, Math.min(Number(fields.timeout ?? 0) * 1000, books.longestPollMs), closed);
    if (why === "conflict") {
      return bad(
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
      );
    }
    if (why === "webhook") return bad(409, "Conflict: terminated by setWebhook request");
  }
  return good(books.updates.slice(0, Number(fields.limit ?? 100)));
}

function news(books: Books, ms: number, closed: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    const end = (why: string) => {
      clearTimeout(timer);
      closed.removeEventListener("abort", hangUp);
      if (books.endPoll === end) books.endPoll = undefined;
      resolve(why);
    };
    const hangUp = () => end("closed");
    const timer = setTimeout(() => end("timeout"), ms);
    closed.addEventListener("abort", hangUp, { once: true });
    books.endPoll = end;
    books.changed();
  });
}

export function setWebhook(books: Books, { fields }: Call): Reply {
  const url = String(fields.url ?? "");
  if (url === "") return deleteWebhook(books, { method: "deleteWebhook", fields, files: new Map() });
  if (!/^https:|^http:\/\/127\.0\.0\.1:/.test(url)) {
    return bad(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook");
  }
  const secret = fields.secret_token === undefined ? undefined : String(fields.secret_token);
  if (secret !== undefined && !/^[\w-]{1,256}$/.test(secret)) {
    return bad(400, "Bad Request: secret token contains unallowed characters");
  }
  allow(books, fields);
  drop(books, fields);
  books.webhook = { url, secret, lastError: undefined };
  books.endPoll?.("webhook");
  void deliver(books);
  books.changed();
  return good(true);
}

export function deleteWebhook(books: Books, { fields }: Call): Reply {
  books.webhook = undefined;
  drop(books, fields);
  books.changed();
  return good(true);
}

export function getWebhookInfo(books: Books): Reply {
  const { webhook, updates } = books;
  return good({
    url: webhook?.url ?? "",
    has_custom_certificate: false,
    pending_update_count: updates.length,
    ...(webhook?.lastError === undefined ? {} : { last_error_message: webhook.lastError }),
  });
}

function drop(books: Books, fields: Fields): void {
  if (String(fields.drop_pending_updates) === "true") books.updates = [];
}

/** What was asked for last stays in force. */
function allow(books: Books, fields: Fields): void {
  if (fields.allowed_updates !== undefined) books.allowed = json(fields.allowed_updates) as readonly string[];
}
