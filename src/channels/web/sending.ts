import { createHash } from "node:crypto";
import type { Clock } from "../../clock.ts";
import { type ConversationKey, channelOf, type Outbound } from "../../conversation/message.ts";
import type { Log } from "../../log.ts";
import type { Delivery } from "../channel.ts";
import { eventOf, type WebEvent } from "./event.ts";
import type { WebInbox } from "./inbox.ts";

export interface Sending {
  readonly clock: Clock;
  readonly inbox: WebInbox;
  readonly log: Log;
}

/** Bytes. */
const BIGGEST_FILE = 2 * 1024 * 1024;

/** Keeps the message for the tab: that is its delivery, whether or not the tab is open now. Never rejects. */
export async function deliver(sending: Sending, to: ConversationKey, message: Outbound, id: string): Promise<Delivery> {
  if (channelOf(to) !== "web") return { kind: "refused", reason: "not a tab of the web chat" };
  if ("bytes" in message && message.bytes.length > BIGGEST_FILE) {
    return { kind: "refused", reason: "the file is bigger than 2 MiB" };
  }
  try {
    return { kind: "delivered", ref: String(await kept(sending, to, message, id)) };
  } catch (error) {
    sending.log.warn({ chat: to, error }, "a message to the web chat could not be kept");
    return { kind: "retry", reason: "the inbox could not be written" };
  }
}

/** Each step changes nothing the second time, so that a crash between two of them is mended by the next try. */
async function kept({ clock, inbox }: Sending, to: ConversationKey, message: Outbound, id: string): Promise<number> {
  const at = clock.now();
  const file = createHash("sha256").update(`file ${to} ${id}`).digest("hex").slice(0, 32);
  if (message.kind === "document" || message.kind === "image") {
    const { name, mime, bytes } = message;
    await inbox.keepFile(to, { id: file, name, mime, bytes }, at);
  }
  if (message.kind === "forget") {
    // What the person wrote goes, its place stays: posted again it does not come back.
    const gone: WebEvent = { kind: "forgotten", at, id: message.ref };
    await inbox.replace(to, `in:${message.ref}`, JSON.stringify(gone));
  }
  return inbox.append(to, { id: `out:${id}`, event: JSON.stringify(eventOf(message, at, file)), at });
}
