import { json } from "./body.ts";
import type { Books, Fields, Key, Message } from "./books.ts";
import { type Markup, readHtml, readPlain } from "./markup.ts";

/** A text as it will be shown, within the limit that counts what is shown. */
export function readText(fields: Fields, text: unknown, limit: number): Markup {
  if (typeof text !== "string" || text === "") return { ok: false, error: "message text is empty" };
  const read = /^html$/i.test(String(fields.parse_mode ?? "")) ? readHtml(text) : readPlain(text);
  if (!read.ok) return { ok: false, error: `can't parse entities: ${read.error}` };
  if (read.text === "") return { ok: false, error: "message text must be non-empty" };
  if (read.text.length > limit) {
    return { ok: false, error: limit === 4096 ? "message is too long" : "message caption is too long" };
  }
  return read;
}

/** undefined: the call has a button that Telegram does not take. */
export function keyboardOf(fields: Fields): readonly (readonly Key[])[] | undefined {
  const markup = json(fields.reply_markup) as { inline_keyboard?: Key[][] } | undefined;
  const keyboard = markup?.inline_keyboard ?? [];
  const fits = (key: Key) => {
    const length = Buffer.byteLength(key.callback_data ?? "x");
    return length >= 1 && length <= 64;
  };
  return keyboard.flat().every(fits) ? keyboard : undefined;
}

/** Keeps what the bot sent, and lets everybody look. */
export function keep(books: Books, message: Omit<Message, "id" | "from">): Message {
  const kept: Message = { ...message, id: books.nextMessage++, from: "bot" };
  books.chats.get(message.chat)?.push(kept);
  books.changed();
  return kept;
}
