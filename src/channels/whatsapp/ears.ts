import type { BinaryNode, WACallEvent, WAMessage, WASocket } from "@whiskeysockets/baileys";
import type { Log } from "../../log.ts";
import type { Acks } from "./acks.ts";
import type { Limits } from "./limits.ts";
import { addressesOf, type Reading, readMessage } from "./read.ts";
import type { Progress, SentRoom } from "./rooms.ts";

export interface Call {
  readonly id: string;
  readonly addresses: readonly string[];
  readonly at: number;
}

export interface EarTools {
  readonly sent: SentRoom;
  readonly acks: Acks;
  readonly limits: Limits;
  readonly log: Log;
  readonly take: (reading: Reading) => void;
  readonly takeCall: (call: Call) => void;
}

/** WhatsApp's own steps of a message: 2 accepted by the server, 3 on the phone, 4 read, 5 played. */
const STEPS: Readonly<Record<number, Progress>> = { 2: "accepted", 3: "delivered", 4: "read", 5: "read" };

/** Puts ears on a connection: what is written to us, what became of what we wrote, who calls. */
export function listenTo(socket: WASocket, tools: EarTools): void {
  const { acks, limits } = tools;
  socket.ev.on("messages.upsert", ({ messages }) => {
    for (const message of messages) hear(tools, message);
  });
  socket.ev.on("messages.update", (updates) => {
    for (const { key, update } of updates) {
      if (update.status !== 0) progress(tools, key.id, update.status);
      else acks.hear(key.id ?? "", { kind: "refused", code: codeIn(update.messageStubParameters) });
    }
  });
  // A yes of the server makes no event of the library's.
  socket.ws.on("CB:ack,class:message", ({ attrs }: BinaryNode) => {
    const { id = "", error } = attrs;
    acks.hear(id, error === undefined ? { kind: "accepted" } : { kind: "refused", code: error });
  });
  socket.ev.on("connection.update", ({ reachoutTimeLock: lock }) => {
    if (lock?.isActive) limits.told(lock.timeEnforcementEnds?.getTime());
  });
  socket.ev.on("message-capping.update", ({ capping_status }) => {
    if (capping_status !== undefined && String(capping_status) === "CAPPED") limits.told(undefined);
  });
  socket.ev.on("call", (calls) => {
    for (const call of calls) hearCall(socket, tools, call);
  });
}

function hear(tools: EarTools, message: WAMessage): void {
  const reading = readMessage(message);
  if (reading !== undefined) tools.take(reading);
  // A receipt that came with the message itself is told nowhere else.
  if (message.key.fromMe) progress(tools, message.key.id, message.status);
  if (!message.message && message.messageStubType === CIPHERTEXT) {
    tools.log.warn({}, "a WhatsApp message could not be decrypted; its sender's phone was asked for it again");
  }
}

/** Baileys' name for a message that could not be decrypted. */
const CIPHERTEXT = 2;

function progress({ sent, acks, log }: EarTools, id: string | null | undefined, status: number | null | undefined) {
  const step = STEPS[status ?? -1];
  if (!id || step === undefined) return;
  acks.hear(id, { kind: "accepted" });
  sent.mark(id, step).catch((error: unknown) => log.error({ error }, "a receipt could not be kept"));
}

/** Nobody picks up: the caller hears it at once, and reads why. */
function hearCall(socket: WASocket, { takeCall }: EarTools, call: WACallEvent): void {
  if (call.status !== "offer" || call.isGroup) return;
  if (!call.offline) void socket.rejectCall(call.id, call.from).catch(() => {});
  takeCall({ id: call.id, addresses: addressesOf(call.from, call.callerPn), at: call.date.getTime() });
}

function codeIn(parameters: unknown): string {
  const [code] = Array.isArray(parameters) ? parameters : [];
  return typeof code === "string" || typeof code === "number" ? String(code) : "refused";
}
