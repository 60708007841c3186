import { createHash } from "node:crypto";
import type { Clock } from "../clock.ts";
import { type ConversationKey, channelOf, type Inbound, type Outbound } from "../conversation/message.ts";
import type { Log } from "../log.ts";
import type { Channel, Delivery } from "./channel.ts";
import { eventOf, type WebEvent } from "./web/event.ts";
import type { WebFile, WebInbox } from "./web/inbox.ts";
import { addressGroup } from "./web/limits.ts";
import { type Post, readPost } from "./web/post.ts";
import { follow, type StreamItem } from "./web/stream.ts";
import { inOrder, keyOfToken, makeTabs, type PerAddress, type Tab, type Tabs } from "./web/tabs.ts";

export interface WebChannelOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly inbox: WebInbox;
  /** How long events and files are kept, ms; default 24 h. */
  readonly keepMs?: number;
  readonly perAddress?: PerAddress;
}

/** Why a tab is turned away. `again`: not taken now, the same post may be tried again. */
export type Refusal =
  | "bad-token"
  | "too-many-tabs"
  | "too-many-streams"
  | "too-fast"
  | "too-long"
  | "unreadable"
  | "again";

export interface Refused {
  readonly kind: "refused";
  readonly why: Refusal;
}

export type Posted = { readonly kind: "taken" } | Refused;

export interface Visit {
  /** Where the request came from. */
  readonly address: string;
  /** The number of the last event that the page has; 0 for none. */
  readonly from: number;
  /** Aborts when the page is gone or the server stops. */
  readonly stop: AbortSignal;
}

/**
 * The web chat. Each tab is a user of its own, known by a random token that its page made; no token is stored or
 * logged. Ids that a page gives to its messages are the inbound ids, so a message that is posted again is one message.
 */
export interface WebChannel extends Channel {
  /** `items` must be read to their end or returned; they reject when the inbox cannot be read. */
  open(
    token: string,
    visit: Visit,
  ): Promise<{ readonly kind: "stream"; readonly items: AsyncGenerator<StreamItem, void> } | Refused>;
  /** `body` is the page's JSON (web/post). "taken" once `receive` resolved. */
  post(token: string, body: unknown, address: string): Promise<Posted>;
  /** A file that was sent to this tab and to no other. */
  file(token: string, id: string): Promise<WebFile | undefined>;
  /** Takes away what is kept of a tab and empties its page (HAPUS DATA). */
  erase(key: ConversationKey): Promise<void>;
}

const DAY = 24 * 60 * 60_000;
const SWEEP = 10 * 60_000;
const BIGGEST_FILE = 2 * 1024 * 1024;

/** Room for a family or a small office behind one address. */
const PER_ADDRESS: PerAddress = { streams: 20, newTabs: 30 };

const TAKEN: Posted = { kind: "taken" };
const AGAIN: Posted = { kind: "refused", why: "again" };

export function webChannel(options: WebChannelOptions): WebChannel {
  const { clock, inbox, log } = options;
  const tabs = makeTabs(clock, options.perAddress ?? PER_ADDRESS, (key) => wasHere(options, key));
  const underWay = new Set<Promise<unknown>>();
  let receive: ((inbound: Inbound) => Promise<void>) | undefined;

  const take = async (tab: Tab, post: Post, origin: string): Promise<Posted> => {
    if (receive === undefined) return AGAIN;
    try {
      // Kept before it is taken: posted again it is the same event, and no answer can stand before it.
      await append(options, tab.key, `in:${post.id}`, ownEvent(post, clock.now()));
      nudge(tabs, tab.key, "saved");
      const { id, content } = post;
      const own = content.kind === "text" ? { messageRef: id } : {};
      await receive({ id, key: tab.key, sender: { origin }, content, ...own });
      return TAKEN;
    } catch (error) {
      log.warn({ chat: tab.key, error }, "a message of the web chat was not taken; the page offers it again");
      return AGAIN;
    }
  };

  return {
    name: "web",
    style: "buttons",
    forgets: true,
    async listen(hear, stop) {
      receive = hear;
      while (!stop.aborted) {
        tabs.sweep();
        await prune(options);
        await clock.sleep(clock.now() + SWEEP, stop);
      }
      receive = undefined;
      await Promise.allSettled(underWay);
    },
    async send(to, message, id) {
      const delivery = await deliver(options, to, message, id);
      if (delivery.kind === "delivered") nudge(tabs, to, "saved");
      return delivery;
    },
    async typing(to) {
      nudge(tabs, to, "typing");
    },
    state: () =>
      receive === undefined ? { ready: false, detail: "not listening" } : { ready: true, detail: "listening" },
    async open(token, visit) {
      const address = addressGroup(visit.address);
      const admitted = await tabs.admit(token, address);
      if (admitted.kind !== "tab") return refused(admitted.kind);
      const { tab } = admitted;
      const joined = tabs.join(tab, address);
      if (joined === undefined) return refused("too-many-streams");
      visit.stop.addEventListener("abort", joined.leave, { once: true });
      if (visit.stop.aborted) joined.leave();
      const items = follow({ key: tab.key, inbox, clock, watch: joined.watch }, visit.from, visit.stop);
      return { kind: "stream", items: leaving(items, joined.leave) };
    },
    async post(token, body, address) {
      const reading = readPost(body);
      if (reading.kind !== "post") return refused(reading.kind);
      const origin = addressGroup(address);
      const admitted = await tabs.admit(token, origin);
      if (admitted.kind !== "tab") return refused(admitted.kind);
      const { tab } = admitted;
      if (!tabs.mayPost(tab)) return refused("too-fast");
      const done = inOrder(tab, () => take(tab, reading.post, origin), AGAIN);
      underWay.add(done);
      return done.finally(() => underWay.delete(done));
    },
    async file(token, id) {
      const key = keyOfToken(token);
      return key === undefined ? undefined : inbox.file(key, id);
    },
    async erase(key) {
      await inbox.erase(key);
      nudge(tabs, key, "cleared");
    },
  };
}

