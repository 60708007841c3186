import { expect, onTestFinished, test } from "vitest";
import type { TelegramOptions } from "../../src/channels/telegram/channel.ts";
import { gate, listening, makeInbox } from "../contract/channel-world.ts";
import { startTelegram } from "../fakes/telegram/server.ts";
import { handClock, openLog } from "./telegram-tools.ts";
import { channelOn } from "./telegram-world.ts";

async function telegram(more: Partial<TelegramOptions> = {}) {
  const server = await startTelegram();
  onTestFinished(() => server.close());
  return { server, channel: channelOn(server, more) };
}

const asked = (of: { readonly calls: readonly { readonly method: string }[] }, method: string) =>
  of.calls.filter((call) => call.method === method).length;

test("one chat that is not taken holds the batch back, and the other chats of the batch are taken meanwhile", async () => {
  const { server, channel } = await telegram();
  for (const text of ["satu", "dua"]) server.user(1).say(text);
  server.user(2).say("tiga");
  server.user(1).say("empat");
  const others = gate();
  const inbox = makeInbox(async (one) => {
    if (one.key === server.user(2).key) return others.open();
    await others.passed;
    if (inbox.offered.length < 5) throw new Error("the store is down");
  });
  listening(channel, inbox.receive);
  await others.passed;
  expect(server.books.updates).toHaveLength(4);
  const taken = await inbox.took(4);
  const texts = taken.map((one) => one.content.kind === "text" && one.content.text);
  expect(texts).toEqual(["tiga", "satu", "dua", "empat"]);
  await server.reached((books) => books.updates.length === 0);
});

test("a stop confirms what was taken, and only that", async () => {
  const { server, channel } = await telegram();
  for (const text of ["satu", "dua", "tiga"]) server.user(1).say(text);
  const inbox = makeInbox(async () => {
    if (inbox.offered.length === 2) ear.abort();
  });
  const ear = listening(channel, inbox.receive);
  await inbox.took(2);
  await ear.stop();
  expect(inbox.offered).toHaveLength(2);
  expect(server.books.updates).toMatchObject([{ message: { text: "tiga" } }]);
});

test("a stop while the store is down does not wait for it", async () => {
  const { server, channel } = await telegram({ backoff: () => 3_600_000 });
  server.user(1).say("satu");
  const refused = gate();
  const ear = listening(channel, async () => {
    refused.open();
    throw new Error("the store is down");
  });
  await refused.passed;
  await ear.stop();
  expect(server.books.updates).toHaveLength(1);
});

test("another program that listens with the token is waited out", async () => {
  const log = openLog();
  const clock = handClock();
  const { server, channel } = await telegram({ log, clock, backoff: (failures) => failures * 7000 });
  const inbox = makeInbox();
  listening(channel, inbox.receive);
  await server.reached((books) => books.endPoll !== undefined);
  const other = fetch(`${server.apiRoot}/bot${server.token}/getUpdates?timeout=30`);
  await clock.asleep(7000);
  expect(channel.state()).toEqual({ ready: true, detail: expect.stringContaining("another program") });
  expect(log.lines.filter((line) => line.startsWith("warn another program"))).toHaveLength(1);
  server.user(1).say("halo");
  await (await other).json();
  clock.pass(7000);
  await inbox.took(1);
  expect(channel.state()).toEqual({ ready: true, detail: "polling" });
});

test("a webhook that somebody left is taken off", async () => {
  const { server, channel } = await telegram();
  const inbox = makeInbox();
  listening(channel, inbox.receive);
  await server.reached((books) => books.endPoll !== undefined);
  await fetch(`${server.apiRoot}/bot${server.token}/setWebhook?url=http://127.0.0.1:9/nobody`);
  server.user(1).say("halo");
  await inbox.took(1);
  expect(server.books.webhook).toBeUndefined();
});

test("a refused token is said with what to do, and tried again every minute", async () => {
  const log = openLog();
  const clock = handClock();
  const server = await startTelegram();
  onTestFinished(() => server.close());
  const channel = channelOn({ ...server, token: "999:nobody" }, { log, clock });
  const ear = listening(channel, makeInbox().receive);
  for (let minute = 0; minute < 3; minute++) {
    await clock.asleep(60_000);
    expect(channel.state()).toEqual({ ready: false, detail: "Telegram refuses the bot token" });
    expect(log.lines).toHaveLength(minute + 1);
    clock.pass(60_000);
  }
  expect(log.lines[0]).toMatch(/^error .*set TELEGRAM_BOT_TOKEN to the one that @BotFather shows/);
  await ear.stop();
});

