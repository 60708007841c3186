import { onTestFinished } from "vitest";
import type { Channel } from "../../src/channels/channel.ts";
import { type WhatsappOptions, whatsappChannel } from "../../src/channels/whatsapp/channel.ts";
import { guardProcess } from "../../src/channels/whatsapp/guard.ts";
import { pair } from "../../src/channels/whatsapp/pair.ts";
import type { Rooms } from "../../src/channels/whatsapp/rooms.ts";
import { systemClock } from "../../src/clock.ts";
import { type ConversationKey, conversationKey, type Inbound, type MediaKind } from "../../src/conversation/message.ts";
import { silentLog } from "../../src/log.ts";
import { openSealer } from "../../src/store/sealing.ts";
import { MEMORY, openSqlite } from "../../src/store/sqlite/open.ts";
import { sqliteWhatsappRooms } from "../../src/store/sqlite/whatsapp-rooms.ts";
import { listening, makeInbox } from "../contract/channel-world.ts";
import type { Person } from "../fakes/whatsapp/person.ts";
import { startWhatsApp, type WhatsAppServer, type WhatsAppServerOptions } from "../fakes/whatsapp/server.ts";

guardProcess(silentLog);

/** A WhatsApp, and the rooms of a number that is linked to it. Ends with the test. */
export interface Linked {
  readonly server: WhatsAppServer;
  readonly rooms: Rooms;
  /** A channel on it, with short waits and no pace. */
  channel(more?: Partial<WhatsappOptions>): Channel;
  /** What the operator was told, by key. */
  readonly alarms: { readonly key: string; readonly text: string }[];
}

/** Without waits for people's sake. */
export const NO_PACE = { perChat: [0, 0], perMinute: Number.POSITIVE_INFINITY } as const;

export function makeRooms(path: string = MEMORY): Rooms {
  const db = openSqlite(path);
  onTestFinished(() => db.close());
  return sqliteWhatsappRooms(db, openSealer({ secret: "a secret of the tests, longer than 32 characters" }));
}

export async function startServer(options: WhatsAppServerOptions = {}): Promise<WhatsAppServer> {
  const server = await startWhatsApp(options);
  server.trust();
  onTestFinished(() => server.close());
  return server;
}

/** Links the rooms' number as an operator does, by QR. */
export async function link(server: WhatsAppServer, rooms: Rooms): Promise<void> {
  const onQr = (qr: string) => void server.phone.scan(qr);
  const { wsUrl } = server;
  const options = { rooms, clock: systemClock, log: silentLog, wsUrl, onQr, onCode: () => {} };
  const paired = await pair(options, new AbortController().signal);
  if (paired.kind !== "linked") throw new Error("the number was not linked");
  // What linking said is not part of a test.
  server.books.log.length = 0;
}

export async function linked(options: WhatsAppServerOptions & { readonly path?: string } = {}): Promise<Linked> {
  const rooms = makeRooms(options.path);
  const server = await startServer(options);
  await link(server, rooms);
  const alarms: Linked["alarms"] = [];
  return {
    server,
    rooms,
    alarms,
    channel: (more = {}) =>
      whatsappChannel({
        rooms,
        clock: systemClock,
        log: silentLog,
        random: () => 0,
        wsUrl: server.wsUrl,
        onQr: () => {},
        alarm: (key, text) => alarms.push({ key, text }),
        pace: NO_PACE,
        ackMs: 2000,
        ...more,
      }),
  };
}

/** Resolves once the channel is connected. */
export async function ready(channel: Channel): Promise<void> {
  while (!channel.state().ready) await new Promise((resolve) => setImmediate(resolve));
}

/** Listens, connected. */
export async function heard(channel: Channel, receive = makeInbox()) {
  const ear = listening(channel, receive.receive);
  await ready(channel);
  return { ...receive, ...ear };
}

/** Whose conversation a person's is; undefined while they have not written. */
export async function keyOf(rooms: Rooms, jid: string): Promise<ConversationKey> {
  const identity = await rooms.people.known([jid]);
  if (identity === undefined) throw new Error(`${jid} has not written yet`);
  return conversationKey("whatsapp", identity);
}

export function who(number: number) {
  const digits = String(number).padStart(4, "0");
  return { pn: `62812000${digits}0`, lid: `20000000000${digits}`, name: `Orang ${number}` };
}

/** What a person can send there, by our names for it. */
export async function sendMedia(person: Person, media: MediaKind): Promise<void> {
  if (media === "call") await person.call();
  else await person.send(media);
}

/** A counter that hears everything. */
export async function counter() {
  const world = await linked();
  const channel = world.channel();
  return { ...world, wa: channel, inbox: await heard(channel) };
}

/** The number has confirmed all that was sent to it. */
export function allHeard(server: WhatsAppServer): Promise<void> {
  return server.reached(({ devices }) => [...devices.values()].every(({ queue }) => queue.size === 0));
}

/** A text, or what it is instead. */
export const said = ({ content }: Inbound) => (content.kind === "text" ? content.text : content.kind);
