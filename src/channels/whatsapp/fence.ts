import { EventEmitter } from "node:events";
import type { WASocket } from "@whiskeysockets/baileys";
import type { KeyRoom } from "./rooms.ts";

const NOT_OURS = "another process drives the number";

/** A process that stood still while another one took the number over writes nothing more: its line is cut instead. */
export function fence(socket: WASocket, mayWrite: () => boolean): void {
  // Below the library, which keeps its own way to write: nothing gets past this one.
  const wire: unknown = Reflect.get(socket.ws, "socket");
  if (!(wire instanceof EventEmitter) || !("send" in wire) || typeof wire.send !== "function") {
    throw new TypeError("WhatsApp's library has another shape: its writes cannot be watched over.");
  }
  const send = wire.send.bind(wire);
  const cut = "terminate" in wire && typeof wire.terminate === "function" ? wire.terminate.bind(wire) : () => {};
  wire.send = (data: unknown, done?: (error?: Error) => void) => {
    if (mayWrite()) return void send(data, done);
    cut();
    done?.(new Error(NOT_OURS));
  };
}

/** The keys of a process that lost the number are old: they must not be written over those of the next one. */
export function fencedKeys(room: KeyRoom, mayWrite: () => boolean): KeyRoom {
  const ours = <A extends readonly unknown[]>(write: (...given: A) => Promise<void>) => {
    return async (...given: A) => {
      if (!mayWrite()) throw new Error(NOT_OURS);
      await write(...given);
    };
  };
  return { load: room.load, saveCreds: ours(room.saveCreds), saveRows: ours(room.saveRows), clear: ours(room.clear) };
}