test("errors, resets, garbage and too many requests do not end the listening", async () => {
  const { server, channel } = await telegram();
  server.fault("getMe", { kind: "error", status: 502, description: "Bad Gateway" });
  server.fault("deleteWebhook", { kind: "reset", when: "after" });
  server.fault("getUpdates", { kind: "busy", retryAfter: 0 });
  server.fault("getUpdates", { kind: "garbled" });
  server.fault("getUpdates", { kind: "error", status: 500, description: "Internal Server Error" });
  server.fault("getUpdates", { kind: "reset", when: "before" });
  server.fault("getUpdates", { kind: "reset", when: "after" });
  const inbox = makeInbox();
  listening(channel, inbox.receive);
  server.user(1).say("halo");
  await inbox.took(1);
  expect(server.books.faults).toEqual([]);
});

test("Telegram out of reach at the start is waited for", async () => {
  const { server, channel } = await telegram();
  await server.cut();
  const inbox = makeInbox();
  listening(channel, inbox.receive);
  server.user(1).say("halo");
  expect(channel.state()).toEqual({ ready: false, detail: expect.stringMatching(/./) });
  await server.back();
  await inbox.took(1);
  expect(channel.state().ready).toBe(true);
});

test("a poll that Telegram never answers is given up after its time and ten seconds", async () => {
  const clock = handClock();
  const { server, channel } = await telegram({ clock, pollSeconds: 20, backoff: () => 1000 });
  server.fault("getUpdates", { kind: "wait", until: new Promise(() => {}) });
  const inbox = makeInbox();
  listening(channel, inbox.receive);
  await server.reached((books) => asked(books, "getUpdates") === 1);
  clock.pass(30_000);
  await clock.asleep(1000);
  clock.pass(1000);
  server.user(1).say("halo");
  await inbox.took(1);
});

test("an update that Telegram delivers twice is offered twice, under one id", async () => {
  const { server, channel } = await telegram();
  const inbox = makeInbox();
  listening(channel, inbox.receive);
  server.push(server.user(1).say("halo"));
  const taken = await inbox.took(2);
  expect(taken[0]).toEqual(taken[1]);
});

test("a tap is answered at once, before it is taken, and an answer that comes too late is no trouble", async () => {
  const log = openLog();
  const { server, channel } = await telegram({ log });
  const choices = { kind: "choices", text: "Pilih", rows: [[{ id: "a", label: "A" }]] } as const;
  await channel.send(server.user(1).key, choices, "m1");
  const release = gate();
  const inbox = makeInbox(() => release.passed);
  listening(channel, inbox.receive);
  server.user(1).tap("A");
  await server.reached((books) => [...books.callbacks.values()].every((callback) => callback.answered));
  expect(inbox.taken).toHaveLength(0);
  release.open();
  server.user(1).tap("A");
  for (const callback of server.books.callbacks.values()) callback.tooOld = true;
  await inbox.took(2);
  expect(log.lines.filter((line) => !line.startsWith("info"))).toEqual([]);
});

test("a stop waits for the answer to a tap that is under way", async () => {
  const { server, channel } = await telegram();
  const choices = { kind: "choices", text: "Pilih", rows: [[{ id: "a", label: "A" }]] } as const;
  await channel.send(server.user(1).key, choices, "m1");
  const release = gate();
  server.fault("answerCallbackQuery", { kind: "wait", until: release.passed });
  const inbox = makeInbox();
  const ear = listening(channel, inbox.receive);
  server.user(1).tap("A");
  await inbox.took(1);
  await server.reached((books) => asked(books, "answerCallbackQuery") === 1);
  ear.abort();
  // The stop confirms what was taken; the answer to the tap alone is missing then.
  await server.reached((books) => books.updates.length === 0);
  expect((await channel.send(server.user(1).key, choices, "m2")).kind).toBe("delivered");
  expect(ear.ended()).toBe(false);
  release.open();
  await ear.stop();
});
