import type { AddressInfo } from "node:net";
import { proto } from "@whiskeysockets/baileys";
import type { Books, Peer } from "./books.ts";
import { trustRoot } from "./certificate.ts";
import { serve } from "./connection.ts";
import type { Fault } from "./faults.ts";
import { startMedia } from "./media.ts";
import { makeBooks, makePeer, register, type Who } from "./peers.ts";
import { makePerson, type Person } from "./person.ts";
import { makePhone, type Phone } from "./phone.ts";
import { give } from "./queue.ts";
import { type Stanza, seconds, stanza } from "./stanza.ts";
import { caFile, certificate, trustUploads } from "./tls.ts";
import { newId, warnOfFewKeys } from "./to-bot.ts";
import { webSocketServer } from "./websocket.ts";

/** WhatsApp on loopback, for one shop: real sockets, real Noise and Signal. See `Books` for what it knows. */
export interface WhatsAppServer {
  /** For WHATSAPP_WS_URL. */
  readonly wsUrl: string;
  /** The media host's certificate (PEM), which a client has to trust; a file with it, for NODE_EXTRA_CA_CERTS. */
  readonly ca: string;
  readonly caFile: string;
  /** The key of the handshake's certificates (hex), for the day when Baileys checks them. */
  readonly root: string;
  /** Makes Baileys in this very process trust both. */
  trust(): void;
  readonly books: Books;
  /** Resolves once `holds` does: a signal instead of a sleep. */
  readonly reached: (holds: (books: Books) => boolean) => Promise<void>;
  /** Resolves once the server has answered that message of the bot, whether it took or refused it. */
  took(id: string): Promise<void>;
  readonly phone: Phone;
  /** The same number or LID is the same person. */
  person(who: Who): Person;
  /** A post of a channel that the shop follows. */
  newsletter(text: string): void;
  fault(fault: Fault): void;
  /** Breaks every line, now. */
  drop(): void;
  /** Ends every stream with that code: 515, 503, 440 (another client took over), 401 (removed on the phone), ... */
  stream(code: number): void;
  /** From now on everything is taken and nothing is answered, as behind a dead line; until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** Uses up the one-time prekeys but so many, and tells the devices. */
  useKeys(left: number): void;
  /** Out of reach, until `back`. */
  cut(): Promise<void>;
  back(): Promise<void>;
  close(): Promise<void>;
}

export interface WhatsAppServerOptions {
  readonly shop?: { readonly pn: string; readonly lid: string; readonly name: string };
  readonly port?: number;
  /** How many QR codes a client may show before it has to connect again. */
  readonly refs?: number;
}

export async function startWhatsApp(options: WhatsAppServerOptions = {}): Promise<WhatsAppServer> {
  const { shop = { pn: "6281100000001", lid: "100000000000001", name: "Loket" }, port = 0, refs = 6 } = options;
  const books = makeBooks({ shop: makePeer(shop), refs });
  const tls = await certificate();
  const media = await startMedia(books, tls);
  books.host = media.host;
  const file = await caFile(tls.cert);
  const web = webSocketServer("/ws/chat", (wire) => serve(books, wire));
  const listen = (at: number) => new Promise<void>((resolve) => web.listen(at, "127.0.0.1", () => resolve()));
  await listen(port);
  const { port: bound } = web.address() as AddressInfo;
  const root = Buffer.from(books.root.public).toString("hex");
  const cut = () =>
    new Promise<void>((resolve) => {
      web.close(() => resolve());
      web.closeAllConnections();
      breakLines(books);
    });
  return {
    wsUrl: `ws://127.0.0.1:${bound}/ws/chat`,
    ca: tls.cert,
    caFile: file.path,
    root,
    trust() {
      trustRoot(root);
      trustUploads(tls.cert);
    },
    books,
    reached: books.reached,
    took: (id) => books.reached(({ log }) => log.some(({ from, stanza }) => from === "server" && isAck(stanza, id))),
    phone: makePhone(books),
    person: people(books),
    ...happenings(books),
    cut,
    back: () => listen(bound),
    async close() {
      if (web.listening) await cut();
      for (const { endpoint } of new Set(books.peers.values())) endpoint.repository.close?.();
      await media.close();
      await file.remove();
    },
  };
}

function people(books: Books): (who: Who) => Person {
  const known = new Map<Peer, Person>();
  return (who) => {
    const peer = books.peers.get(who.pn ?? "") ?? books.peers.get(who.lid ?? "") ?? makePeer(who);
    const person = known.get(peer) ?? makePerson(books, peer);
    register(books, peer);
    known.set(peer, person);
    return person;
  };
}

function happenings(books: Books) {
  return {
    newsletter: (text: string) => post(books, text),
    fault: (fault: Fault) => void books.faults.push(fault),
    drop: () => breakLines(books),
    stream: (code: number) => endStreams(books, code),
    freeze: () => setFrozen(books, true),
    thaw: () => setFrozen(books, false),
    useKeys(left: number) {
      for (const device of books.devices.values()) {
        device.preKeys.splice(left);
        warnOfFewKeys(device);
      }
    },
  };
}

function isAck({ tag, attrs }: Stanza, id: string): boolean {
  return tag === "ack" && attrs.class === "message" && attrs.id === id;
}

function breakLines(books: Books): void {
  for (const connection of [...books.connections]) connection.destroy();
}

function endStreams(books: Books, code: number): void {
  const why = code === 440 ? "replaced" : code === 401 ? "device_removed" : undefined;
  const attrs = code === 440 ? {} : { code: String(code) };
  const conflict = why === undefined ? undefined : [stanza("conflict", { type: why })];
  for (const connection of [...books.connections]) {
    connection.send(stanza("stream:error", attrs, conflict));
    connection.close();
  }
}

function setFrozen(books: Books, frozen: boolean): void {
  for (const connection of books.connections) connection.frozen = frozen;
}

function post(books: Books, text: string): void {
  const id = newId();
  const body = proto.Message.encode({ conversation: text }).finish();
  const attrs = { from: "120363000000000002@newsletter", id, t: seconds(), type: "text", server_id: "7" };
  const message = stanza("message", attrs, [stanza("plaintext", {}, body)]);
  for (const device of books.devices.values()) give(device, `message ${id}`, message);
}
