import type { proto } from "@whiskeysockets/baileys";
import type { Books, Message, Peer, Receipt, Shared } from "./books.ts";
import { contentOf, editContent, type Kind, revokeContent, textContent } from "./content.ts";
import { give } from "./queue.ts";
import { confirm } from "./receipts.ts";
import { normal, readText } from "./shown.ts";
import { HOST, LID, seconds, stanza } from "./stanza.ts";
import { type Delivery, deliver, newId } from "./to-bot.ts";

/** How a message goes; all of it optional. */
export interface How extends Pick<Delivery, "id" | "corrupt" | "ago"> {
  /** Not in the chat with the bot, but in a group that it is in, or as a status for everybody. */
  readonly in?: "group" | "status";
  /** As an answer to that message. */
  readonly quotes?: Message;
}

/** Somebody with WhatsApp on the phone. Whatever is sent gives its id once the server has it. */
export interface Person {
  readonly jid: string;
  readonly peer: Peer;
  say(text: string, how?: How): Promise<string>;
  /** A file is a tiny picture unless `bytes` says otherwise. */
  send(kind: Kind, how?: How & { readonly bytes?: Uint8Array }): Promise<string>;
  /** A text that disappears after a week. */
  ephemeral(text: string): Promise<string>;
  /** A picture that can be seen once. */
  viewOnce(): Promise<string>;
  /** Changes the newest message of one's own. */
  edit(text: string): Promise<string>;
  /** Deletes the newest message of one's own, for everybody. */
  revoke(): Promise<string>;
  /** To the bot's newest message. */
  react(emoji: string): Promise<string>;
  /** Rings; gives the call's id. */
  call(): Promise<string>;
  /** Any message. */
  deliver(delivery: Delivery): Promise<string>;
  /** The next message of the bot that `next` has not given yet and that `holds`; those before it are passed over. */
  next(holds?: (message: Message) => boolean): Promise<Message>;
  /** What the chat shows now, oldest first: one's own messages too. */
  chat(): readonly Message[];
  documents(): readonly Shared[];
  /** What the bot confirmed of one's messages. */
  receipts(): readonly Receipt[];
  /** Opens the chat: what the bot wrote is marked as read. */
  read(): void;
  /** Turns the phone off, and on: until then nothing is confirmed as delivered. */
  leave(): void;
  comeBack(): void;
  /** The bot is not told; its messages are simply never delivered. */
  block(): void;
  unblock(): void;
  /** Cannot decrypt the next messages of the bot, and asks for each again. */
  fail(times: number): void;
}

const GROUP = "120363000000000001@g.us";
const STATUS = "status@broadcast";

export function makePerson(books: Books, peer: Peer): Person {
  return { jid: peer.jid, peer, ...writing(books, peer), ...reading(books, peer), ...being(books, peer) };
}

type Writing = "say" | "send" | "ephemeral" | "viewOnce" | "edit" | "revoke" | "react" | "call" | "deliver";
type Reading = "next" | "chat" | "documents" | "receipts" | "read";

