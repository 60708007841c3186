import { NOISE_WA_HEADER } from "@whiskeysockets/baileys";

/** Cuts a byte stream into WhatsApp's frames: three bytes of length, big endian, then so many bytes. */
export function frameReader(): (bytes: Buffer) => readonly Buffer[] {
  let rest: Buffer = Buffer.alloc(0);
  let greeted = false;
  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    if (!greeted) {
      const after = afterGreeting(rest);
      if (after === undefined) return [];
      rest = after;
      greeted = true;
    }
    const frames: Buffer[] = [];
    while (rest.length >= 3 && rest.length >= 3 + rest.readUIntBE(0, 3)) {
      const end = 3 + rest.readUIntBE(0, 3);
      frames.push(rest.subarray(3, end));
      rest = rest.subarray(end);
    }
    return frames;
  };
}

export function framed(bytes: Uint8Array): Buffer {
  const head = Buffer.alloc(3);
  head.writeUIntBE(bytes.length, 0, 3);
  return Buffer.concat([head, bytes]);
}

/**
 * What follows the client's first bytes, "WA" and two version bytes; undefined while they are not all there. A client
 * that was told a route puts "ED", 0, 1 and that route, with its length, before them.
 */
function afterGreeting(bytes: Buffer): Buffer | undefined {
  if (bytes.length < 7) return undefined;
  const routed = bytes.toString("latin1", 0, 2) === "ED";
  const start = routed ? 7 + bytes.readUIntBE(4, 3) : 0;
  if (bytes.length < start + 4) return undefined;
  const greeting = bytes.subarray(start, start + 4);
  if (!greeting.equals(NOISE_WA_HEADER))
    throw new Error(`not a WhatsApp client: it began with ${greeting.toString("hex")}`);
  return bytes.subarray(start + 4);
}
