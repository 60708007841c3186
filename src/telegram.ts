import type { TelegramChannel } from "./channels/telegram/channel.ts";
import { MENU } from "./channels/telegram/menu.ts";
import { webhookPath } from "./channels/telegram/webhook.ts";
import { systemClock } from "./clock.ts";
import type { Config } from "./config.ts";
import type { Log } from "./log.ts";

/** The Telegram channel, when it is on. Its library is loaded only then. */
export async function openTelegram(
  { telegram }: Config,
  log: Log,
  mayPoll: () => boolean,
): Promise<TelegramChannel | undefined> {
  if (telegram === undefined) return undefined;
  const { telegramChannel } = await import("./channels/telegram/channel.ts");
  const { token, apiRoot, webhook } = telegram;
  return telegramChannel({
    token,
    log,
    clock: systemClock,
    commands: MENU,
    mayPoll,
    ...(apiRoot === undefined ? {} : { apiRoot }),
    ...(webhook === undefined
      ? {}
      : { webhook: { url: new URL(webhookPath(webhook.secret), webhook.url).href, secret: webhook.secret } }),
  });
}
