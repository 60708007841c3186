import { createHash } from "node:crypto";
import { type AnyMessageContent, generateWAMessage, proto, type WASocket } from "@whiskeysockets/baileys";
import type { Clock } from "../../clock.ts";
import type { Outbound } from "../../conversation/message.ts";
import type { Delivery } from "../channel.ts";
import type { Ack, Acks } from "./acks.ts";
import type { Limits } from "./limits.ts";
import { marked } from "./marks.ts";
import type { SentRoom } from "./rooms.ts";
import type { Turns } from "./signal.ts";

export interface SendTools {
  readonly clock: Clock;
  readonly sent: SentRoom;
  readonly acks: Acks;
  readonly limits: Limits;
  readonly turns: Turns;
  /** How long the server's answer is waited for, ms. */
  readonly ackMs: number;
}

export type Sayable = Exclude<Outbound, { kind: "forget" | "close" }>;

interface Letter {
  readonly chat: string;
  readonly jid: string;
  readonly message: Sayable;
  readonly id: string;
}

/** WhatsApp's longest text, characters. */
const LONGEST = 65_536;

/** The same job makes the same id, so that what is sent again after a crash is one message at the receiver. */
export function messageId(job: string): string {
  return `3EB0${createHash("sha256").update(job).digest("hex").slice(0, 18).toUpperCase()}`;
}

/** Sends over an open connection, and waits until WhatsApp's server has taken it. Never rejects. */
export async function sendOver(socket: WASocket, tools: SendTools, letter: Letter): Promise<Delivery> {
  const { jid, id } = letter;
  try {
    const message = await built(socket, tools, letter);
    await warmUp(socket, jid);
    const answer = tools.acks.wait(id, tools.ackMs);
    await tools.turns(() => socket.relayMessage(jid, message, { messageId: id }));
    await tools.sent.mark(id, "written");
    return await deliveryOf(tools, id, await answer);
  } catch (error) {
    // Before the frame was written, or with a connection that is gone: sent again under the same id, that is one message.
    return { kind: "retry", reason: reasonOf(error) };
  }
}

/** Kept before it is sent, so that a receiver's phone, and we after a crash, can have it again just as it was. */
async function built(socket: WASocket, { sent, clock }: SendTools, letter: Letter): Promise<proto.IMessage> {
  const { chat, jid, message, id } = letter;
  const kept = await sent.find(id);
  if (kept !== undefined) return proto.Message.decode(kept);
  const { message: made } = await generateWAMessage(jid, contentOf(message), {
    userJid: socket.user?.id ?? "",
    messageId: id,
    upload: socket.waUploadToServer,
  });
  const encoded = proto.Message.encode(made ?? {}).finish();
  await sent.keep({ id, chat, message: encoded, at: clock.now() });
  return made ?? {};
}

/** Asks for the receiver's devices and keys beforehand: a send that has to wait for them holds up all Signal work. */
async function warmUp(socket: WASocket, jid: string): Promise<void> {
  const { id = "", lid } = socket.user ?? {};
  const own = jid.endsWith("@lid") && lid !== undefined ? lid : id;
  const devices = await socket.getUSyncDevices([own.replace(/:\d+@/, "@"), jid], true, false);
  await socket.assertSessions(devices.map((device) => device.jid).filter((device) => device !== id && device !== lid));
}

async function deliveryOf({ sent, limits }: SendTools, id: string, ack: Ack): Promise<Delivery> {
  switch (ack.kind) {
    case "accepted":
      await sent.mark(id, "accepted");
      return { kind: "delivered", ref: id };
    case "refused": {
      const reason = `WhatsApp refuses it (${ack.code})`;
      // What the server could not do is tried again; a limit of the number gets worse by trying.
      return limits.refused(ack.code) || !ack.code.startsWith("5")
        ? { kind: "refused", reason }
        : { kind: "retry", reason };
    }
    case "none":
      return { kind: "retry", reason: "WhatsApp has not confirmed it" };
  }
}

function contentOf(message: Sayable): AnyMessageContent {
  switch (message.kind) {
    case "text":
    case "choices":
      return { text: marked(message.text).slice(0, LONGEST) };
    case "document":
      return {
        document: Buffer.from(message.bytes),
        fileName: message.name,
        mimetype: message.mime,
        caption: marked(message.caption),
      };
    case "image":
      return {
        image: Buffer.from(message.bytes),
        mimetype: message.mime,
        caption: marked(message.caption),
        // One that Baileys makes needs another package.
        jpegThumbnail: "",
      };
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 100).replace(/\d{5,}/g, "[number]") : "it could not be sent";
}
