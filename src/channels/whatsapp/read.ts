import {
  isJidBroadcast,
  isJidGroup,
  isJidNewsletter,
  isJidStatusBroadcast,
  isLidUser,
  isPnUser,
  jidNormalizedUser,
  normalizeMessageContent,
  type proto,
  toNumber,
  type WAMessage,
} from "@whiskeysockets/baileys";
import type { Content, MediaKind } from "../../conversation/message.ts";

/** A message as it concerns us. */
export interface Reading {
  /** WhatsApp's id, and for an edit the edit's own. */
  readonly id: string;
  /** Who it is with: the address that wrote, then the others known of the same person. */
  readonly addresses: readonly string[];
  readonly fromMe: boolean;
  /** When it was sent, ms. */
  readonly at: number;
  readonly name: string;
  readonly content: Content;
}

/** Chats that are no person's: never answered, and not even decrypted. */
export function isNobody(jid: string): boolean {
  return Boolean(isJidGroup(jid) || isJidBroadcast(jid) || isJidStatusBroadcast(jid) || isJidNewsletter(jid));
}

/** Undefined for what nobody wrote: stubs of messages that could not be decrypted, reactions, votes, receipts. */
export function readMessage(message: WAMessage): Reading | undefined {
  const { key } = message;
  const jid = key.remoteJid;
  if (!jid || !key.id || isNobody(jid) || !(isLidUser(jid) || isPnUser(jid))) return undefined;
  const read = contentOf(message.message);
  if (read === undefined) return undefined;
  const others = [key.remoteJidAlt].filter((other): other is string => Boolean(other));
  return {
    id: read.editOf === undefined ? key.id : `${key.id}:edit`,
    addresses: [jid, ...others].map(jidNormalizedUser),
    fromMe: key.fromMe === true,
    at: toNumber(message.messageTimestamp) * 1000,
    name: message.pushName ?? "",
    content: read.content,
  };
}

interface Read {
  readonly content: Content;
  readonly editOf?: string;
}

function contentOf(raw: proto.IMessage | null | undefined): Read | undefined {
  const message = normalizeMessageContent(raw);
  if (message === undefined || message === null) return undefined;
  const edited = message.protocolMessage?.editedMessage;
  if (edited) {
    const inner = contentOf(edited);
    return inner?.content.kind === "text" ? { ...inner, editOf: message.protocolMessage?.key?.id ?? "" } : undefined;
  }
  if (message.protocolMessage || message.reactionMessage || message.pollUpdateMessage) return undefined;
  const text = textOf(message);
  if (text !== undefined) return { content: { kind: "text", text } };
  const media = mediaOf(message);
  return media === undefined ? undefined : { content: { kind: "media", media } };
}

function textOf(message: proto.IMessage): string | undefined {
  const text =
    message.conversation ??
    message.extendedTextMessage?.text ??
    message.buttonsResponseMessage?.selectedDisplayText ??
    message.listResponseMessage?.title ??
    message.templateButtonReplyMessage?.selectedDisplayText;
  return text ?? undefined;
}

const MEDIA: readonly (readonly [keyof proto.IMessage, MediaKind])[] = [
  ["audioMessage", "voice"],
  ["imageMessage", "photo"],
  ["videoMessage", "video"],
  ["ptvMessage", "video"],
  ["stickerMessage", "sticker"],
  ["lottieStickerMessage", "sticker"],
  ["documentMessage", "document"],
  ["contactMessage", "contact"],
  ["contactsArrayMessage", "contact"],
  ["locationMessage", "location"],
  ["liveLocationMessage", "location"],
  ["pollCreationMessage", "other"],
  ["pollCreationMessageV2", "other"],
  ["pollCreationMessageV3", "other"],
  ["eventMessage", "other"],
  ["orderMessage", "other"],
  ["productMessage", "other"],
];

/** Undefined for what a phone sends by itself (key distribution, sync), which is nobody's message. */
function mediaOf(message: proto.IMessage): MediaKind | undefined {
  return MEDIA.find(([field]) => message[field])?.[1];
}
