import type { Books } from "./books.ts";
import { bytes, inside, type Stanza } from "./stanza.ts";

/**
 * How many ciphertexts were made with a key of the Signal ratchet that another one had used before: a leak, and a message
 * that its receiver cannot read. A ratchet key and a counter stand for one message key.
 */
export function reusedKeys(books: Books): number {
  const used = new Map<string, Buffer>();
  let reused = 0;
  for (const body of books.log.flatMap(({ stanza }) => (stanza.tag === "message" ? encryptedIn(stanza) : []))) {
    const key = messageKey(body);
    const before = used.get(key);
    // The same bytes again are the same message: the server sends again what was not confirmed.
    if (before !== undefined && !before.equals(body)) reused++;
    used.set(key, body);
  }
  return reused;
}

/** The Signal messages in a stanza, those that begin a session without their cover. */
function encryptedIn(stanza: Stanza): readonly Buffer[] {
  const nested = inside(stanza).flatMap((part) => (part.tag === "enc" ? [part] : encNodes(part)));
  return nested.flatMap((enc) => {
    const body = bytes(enc);
    if (body === undefined) return [];
    if (enc.attrs.type !== "pkmsg") return [body];
    const inner = fields(body.subarray(1)).get(4);
    return Buffer.isBuffer(inner) ? [inner] : [];
  });
}

function encNodes(part: Stanza): readonly Stanza[] {
  return inside(part).flatMap((to) => inside(to, "enc"));
}

/** Field 1 of a WhisperMessage is the sender's ratchet key, field 2 the counter. A version is before, a MAC behind. */
function messageKey(body: Buffer): string {
  const read = fields(body.subarray(1, -8));
  const key = read.get(1);
  return `${Buffer.isBuffer(key) ? key.toString("hex") : "?"} ${read.get(2) ?? 0}`;
}

/** The fields of a protocol buffer that has numbers and byte strings alone. */
function fields(buffer: Buffer): ReadonlyMap<number, Buffer | number> {
  const found = new Map<number, Buffer | number>();
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 0; at < buffer.length; shift += 7) {
      const byte = buffer.readUInt8(at++);
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) break;
    }
    return value;
  };
  while (at < buffer.length) {
    const tag = varint();
    const value = varint();
    if ((tag & 7) === 0) found.set(tag >> 3, value);
    else {
      found.set(tag >> 3, buffer.subarray(at, at + value));
      at += value;
    }
  }
  return found;
}
