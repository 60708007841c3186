import {
  type Content,
  conversationKey,
  type Inbound,
  type MediaKind,
  type Sender,
} from "../../conversation/message.ts";
import { isPictureMime, PICTURE_LIMIT } from "../../domain/picture.ts";
import { clean } from "../../domain/text.ts";

/** Asked for by name: without a list, whatever another program asked for before stays in force. */
export const ALLOWED_UPDATES = ["message", "edited_message", "callback_query"] as const;

/** One update of Telegram as the counter sees it. */
export interface Reading {
  /** The bot's own count; undefined for what is no update at all. */
  readonly id: number | undefined;
  /** Undefined for what is not for us: groups, channels, other bots, notes of the platform itself. */
  readonly inbound?: Inbound;
  /** A tap waits for an answer, or its button goes on glowing. */
  readonly callback?: string;
}

/** Reads foreign JSON: never throws. */
export function readUpdate(update: unknown): Reading {
  const id = integer(at(update, "update_id"));
  if (id === undefined) return { id };
  const callback = string(at(update, "callback_query", "id"));
  const inbound = tapOf(update, id) ?? editOf(update, id) ?? messageOf(update, id);
  return { id, ...(inbound === undefined ? {} : { inbound }), ...(callback === undefined ? {} : { callback }) };
}

function messageOf(update: unknown, id: number): Inbound | undefined {
  const message = at(update, "message");
  const content = contentOf(message);
  return content && inboundOf(`u:${id}`, { from: at(message, "from"), message, content });
}

/** An edited text is a new answer. An edited picture, or a live location that moves, is none. */
function editOf(update: unknown, id: number): Inbound | undefined {
  const message = at(update, "edited_message");
  const text = string(at(message, "text"));
  if (text === undefined) return undefined;
  return inboundOf(`e:${id}`, { from: at(message, "from"), message, content: { kind: "text", text } });
}

function tapOf(update: unknown, id: number): Inbound | undefined {
  const query = at(update, "callback_query");
  const message = at(query, "message");
  const data = string(at(query, "data"));
  const on = integer(at(message, "message_id"));
  if (data === undefined || on === undefined) return undefined;
  const tap = inboundOf(`u:${id}`, {
    from: at(query, "from"),
    message,
    content: { kind: "tap", data, on: String(on) },
  });
  if (tap === undefined) return undefined;
  // The message of a tap is ours, not the user's.
  const { messageRef: _, ...rest } = tap;
  return rest;
}

interface Told {
  readonly from: unknown;
  readonly message: unknown;
  readonly content: Content;
}

function inboundOf(id: string, { from, message, content }: Told): Inbound | undefined {
  const chat = integer(at(message, "chat", "id"));
  if (chat === undefined || at(message, "chat", "type") !== "private" || at(from, "is_bot") === true) return undefined;
  const ref = integer(at(message, "message_id"));
  return {
    id,
    key: conversationKey("telegram", String(chat)),
    sender: senderOf(from),
    content,
    ...(ref === undefined ? {} : { messageRef: String(ref) }),
  };
}

function senderOf(from: unknown): Sender {
  const name = clean(`${string(at(from, "first_name")) ?? ""} ${string(at(from, "last_name")) ?? ""}`);
  const code = /^(in|id|en)\b/i.exec(string(at(from, "language_code")) ?? "")?.[1]?.toLowerCase();
  return {
    ...(name === "" ? {} : { name }),
    // "in" is how old phones write Indonesian. Other languages are not guessed.
    ...(code === undefined ? {} : { language: code === "en" ? "en" : "id" }),
  };
}

/** Notes of the platform in the chat, which nobody wrote. */
const NOTES = ["pinned_message", "message_auto_delete_timer_changed", "write_access_allowed", "chat_background_set"];

/** First match counts: an animation is also sent as a document, a venue also as a location. */
const MEDIA: readonly (readonly [field: string, media: MediaKind])[] = [
  ["voice", "voice"],
  ["audio", "voice"],
  ["photo", "photo"],
  ["video", "video"],
  ["video_note", "video"],
  ["animation", "video"],
  ["sticker", "sticker"],
  ["document", "document"],
  ["location", "location"],
  ["contact", "contact"],
];

function contentOf(message: unknown): Content | undefined {
  if (typeof message !== "object" || message === null || NOTES.some((note) => note in message)) return undefined;
  const text = string(at(message, "text"));
  if (text !== undefined) return { kind: "text", text };
  const media = MEDIA.find(([field]) => field in message)?.[1] ?? "other";
  const document = at(message, "document");
  // A picture that was sent as a file, so that it is not made smaller.
  if (media === "document" && isPictureMime(at(document, "mime_type"))) return photo([document]);
  const sizes = at(message, "photo");
  return media === "photo" ? photo(Array.isArray(sizes) ? sizes : []) : { kind: "media", media };
}

/** Telegram gives a photo in several sizes, the largest last: the largest that is not too big. */
function photo(sizes: readonly unknown[]): Content {
  const fits = sizes.findLast((size) => (integer(at(size, "file_size")) ?? 0) <= PICTURE_LIMIT);
  const picture = string(at(fits, "file_id"));
  return { kind: "media", media: "photo", ...(picture === undefined ? {} : { picture }) };
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (of, key) => (typeof of === "object" && of !== null ? Reflect.get(of, key) : undefined),
    value,
  );
}

function string(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function integer(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) ? value : undefined;
}
