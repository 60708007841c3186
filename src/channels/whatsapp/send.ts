import { createHash } from "node:crypto";
import { type AnyMessageContent, generateWAMessage, proto, type WASocket } from "@whiskeysockets/baileys";
import type { Clock } from "../../clock.ts";
import type { Outbound } from "../../conversation/message.ts";
import type { Delivery } from "../channel.ts";
import type { Acks } from "./acks.ts";
import { marked } from "./marks.ts";
import type { SentRoom } from "./rooms.ts";

export interface SendTools {
  readonly clock: Clock;
  readonly sent: SentRoom;
  readonly acks: Acks;
  /** How long the server's answer is waited for, ms. */
  readonly ackMs: number;
}

/** WhatsApp's longest text, characters. */
export const LONGEST = 65_536;

/** The same job makes the same id, so that what is sent again after a crash is one message at the receiver. */
export function messageId(job: string): string {
  return `3EB0${createHash("sha256").update(job).digest("hex").slice(0, 18).toUpperCase()}`;
}

/** Sends over an open connection, and waits until WhatsApp's server has taken it. */
export async function sendOver(
  socket: WASocket,
  tools: SendTools,
  what: { readonly jid: string; readonly message: Outbound; readonly id: string },
): Promise<Delivery> {
  const content = contentOf(what.message);
  if (content === undefined) return { kind: "delivered", ref: "" };
  const id = messageId(what.id);
  try {
    // Built before it is sent, so that a receiver's phone can have it again whatever happens in between.
    const built = await generateWAMessage(what.jid, content, {
      userJid: socket.user?.id ?? "",
      messageId: id,
      upload: socket.waUploadToServer,
    });
    const message = built.message ?? {};
    await tools.sent.keep(id, what.jid, proto.Message.encode(message).finish(), tools.clock.now());
    const answer = tools.acks.wait(id, tools.ackMs);
    await socket.relayMessage(what.jid, message, { messageId: id });
    await tools.sent.mark(id, "written");
    return await deliveryOf(tools, id, answer);
  } catch (error) {
    // Before the frame was written, or with a connection that is gone: sent again under the same id, that is one message.
    return { kind: "retry", reason: reasonOf(error) };
  }
}

async function deliveryOf({ sent }: SendTools, id: string, answer: ReturnType<Acks["wait"]>): Promise<Delivery> {
  const ack = await answer;
  switch (ack.kind) {
    case "accepted":
      await sent.mark(id, "accepted");
      return { kind: "delivered", ref: id };
    case "refused":
      return { kind: "refused", reason: `WhatsApp refuses it (${ack.code})` };
    case "none":
      return { kind: "retry", reason: "WhatsApp has not confirmed it" };
  }
}

function contentOf(message: Outbound): AnyMessageContent | undefined {
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
        jpegThumbnail: "",
      };
    // There is nothing to take off, and another person's message cannot be deleted.
    case "forget":
    case "close":
      return undefined;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 100) : "it could not be sent";
}
