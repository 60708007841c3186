import { generateMessageIDV2 } from "@whiskeysockets/baileys";
import { expect, test } from "vitest";
import { linked, makeBot, unlinked } from "./whatsapp-bot.ts";

const ANN = { pn: "6281200000002", lid: "100000000000002", name: "Ann" };

test("what was said while the bot was away comes when it is back, as the past", async () => {
  const { server, bot } = await linked();
  const ann = server.person(ANN);
  server.drop();
  expect(await bot.closed()).toBe(428);
  const ids = [await ann.say("satu", { ago: 3600 }), await ann.say("dua")];
  bot.connect();
  const [first, second] = [await bot.got(ids[0] ?? ""), await bot.got(ids[1] ?? "")];
  expect([first.type, second.type]).toEqual(["append", "append"]);
  expect(Number(second.message.messageTimestamp) - Number(first.message.messageTimestamp)).toBeGreaterThan(3590);
  await server.reached(() => server.books.devices.get(1)?.queue.size === 0);
});

test("the same message comes twice when the sender sends it twice", async () => {
  const { server, bot } = await linked();
  const ann = server.person(ANN);
  const id = await ann.say("halo");
  await bot.got(id);
  await ann.say("halo", { id });
  await bot.reached(() => bot.all(id).length === 2);
  expect(ann.chat()).toHaveLength(1);
});

test.each([1, 2])(
  "a message that was damaged %i times is asked for again, and is there in the end",
  async (corrupt) => {
    const { server, bot } = await linked();
    const ann = server.person(ANN);
    const id = await ann.say("halo", { corrupt });
    expect((await bot.got(id)).message.message?.conversation).toBe("halo");
    const stubs = bot.all(id).filter(({ message }) => !message.message);
    expect(stubs.map(({ message }) => message.messageStubType)).toEqual(Array(corrupt).fill(2));
    await server.reached(() => server.books.devices.get(1)?.queue.size === 0);
    expect(ann.receipts().filter(({ type }) => type === "retry")).toHaveLength(corrupt);
  },
);

test("a person who cannot decrypt asks again, and gets the message from memory, or after a restart from getMessage", async () => {
  const { server, bot } = await linked();
  const ann = server.person(ANN);
  ann.fail(1);
  await bot.socket().sendMessage(ann.jid, { text: "satu" });
  expect((await ann.next()).text).toBe("satu");
  ann.leave();
  const id = generateMessageIDV2(bot.socket().user?.id);
  const sent = await bot.socket().sendMessage(ann.jid, { text: "dua" }, { messageId: id });
  await server.took(id);
  server.drop();
  await bot.closed();
  if (sent?.message) bot.said.set(id, sent.message);
  ann.fail(1);
  ann.comeBack();
  bot.connect();
  expect(await ann.next()).toMatchObject({ id, text: "dua" });
  expect(bot.asked).toContain(id);
});

test.each(["before", "after"] as const)(
  "a line that breaks %s a send: sent again under its id, it is shown once",
  async (when) => {
    const { server, bot } = await linked();
    const ann = server.person(ANN);
    await bot.got(await ann.say("halo"));
    server.fault({ kind: "drop", at: "message", when });
    const id = generateMessageIDV2(bot.socket().user?.id);
    await bot.socket().sendMessage(ann.jid, { text: "hai" }, { messageId: id });
    expect(await bot.closed()).toBe(428);
    expect(ann.chat().filter(({ from }) => from === "bot")).toHaveLength(when === "before" ? 0 : 1);
    bot.connect();
    await bot.opened();
    await bot.socket().sendMessage(ann.jid, { text: "hai" }, { messageId: id });
    await bot.status(id, 3);
    const got = ann.chat().filter(({ from }) => from === "bot");
    await server.reached(() => got[0]?.times === (when === "before" ? 1 : 2));
    expect(got).toHaveLength(1);
  },
);

test("the line can break in the handshake, and at a receipt: then the message comes again", async () => {
  const { server, bot } = await linked();
  server.fault({ kind: "drop", at: "receipt", when: "before" });
  const id = await server.person(ANN).say("halo");
  expect(await bot.closed()).toBe(428);
  server.fault({ kind: "drop", at: "handshake", when: "before" });
  bot.connect();
  await bot.closed();
  bot.connect();
  await bot.opened();
  await server.reached(() => server.books.devices.get(1)?.queue.size === 0);
  expect(bot.all(id).filter(({ type }) => type === "notify")).toHaveLength(1);
});

