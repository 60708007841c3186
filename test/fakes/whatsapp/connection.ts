import { decodeBinaryNode, encodeBinaryNode } from "@whiskeysockets/baileys";
import type { Books, Connection, Device } from "./books.ts";
import { onStanza } from "./dispatch.ts";
import { takeFault } from "./faults.ts";
import { framed, frameReader } from "./frames.ts";
import { judge, welcome } from "./login.ts";
import { makeNoise } from "./noise.ts";
import type { Pairing } from "./pairing.ts";
import type { Stanza } from "./stanza.ts";
import type { Wire } from "./websocket.ts";

/** One client, from its first byte to its last: handshake, login, then stanzas, each only when the one before is done. */
export function serve(books: Books, wire: Wire): void {
  const noise = makeNoise(books.serverKey);
  const read = frameReader();
  const state: { step: "hello" | "finish" | "open"; muted: boolean } = { step: "hello", muted: false };
  const connection = makeConnection(books, wire, {
    muted: () => state.muted,
    mute: () => {
      state.muted = true;
    },
    seal: (bytes) => framed(noise.encrypt(bytes)),
  });
  const takeFrame = async (frame: Buffer) => {
    if (state.step === "hello") {
      state.step = "finish";
      if (dropsIn(books, "handshake")) return wire.destroy();
      return wire.send(framed(noise.hello(frame)));
    }
    if (state.step === "open") return takeStanza(books, connection, await decodeBinaryNode(noise.decrypt(frame)));
    state.step = "open";
    const { payload, clientKey } = noise.finish(frame);
    const login = judge(books, payload, clientKey);
    connection.noiseKey = clientKey;
    if (login.kind === "device") connection.device = login.device;
    if (login.kind === "stranger") connection.pairing = login.pairing;
    welcome(books, connection, login);
    books.changed();
  };
  let queue: Promise<void> = Promise.resolve();
  books.connections.add(connection);
  wire.onMessage = (bytes) => {
    queue = queue.then(async () => {
      if (state.muted) return;
      try {
        for (const frame of read(bytes)) await takeFrame(frame);
      } catch (cause) {
        books.errors.push(new Error(`the server could not go on in step "${state.step}"`, { cause }));
        wire.destroy();
      }
    });
  };
  wire.onEnd = () => ended(books, connection);
}

async function takeStanza(books: Books, connection: Connection, stanza: Stanza): Promise<void> {
  books.log.push({ from: "bot", stanza });
  books.changed();
  if (connection.frozen) return;
  await takeFault(books, "wait", (fault) => fault.at === stanza.tag)?.until;
  const drop = takeFault(books, "drop", (fault) => fault.at === stanza.tag);
  if (drop?.when !== "before") {
    if (drop !== undefined) connection.mute();
    await onStanza(books, connection, stanza);
  }
  if (drop !== undefined) connection.destroy();
  books.changed();
}

function dropsIn(books: Books, at: string): boolean {
  return takeFault(books, "drop", (fault) => fault.at === at) !== undefined;
}

type Growing = { -readonly [Key in keyof Connection]: Connection[Key] };

interface Line {
  muted(): boolean;
  mute(): void;
  seal(bytes: Uint8Array): Uint8Array;
}

function makeConnection(books: Books, wire: Wire, line: Line): Growing {
  const connection: Growing = {
    noiseKey: Buffer.alloc(0),
    device: undefined,
    pairing: undefined as Pairing | undefined,
    frozen: false,
    send(stanza) {
      if (line.muted()) return;
      books.log.push({ from: "server", stanza });
      wire.send(line.seal(encodeBinaryNode(stanza)));
      books.changed();
    },
    mute() {
      line.mute();
      leave(connection.device, connection);
    },
    close() {
      connection.mute();
      wire.close();
    },
    destroy() {
      connection.mute();
      wire.destroy();
    },
  };
  return connection;
}

/** From now on what is for the device waits. */
function leave(device: Device | undefined, connection: Connection): void {
  if (device?.connection === connection) device.connection = undefined;
}

function ended(books: Books, connection: Connection): void {
  leave(connection.device, connection);
  books.connections.delete(connection);
  books.changed();
}
