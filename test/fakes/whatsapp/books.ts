import type { KeyPair, proto } from "@whiskeysockets/baileys";
import type { ServerKey } from "./certificate.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Fault } from "./faults.ts";
import type { Pairing } from "./pairing.ts";
import type { Attrs, Stanza } from "./stanza.ts";

/** What the server knows. Everything else is a function over this. */
export interface Books {
  /** Signs the certificates of the handshake. */
  readonly root: KeyPair;
  readonly serverKey: ServerKey;
  /** Host and port of the media server. */
  host: string;
  /** How many QR codes a client gets before it must connect again. */
  readonly refs: number;
  /** Everybody, by the user part of each of their jids. */
  readonly peers: Map<string, Peer>;
  /** The owner of the shop's phone, to whom all people write; also one of `peers`. */
  readonly shop: Peer;
  /** The linked devices of the shop's phone, by number. The program under test is one of them. */
  readonly devices: Map<number, Device>;
  readonly connections: Set<Connection>;
  /** Encrypted media, by path. */
  readonly blobs: Map<string, Buffer>;
  /** Every stanza, in order. */
  readonly log: { readonly from: "bot" | "server"; readonly stanza: Stanza }[];
  /** What each client said of itself when it logged in, in order. */
  readonly logins: proto.ClientPayload[];
  readonly faults: Fault[];
  /** Where the server itself could not go on; a test expects none. */
  readonly errors: Error[];
  nextDevice: number;
  nextMessage: number;
  /** Resolves once `holds` does; looked at after every change. */
  reached(holds: (books: Books) => boolean): Promise<void>;
  changed(): void;
}

/** A person or the shop's owner. */
export interface Peer {
  readonly pn: string | undefined;
  readonly lid: string | undefined;
  readonly name: string;
  /** Whether stanzas leave the phone number out. */
  readonly hidesNumber: boolean;
  /** Under which it writes. */
  readonly jid: string;
  readonly endpoint: Endpoint;
  /** What the screen shows, oldest first. */
  readonly chat: Message[];
  /** Receipts of the bot for this person's messages, in order. */
  readonly receipts: Receipt[];
  /** The typing signs of the bot: composing, paused, recording. */
  readonly states: string[];
  /** How many of the next messages it fails to decrypt. */
  undecryptable: number;
  /** How often it asked for a message again, by id. */
  readonly asked: Map<string, number>;
  /** Out of reach: the messages wait, and nothing is confirmed as delivered. */
  away: boolean;
  /** What waits until it is back. */
  readonly waiting: (() => void)[];
  /** Takes nothing from the bot; the bot is not told. */
  blocks: boolean;
}

export interface Message {
  readonly id: string;
  /** Counts over all chats. */
  readonly at: number;
  readonly from: "bot" | "person" | "phone";
  /** The chat's jid as the sender addressed it. */
  readonly to: string;
  /** As typed, with WhatsApp's marks; a picture's or document's is its caption. */
  text: string;
  readonly file?: Shared;
  readonly content: proto.IMessage;
  /** How often the server brought it: the screen shows it once. */
  times: number;
  read: boolean;
}

export interface Shared {
  readonly as: "document" | "image" | "other";
  readonly name: string;
  readonly mime: string;
  readonly bytes: Uint8Array;
}

export interface Receipt {
  readonly id: string;
  /** "delivered", "inactive" (delivered while the bot is not marked online), "read", "retry", "sender", ... */
  readonly type: string;
}

export interface PreKey {
  readonly keyId: number;
  readonly publicKey: Uint8Array;
}

/** A linked device. */
export interface Device {
  readonly number: number;
  readonly noiseKey: Buffer;
  readonly identity: Buffer;
  readonly registration: number;
  readonly signedPreKey: PreKey & { readonly signature: Uint8Array };
  /** One-time prekeys that the device uploaded and nobody used yet. */
  readonly preKeys: PreKey[];
  /** What it has not confirmed yet, oldest first; sent again when it logs in. */
  readonly queue: Map<string, Stanza>;
  /** Every message to it, so that it can be encrypted anew. */
  readonly sent: Map<string, Sent>;
  connection: Connection | undefined;
}

export interface Sent {
  readonly peer: Peer;
  readonly content: proto.IMessage;
  readonly attrs: Attrs;
  /** How many of the first transmissions are damaged. */
  readonly corrupt: number;
  /** How often the device asked for it again. */
  retries: number;
}

export interface Connection {
  /** The key that the client proved to hold in the handshake. */
  readonly noiseKey: Buffer;
  readonly device: Device | undefined;
  readonly pairing: Pairing | undefined;
  /** Takes everything and answers nothing. */
  frozen: boolean;
  send(stanza: Stanza): void;
  /** Hears and says no more; the line stays. */
  mute(): void;
  /** Ends in good order. */
  close(): void;
  /** Ends as if the line broke. */
  destroy(): void;
}
