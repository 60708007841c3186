import { describe, expect, it, test } from "vitest";
import { chatOf, type Inbound } from "../../src/conversation/message.ts";
import { gate, makeInbox } from "../contract/channel-world.ts";
import { allHeard, counter, heard, keyOf, linked, said, who } from "./whatsapp-world.ts";

/** Seconds. */
const HOUR = 3600;

describe("who writes", () => {
  it("is answered at the address that wrote, hidden or not", async () => {
    const { server, rooms, wa, inbox } = await counter();
    const { lid, pn, name } = who(1);
    const hidden = server.person({ lid, name });
    const numbered = server.person({ pn: who(2).pn, name });
    for (const person of [hidden, numbered]) await person.say("halo");
    await inbox.took(2);
    expect([hidden.jid, numbered.jid]).toEqual([`${lid}@lid`, `${who(2).pn}@s.whatsapp.net`]);
    expect(pn).not.toBe(who(2).pn);
    for (const person of [hidden, numbered]) {
      expect(await wa.send(await keyOf(rooms, person.jid), { kind: "text", text: "ya" }, person.jid)).toMatchObject({
        kind: "delivered",
      });
      expect(await person.next()).toMatchObject({ to: person.jid, text: "ya" });
    }
  });

  it("stays one conversation when the number appears later, and when it is all that is left", async () => {
    const { server, rooms, wa, inbox } = await counter();
    const someone = server.person(who(1));
    const { lid, pn } = who(1);
    await someone.deliver({ content: { conversation: "satu" }, attrs: { sender_pn: undefined } });
    await someone.say("dua");
    const numbered = {
      from: `${pn}@s.whatsapp.net`,
      addressing_mode: "pn",
      sender_pn: undefined,
      sender_lid: `${lid}@lid`,
    };
    await inbox.took(2);
    await someone.deliver({ content: { conversation: "tiga" }, attrs: numbered });
    await inbox.took(3);
    await someone.deliver({ content: { conversation: "empat" }, attrs: { ...numbered, sender_lid: undefined } });
    const taken = await inbox.took(4);
    expect(taken.map(said)).toEqual(["satu", "dua", "tiga", "empat"]);
    expect(new Set(taken.map(({ key }) => key)).size).toBe(1);
    const key = await keyOf(rooms, `${lid}@lid`);
    await wa.send(key, { kind: "text", text: "ya" }, "m1");
    expect((await someone.next()).to).toBe(`${pn}@s.whatsapp.net`);
  });

  it("has a name of ours that tells neither number nor address", async () => {
    const { server, inbox } = await counter();
    await server.person(who(1)).say("halo");
    const [got] = await inbox.took(1);
    expect(chatOf(got?.key ?? ("" as Inbound["key"]))).toMatch(/^[\w-]{16}$/);
    expect(JSON.stringify({ ...got, id: "" })).not.toMatch(/\d{8}/);
    expect(got?.sender.name).toBe("Orang 1");
  });

  it("is written to only after he wrote", async () => {
    const { server, rooms, wa } = await counter();
    const { jid } = server.person(who(1));
    const identity = "AAAAAAAAAAAAAAAA";
    const key = `whatsapp:${identity}` as Inbound["key"];
    expect(await rooms.people.known([jid])).toBeUndefined();
    expect((await wa.send(key, { kind: "text", text: "promo" }, "m1")).kind).toBe("refused");
  });
});

describe("what was said while the counter was away", () => {
  it("is taken, but what is older than six hours only as that", async () => {
    const world = await linked();
    const someone = world.server.person(who(1));
    await someone.say("lama sekali", { ago: 7 * HOUR });
    await someone.say("lama", { ago: 5 * HOUR });
    await someone.say("baru");
    const inbox = await heard(world.channel());
    expect((await inbox.took(3)).map(said)).toEqual(["late", "lama", "baru"]);
  });

  it("two hundred times in one chat over the day is taken whole", async () => {
    const world = await linked();
    const someone = world.server.person(who(1));
    for (let at = 200; at > 0; at--) await someone.say(`pesan ${at}`, { ago: at * 90 });
    const inbox = await heard(world.channel());
    const taken = await inbox.took(200);
    expect(taken.map(said)).toEqual(Array.from({ length: 200 }, (_, at) => `pesan ${200 - at}`));
  });
});