async function deliver(
  { clock, inbox, log }: WebChannelOptions,
  to: ConversationKey,
  message: Outbound,
  id: string,
): Promise<Delivery> {
  if (channelOf(to) !== "web") return { kind: "refused", reason: "not a tab of the web chat" };
  const carriesFile = message.kind === "document" || message.kind === "image";
  if (carriesFile && message.bytes.length > BIGGEST_FILE) return { kind: "refused", reason: "the file is too big" };
  const now = clock.now();
  const file = createHash("sha256").update(`file ${to} ${id}`).digest("hex").slice(0, 32);
  try {
    if (carriesFile) {
      const { name, mime, bytes } = message;
      await inbox.keepFile(to, { id: file, name, mime, bytes }, now);
    }
    if (message.kind === "forget") {
      // What the person wrote goes, its place stays: posted again it does not come back.
      const gone: WebEvent = { kind: "forgotten", at: now, id: message.ref };
      await inbox.replace(to, `in:${message.ref}`, JSON.stringify(gone));
    }
    const seq = await inbox.append(to, {
      id: `out:${id}`,
      event: JSON.stringify(eventOf(message, now, file)),
      at: now,
    });
    return { kind: "delivered", ref: String(seq) };
  } catch (error) {
    log.warn({ chat: to, error }, "a message to the web chat could not be kept");
    return { kind: "retry", reason: "the inbox could not be written" };
  }
}

async function append({ inbox }: WebChannelOptions, key: ConversationKey, id: string, event: WebEvent): Promise<void> {
  await inbox.append(key, { id, event: JSON.stringify(event), at: event.at });
}

function ownEvent({ id, content }: Post, at: number): WebEvent {
  if (content.kind === "text") return { kind: "you", at, id, text: content.text };
  return { kind: "tapped", at, id, data: content.data, on: content.on };
}

async function wasHere({ inbox, log }: WebChannelOptions, key: ConversationKey): Promise<boolean | undefined> {
  try {
    return (await inbox.last(key)) > 0;
  } catch (error) {
    log.warn({ chat: key, error }, "the inbox of the web chat could not be read; the page tries again");
    return undefined;
  }
}

async function prune({ clock, inbox, keepMs = DAY, log }: WebChannelOptions): Promise<void> {
  try {
    await inbox.prune(clock.now() - keepMs);
  } catch (error) {
    log.warn({ error }, "old messages of the web chat could not be taken away; tried again later");
  }
}

function nudge(tabs: Tabs, key: ConversationKey, what: "saved" | "typing" | "cleared"): void {
  for (const watch of tabs.watches(key)) watch.nudge(what);
}

function refused(why: Refusal): Refused {
  return { kind: "refused", why };
}

async function* leaving(items: AsyncGenerator<StreamItem, void>, leave: () => void): AsyncGenerator<StreamItem, void> {
  try {
    yield* items;
  } finally {
    leave();
  }
}
