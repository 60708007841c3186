import { chatOf, type Outbound } from "../../conversation/message.ts";
import type { Channel, Delivery } from "../channel.ts";
import { type Answer, type BotApi, type Fault, reasonOf } from "./api.ts";
import { CAPTION_LIMIT, split, TEXT_LIMIT, toHtml, toPlain } from "./html.ts";
import type { Pace } from "./pace.ts";

const PATIENCE = { ms: 20_000 };

/** With a refused token every chat waits, and may wait long. */
const TOKEN_WAIT = 60_000;

/** How many half-sent messages are remembered. */
const REMEMBERED = 1000;

export interface SendTools {
  readonly api: BotApi;
  readonly pace: Pace;
}

type Send = Channel["send"];

/** Sends one message, in as many of Telegram's as it takes. */
export function makeSend(tools: SendTools): Send {
  // A long message of which a part has arrived goes on behind it when it is tried again.
  const arrived = new Map<string, number>();
  return async (to, message, id, mayGo = always) => {
    const steps = stepsOf(tools.api, chatOf(to), message);
    let last: Delivery = { kind: "refused", reason: "nothing to send" };
    for (let at = arrived.get(id) ?? 0; at < steps.length; at++) {
      await tools.pace();
      last = mayGo() ? ((await steps[at]?.()) ?? last) : NOT_OURS;
      if (last.kind === "delivered" && at + 1 < steps.length) remember(arrived, id, at + 1);
      if (last.kind !== "delivered") break;
    }
    if (last.kind !== "retry" && last.kind !== "ambiguous") arrived.delete(id);
    return last;
  };
}

const always = () => true;
const NOT_OURS: Delivery = { kind: "retry", reason: "another process has it in hand" };

function remember(arrived: Map<string, number>, id: string, steps: number): void {
  arrived.set(id, steps);
  const oldest = arrived.keys().next();
  if (arrived.size > REMEMBERED && oldest.done === false) arrived.delete(oldest.value);
}

type Step = () => Promise<Delivery>;

function stepsOf(api: BotApi, chat: string, message: Outbound): readonly Step[] {
  switch (message.kind) {
    case "text":
      return texts(api, chat, message.text, []);
    case "choices":
      return texts(api, chat, message.text, message.rows);
    case "document":
    case "image":
      return fileSteps(api, chat, message);
    case "forget":
      return [() => forget(api, chat, message.ref)];
    case "close":
      return [() => close(api, chat, message.ref)];
  }
}

type Rows = Extract<Outbound, { kind: "choices" }>["rows"];

function texts(api: BotApi, chat: string, text: string, rows: Rows): readonly Step[] {
  const parts = split(text, TEXT_LIMIT);
  const keyboard = rows.map((row) => row.map((button) => ({ text: button.label, callback_data: button.id })));
  return parts.map((part, at) => async () => {
    const shared = {
      chat_id: chat,
      link_preview_options: { is_disabled: true },
      ...(at === parts.length - 1 && keyboard.length > 0 ? { reply_markup: { inline_keyboard: keyboard } } : {}),
    };
    return sent(
      await orPlain(
        () => api.call("sendMessage", { ...shared, text: toHtml(part), parse_mode: "HTML" }, PATIENCE),
        () => api.call("sendMessage", { ...shared, text: toPlain(part) }, PATIENCE),
      ),
    );
  });
}

type File = Extract<Outbound, { kind: "document" | "image" }>;

/** A caption that is too long goes on in messages of its own. */
function fileSteps(api: BotApi, chat: string, file: File): readonly Step[] {
  const [caption = "", ...more] = split(file.caption, CAPTION_LIMIT);
  const first = async () =>
    sent(
      await orPlain(
        () => upload(api, chat, file, caption === "" ? {} : { caption: toHtml(caption), parse_mode: "HTML" }),
        () => upload(api, chat, file, { caption: toPlain(caption) }),
      ),
    );
  return [first, ...more.flatMap((part) => texts(api, chat, part, []))];
}

type Numbered = { readonly message_id: number };

type Caption = { readonly caption?: string; readonly parse_mode?: "HTML" };

function upload(api: BotApi, chat: string, file: File, caption: Caption): Promise<Answer<Numbered>> {
  const input = { source: Buffer.from(file.bytes), filename: file.name };
  return file.kind === "image"
    ? api.call("sendPhoto", { chat_id: chat, photo: input, ...caption }, PATIENCE)
    : api.call("sendDocument", { chat_id: chat, document: input, ...caption }, PATIENCE);
}

/** Our HTML is always well made; but a message that shows a mark too many is better than none. */
async function orPlain<T>(html: () => Promise<Answer<T>>, plain: () => Promise<Answer<T>>): Promise<Answer<T>> {
  const answer = await html();
  return !answer.ok && says(answer.fault, /can't parse entities/i) ? plain() : answer;
}

async function forget(api: BotApi, chat: string, ref: string): Promise<Delivery> {
  const answer = await api.call("deleteMessage", { chat_id: chat, message_id: Number(ref) }, PATIENCE);
  // Gone already, or older than the 48 h within which a bot may delete: another try changes nothing.
  const done = answer.ok || says(answer.fault, /message to delete not found|message can't be deleted/i);
  return done ? { kind: "delivered", ref } : failed(answer.fault);
}

async function close(api: BotApi, chat: string, ref: string): Promise<Delivery> {
  const answer = await api.call("editMessageReplyMarkup", { chat_id: chat, message_id: Number(ref) }, PATIENCE);
  const done =
    answer.ok || says(answer.fault, /message is not modified|message to edit not found|message can't be edited/i);
  return done ? { kind: "delivered", ref } : failed(answer.fault);
}

function sent(answer: Answer<Numbered>): Delivery {
  return answer.ok ? { kind: "delivered", ref: String(answer.result.message_id) } : failed(answer.fault);
}

function says(fault: Fault, words: RegExp): boolean {
  return fault.kind === "refused" && words.test(fault.description);
}

function failed(fault: Fault): Delivery {
  const reason = reasonOf(fault);
  if (fault.kind === "unreached") return { kind: "retry", reason };
  if (fault.kind === "unanswered") return { kind: "ambiguous", reason };
  if (fault.code === 429) return { kind: "retry", reason, afterMs: fault.retryAfterMs ?? 1000 };
  if (fault.code >= 500) return { kind: "retry", reason };
  // 404: what Telegram says to a token that is none.
  if (fault.code === 401 || fault.code === 404) return { kind: "retry", reason, afterMs: TOKEN_WAIT };
  if (fault.code === 403 || says(fault, /chat not found|user is deactivated/i)) return { kind: "gone", reason };
  return { kind: "refused", reason };
}
