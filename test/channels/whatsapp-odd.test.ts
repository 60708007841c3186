import { describe, expect, it } from "vitest";
import type { Kind } from "../fakes/whatsapp/content.ts";
import { allHeard, counter, keyOf, said, who } from "./whatsapp-world.ts";

describe("bad input", () => {
  it.each<[Kind, string]>([
    ["voice", "voice"],
    ["photo", "photo"],
    ["video-note", "video"],
    ["sticker", "sticker"],
    ["contacts", "contact"],
    ["live-location", "location"],
    ["poll", "other"],
    ["other", "other"],
  ])("a %s is a %s", async (kind, media) => {
    const { server, inbox } = await counter();
    await server.person(who(1)).send(kind);
    const [got] = await inbox.took(1);
    expect(got?.content).toMatchObject({ kind: "media", media });
  });

  it("what is not known yet is something all the same", async () => {
    const { server, inbox } = await counter();
    await server.person(who(1)).deliver({ content: { groupInviteMessage: { groupJid: "1@g.us", groupName: "G" } } });
    const [got] = await inbox.took(1);
    expect(got?.content).toEqual({ kind: "media", media: "other" });
  });

  it("empty, very long and mirrored texts arrive as they are", async () => {
    const { server, inbox } = await counter();
    const someone = server.person(who(1));
    const texts = ["", "a".repeat(60_000), "\u202e1000 AB F\u202c \u200f‮", "\u0000\u0007", "👨‍👩‍👧‍👦".repeat(200)];
    for (const text of texts) await someone.deliver({ content: { conversation: text } });
    expect((await inbox.took(texts.length)).map(said)).toEqual(texts);
  });

  it("a message that can never be decrypted is silence, and the next one is heard", async () => {
    const { server, inbox } = await counter();
    const someone = server.person(who(1));
    await someone.say("halo", { corrupt: 99 });
    await someone.say("dua");
    expect((await inbox.took(1)).map(said)).toEqual(["dua"]);
  });

  it("a storm of two hundred in a minute: thirty are heard, and the next minute the person is", async () => {
    const { server, inbox } = await counter();
    const someone = server.person(who(1));
    for (let at = 0; at < 200; at++) await someone.say(`ping ${at}`);
    await server.person(who(2)).say("saya lain");
    await allHeard(server);
    await someone.say("sudah", { ago: -70 });
    await inbox.took(32);
    expect(inbox.taken.map(said).filter((text) => text.startsWith("ping"))).toHaveLength(30);
    expect(inbox.taken.map(said)).toEqual(expect.arrayContaining(["saya lain", "sudah"]));
  });
});

describe("a call", () => {
  it("is turned away at once, and is an inbound that can be answered", async () => {
    const { server, rooms, wa, inbox } = await counter();
    const someone = server.person(who(1));
    const call = await someone.call();
    const [got] = await inbox.took(1);
    expect(got).toMatchObject({ id: `call:${call}`, content: { kind: "media", media: "call" } });
    await server.reached(({ log }) =>
      log.some(
        ({ from, stanza }) => from === "bot" && stanza.tag === "call" && JSON.stringify(stanza).includes("reject"),
      ),
    );
    await wa.send(await keyOf(rooms, someone.jid), { kind: "text", text: "Ketik di sini" }, "m1");
    expect((await someone.next()).text).toBe("Ketik di sini");
  });
});
