import { describe, expect, it, onTestFinished } from "vitest";
import type { Channel } from "../../src/channels/channel.ts";
import type { ConversationKey, Inbound } from "../../src/conversation/message.ts";
import { PICTURE_LIMIT } from "../../src/domain/picture.ts";
import { listening, makeInbox } from "../contract/channel-world.ts";
import { startTelegram } from "../fakes/telegram/server.ts";
import { tinyPng } from "../fakes/tiny-files.ts";
import { hostBlob } from "../fakes/whatsapp/blob.ts";
import { channelOn } from "./telegram-world.ts";
import { counter, keyOf, who } from "./whatsapp-world.ts";

const PICTURE = tinyPng();
const BIG = new Uint8Array(PICTURE_LIMIT + 1);

const nameOf = ({ content }: Inbound) => (content.kind === "media" ? content.picture : undefined);
const has = (channel: Channel, name: string | undefined) => channel.picture?.(name ?? "", PICTURE_LIMIT);

async function telegram() {
  const server = await startTelegram();
  onTestFinished(() => server.close());
  const channel = channelOn(server);
  const inbox = makeInbox();
  listening(channel, inbox.receive);
  return { server, channel, inbox };
}

/** As the worker does: what came by one channel goes out by the other. */
async function passOn(from: Channel, name: string | undefined, to: Channel, chat: ConversationKey) {
  const fetched = await has(from, name);
  if (fetched?.kind !== "bytes") throw new Error(`not had: ${fetched?.kind}`);
  const image = { kind: "image", bytes: fetched.bytes, name: "7K2M.png", mime: "image/png", caption: "7K2M" } as const;
  return to.send(chat, image, "m1");
}

describe("on Telegram", () => {
  it("a photo is had in its largest size, and goes on to another chat of the bot", async () => {
    const { server, channel, inbox } = await telegram();
    server.user(1).shows(PICTURE);
    const [got] = await inbox.took(1);
    expect(got?.content).toMatchObject({ kind: "media", media: "photo" });
    const agent = server.user(2);
    expect((await passOn(channel, got && nameOf(got), channel, agent.key)).kind).toBe("delivered");
    expect(await agent.next()).toMatchObject({ text: "7K2M", file: { as: "photo" } });
    expect(Buffer.from(agent.documents()[0]?.bytes ?? []).equals(PICTURE)).toBe(true);
  });

  it("a picture that was sent as a file is one; a PDF, a sticker and a file without a name are none", async () => {
    const { server, channel, inbox } = await telegram();
    const user = server.user(1);
    user.shows(PICTURE, { mime: "image/png" });
    user.shows(PICTURE, { mime: "application/pdf" });
    user.send("sticker");
    user.send("document");
    const [file, ...others] = await inbox.took(4);
    expect(file?.content).toMatchObject({ kind: "media", media: "photo" });
    expect(await has(channel, file && nameOf(file))).toEqual({ kind: "bytes", bytes: Buffer.from(PICTURE) });
    expect(others.map(nameOf)).toEqual([undefined, undefined, undefined]);
  });

  it("of one that is too big a smaller size, and none where there is no smaller", async () => {
    const { server, channel, inbox } = await telegram();
    server.user(1).shows(BIG);
    server.user(1).shows(BIG, { mime: "image/jpeg" });
    const [photo, file] = await inbox.took(2);
    expect(await has(channel, photo && nameOf(photo))).toMatchObject({ kind: "bytes", bytes: { length: 10 } });
    expect(file?.content).toEqual({ kind: "media", media: "photo" });
  });

  it("one that cannot be had any more is gone, one that Telegram is too busy for is not", async () => {
    const { server, channel, inbox } = await telegram();
    server.user(1).shows(PICTURE);
    const [got] = await inbox.took(1);
    const name = got && nameOf(got);
    server.fault("getFile", { kind: "busy", retryAfter: 1 });
    expect(await has(channel, name)).toMatchObject({ kind: "retry" });
    server.fault("getFile", { kind: "reset", when: "before" });
    expect(await has(channel, name)).toMatchObject({ kind: "retry" });
    expect(await channel.picture?.(name ?? "", 20)).toEqual({ kind: "gone", reason: "it is too big" });
    expect(await has(channel, "unknown")).toMatchObject({ kind: "gone" });
  });
});

