import { type MediaType, proto } from "@whiskeysockets/baileys";
import type { MediaKind } from "../../../src/conversation/message.ts";
import { hostBlob } from "./blob.ts";
import type { Books } from "./books.ts";

/** What people send besides text. "other" is an event with a date; a call is no message, and has its own stanza. */
export type Kind = Exclude<MediaKind, "call"> | "poll" | "live-location" | "video-note" | "contacts";

const TINY = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

/** A message of that kind, its file (if it has one) on the media host. */
export async function contentOf(books: Books, kind: Kind, bytes: Uint8Array = TINY): Promise<proto.IMessage> {
  const file = (as: MediaType) => hostBlob(books, bytes, as);
  switch (kind) {
    case "photo":
      return { imageMessage: { ...(await file("image")), mimetype: "image/png", caption: "ini KTP saya" } };
    case "video":
      return { videoMessage: { ...(await file("video")), mimetype: "video/mp4", seconds: 3 } };
    case "video-note":
      return { ptvMessage: { ...(await file("video")), mimetype: "video/mp4", seconds: 3 } };
    case "voice":
      return { audioMessage: { ...(await file("audio")), mimetype: "audio/ogg; codecs=opus", seconds: 3, ptt: true } };
    case "sticker":
      return { stickerMessage: { ...(await file("sticker")), mimetype: "image/webp" } };
    case "document":
      return { documentMessage: { ...(await file("document")), mimetype: "application/pdf", fileName: "ktp.pdf" } };
    default:
      return withoutFile(kind);
  }
}

type Fileless = Exclude<Kind, "photo" | "video" | "video-note" | "voice" | "sticker" | "document">;

function withoutFile(kind: Fileless): proto.IMessage {
  const place = { degreesLatitude: -6.48, degreesLongitude: 106.84 };
  const contact = { displayName: "U", vcard: "BEGIN:VCARD\nVERSION:3.0\nFN:U\nEND:VCARD" };
  switch (kind) {
    case "location":
      return { locationMessage: place };
    case "live-location":
      return { liveLocationMessage: place };
    case "contact":
      return { contactMessage: contact };
    case "contacts":
      return { contactsArrayMessage: { displayName: "2", contacts: [contact, contact] } };
    case "poll":
      return {
        pollCreationMessageV3: { name: "Kapan?", options: [{ optionName: "Besok" }], selectableOptionsCount: 1 },
      };
    case "other":
      return { eventMessage: { name: "Bayar pajak", startTime: 1_800_000_000 } };
  }
}

export function textContent(text: string): proto.IMessage {
  return { conversation: text };
}

/** A changed text of an earlier message of one's own. */
export function editContent(jid: string, id: string, text: string): proto.IMessage {
  const key = { id, fromMe: true, remoteJid: jid };
  const { MESSAGE_EDIT: type } = proto.Message.ProtocolMessage.Type;
  return { editedMessage: { message: { protocolMessage: { type, key, editedMessage: { conversation: text } } } } };
}

/** "Delete for everyone". */
export function revokeContent(jid: string, id: string): proto.IMessage {
  const { REVOKE: type } = proto.Message.ProtocolMessage.Type;
  return { protocolMessage: { type, key: { id, fromMe: true, remoteJid: jid } } };
}
