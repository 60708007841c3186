import { randomBytes } from "node:crypto";
import {
  encodeWAMessage,
  extractE2ESessionFromRetryReceipt,
  generateSignalPubKey,
  type proto,
} from "@whiskeysockets/baileys";
import type { Books, Device, Peer, Sent } from "./books.ts";
import { alone } from "./lock.ts";
import { present } from "./present.ts";
import { give } from "./queue.ts";
import { type Attrs, first, HOST, LID, type Stanza, seconds, stanza } from "./stanza.ts";

export interface Delivery {
  readonly content: proto.IMessage;
  /** Given again: the same message once more, encrypted anew. */
  readonly id?: string;
  /** How many of the first transmissions are damaged on the way. */
  readonly corrupt?: number;
  /** Said so many seconds ago. */
  readonly ago?: number;
  /** In place of those that the peer's own jid makes. */
  readonly attrs?: Attrs;
}

/** Sends a message to every linked device, and keeps it until the device has it. Gives its id. */
export async function deliver(books: Books, peer: Peer, delivery: Delivery): Promise<string> {
  const { content, id = newId(), corrupt = 0, ago = 0, attrs } = delivery;
  if (books.devices.size === 0) throw new Error("no device is linked to the shop's phone yet: nobody would hear this");
  const whole = { ...senderOf(peer), t: seconds(ago), type: typeOf(content), notify: peer.name, ...attrs, id };
  for (const device of books.devices.values()) {
    const sent: Sent = { peer, content, attrs: whole, corrupt, retries: 0 };
    device.sent.set(id, sent);
    // In the lock too, so that messages leave in the order in which they were encrypted.
    await alone(async () => {
      await ensureSession(books, peer, device);
      give(device, `message ${id}`, await encrypted(books, device, sent));
    });
  }
  books.changed();
  return id;
}

/** The device could not decrypt it: again, with a new session. From the second time on it sends the keys for that. */
export async function resend(books: Books, device: Device, receipt: Stanza): Promise<void> {
  const sent = device.sent.get(receipt.attrs.id ?? "");
  if (sent === undefined) return;
  sent.retries++;
  const count = first(receipt, "retry")?.attrs.count;
  await alone(async () => {
    const session = first(receipt, "keys") === undefined ? undefined : extractE2ESessionFromRetryReceipt(receipt);
    const jid = jidOf(books, device);
    if (session) await sent.peer.endpoint.repository.injectE2ESession({ jid, session: withoutAbsent(session) });
    else await newSession(books, sent.peer, device);
    give(device, `message ${sent.attrs.id}`, await encrypted(books, device, sent, count));
  });
}

/** As WhatsApp's phones make them. */
export function newId(): string {
  return `3EB0${randomBytes(9).toString("hex").toUpperCase()}`;
}

function senderOf({ pn, lid, jid, hidesNumber }: Peer): Attrs {
  const number = pn === undefined || hidesNumber ? undefined : `${pn}${HOST}`;
  if (jid.endsWith(LID)) return { from: jid, sender_pn: number, addressing_mode: "lid" };
  return { from: jid, sender_lid: lid === undefined ? undefined : `${lid}${LID}`, addressing_mode: "pn" };
}

function typeOf(content: proto.IMessage): string {
  if (content.reactionMessage) return "reaction";
  if (content.pollCreationMessageV3) return "poll";
  const { conversation, extendedTextMessage, protocolMessage } = content;
  return conversation || extendedTextMessage || protocolMessage ? "text" : "media";
}

/** People address a device by the phone's number, whatever their own jid is. */
function jidOf(books: Books, device: Device): string {
  return `${books.shop.pn}:${device.number}${HOST}`;
}

async function ensureSession(books: Books, peer: Peer, device: Device): Promise<void> {
  const { exists } = await peer.endpoint.repository.validateSession(jidOf(books, device));
  if (!exists) await newSession(books, peer, device);
}

async function newSession(books: Books, peer: Peer, device: Device): Promise<void> {
  const preKey = device.preKeys.shift();
  const { registration: registrationId, identity, signedPreKey } = device;
  const session = {
    registrationId,
    identityKey: generateSignalPubKey(identity),
    signedPreKey: { ...signedPreKey, publicKey: generateSignalPubKey(signedPreKey.publicKey) },
  };
  const oneTime = preKey && { keyId: preKey.keyId, publicKey: generateSignalPubKey(preKey.publicKey) };
  await peer.endpoint.repository.injectE2ESession({
    jid: jidOf(books, device),
    session: oneTime === undefined ? session : { ...session, preKey: oneTime },
  });
  if (device.preKeys.length < 5) warnOfFewKeys(device);
}

export function warnOfFewKeys(device: Device): void {
  const attrs = { from: HOST, type: "encrypt", id: `keys-${newId()}`, t: seconds() };
  const count = stanza("count", { value: String(device.preKeys.length) });
  device.connection?.send(stanza("notification", attrs, [count]));
}

async function encrypted(books: Books, device: Device, sent: Sent, count?: string): Promise<Stanza> {
  const { peer, content, attrs, corrupt, retries } = sent;
  const data = encodeWAMessage(content);
  const { type, ciphertext } = await peer.endpoint.repository.encryptMessage({ jid: jidOf(books, device), data });
  const body = Buffer.from(ciphertext);
  const last = body.length - 1;
  if (retries < corrupt) body[last] = body.readUInt8(last) ^ 0xff;
  return stanza("message", attrs, [stanza("enc", { v: "2", type, count }, body)]);
}

type Extracted = NonNullable<ReturnType<typeof extractE2ESessionFromRetryReceipt>>;

function withoutAbsent({ registrationId, identityKey, signedPreKey, preKey }: Extracted) {
  const session = { registrationId, identityKey, signedPreKey };
  return preKey === undefined ? session : { ...session, preKey: present(preKey, "prekey") };
}
