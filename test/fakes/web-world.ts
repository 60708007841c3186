import type { Part, WebEvent } from "../../src/channels/web/event.ts";
import type { WebInbox } from "../../src/channels/web/inbox.ts";
import type { StreamItem } from "../../src/channels/web/stream.ts";
import { keyOfToken } from "../../src/channels/web/tabs.ts";
import { type WebChannel, webChannel } from "../../src/channels/web.ts";
import { systemClock } from "../../src/clock.ts";
import type { ConversationKey } from "../../src/conversation/message.ts";
import { silentLog } from "../../src/log.ts";
import { openSealer } from "../../src/store/sealing.ts";
import { MEMORY, openSqlite } from "../../src/store/sqlite/open.ts";
import { sqliteWebInbox } from "../../src/store/sqlite/web-inbox.ts";
import { type ChannelWorld, gate, type Person, type Shown } from "../contract/channel-world.ts";

type Saved = Map<number, { readonly key: ConversationKey; event: WebEvent; readonly id: string }>;

/** Tabs as the page makes them: each offers what its person said in order, until it is taken. */
export async function webWorld(): Promise<ChannelWorld> {
  const db = openSqlite(MEMORY);
  const saved: Saved = new Map();
  const inbox = watched(sqliteWebInbox(db, openSealer({})), saved);
  const over = new AbortController();
  const make = () =>
    webChannel({ clock: systemClock, log: silentLog, inbox, perAddress: { streams: 100, newTabs: 100 } });
  const world = { channel: make() };
  let lost = gate();
  /** What was posted to a program that is then killed gets no answer. */
  const post = async (token: string, body: unknown) =>
    await Promise.race([
      world.channel.post(token, body, "127.0.0.1"),
      lost.passed.then(() => ({ kind: "lost" }) as const),
    ]);
  const people = new Map<number, Person>();
  return {
    get channel() {
      return world.channel;
    },
    person(number) {
      const found = people.get(number) ?? tab(number, { saved, post, over: over.signal, channel: () => world.channel });
      people.set(number, found);
      return found;
    },
    async again() {
      world.channel = make();
      lost.open();
      lost = gate();
      return world.channel;
    },
    busyOnce: () => {},
    cut: async () => {},
    async close() {
      over.abort();
      lost.open();
      db.close();
    },
  };
}

interface Around {
  readonly saved: Saved;
  readonly post: (token: string, body: unknown) => Promise<{ readonly kind: "taken" | "refused" | "lost" }>;
  readonly channel: () => WebChannel;
  readonly over: AbortSignal;
}

function tab(number: number, { saved, post, channel, over }: Around): Person {
  const token = `tab-of-person-${String(number).padStart(10, "0")}`;
  const key = keyOfToken(token);
  if (key === undefined) throw new Error("the token is none");
  let made = 0;
  let behind = Promise.resolve();
  const offer = (what: object) => {
    const body = { id: `own-${++made}`, ...what };
    behind = behind.then(async () => {
      while (!over.aborted && (await post(token, body)).kind !== "taken") await new Promise(setImmediate);
    });
  };
  const events = () => [...saved.entries()].filter(([, one]) => one.key === key);
  const next = nextOf(channel, token, over);
  return {
    key,
    say: async (text) => offer({ text }),
    async tap(label) {
      for (const [seq, { event }] of events().reverse()) {
        const button = event.kind === "choices" && event.rows.flat().find((one) => one.label === label);
        if (button) return offer({ tap: { data: button.id, on: String(seq) } });
      }
      throw new Error(`there is no button ${label}`);
    },
    send: () => Promise.reject(new Error("the page sends text alone")),
    next,
    shown() {
      const closed = events().map(([, { event }]) => (event.kind === "close" ? event.ref : ""));
      return events().flatMap(([seq, { event }]) => ("parts" in event ? [shownOf(event, closed, seq)] : []));
    },
    own: () => events().flatMap(([, { event }]) => (event.kind === "you" ? [event.text] : [])),
    leave: () => Promise.reject(new Error("a tab may always come back")),
  };
}

function nextOf(channel: () => WebChannel, token: string, over: AbortSignal): () => Promise<Shown> {
  let stream: AsyncGenerator<StreamItem, void> | undefined;
  return async () => {
    stream ??= await opened(channel(), token, over);
    for (;;) {
      const { value: item } = await stream.next();
      if (item === undefined) throw new Error("the stream ended");
      if (item.kind !== "event") continue;
      const event: WebEvent = JSON.parse(item.event);
      if ("parts" in event) return await withFile(shownOf(event, []), event, { channel: channel(), token });
    }
  };
}

async function opened(
  channel: WebChannel,
  token: string,
  stop: AbortSignal,
): Promise<AsyncGenerator<StreamItem, void>> {
  const answer = await channel.open(token, { address: "127.0.0.1", from: 0, stop });
  if (answer.kind === "refused") throw new Error(answer.why);
  return answer.items;
}

function shownOf(event: Extract<WebEvent, { parts: readonly Part[] }>, closed: readonly string[], seq = 0): Shown {
  const hasButtons = event.kind === "choices" && !closed.includes(String(seq));
  return {
    text: event.parts.map((part) => part.text).join(""),
    bold: event.parts.flatMap((part) => (part.bold ? [part.text] : [])),
    buttons: hasButtons ? event.rows.flat().map((button) => button.label) : [],
  };
}

async function withFile(
  shown: Shown,
  event: WebEvent,
  { channel, token }: { readonly channel: WebChannel; readonly token: string },
): Promise<Shown> {
  if (!("file" in event)) return shown;
  const file = await channel.file(token, event.file.id);
  return file === undefined ? shown : { ...shown, file };
}

/** Sees what is saved, in the tick in which it is. */
function watched(inbox: WebInbox, saved: Saved): WebInbox {
  return {
    ...inbox,
    async append(key, entry) {
      const seq = await inbox.append(key, entry);
      if (!saved.has(seq)) saved.set(seq, { key, id: entry.id, event: JSON.parse(entry.event) });
      return seq;
    },
    async replace(key, id, event) {
      await inbox.replace(key, id, event);
      for (const one of saved.values()) if (one.key === key && one.id === id) one.event = JSON.parse(event);
    },
  };
}
