import { expect, onTestFinished, test } from "vitest";
import { WEBHOOK_LIMIT, webhookPath } from "../../src/channels/telegram/webhook.ts";
import { gate, listening, makeInbox } from "../contract/channel-world.ts";
import { startTelegram } from "../fakes/telegram/server.ts";
import { channelOn, openDoor, SECRET } from "./telegram-world.ts";

async function telegram() {
  const server = await startTelegram();
  const door = await openDoor();
  const channel = channelOn(server, { webhook: { url: door.url, secret: SECRET } });
  door.lead(channel);
  onTestFinished(async () => {
    await server.close();
    await door.close();
  });
  const call = async (body: string, secret: string | undefined = SECRET) => {
    const headers = new Headers(secret === "" ? {} : { "x-telegram-bot-api-secret-token": secret });
    return (await channel.webhook?.handle(headers, body))?.status;
  };
  return { server, channel, door, call };
}

const update = (id: number, text = "halo", chat = 1) =>
  JSON.stringify({
    update_id: id,
    message: {
      message_id: id,
      date: 1,
      text,
      from: { id: chat, is_bot: false, first_name: "U" },
      chat: { id: chat, type: "private" },
    },
  });

test("Telegram is told the address, the secret and what we want to hear", async () => {
  const { server, channel, door } = await telegram();
  server.fault("setWebhook", { kind: "error", status: 500, description: "Internal Server Error" });
  listening(channel, makeInbox().receive);
  await server.reached((books) => books.webhook !== undefined);
  expect(server.books.webhook).toMatchObject({ url: door.url, secret: SECRET });
  expect(server.books.allowed).toEqual(["message", "edited_message", "callback_query"]);
});

test("a call without the secret is turned away before it is read", async () => {
  const { channel, call } = await telegram();
  const inbox = makeInbox();
  listening(channel, inbox.receive);
  for (const secret of ["", "x", SECRET.slice(1), `${SECRET}x`, SECRET.toUpperCase()]) {
    expect(await call(update(1), secret)).toBe(403);
    expect(await call("{bad", secret)).toBe(403);
  }
  expect(inbox.offered).toEqual([]);
});

test("what is no update is refused, and what is too large is not read", async () => {
  const { channel, call } = await telegram();
  listening(channel, makeInbox().receive);
  for (const body of ["{bad", "null", "[]", "{}", '{"update_id":"1"}', ""]) expect(await call(body)).toBe(400);
  expect(await call(update(1, "x".repeat(WEBHOOK_LIMIT)))).toBe(413);
  expect(await call('{"update_id":1,"poll":{}}')).toBe(200);
});

test("a call before the listening, or after it, is asked to come again", async () => {
  const { server, channel, call } = await telegram();
  expect(await call(update(1))).toBe(503);
  const inbox = makeInbox();
  const ear = listening(channel, inbox.receive);
  await server.reached((books) => books.webhook !== undefined);
  expect(await call(update(1))).toBe(200);
  await ear.stop();
  expect(await call(update(2))).toBe(503);
  expect(server.books.webhook).toBeDefined();
});

test("of one chat, what waits behind a failure fails with it; other chats do not wait", async () => {
  const { channel, call } = await telegram();
  const release = gate();
  const inbox = makeInbox(async (one) => {
    if (one.content.kind !== "text" || one.content.text !== "satu") return;
    await release.passed;
    throw new Error("the store is down");
  });
  listening(channel, inbox.receive);
  const [first, second] = [call(update(101, "satu")), call(update(102, "dua"))];
  expect(await call(update(103, "tiga", 2))).toBe(200);
  release.open();
  expect(await Promise.all([first, second])).toEqual([500, 500]);
  expect(await call(update(102, "dua"))).toBe(200);
});

test("an update is delivered again until it is taken", async () => {
  const { server, channel } = await telegram();
  let refusals = 2;
  const inbox = makeInbox(async () => {
    if (refusals-- > 0) throw new Error("the store is down");
  });
  listening(channel, inbox.receive);
  server.user(1).say("halo");
  await server.reached((books) => books.updates.length === 0 && books.hooks.length > 0);
  const statuses = server.books.hooks.map((hook) => hook.status).filter((status) => status !== 503);
  expect(statuses).toEqual([500, 500, 200]);
});

test("the path says nothing about the secret, and is another for another", () => {
  expect(webhookPath(SECRET)).toMatch(/^\/telegram\/[0-9a-f]{40}$/);
  expect(webhookPath(SECRET)).toBe(webhookPath(SECRET));
  expect(webhookPath(SECRET)).not.toBe(webhookPath(`${SECRET}x`));
  expect(webhookPath(SECRET)).not.toContain(SECRET);
});