test.each([515, 503, 440, 401, 403, 405, 408])("a stream can end with %i", async (code) => {
  const { server, bot } = await linked();
  server.stream(code);
  expect(await bot.closed()).toBe(code);
});

test.each([401, 403, 405, 503])("a login can be refused with %i", async (reason) => {
  const { server, bot } = await unlinked();
  server.fault({ kind: "login", reason });
  bot.connect();
  expect(await bot.closed()).toBe(reason);
});

test("a server that answers nothing any more is given up", async () => {
  const { server, bot } = await linked();
  bot.connect({ keepAliveIntervalMs: 50 });
  await bot.opened();
  server.freeze();
  expect(await bot.closed()).toBe(408);
});

test("a server out of reach is reached again later", async () => {
  const { server, bot } = await linked();
  await server.cut();
  expect(await bot.closed()).toBe(428);
  bot.connect();
  await bot.closed();
  await server.back();
  bot.connect();
  await bot.opened();
});

test.each([463, 429, 479])("a message can be refused with %i", async (code) => {
  const { server, bot } = await linked();
  const ann = server.person(ANN);
  server.fault({ kind: "nack", code });
  const sent = await bot.socket().sendMessage(ann.jid, { text: "hai" });
  await bot.status(sent?.key.id ?? "", 0);
  expect(ann.chat()).toEqual([]);
});

test("an upload can fail, and a query", async () => {
  const { server, bot } = await linked();
  const ann = server.person(ANN);
  const file = { document: Buffer.from("x"), mimetype: "text/plain", fileName: "x.txt" };
  server.fault({ kind: "upload", status: 500 });
  await expect(bot.socket().sendMessage(ann.jid, file)).rejects.toThrow("Media upload failed");
  await bot.socket().sendMessage(ann.jid, file);
  expect(Buffer.from((await ann.next()).file?.bytes ?? []).toString()).toBe("x");
  server.fault({ kind: "iq", xmlns: "usync", code: 429 });
  await expect(bot.socket().onWhatsApp(ANN.pn)).rejects.toThrow();
  await expect(bot.socket().onWhatsApp(ANN.pn)).resolves.toHaveLength(1);
});

test("a person who blocks the bot sees nothing, and the bot is told nothing", async () => {
  const { server, bot } = await linked();
  const ann = server.person(ANN);
  ann.block();
  const id = generateMessageIDV2(bot.socket().user?.id);
  await bot.socket().sendMessage(ann.jid, { text: "hai" }, { messageId: id });
  await server.took(id);
  ann.unblock();
  await bot.socket().sendMessage(ann.jid, { text: "halo" });
  expect((await ann.next()).text).toBe("halo");
  expect(ann.chat()).toHaveLength(1);
});

test("a message of a chat that the bot does not look at is not sent again", async () => {
  const { server, bot } = await linked();
  bot.connect({ shouldIgnoreJid: (jid) => jid.endsWith("@g.us") });
  await bot.opened();
  const id = await server.person(ANN).say("di grup", { in: "group" });
  await server.reached(() => server.books.devices.get(1)?.queue.size === 0);
  expect(bot.all(id)).toEqual([]);
});

test("an answer of the server can be kept back", async () => {
  const { server, bot } = await linked();
  const ann = server.person(ANN);
  let go = () => {};
  const until = new Promise<void>((resolve) => {
    go = resolve;
  });
  server.fault({ kind: "wait", at: "message", until });
  const id = generateMessageIDV2(bot.socket().user?.id);
  await bot.socket().sendMessage(ann.jid, { text: "hai" }, { messageId: id });
  await server.reached(({ log }) => log.some(({ stanza }) => stanza.tag === "message" && stanza.attrs.id === id));
  expect(ann.chat()).toEqual([]);
  go();
  await server.took(id);
  expect((await ann.next()).text).toBe("hai");
});

test("two servers in one process do not know each other", async () => {
  const [one, two] = [await linked(), await linked()];
  const stranger = makeBot(two.server);
  stranger.connect({ auth: one.bot.socket().authState });
  expect(await stranger.closed()).toBe(401);
  await stranger.socket().end(undefined);
});
