import { onTestFinished } from "vitest";
import type { StreamItem } from "../../src/channels/web/stream.ts";
import { keyOfToken } from "../../src/channels/web/tabs.ts";
import { type WebChannel, webChannel } from "../../src/channels/web.ts";
import type { ConversationKey, Outbound } from "../../src/conversation/message.ts";
import { silentLog } from "../../src/log.ts";
import { openSealer } from "../../src/store/sealing.ts";
import { MEMORY, openSqlite } from "../../src/store/sqlite/open.ts";
import { sqliteWebInbox } from "../../src/store/sqlite/web-inbox.ts";
import { handClock } from "./clock.ts";

/** One tab of the web chat, and the channel that it talks to. */
export const TOKEN = "a-token-of-22-or-more-characters";
export const KEY = keyOf(TOKEN);

export function counter(options: Partial<Parameters<typeof webChannel>[0]> = {}) {
  const clock = handClock();
  const inbox = options.inbox ?? sqliteWebInbox(openSqlite(MEMORY), openSealer({}));
  return { clock, channel: webChannel({ clock, log: silentLog, inbox, ...options }) };
}

export async function open(channel: WebChannel, token: string, address = "127.0.0.1") {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const opened = await channel.open(token, { address, from: 0, stop: stop.signal });
  if (opened.kind === "refused") throw new Error(opened.why);
  return opened.items;
}

export async function next(stream: AsyncGenerator<StreamItem, void>): Promise<StreamItem | undefined> {
  return (await stream.next()).value ?? undefined;
}

/** The first `count` things that a stream from there says. */
export async function read(channel: WebChannel, from: number, count: number): Promise<StreamItem[]> {
  const visit = { address: "127.0.0.1", from, stop: new AbortController().signal };
  const opened = await channel.open(TOKEN, visit);
  if (opened.kind === "refused") throw new Error(opened.why);
  const items: StreamItem[] = [];
  for await (const item of opened.items) {
    items.push(item);
    if (items.length === count) break;
  }
  return items;
}

export function words(items: readonly (StreamItem | undefined)[]): string[] {
  return items.flatMap((item) => (item?.kind === "event" ? [eventIn(item).parts[0].text] : []));
}

export function seqs(items: readonly StreamItem[]): number[] {
  return items.flatMap((item) => (item.kind === "event" ? [item.seq] : []));
}

export function eventIn(item: StreamItem | undefined) {
  return item?.kind === "event" ? JSON.parse(item.event) : undefined;
}

export function text(of: string): Outbound {
  return { kind: "text", text: of };
}

export function document(name: string, bytes: Uint8Array): Outbound {
  return { kind: "document", name, bytes, mime: "application/pdf", caption: "" };
}

function keyOf(token: string): ConversationKey {
  const key = keyOfToken(token);
  if (key === undefined) throw new Error("no token");
  return key;
}
