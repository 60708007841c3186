import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { generateMessageIDV2, type proto } from "@whiskeysockets/baileys";
import { expect, test } from "vitest";
import type { Kind } from "./whatsapp/content.ts";
import { readMarks } from "./whatsapp/markup.ts";
import { linked } from "./whatsapp-bot.ts";

const ANN = { pn: "6281200000002", lid: "100000000000002", name: "Ann" };
const PDF = Buffer.from(Uint8Array.from({ length: 70_000 }, (_, at) => (at * 31) % 256));

test("a person is heard and answered under the LID, with the number beside it", async () => {
  const { server, bot } = await linked();
  const ann = server.person(ANN);
  const { type, message } = await bot.got(await ann.say("halo"));
  expect(type).toBe("notify");
  expect(message).toMatchObject({ message: { conversation: "halo" }, pushName: "Ann" });
  expect(message.key).toMatchObject({ remoteJid: "100000000000002@lid", remoteJidAlt: "6281200000002@s.whatsapp.net" });
  await bot.socket().sendMessage(ann.jid, { text: "hai Ann" });
  expect(await ann.next()).toMatchObject({ text: "hai Ann", to: ann.jid, times: 1 });
  await server.reached(() => server.books.devices.get(1)?.queue.size === 0);
  expect(ann.receipts().map(({ type }) => type)).toEqual(["inactive"]);
  expect(server.books.errors).toEqual([]);
});

test("a person who writes under the number is answered there; one may have the number alone, or the LID alone", async () => {
  const { server, bot } = await linked();
  const people = [
    server.person({ ...ANN, writesAs: "pn" }),
    server.person({ pn: "6281200000003", name: "Nomor" }),
    server.person({ lid: "100000000000004", name: "Lid" }),
    server.person({ pn: "6281200000005", lid: "100000000000005", hidesNumber: true }),
  ];
  const alternatives: (string | undefined)[] = [];
  for (const person of people) {
    const { message } = await bot.got(await person.say("halo"));
    expect(message.key.remoteJid).toBe(person.jid);
    alternatives.push(message.key.remoteJidAlt);
    await bot.socket().sendMessage(person.jid, { text: "hai" });
    expect((await person.next()).text).toBe("hai");
  }
  expect(alternatives).toEqual(["100000000000002@lid", undefined, undefined, undefined]);
  expect(server.books.errors).toEqual([]);
});

test("the bot can be the first to write, and each chat sees its own messages alone", async () => {
  const { server, bot } = await linked();
  const [ann, bob] = [server.person(ANN), server.person({ pn: "6281200000006", lid: "100000000000006" })];
  await bot.socket().sendMessage(ann.jid, { text: "untuk Ann" });
  await bot.socket().sendMessage(bob.jid, { text: "untuk Bob" });
  expect((await bob.next()).text).toBe("untuk Bob");
  expect(ann.chat().map(({ text }) => text)).toEqual(["untuk Ann"]);
  expect(server.phone.copies().map(({ text, to }) => [text, to])).toEqual([
    ["untuk Ann", ann.jid],
    ["untuk Bob", bob.jid],
  ]);
});

test("files of the bot arrive whole, with their captions", async () => {
  const { server, bot } = await linked();
  const ann = server.person(ANN);
  const file = { mimetype: "application/pdf", fileName: "bukti.pdf", caption: "Lunas" };
  await bot.socket().sendMessage(ann.jid, { document: PDF, ...file });
  expect(await ann.next()).toMatchObject({
    text: "Lunas",
    file: { as: "document", name: "bukti.pdf", mime: file.mimetype },
  });
  await bot.socket().sendMessage(ann.jid, { image: PDF, mimetype: "image/png", caption: "gambar", jpegThumbnail: "" });
  expect(await ann.next()).toMatchObject({ text: "gambar", file: { as: "image", mime: "image/png" } });
  expect(ann.documents().map(({ bytes }) => PDF.equals(bytes))).toEqual([true, true]);
});

test("a file of a person can be downloaded, by a program that trusts the certificate's file", async () => {
  const { server, bot } = await linked();
  const { message } = await bot.got(await server.person(ANN).send("document", { bytes: PDF }));
  const { mediaKey, directPath, url } = message.message?.documentMessage ?? {};
  const pointer = JSON.stringify({ directPath, url, mediaKey: Buffer.from(mediaKey ?? []).toString("base64") });
  const program = `
    import { downloadContentFromMessage, sha256 } from "@whiskeysockets/baileys";
    const { mediaKey, ...rest } = JSON.parse(process.argv[1]);
    const pointer = { ...rest, mediaKey: Buffer.from(mediaKey, "base64") };
    const chunks = [];
    for await (const chunk of await downloadContentFromMessage(pointer, "document")) chunks.push(chunk);
    console.log(Buffer.concat(chunks).toString("base64"));
    process.exit();`;
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: server.caFile };
  const flags = ["--input-type=module", "-e", program, pointer];
  const { stdout } = await promisify(execFile)(process.execPath, flags, { env });
  expect(Buffer.from(stdout.trim(), "base64").equals(PDF)).toBe(true);
});

