import type { Clock } from "../../clock.ts";
import { chatOf, type Language } from "../../conversation/message.ts";
import type { Log } from "../../log.ts";
import type { Channel } from "../channel.ts";
import { type Answer, botApi, reasonOf } from "./api.ts";
import { type Backoff, backoff as doubling, makeCondition } from "./condition.ts";
import { makePace } from "./pace.ts";
import { pictureOf } from "./picture.ts";
import { type PollTools, poll } from "./polling.ts";
import { makeSend } from "./send.ts";
import { ALLOWED_UPDATES, type Reading } from "./updates.ts";
import { makeWebhook, type WebhookDoor } from "./webhook.ts";

export interface TelegramOptions {
  readonly token: string;
  /** Another Bot API server than Telegram's own, for example `http://127.0.0.1:8081`. */
  readonly apiRoot?: string;
  /** `url`: the whole address that Telegram is to call, `webhookPath(secret)` included. Without it: long polling. */
  readonly webhook?: { readonly url: string; readonly secret: string };
  /** The menu beside the text field. */
  readonly commands?: Readonly<Record<Language, readonly Command[]>>;
  readonly log: Log;
  readonly clock: Clock;
  /** Whether this process may still poll: asked in the tick in which a question goes out. */
  readonly mayPoll?: () => boolean;
  /** How long Telegram holds a question when there is nothing new, s; default 30. */
  readonly pollSeconds?: number;
  /** How many messages go out in a second at most, to all chats together; default 25, Telegram's own limit being 30. */
  readonly perSecond?: number;
  readonly backoff?: Backoff;
}

export interface Command {
  readonly command: string;
  readonly description: string;
}

export interface TelegramChannel extends Channel {
  /** There when the updates come by webhook. */
  readonly webhook?: WebhookDoor;
}

/** Telegram allows about 30 messages a second in all. */
const PER_SECOND = 25;

const PATIENCE = 20_000;

/** Telegram, by one bot token: one process at a time may listen with it. */
export function telegramChannel(options: TelegramOptions): TelegramChannel {
  const { clock, log, backoff = doubling, pollSeconds = 30, perSecond = PER_SECOND } = options;
  const api = botApi(options);
  const condition = makeCondition(log, backoff);
  const errands = makeErrands();
  const answer = (reading: Reading) => {
    const id = reading.callback;
    if (id !== undefined) errands.start(api.call("answerCallbackQuery", { callback_query_id: id }, { ms: PATIENCE }));
  };
  const { mayPoll = () => true } = options;
  const tools: PollTools = { api, clock, log, condition, backoff, pollSeconds, answer, mayPoll };
  const webhook = options.webhook && makeWebhook({ secret: options.webhook.secret, log, answer });
  return {
    name: "telegram",
    style: "buttons",
    forgets: true,
    async listen(receive, stop) {
      // Calls to an address that was given in an earlier life may come before Telegram has been reached.
      const hearing = webhook?.listen(receive, stop);
      await introduce(tools, options, stop);
      await (hearing ?? poll(tools, receive, stop));
      await errands.done();
    },
    send: makeSend({ api, pace: makePace(clock, perSecond) }),
    async typing(to) {
      await api.call("sendChatAction", { chat_id: chatOf(to), action: "typing" }, { ms: 5_000 });
    },
    picture: pictureOf({ ...options, api }),
    state: condition.state,
    ...(webhook === undefined ? {} : { webhook: { handle: webhook.handle } }),
  };
}

/** Says who listens and how. Goes on trying until Telegram agrees or the listening stops. */
async function introduce(tools: PollTools, options: TelegramOptions, stop: AbortSignal): Promise<void> {
  const { api, condition, log } = tools;
  const patience = { ms: PATIENCE, stop };
  const me = await insist(tools, stop, () => api.call("getMe", {}, patience));
  if (me === undefined) return;
  condition.fine("reached");
  log.info({ channel: "telegram", bot: me.username }, "Telegram is reached");
  const { webhook } = options;
  await insist(tools, stop, () =>
    webhook === undefined
      ? api.call("deleteWebhook", {}, patience)
      : api.call(
          "setWebhook",
          { url: webhook.url, secret_token: webhook.secret, allowed_updates: ALLOWED_UPDATES },
          patience,
        ),
  );
  if (webhook !== undefined) condition.fine("webhook");
  if (options.commands !== undefined) await offer(tools, options.commands, stop);
}

/** Undefined when the listening stopped before Telegram agreed. */
async function insist<T>(tools: PollTools, stop: AbortSignal, call: () => Promise<Answer<T>>): Promise<T | undefined> {
  for (let failures = 1; !stop.aborted; failures++) {
    const answer = await call();
    if (answer.ok) return answer.result;
    if (stop.aborted) break;
    await tools.clock.sleep(tools.clock.now() + tools.condition.trouble(answer.fault, failures), stop);
  }
  return undefined;
}

/** A menu that could not be set is no reason not to listen. */
async function offer(tools: PollTools, commands: Readonly<Record<Language, readonly Command[]>>, stop: AbortSignal) {
  const menus = [{ commands: commands.id }, { commands: commands.en, language_code: "en" }];
  for (const menu of menus) {
    const answer = await tools.api.call("setMyCommands", menu, { ms: PATIENCE, stop });
    if (!answer.ok && !stop.aborted) {
      tools.log.warn({ channel: "telegram", reason: reasonOf(answer.fault) }, "the menu of commands was not set");
    }
  }
}

/** Calls that nobody waits for, but a stop. */
function makeErrands() {
  const running = new Set<Promise<unknown>>();
  return {
    start(errand: Promise<unknown>): void {
      const tracked = errand.finally(() => running.delete(tracked));
      running.add(tracked);
    },
    done: async () => {
      await Promise.all(running);
    },
  };
}
