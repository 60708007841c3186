import type { BinaryNode, WAMessage, WASocket } from "@whiskeysockets/baileys";
import type { Log } from "../../log.ts";
import type { Acks } from "./acks.ts";
import type { Reading } from "./read.ts";
import type { Progress, Rooms } from "./rooms.ts";

export interface EarTools {
  readonly rooms: Rooms;
  readonly acks: Acks;
  readonly log: Log;
  readonly read: (message: WAMessage) => Reading | undefined;
  readonly take: (reading: Reading, upsert: "notify" | "append") => void;
  readonly onCall: (call: { readonly id: string; readonly from: string }) => void;
}

/** WhatsApp's own steps of a message: 2 accepted by the server, 3 on the phone, 4 read, 5 played. */
const STEPS: Readonly<Record<number, Progress>> = { 2: "accepted", 3: "delivered", 4: "read", 5: "read" };

/** Puts ears on a connection: what is written to us, what became of what we wrote, who calls. */
export function makeEars({ rooms, acks, log, read, take, onCall }: EarTools): { listen(socket: WASocket): void } {
  const progress = (id: string | null | undefined, status: number | null | undefined) => {
    const step = STEPS[status ?? -1];
    if (!id || step === undefined) return;
    acks.hear(id, { kind: "accepted" });
    rooms.sent.mark(id, step).catch((error: unknown) => log.error({ error }, "a receipt could not be kept"));
  };
  return {
    listen(socket) {
      socket.ev.on("messages.upsert", ({ messages, type }) => {
        for (const message of messages) {
          const reading = read(message);
          if (reading !== undefined) take(reading, type);
          // A receipt that came with the message itself is told nowhere else.
          if (message.key.fromMe) progress(message.key.id, message.status);
        }
      });
      socket.ev.on("messages.update", (updates) => {
        for (const { key, update } of updates) {
          if (update.status === 0)
            acks.hear(key.id ?? "", { kind: "refused", code: codeIn(update.messageStubParameters) });
          else progress(key.id, update.status);
        }
      });
      // A yes of the server makes no event of the library's.
      socket.ws.on("CB:ack,class:message", ({ attrs }: BinaryNode) => {
        const { id = "", error } = attrs;
        acks.hear(id, error === undefined ? { kind: "accepted" } : { kind: "refused", code: error });
      });
      socket.ev.on("call", (calls) => {
        for (const { id, from, status } of calls) {
          if (status !== "offer") continue;
          void socket.rejectCall(id, from).catch(() => {});
          onCall({ id, from });
        }
      });
    },
  };
}

function codeIn(parameters: unknown): string {
  const [code] = Array.isArray(parameters) ? parameters : [];
  return typeof code === "string" || typeof code === "number" ? String(code) : "refused";
}
