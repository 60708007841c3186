import type { Channel } from "./channels/channel.ts";
import { systemClock } from "./clock.ts";
import type { Config } from "./config.ts";
import { type ConversationKey, channelOf, chatOf } from "./conversation/message.ts";
import type { Log } from "./log.ts";
import type { Stores } from "./store/stores.ts";

/** What the lease of the linked number is called. */
export const WHATSAPP_ACCOUNT = "whatsapp";

/**
 * The WhatsApp channel, when it is on. Its library is large, and prints secrets unless it is kept from it: both happen
 * only then.
 */
export async function openWhatsapp(
  { whatsapp }: Config,
  stores: Stores,
  log: Log,
  mayWrite: () => boolean,
): Promise<Channel | undefined> {
  if (!whatsapp.on) return undefined;
  const { guardProcess } = await import("./channels/whatsapp/guard.ts");
  guardProcess(log);
  const { whatsappChannel } = await import("./channels/whatsapp/channel.ts");
  const { qrText } = await import("./cli/whatsapp-qr.ts");
  return whatsappChannel({
    rooms: stores.whatsappRooms(),
    clock: systemClock,
    log,
    random: Math.random,
    mayWrite,
    ...(whatsapp.wsUrl === undefined ? {} : { wsUrl: whatsapp.wsUrl }),
    onQr: (qr) => void qrText(qr).then((text) => process.stdout.write(`${text}\n`)),
    alarm: (key, text) => {
      log.error({ key }, text);
      stores.records.tasks
        .add({ key, kind: "channel", text }, systemClock.now())
        .catch((error: unknown) => log.error({ error }, "a task could not be written"));
    },
  });
}

const NUMBER = "@s.whatsapp.net";

/** The phone number behind a chat of WhatsApp, whose name tells none. Undefined of other chats, and where it is hidden. */
export function numbersOf(stores: Stores): (chat: ConversationKey) => Promise<string | undefined> {
  const { people } = stores.whatsappRooms();
  return async (chat) => {
    if (channelOf(chat) !== "whatsapp") return undefined;
    const addresses = await people.addresses(chatOf(chat));
    return addresses.find((address) => address.endsWith(NUMBER))?.slice(0, -NUMBER.length);
  };
}
