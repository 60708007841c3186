import type { WASocket } from "@whiskeysockets/baileys";
import type { Clock } from "../../clock.ts";
import type { Log } from "../../log.ts";
import { makeLine } from "./line.ts";
import { numberOf } from "./number.ts";
import type { Rooms } from "./rooms.ts";

export interface PairOptions {
  readonly rooms: Rooms;
  readonly clock: Clock;
  readonly log: Log;
  readonly wsUrl?: string;
  /** The number to link by a code, digits with the country's: 6281234567890. Without it: a QR. */
  readonly phone?: string;
  readonly onQr: (qr: string) => void;
  readonly onCode: (code: string) => void;
}

export type Paired =
  | { readonly kind: "linked"; readonly number: string }
  | { readonly kind: "already"; readonly number: string }
  | { readonly kind: "over"; readonly says: string };

/** Links a number, and waits until it is done: the phone scans a QR, or the code is typed into it. */
export async function pair(options: PairOptions, stop: AbortSignal): Promise<Paired> {
  const { rooms, phone, onQr, onCode } = options;
  const before = await numberOf(rooms);
  if (before !== undefined) return { kind: "already", number: before };
  const done = new AbortController();
  let says = "it was stopped";
  const codes = new WeakSet<WASocket>();
  const line = makeLine({
    ...options,
    random: Math.random,
    alarm: () => {},
    onClose: () => {},
    onQr(qr, socket) {
      if (phone === undefined) return onQr(qr);
      // Each connection has a code of its own; its further QRs change nothing.
      if (codes.has(socket)) return;
      codes.add(socket);
      socket.requestPairingCode(phone).then(onCode, () => {
        says = "WhatsApp gave no code; check the number, or link by QR";
        done.abort();
      });
    },
    onSocket: (socket) =>
      socket.ev.on("connection.update", ({ connection }) => {
        if (connection === "open") done.abort();
      }),
  });
  const end = await line.run(AbortSignal.any([stop, done.signal]));
  if (end !== "stopped") says = end.says;
  const number = await numberOf(rooms);
  return number === undefined ? { kind: "over", says } : { kind: "linked", number };
}