describe("what comes twice", () => {
  it("has the same id, so that it counts once", async () => {
    const { server, inbox } = await counter();
    const someone = server.person(who(1));
    const id = await someone.say("halo");
    await someone.say("halo", { id });
    const [first, second] = await inbox.took(2);
    expect(second?.id).toBe(first?.id);
  });

  it.each([1, 2])("after %i damaged tries is one message, and the tries are none", async (corrupt) => {
    const { server, inbox } = await counter();
    await server.person(who(1)).say("halo", { corrupt });
    await inbox.took(1);
    await allHeard(server);
    expect(inbox.offered.map(said)).toEqual(["halo"]);
  });

  it("because the line broke before it was confirmed is opened again", async () => {
    const { server, inbox } = await counter();
    const someone = server.person(who(1));
    server.fault({ kind: "drop", at: "receipt", when: "before" });
    await someone.say("satu");
    await someone.say("dua");
    await allHeard(server);
    expect([...new Set(inbox.taken.map(said))]).toEqual(["satu", "dua"]);
  });

  it("in a storm in which the line breaks again and again is lost nowhere", async () => {
    const { server, inbox } = await counter();
    const people = [1, 2, 3].map((number) => server.person(who(number)));
    const texts = Array.from({ length: 60 }, (_, at) => `pesan ${at}`);
    for (const [at, text] of texts.entries()) {
      await people[at % 3]?.say(text, { ago: at });
      if (at % 15 === 7) server.drop();
    }
    await allHeard(server);
    await server.reached(() => texts.every((text) => inbox.taken.map(said).includes(text)));
    for (const [at, person] of people.entries()) {
      const own = inbox.taken.map(said).filter((text) => texts.indexOf(text) % 3 === at);
      expect([...new Set(own)], person.jid).toEqual(texts.filter((_, place) => place % 3 === at));
    }
  });
});

describe("wrapped texts", () => {
  it("are read: those that disappear, and those that were changed", async () => {
    const { server, inbox } = await counter();
    const someone = server.person(who(1));
    await someone.ephemeral("hilang nanti");
    await someone.say("salah");
    await someone.edit("benar");
    await someone.viewOnce();
    const taken = await inbox.took(4);
    expect(taken.map(said)).toEqual(["hilang nanti", "salah", "benar", "media"]);
    expect(new Set(taken.map(({ id }) => id)).size).toBe(4);
    expect(taken[3]?.content).toEqual({ kind: "media", media: "photo" });
  });

  it("that answer one of ours are texts", async () => {
    const { server, rooms, wa, inbox } = await counter();
    const someone = server.person(who(1));
    await someone.say("halo");
    await inbox.took(1);
    await wa.send(await keyOf(rooms, someone.jid), { kind: "text", text: "1. Ya" }, "m1");
    await someone.say("1", { quotes: await someone.next() });
    expect((await inbox.took(2)).map(said)).toEqual(["halo", "1"]);
  });
});

test("groups, statuses, channels, reactions, deletions and the phone's own housekeeping are nobody's message", async () => {
  const { server, rooms, wa, inbox } = await counter();
  const someone = server.person(who(1));
  await someone.say("halo");
  await inbox.took(1);
  await wa.send(await keyOf(rooms, someone.jid), { kind: "text", text: "ya" }, "m1");
  await someone.next();
  await someone.say("di grup", { in: "group" });
  await someone.say("status saya", { in: "status" });
  server.newsletter("berita");
  await someone.react("👍");
  await someone.revoke();
  await server.phone.history();
  await someone.deliver({ content: { pinInChatMessage: { type: 1 } } });
  await allHeard(server);
  await someone.say("selesai");
  expect((await inbox.took(2)).map(said)).toEqual(["halo", "selesai"]);
  expect(inbox.offered).toHaveLength(2);
});

describe("the owner's phone", () => {
  it("typing in a chat takes it over", async () => {
    const { server, rooms, inbox } = await counter();
    const someone = server.person(who(1));
    await someone.say("halo", { ago: 60 });
    await inbox.took(1);
    await server.phone.say(someone, "Selamat siang, ada yang bisa dibantu?");
    const taken = await inbox.took(2);
    expect(taken[1]).toMatchObject({ key: await keyOf(rooms, someone.jid), content: { kind: "operator" } });
  });

  it("greeting by itself does not: within fifteen seconds, or with the same words in another chat", async () => {
    const { server, inbox } = await counter();
    const [ann, ben, cid] = [1, 2, 3].map((number) => server.person(who(number)));
    if (!ann || !ben || !cid) throw new Error("three people");
    await ann.say("halo");
    for (const one of [ben, cid]) await one.say("halo", { ago: 60 });
    await inbox.took(3);
    await server.phone.say(ann, "Terima kasih telah menghubungi kami");
    await server.phone.say(ben, "Kami sedang tutup");
    await server.phone.say(cid, "Kami sedang tutup");
    await allHeard(server);
    await inbox.took(4);
    expect(inbox.taken.slice(3).map(said)).toEqual(["operator"]);
  });

  it("writing to a stranger starts no conversation", async () => {
    const { server, rooms, inbox } = await counter();
    const someone = server.person(who(1));
    await server.phone.say(someone, "Mau bayar pajak?");
    await allHeard(server);
    expect(inbox.offered).toEqual([]);
    expect(await rooms.people.known([someone.jid])).toBeUndefined();
  });
});

test("a message is marked as read when it is safe, and not before", async () => {
  const { server, channel } = await linked();
  const someone = server.person(who(1));
  const safe = gate();
  await heard(
    channel(),
    makeInbox(() => safe.passed),
  );
  const id = await someone.say("halo");
  await allHeard(server);
  expect(someone.receipts().filter(({ type }) => type === "read")).toEqual([]);
  safe.open();
  await server.reached(() => someone.receipts().some((receipt) => receipt.id === id && receipt.type === "read"));
});