test("every kind of message comes as what it is", async () => {
  const { server, bot } = await linked();
  const ann = server.person(ANN);
  const fields: Record<Kind, keyof proto.IMessage> = {
    photo: "imageMessage",
    video: "videoMessage",
    "video-note": "ptvMessage",
    voice: "audioMessage",
    sticker: "stickerMessage",
    document: "documentMessage",
    location: "locationMessage",
    "live-location": "liveLocationMessage",
    contact: "contactMessage",
    contacts: "contactsArrayMessage",
    poll: "pollCreationMessageV3",
    other: "eventMessage",
  };
  for (const [kind, field] of Object.entries(fields)) {
    const { message } = await bot.got(await ann.send(kind as Kind));
    expect(message.message?.[field], kind).toBeTruthy();
  }
});

test("edits, revocations, reactions and messages that disappear come in their wrappers", async () => {
  const { server, bot } = await linked();
  const ann = server.person(ANN);
  const said = await ann.say("B 1234 XYZ");
  await bot.got(said);
  const edit = (await bot.got(await ann.edit("B 1235 XYZ"))).message.message;
  expect(edit?.editedMessage?.message?.protocolMessage?.key?.id).toBe(said);
  const ephemeral = (await bot.got(await ann.ephemeral("rahasia"))).message.message;
  expect(ephemeral?.ephemeralMessage?.message?.extendedTextMessage?.text).toBe("rahasia");
  const once = (await bot.got(await ann.viewOnce())).message.message;
  expect(once?.viewOnceMessageV2?.message?.imageMessage).toBeTruthy();
  const revoked = (await bot.got(await ann.revoke())).message.message;
  expect(revoked?.protocolMessage?.type).toBe(0);
  await bot.socket().sendMessage(ann.jid, { text: "hai" });
  const { id } = await ann.next();
  expect((await bot.got(await ann.react("👍"))).message.message?.reactionMessage).toMatchObject({
    text: "👍",
    key: { id },
  });
  expect(ann.chat().map(({ text }) => text)).toEqual(["B 1235 XYZ", "rahasia", "hai"]);
});

test("an answer carries what it answers", async () => {
  const { server, bot } = await linked();
  const ann = server.person(ANN);
  await bot.socket().sendMessage(ann.jid, { text: "Bayar?" });
  const asked = await ann.next();
  const { message } = await bot.got(await ann.say("1", { quotes: asked }));
  const { text, contextInfo } = message.message?.extendedTextMessage ?? {};
  expect([text, contextInfo?.stanzaId]).toEqual(["1", asked.id]);
});

test("groups, statuses, channels and the owner's own phone are heard too", async () => {
  const { server, bot } = await linked();
  const ann = server.person(ANN);
  const group = await bot.got(await ann.say("di grup", { in: "group" }));
  expect(group.message.key.remoteJid).toMatch(/@g\.us$/);
  const status = await bot.got(await ann.say("status", { in: "status" }));
  expect(status.message.key.remoteJid).toBe("status@broadcast");
  const own = await bot.got(await server.phone.say(ann, "saya saja"));
  expect(own.message.key).toMatchObject({ fromMe: true, remoteJid: ann.jid });
  server.newsletter("kabar");
  await server.reached(() => server.books.devices.get(1)?.queue.size === 0);
  expect(ann.chat().map(({ from, text }) => [from, text])).toEqual([["phone", "saya saja"]]);
});

test("a call rings, and can be turned away", async () => {
  const { server, bot } = await linked();
  const ann = server.person(ANN);
  const id = await ann.call();
  await bot.reached(() => bot.calls.length > 0);
  expect(bot.calls[0]).toMatchObject({ from: ann.jid, status: "offer" });
  await bot.socket().rejectCall(id, ann.jid);
});

test("the bot learns that its message was delivered and read, and can say the same", async () => {
  const { server, bot } = await linked();
  const ann = server.person(ANN);
  ann.leave();
  const id = generateMessageIDV2(bot.socket().user?.id);
  await bot.socket().sendMessage(ann.jid, { text: "hai" }, { messageId: id });
  await server.took(id);
  expect(ann.chat()).toEqual([]);
  ann.comeBack();
  await bot.status(id, 3);
  ann.read();
  await bot.status(id, 4);
  const said = await bot.got(await ann.say("ya"));
  await bot.socket().readMessages([said.message.key]);
  await bot.socket().sendPresenceUpdate("composing", ann.jid);
  await server.reached(() => ann.peer.states.includes("composing"));
  expect(ann.receipts().at(-1)).toEqual({ id: said.message.key.id, type: "read" });
});

test("a number is on WhatsApp or is not", async () => {
  const { server, bot } = await linked();
  server.person(ANN);
  const found = await bot.socket().onWhatsApp("6281299999999", ANN.pn);
  expect(found).toEqual([{ jid: `${ANN.pn}@s.whatsapp.net`, exists: true }]);
});

test("the eye sees marks as WhatsApp shows them", () => {
  expect(readMarks("Total: *Rp183.500*\n_sampai_ 14.30")).toEqual({
    text: "Total: Rp183.500\nsampai 14.30",
    bold: ["Rp183.500"],
  });
  expect(readMarks("2*3*4 a_b_c * x * *\u200Bx*")).toEqual({ text: "2*3*4 a_b_c * x * *x*", bold: [] });
  expect(readMarks("*_satu_* ~dua~ `*tiga*` ```_empat_```")).toEqual({
    text: "satu dua *tiga* _empat_",
    bold: ["satu"],
  });
});
