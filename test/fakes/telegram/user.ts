import { randomBytes } from "node:crypto";
import { type ConversationKey, conversationKey, type MediaKind } from "../../../src/conversation/message.ts";
import type { Books, Fields, Message, Update, Upload } from "./books.ts";
import { wire } from "./books.ts";
import { push } from "./polling.ts";
import { store } from "./uploads.ts";

/** Somebody with Telegram on the phone, in a chat with the bot. */
export interface User {
  readonly id: number;
  readonly key: ConversationKey;
  say(text: string): Update;
  /** Changes the newest message of one's own. */
  edit(text: string): Update;
  /** On the newest message of this chat with a button of that label. */
  tap(label: string): Update;
  send(media: MediaKind): Update;
  /** A picture; as a file it is not made smaller, and says of itself what it is. */
  shows(bytes: Uint8Array, as?: { readonly mime: string }): Update;
  /** The next message of the bot that `next` has not given yet and that `holds`; those before it are passed over. */
  next(holds?: (message: Message) => boolean): Promise<Message>;
  /** What the chat shows now, oldest first: the user's own messages too. */
  chat(): readonly Message[];
  documents(): readonly Upload[];
  block(): void;
  unblock(): void;
}

export interface Person {
  readonly first_name?: string;
  readonly last_name?: string;
  readonly language_code?: string;
}

export function makeUser(books: Books, id: number, person: Person = {}): User {
  const from = { id, is_bot: false, first_name: `U${id}`, language_code: "id", ...person };
  const chat = books.chats.get(id) ?? [];
  books.chats.set(id, chat);
  const told = (fields: Fields) => pushed(books, own(books, { chat: id, from, fields }));
  let given = 0;
  const nextOf = (holds: (message: Message) => boolean) =>
    chat.find((message) => message.from === "bot" && message.id > given && holds(message));
  return {
    id,
    key: conversationKey("telegram", String(id)),
    say: (text) => told({ text, ...(text.startsWith("/") ? { entities: command(text) } : {}) }),
    edit(text) {
      const newest = chat.findLast((message) => message.from === "user");
      if (newest === undefined) throw new Error("the user has not said anything that could be edited");
      newest.text = text;
      const message = { ...wire(books, newest), from, text, edit_date: now() };
      return pushed(books, { edited_message: message });
    },
    send: (media) => told(MEDIA[media]),
    shows: (bytes, as) => told(shown(books, bytes, as)),
    tap: (label) => tapped(books, { chat, from, label }),
    async next(holds = () => true) {
      await books.reached(() => nextOf(holds) !== undefined);
      const message = nextOf(holds);
      if (message === undefined) throw new Error("the message was deleted while it was awaited");
      given = message.id;
      return message;
    },
    chat: () => [...chat],
    documents: () => chat.flatMap((message) => (message.from === "bot" && message.file ? [message.file] : [])),
    block: () => books.blocked.add(id),
    unblock: () => books.blocked.delete(id),
  };
}

const thing = { file_id: "Fx", file_unique_id: "ux" };

/** The fields of a message of that kind. A call cannot be made to a bot; it is here to be complete. */
const MEDIA: Readonly<Record<MediaKind, Fields>> = {
  voice: { voice: { ...thing, duration: 3 } },
  photo: { photo: [{ ...thing, width: 1, height: 1 }], caption: "ini KTP saya" },
  video: { video: { ...thing, width: 1, height: 1, duration: 3 } },
  sticker: { sticker: { ...thing, type: "regular", width: 1, height: 1, is_animated: false, is_video: false } },
  document: { document: { ...thing, file_name: "ktp.pdf" } },
  location: { location: { latitude: -6.48, longitude: 106.84 } },
  contact: { contact: { phone_number: "+62812", first_name: "U" } },
  call: { video_chat_started: {} },
  other: { dice: { emoji: "🎲", value: 4 } },
};

/** A photo comes in sizes, the smallest first; this one's smallest is another file. */
function shown(books: Books, bytes: Uint8Array, as: { readonly mime: string } | undefined): Fields {
  const described = (of: Uint8Array, name: string) => {
    const { id } = store(books, { name, bytes: of });
    return { file_id: id, file_unique_id: `u${id}`, file_size: of.length };
  };
  if (as !== undefined) {
    return { document: { ...described(bytes, "bukti"), file_name: "bukti", mime_type: as.mime } };
  }
  const small = { ...described(bytes.subarray(0, 10), "small.jpg"), width: 90, height: 51 };
  return { photo: [small, { ...described(bytes, "large.jpg"), width: 1280, height: 720 }] };
}

function pushed(books: Books, content: Fields): Update {
  const update = { update_id: books.nextUpdate++, ...content };
  push(books, update);
  return update;
}

function own(books: Books, { chat, from, fields }: { chat: number; from: Fields; fields: Fields }): Fields {
  const text = typeof fields.text === "string" ? fields.text : "";
  const message: Message = { id: books.nextMessage++, chat, from: "user", text, bold: [], keyboard: [], raw: fields };
  books.chats.get(chat)?.push(message);
  return {
    message: { message_id: message.id, from, chat: { id: chat, type: "private" }, date: now(), ...fields },
  };
}

function tapped(
  books: Books,
  { chat, from, label }: { chat: readonly Message[]; from: Fields; label: string },
): Update {
  const message = chat.findLast((one) => one.keyboard.flat().some((key) => key.text === label));
  const data = message?.keyboard.flat().find((key) => key.text === label)?.callback_data;
  if (message === undefined || data === undefined) throw new Error(`no button "${label}" in this chat`);
  const id = randomBytes(6).toString("hex");
  books.callbacks.set(id, { answered: false, tooOld: false });
  return pushed(books, { callback_query: { id, from, message: wire(books, message), chat_instance: "ci", data } });
}

function command(text: string): readonly Fields[] {
  return [{ type: "bot_command", offset: 0, length: text.split(" ")[0]?.length ?? 0 }];
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
