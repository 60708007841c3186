import { createRequire } from "node:module";

/** What Telegram would say of the bot. */
export const BOT = {
  id: 42,
  is_bot: true as const,
  first_name: "Loket",
  username: "loket_bench_bot",
  can_join_groups: true,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
};

/** A message of a user, as Telegram hands it over. */
export function messageUpdate(user: number, update: number, text: string) {
  return {
    update_id: update,
    message: {
      message_id: update,
      date: 1_790_000_000,
      from: { id: user, is_bot: false, first_name: `U${user}`, language_code: "id" },
      chat: { id: user, type: "private" as const, first_name: `U${user}` },
      text,
      ...(text.startsWith("/") ? { entities: [{ type: "bot_command" as const, offset: 0, length: text.length }] } : {}),
    },
  };
}

/** A tap on a button of ours. */
export function tapUpdate(user: number, update: number, data: string) {
  return {
    update_id: update,
    callback_query: {
      id: `t${update}`,
      chat_instance: "1",
      data,
      from: { id: user, is_bot: false, first_name: `U${user}`, language_code: "id" },
      message: { message_id: 1, date: 1_790_000_000, chat: { id: user, type: "private", first_name: `U${user}` } },
    },
  };
}

/** What a call of the Bot API carries, as far as anybody here looks. */
export interface Called {
  readonly method: string;
  readonly chat: number;
  readonly text: string;
  /** The `callback_data` of the first button. */
  readonly button: string | undefined;
}

/** Answers a call at once, as the Bot API would after a while. `body`: JSON as text, or a form as a stream. */
export function botAnswer(called: (call: Called) => void) {
  let sent = 0;
  return async (url: string, body: unknown): Promise<unknown> => {
    const method = url.slice(url.lastIndexOf("/") + 1);
    const { chat_id, text, reply_markup } = typeof body === "string" ? parsed(body) : await formOf(body);
    const chat = Number(chat_id);
    called({ method, chat, text: text ?? "", button: reply_markup?.inline_keyboard?.[0]?.[0]?.callback_data });
    if (method === "getMe") return { ok: true, result: BOT };
    if (!/^send(Message|Document|Photo)$/.test(method)) return { ok: true, result: true };
    const from = { id: BOT.id, is_bot: true, first_name: BOT.first_name, username: BOT.username };
    const result = { message_id: ++sent, date: 1_790_000_000, chat: { id: chat, type: "private" }, from, text };
    return { ok: true, result };
  };
}

interface Fields {
  readonly chat_id?: number | string;
  readonly text?: string;
  readonly reply_markup?: { readonly inline_keyboard?: readonly (readonly { readonly callback_data?: string }[])[] };
}

function parsed(body: string): Fields {
  return JSON.parse(body) as Fields;
}

async function formOf(body: unknown): Promise<Fields> {
  if (typeof body !== "object" || body === null || !(Symbol.asyncIterator in body)) return {};
  const chunks: Buffer[] = [];
  for await (const chunk of body as AsyncIterable<Buffer>) chunks.push(Buffer.from(chunk));
  const text = Buffer.concat(chunks).toString("latin1");
  const chat = /name="chat_id"\r\n\r\n(-?\d+)/.exec(text)?.[1];
  return { ...(chat === undefined ? {} : { chat_id: chat }), text: "" };
}

interface Init {
  readonly body?: unknown;
}

/**
 * Puts the answers in the place of the HTTP client below telegraf: all that telegraf does itself is done, and no byte
 * goes over a socket.
 */
export function stubTelegraf(called: (call: Called) => void): void {
  const answer = botAnswer(called);
  const require = createRequire(import.meta.url);
  const client = createRequire(require.resolve("telegraf"))("node-fetch") as { default: unknown };
  client.default = async (url: unknown, init: Init) => {
    const said = await answer(String(url), init.body);
    return { status: 200, json: async () => said };
  };
}

/** The same for grammY, which is given its client. */
export function stubFetch(called: (call: Called) => void): typeof fetch {
  const answer = botAnswer(called);
  return async (url, init) => {
    const said = await answer(String(url), init?.body);
    return { ok: true, status: 200, json: async () => said } as Response;
  };
}
