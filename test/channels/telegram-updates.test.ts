import { expect, onTestFinished, test } from "vitest";
import type { TelegramOptions } from "../../src/channels/telegram/channel.ts";
import { listening, makeInbox } from "../contract/channel-world.ts";
import { startTelegram } from "../fakes/telegram/server.ts";
import { channelOn } from "./telegram-world.ts";

async function telegram(more: Partial<TelegramOptions> = {}) {
  const server = await startTelegram();
  onTestFinished(() => server.close());
  return { server, channel: channelOn(server, more) };
}

test("an edited message is a new answer", async () => {
  const { server, channel } = await telegram();
  const inbox = makeInbox();
  listening(channel, inbox.receive);
  server.user(1).say("32041106099");
  const { update_id } = server.user(1).edit("3204110609970001");
  const [first, second] = await inbox.took(2);
  expect(second).toMatchObject({ id: `e:${update_id}`, content: { kind: "text", text: "3204110609970001" } });
  expect(second?.messageRef).toBe(first?.messageRef);
});

test("groups, bots, notes of the platform and moving locations are passed over", async () => {
  const { server, channel } = await telegram();
  const inbox = makeInbox();
  listening(channel, inbox.receive);
  const from = { id: 1, is_bot: false, first_name: "U" };
  const chat = { id: 1, type: "private" };
  const odd = [
    { message: { message_id: 1, from, chat: { id: -5, type: "supergroup", title: "G" }, date: 1, text: "/start" } },
    { message: { message_id: 2, from: { ...from, is_bot: true }, chat, date: 1, text: "halo" } },
    { message: { message_id: 3, from, chat, date: 1, pinned_message: {} } },
    { edited_message: { message_id: 4, from, chat, date: 1, location: { latitude: 1, longitude: 1 } } },
    { callback_query: { id: "x", from, inline_message_id: "i", chat_instance: "c", data: "pay" } },
    { message: null },
    { message: "poison" },
    { callback_query: [] },
  ];
  for (const update of odd) server.push({ update_id: server.books.nextUpdate++, ...update });
  server.user(1).say("halo");
  expect(await inbox.took(1)).toMatchObject([{ content: { text: "halo" } }]);
  expect(inbox.offered).toHaveLength(1);
  await server.reached((books) => books.updates.length === 0);
});

test("a name is cleaned, and a language is taken only when it is Indonesian or English", async () => {
  const { server, channel } = await telegram();
  const inbox = makeInbox();
  listening(channel, inbox.receive);
  const people = [
    { first_name: "Siti\u202E\u0002", last_name: "  Aminah", language_code: "id" },
    { first_name: "Jo", language_code: "en-GB" },
    { first_name: "Budi", language_code: "in" },
    { first_name: "Wei", language_code: "zh-hans" },
  ];
  people.forEach((person, at) => {
    server.user(10 + at, person).say("halo");
  });
  const senders = (await inbox.took(4)).toSorted((a, b) => a.key.localeCompare(b.key)).map((one) => one.sender);
  expect(senders).toEqual([
    { name: "Siti Aminah", language: "id" },
    { name: "Jo", language: "en" },
    { name: "Budi", language: "id" },
    { name: "Wei" },
  ]);
});

test("the menu is set in both languages, and a menu that cannot be set is no reason not to listen", async () => {
  const commands = {
    id: [{ command: "status", description: "Status pembayaran" }],
    en: [{ command: "status", description: "Payment status" }],
  };
  const { server, channel } = await telegram({ commands });
  const inbox = makeInbox();
  server.fault("setMyCommands", { kind: "error", status: 400, description: "Bad Request: BOT_COMMAND_INVALID" });
  const first = listening(channel, inbox.receive);
  server.user(1).say("halo");
  await inbox.took(1);
  await first.stop();
  listening(channel, inbox.receive);
  server.user(1).say("halo");
  await inbox.took(2);
  expect(server.books.profile.get("setMyCommands:")).toMatchObject({ commands: commands.id });
  expect(server.books.profile.get("setMyCommands:en")).toMatchObject({ commands: commands.en });
  expect(server.books.allowed).toEqual(["message", "edited_message", "callback_query"]);
});
