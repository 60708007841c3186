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
import { isPictureMime } from "../../domain/picture.ts";
import { pictureIn } from "./picture.ts";

/** A message as it concerns us. */
export interface Reading {
  /** Unique within the chat, and the same when the message comes again. */
  readonly id: string;
  /** WhatsApp's own id, to mark it as read. */
  readonly ref: string;
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
  return {
    // An edit may come under the id of what it changes, and is said anew.
    id: read.edited ? `${key.id}:edit` : key.id,
    ref: key.id,
    addresses: addressesOf(jid, key.remoteJidAlt),
    fromMe: key.fromMe === true,
    at: toNumber(message.messageTimestamp) * 1000,
    name: message.pushName ?? "",
    content: read.content,
  };
}

/** The one that wrote, then the other one of the same person when it is known; without the device. */
export function addressesOf(jid: string, other: string | null | undefined): readonly string[] {
  const known = other && (isLidUser(other) || isPnUser(other)) ? [jid, other] : [jid];
  return known.map(jidNormalizedUser);
}

interface Read {
  readonly content: Content;
  readonly edited: boolean;
}

function contentOf(raw: proto.IMessage | null | undefined): Read | undefined {
  const message = normalizeMessageContent(raw);
  if (message === undefined || message === null) return undefined;
  const edited = message.protocolMessage?.editedMessage;
  if (edited) {
    const inner = contentOf(edited);
    return inner?.content.kind === "text" ? { ...inner, edited: true } : undefined;
  }
  const text = textOf(message);
  if (text !== undefined) return { content: { kind: "text", text }, edited: false };
  const media = mediaOf(message);
  return media === undefined ? undefined : { content: mediaContent(media, message, isOnce(raw)), edited: false };
}

/** A document may be a picture that is not to be made smaller. */
function mediaContent(media: MediaKind, message: proto.IMessage, once: boolean): Content {
  const isPicture = media === "photo" || (media === "document" && isPictureMime(message.documentMessage?.mimetype));
  if (!isPicture) return { kind: "media", media };
  const picture = once ? undefined : pictureIn(message);
  return { kind: "media", media: "photo", ...(picture === undefined ? {} : { picture }) };
}

/** What its sender wants to be seen once goes no further. */
function isOnce(raw: proto.IMessage | null | undefined): boolean {
  return Boolean(raw?.viewOnceMessage ?? raw?.viewOnceMessageV2 ?? raw?.viewOnceMessageV2Extension);
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

const MEDIA: Readonly<Partial<Record<keyof proto.IMessage, MediaKind>>> = {
  audioMessage: "voice",
  imageMessage: "photo",
  videoMessage: "video",
  ptvMessage: "video",
  stickerMessage: "sticker",
  lottieStickerMessage: "sticker",
  documentMessage: "document",
  contactMessage: "contact",
  contactsArrayMessage: "contact",
  locationMessage: "location",
  liveLocationMessage: "location",
};

/** What a phone sends by itself, or what is about another message: nobody waits for an answer to it. */
const SILENT: ReadonlySet<string> = new Set<keyof proto.IMessage>([
  "protocolMessage",
  "reactionMessage",
  "encReactionMessage",
  "pollUpdateMessage",
  "encCommentMessage",
  "encEventResponseMessage",
  "keepInChatMessage",
  "pinInChatMessage",
  "senderKeyDistributionMessage",
  "fastRatchetKeySenderKeyDistributionMessage",
  "messageContextInfo",
  "deviceSentMessage",
  "placeholderMessage",
  // Its pictures follow, each by itself.
  "albumMessage",
  // Calls have events of their own.
  "call",
  "callLogMesssage",
  "messageHistoryBundle",
  "messageHistoryNotice",
  "stickerSyncRmrMessage",
]);

/** Undefined when there is nothing that somebody wrote. What we do not know yet is something, too. */
function mediaOf(message: proto.IMessage): MediaKind | undefined {
  const fields = Object.entries(message).flatMap(([field, value]) => (value === null ? [] : [field]));
  const known = fields.flatMap((field) => MEDIA[field as keyof proto.IMessage] ?? []);
  return known[0] ?? (fields.some((field) => !SILENT.has(field)) ? "other" : undefined);
}