function writing(books: Books, peer: Peer): Pick<Person, Writing> {
  const deliverShown = async (delivery: Delivery) => {
    const id = delivery.id ?? newId();
    own(books, peer, { id, content: delivery.content });
    return deliver(books, peer, { ...delivery, id });
  };
  const send = (content: proto.IMessage, { in: place, quotes, ...how }: How = {}) => {
    if (place !== undefined) return deliver(books, peer, { ...how, content, attrs: placed(peer, place) });
    return deliverShown({ ...how, content: quotes === undefined ? content : quoting(content, quotes) });
  };
  const newest = (from: Message["from"]) => {
    const message = peer.chat.findLast((one) => one.from === from);
    if (message === undefined) throw new Error(`there is no message of the ${from} in this chat yet`);
    return message;
  };
  return {
    say: (text: string, how?: How) => send(textContent(text), how),
    send: async (kind: Kind, { bytes, ...how }: How & { readonly bytes?: Uint8Array } = {}) =>
      send(await contentOf(books, kind, bytes), how),
    ephemeral: (text: string) => send({ ephemeralMessage: { message: { extendedTextMessage: { text } } } }),
    viewOnce: async () => send({ viewOnceMessageV2: { message: await contentOf(books, "photo") } }),
    async edit(text: string) {
      const message = newest("person");
      message.text = text;
      return deliver(books, peer, { content: editContent(peer.jid, message.id, text) });
    },
    async revoke() {
      const message = newest("person");
      peer.chat.splice(peer.chat.indexOf(message), 1);
      return deliver(books, peer, { content: revokeContent(peer.jid, message.id) });
    },
    async react(text: string) {
      const key = { id: newest("bot").id, fromMe: false, remoteJid: peer.jid };
      return deliver(books, peer, { content: { reactionMessage: { key, text } } });
    },
    call: async () => ring(books, peer),
    deliver: deliverShown,
  };
}

function reading(books: Books, peer: Peer): Pick<Person, Reading> {
  let given = 0;
  const nextOf = (holds: (message: Message) => boolean) =>
    peer.chat.find((message) => message.from === "bot" && message.at > given && holds(message));
  return {
    async next(holds: (message: Message) => boolean = () => true) {
      await books.reached(() => nextOf(holds) !== undefined);
      const message = nextOf(holds);
      if (message === undefined) throw new Error("the message was deleted while it was awaited");
      given = message.at;
      return message;
    },
    chat: () => [...peer.chat],
    documents: () => peer.chat.flatMap(({ from, file }) => (from === "bot" && file !== undefined ? [file] : [])),
    receipts: () => [...peer.receipts],
    read() {
      for (const message of peer.chat) {
        if (message.from !== "bot" || message.read) continue;
        message.read = true;
        confirm(books, message, "read");
      }
    },
  };
}

function being(books: Books, peer: Peer): Omit<Person, Writing | Reading | "jid" | "peer"> {
  return {
    leave() {
      peer.away = true;
    },
    comeBack() {
      peer.away = false;
      for (const arrive of peer.waiting.splice(0)) arrive();
      books.changed();
    },
    block() {
      peer.blocks = true;
    },
    unblock() {
      peer.blocks = false;
    },
    fail(times: number) {
      peer.undecryptable = times;
    },
  };
}

function own(
  books: Books,
  peer: Peer,
  { id, content }: { readonly id: string; readonly content: proto.IMessage },
): void {
  if (peer.chat.some((message) => message.id === id)) return;
  const text = readText(normal(content));
  const at = books.nextMessage++;
  peer.chat.push({ id, at, from: "person", to: peer.jid, text, content, times: 1, read: false });
}

function placed(peer: Peer, place: "group" | "status") {
  const shared = {
    addressing_mode: peer.jid.endsWith(LID) ? "lid" : "pn",
    sender_pn: undefined,
    sender_lid: undefined,
  };
  const number = peer.pn === undefined || peer.hidesNumber ? undefined : `${peer.pn}${HOST}`;
  const names = peer.jid.endsWith(LID) ? { participant_pn: number } : {};
  return { ...shared, ...names, from: place === "group" ? GROUP : STATUS, participant: peer.jid };
}

function quoting(content: proto.IMessage, quoted: Message): proto.IMessage {
  const contextInfo = { stanzaId: quoted.id, participant: quoted.to, quotedMessage: quoted.content };
  return { extendedTextMessage: { text: readText(content), contextInfo } };
}

function ring(books: Books, peer: Peer): string {
  const id = newId();
  const offer = stanza("offer", { "call-id": id, "call-creator": peer.jid }, [stanza("audio", { enc: "opus" })]);
  const call = stanza("call", { from: peer.jid, id, t: seconds(), notify: peer.name }, [offer]);
  for (const device of books.devices.values()) give(device, `call ${id}`, call);
  return id;
}