describe("on WhatsApp", () => {
  it("a photo and a picture as a document are had as they were, and go on to another chat of the number", async () => {
    const { server, rooms, wa, inbox } = await counter();
    const [customer, agent] = [server.person(who(1)), server.person(who(2))];
    await agent.say("halo");
    await inbox.took(1);
    await customer.send("photo", { bytes: PICTURE });
    const blob = await hostBlob(server.books, PICTURE, "document");
    await customer.deliver({ content: { documentMessage: { ...blob, mimetype: "image/webp", fileName: "bukti" } } });
    const [, ...both] = await inbox.took(3);
    for (const got of both) {
      expect(got.content).toMatchObject({ kind: "media", media: "photo" });
      expect(await has(wa, nameOf(got))).toEqual({ kind: "bytes", bytes: Buffer.from(PICTURE) });
    }
    const [name] = both.map(nameOf);
    expect((await passOn(wa, name, wa, await keyOf(rooms, agent.jid))).kind).toBe("delivered");
    await server.reached(() => agent.documents().length === 1);
    expect(Buffer.from(agent.documents()[0]?.bytes ?? []).equals(PICTURE)).toBe(true);
  });

  it("a PDF, one that is too big, and one whose address leads to another host, name none", async () => {
    const { server, inbox } = await counter();
    const customer = server.person(who(1));
    await customer.send("document");
    const image = { ...(await hostBlob(server.books, PICTURE, "image")), mimetype: "image/png" };
    await customer.deliver({ content: { imageMessage: { ...image, fileLength: BIG.length } } });
    await customer.deliver({ content: { imageMessage: { ...image, directPath: "@example.org/v/t62/1" } } });
    await customer.deliver({ content: { imageMessage: { ...image, viewOnce: true } } });
    const taken = await inbox.took(4);
    expect(taken.map(nameOf)).toEqual([undefined, undefined, undefined, undefined]);
    expect(taken.map(({ content }) => content)).toContainEqual({ kind: "media", media: "photo" });
  });

  it("one that is gone, too long or changed on its way is gone; a media host in trouble is asked again", async () => {
    const { server, wa, inbox } = await counter();
    const image = { ...(await hostBlob(server.books, PICTURE, "image")), mimetype: "image/png" };
    await server.person(who(1)).deliver({ content: { imageMessage: image } });
    const [got] = await inbox.took(1);
    const name = got && nameOf(got);
    server.fault({ kind: "download", status: 503 });
    expect(await has(wa, name)).toEqual({ kind: "retry", reason: "answered with 503" });
    expect(await wa.picture?.(name ?? "", 20)).toEqual({ kind: "gone", reason: "it is too big" });
    const sealed = Buffer.from(server.books.blobs.get(image.directPath) ?? []);
    sealed[20] = (sealed[20] ?? 0) ^ 1;
    server.books.blobs.set(image.directPath, sealed);
    expect(await has(wa, name)).toEqual({ kind: "gone", reason: "it was changed on its way" });
    server.books.blobs.delete(image.directPath);
    expect(await has(wa, name)).toEqual({ kind: "gone", reason: "answered with 404" });
    expect(await has(wa, "{}")).toMatchObject({ kind: "gone" });
  });
});

it("what came by one platform goes out by the other", async () => {
  const [tg, world] = await Promise.all([telegram(), counter()]);
  const [here, there] = [tg.server.user(1), world.server.person(who(1))];
  here.shows(PICTURE);
  await there.send("photo", { bytes: PICTURE });
  const [[fromTelegram], [fromWhatsApp]] = await Promise.all([tg.inbox.took(1), world.inbox.took(1)]);
  const key = await keyOf(world.rooms, there.jid);
  await passOn(world.wa, fromWhatsApp && nameOf(fromWhatsApp), tg.channel, here.key);
  await passOn(tg.channel, fromTelegram && nameOf(fromTelegram), world.wa, key);
  await world.server.reached(() => there.documents().length === 1);
  for (const files of [here.documents(), there.documents()]) {
    expect(files.map(({ bytes }) => Buffer.from(bytes).equals(PICTURE))).toEqual([true]);
  }
});
