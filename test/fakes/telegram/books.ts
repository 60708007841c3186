import type { Fault } from "./faults.ts";

/** What the server knows. Everything else is a function over this. */
export interface Books {
  readonly token: string;
  readonly longestPollMs: number;
  readonly bot: { readonly id: number; readonly is_bot: true; readonly first_name: string; readonly username: string };
  /** Every message that is still shown, by chat, oldest first. */
  readonly chats: Map<number, Message[]>;
  /** Not confirmed yet, oldest first. */
  updates: Update[];
  readonly files: Map<string, StoredFile>;
  readonly callbacks: Map<string, { answered: boolean; tooOld: boolean }>;
  /** What setMyCommands, setMyDescription and their kin left, by method and language. */
  readonly profile: Map<string, Fields>;
  /** Every call, in order. */
  readonly calls: Call[];
  /** Every try to deliver by webhook. */
  readonly hooks: { readonly update: number; readonly status: number }[];
  readonly faults: { readonly method: string; readonly fault: Fault }[];
  /** Who has blocked the bot. */
  readonly blocked: Set<number>;
  webhook: Webhook | undefined;
  /** The kinds that the bot asked for last; undefined: Telegram's own choice. */
  allowed: readonly string[] | undefined;
  nextUpdate: number;
  nextMessage: number;
  /** Ends the long poll that is under way. */
  endPoll: ((why: "update" | "conflict" | "webhook" | "closed") => void) | undefined;
  /** Resolves once `holds` does; looked at after every change. */
  reached(holds: (books: Books) => boolean): Promise<void>;
  changed(): void;
}

export type Fields = Readonly<Record<string, unknown>>;

export interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface Call {
  readonly method: string;
  readonly fields: Fields;
  readonly files: ReadonlyMap<string, Upload>;
}

export interface StoredFile extends Upload {
  readonly id: string;
  readonly path: string;
}

export interface Update {
  readonly update_id: number;
  readonly [kind: string]: unknown;
}

export interface Key {
  readonly text: string;
  readonly callback_data?: string;
  readonly url?: string;
}

export interface Message {
  readonly id: number;
  readonly chat: number;
  readonly from: "bot" | "user";
  /** As the eye sees it: entities applied. A document's or picture's is its caption. */
  text: string;
  bold: readonly string[];
  keyboard: readonly (readonly Key[])[];
  readonly file?: StoredFile & { readonly as: "document" | "photo" };
  /** The fields of the call that made it; of a user's message those of the update. */
  readonly raw: Fields;
}

export interface Webhook {
  readonly url: string;
  readonly secret: string | undefined;
  lastError: string | undefined;
}

export function makeBooks(token: string, longestPollMs = Number.POSITIVE_INFINITY): Books {
  const looks = new Set<() => void>();
  const books: Books = {
    token,
    longestPollMs,
    bot: { id: 4242, is_bot: true, first_name: "Loket", username: "loket_uji_bot" },
    chats: new Map(),
    updates: [],
    files: new Map(),
    callbacks: new Map(),
    profile: new Map(),
    calls: [],
    hooks: [],
    faults: [],
    blocked: new Set(),
    webhook: undefined,
    allowed: undefined,
    nextUpdate: 1,
    nextMessage: 1,
    endPoll: undefined,
    reached: (holds) =>
      new Promise((resolve) => {
        const look = () => {
          if (!holds(books)) return;
          looks.delete(look);
          resolve();
        };
        looks.add(look);
        look();
      }),
    changed() {
      for (const look of [...looks]) look();
    },
  };
  return books;
}

export type Reply =
  | { readonly ok: true; readonly result: unknown }
  | {
      readonly ok: false;
      readonly error_code: number;
      readonly description: string;
      readonly parameters?: { readonly retry_after: number };
    };

export const good = (result: unknown): Reply => ({ ok: true, result });

export const bad = (error_code: number, description: string): Reply => ({ ok: false, error_code, description });

export function find(books: Books, fields: Fields): Message | undefined {
  return books.chats.get(Number(fields.chat_id))?.find((message) => message.id === Number(fields.message_id));
}

/** The message as the Bot API writes it. */
export function wire(books: Books, message: Message): object {
  const { file, keyboard } = message;
  return {
    message_id: message.id,
    date: Math.floor(Date.now() / 1000),
    chat: { id: message.chat, type: "private", first_name: `U${message.chat}` },
    from: message.from === "bot" ? books.bot : { id: message.chat, is_bot: false, first_name: `U${message.chat}` },
    ...(file === undefined ? { text: message.text } : { caption: message.text, ...wireFile(file) }),
    ...(keyboard.length === 0 ? {} : { reply_markup: { inline_keyboard: keyboard } }),
  };
}

function wireFile(file: StoredFile & { readonly as: "document" | "photo" }): object {
  const described = { file_id: file.id, file_unique_id: `u${file.id}`, file_size: file.bytes.length };
  return file.as === "photo"
    ? { photo: [{ ...described, width: 1, height: 1 }] }
    : { document: { ...described, file_name: file.name } };
}
