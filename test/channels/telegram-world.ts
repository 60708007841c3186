import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { TelegramChannel, TelegramOptions } from "../../src/channels/telegram/channel.ts";
import { telegramChannel } from "../../src/channels/telegram/channel.ts";
import { webhookPath } from "../../src/channels/telegram/webhook.ts";
import { systemClock } from "../../src/clock.ts";
import { silentLog } from "../../src/log.ts";
import type { ChannelWorld, Person, Shown } from "../contract/channel-world.ts";
import type { Message } from "../fakes/telegram/books.ts";
import { startTelegram, type TelegramServer } from "../fakes/telegram/server.ts";
import type { User } from "../fakes/telegram/user.ts";

export interface TelegramWorld extends ChannelWorld {
  readonly server: TelegramServer;
}

export const SECRET = "rahasia_uji-1234567890";

/** A channel on that server, with short waits. */
export function channelOn(server: TelegramServer, more: Partial<TelegramOptions> = {}): TelegramChannel {
  const { token, apiRoot } = server;
  return telegramChannel({ token, apiRoot, log: silentLog, clock: systemClock, backoff: () => 5, ...more });
}

export async function pollingWorld(): Promise<TelegramWorld> {
  const server = await startTelegram();
  return world(server, channelOn(server), {
    again: async () => channelOn(server),
    close: () => server.close(),
  });
}

export async function webhookWorld(): Promise<TelegramWorld> {
  const server = await startTelegram();
  const door = await openDoor();
  const make = () => {
    const channel = channelOn(server, { webhook: { url: door.url, secret: SECRET } });
    door.lead(channel);
    return channel;
  };
  const close = async () => {
    await server.close();
    await door.close();
  };
  const again = async () => {
    door.hangUp();
    return make();
  };
  return world(server, make(), { again, close });
}

/** The web server's part: reads the body, and leads the call to a channel. */
export async function openDoor() {
  let channel: TelegramChannel | undefined;
  const web = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
    const answer = await channel?.webhook?.handle(headers, Buffer.concat(chunks).toString());
    response.writeHead(answer?.status ?? 503).end();
  });
  await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", () => resolve()));
  const { port } = web.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${webhookPath(SECRET)}`,
    lead: (to: TelegramChannel) => {
      channel = to;
    },
    hangUp: () => web.closeAllConnections(),
    close: () =>
      new Promise<void>((resolve) => {
        web.close(() => resolve());
        web.closeAllConnections();
      }),
  };
}

function world(
  server: TelegramServer,
  channel: TelegramChannel,
  rest: Pick<ChannelWorld, "again" | "close">,
): TelegramWorld {
  return {
    ...rest,
    server,
    channel,
    person: (number) => personOf(server.user(1000 + number)),
    busyOnce: () => server.fault("sendMessage", { kind: "busy", retryAfter: 1 }),
    cut: server.cut,
  };
}

function personOf(user: User): Person {
  return {
    key: user.key,
    say: async (text) => void user.say(text),
    tap: async (label) => void user.tap(label),
    send: async (media) => void user.send(media),
    next: async () => shown(await user.next()),
    shown: () => user.chat().flatMap((message) => (message.from === "bot" ? [shown(message)] : [])),
    own: () => user.chat().flatMap((message) => (message.from === "user" ? [message.text] : [])),
    leave: async () => user.block(),
  };
}

function shown({ text, bold, keyboard, file }: Message): Shown {
  const buttons = keyboard.flat().map((key) => key.text);
  if (file === undefined) return { text, bold, buttons };
  const mime = file.name.endsWith(".png") ? "image/png" : "application/pdf";
  return { text, bold, buttons, file: { name: file.name, mime, bytes: file.bytes } };
}
