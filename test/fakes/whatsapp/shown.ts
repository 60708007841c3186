import { normalizeMessageContent, type proto } from "@whiskeysockets/baileys";
import { openBlob } from "./blob.ts";
import type { Books, Shared } from "./books.ts";

/** Without the wrappers that say "disappears", "view once" and the like. */
export function normal(content: proto.IMessage): proto.IMessage {
  return normalizeMessageContent(content) ?? content;
}

/** What the eye reads, with WhatsApp's marks still in it. */
export function readText(content: proto.IMessage): string {
  const { conversation, extendedTextMessage, imageMessage, videoMessage, documentMessage, reactionMessage } = content;
  const poll = content.pollCreationMessage ?? content.pollCreationMessageV3;
  return (
    conversation ??
    extendedTextMessage?.text ??
    imageMessage?.caption ??
    videoMessage?.caption ??
    documentMessage?.caption ??
    reactionMessage?.text ??
    poll?.name ??
    ""
  );
}

/** Downloads and opens what the message carries. */
export async function readFile(books: Books, content: proto.IMessage): Promise<Shared | undefined> {
  const { documentMessage, imageMessage, videoMessage, audioMessage, stickerMessage } = content;
  if (documentMessage) {
    const name = documentMessage.fileName ?? "";
    const bytes = await openBlob(books, documentMessage, "document");
    return { as: "document", name, mime: documentMessage.mimetype ?? "", bytes };
  }
  if (imageMessage) {
    const bytes = await openBlob(books, imageMessage, "image");
    return { as: "image", name: "", mime: imageMessage.mimetype ?? "", bytes };
  }
  const other = videoMessage ?? audioMessage ?? stickerMessage;
  if (!other) return undefined;
  const kind = videoMessage ? "video" : audioMessage ? "audio" : "sticker";
  return { as: "other", name: "", mime: other.mimetype ?? "", bytes: await openBlob(books, other, kind) };
}
