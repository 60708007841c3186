import { describe, expect, it, test } from "vitest";
import type { Channel } from "../../src/channels/channel.ts";
import type { Inbound } from "../../src/conversation/message.ts";
import { makeInbox } from "../contract/channel-world.ts";
import { reusedKeys } from "../fakes/whatsapp/ratchet.ts";
import { inFolder } from "../store/folder.ts";
import { heard, keyOf, linked, makeRooms, who } from "./whatsapp-world.ts";

const folder = inFolder();

/** Answers whatever is said, at once and without waiting, as the worker does. */
function answering(channel: Channel) {
  let sent = 0;
  return makeInbox(async ({ key, content }: Inbound) => {
    const text = content.kind === "text" ? `Anda menulis: ${content.text}` : content.kind;
    void channel.send(key, { kind: "text", text }, `answer ${++sent}`);
  });
}

test("messages both ways at once, over the file that waits for the disk, use no key of the ratchet twice", async () => {
  const { server, channel } = await linked({ path: folder.path("1.db") });
  const wa = channel();
  const inbox = await heard(wa, answering(wa));
  const people = [1, 2, 3, 4, 5].map((number) => server.person(who(number)));
  const rounds = 12;
  await Promise.all(
    people.map(async (person, at) => {
      for (let round = 0; round < rounds; round++) await person.say(`${at}.${round}`);
    }),
  );
  for (const [at, person] of people.entries()) {
    const texts: string[] = [];
    for (let round = 0; round < rounds; round++) texts.push((await person.next()).text);
    const answers = Array.from({ length: rounds }, (_, round) => `Anda menulis: ${at}.${round}`);
    expect(texts.toSorted()).toEqual(answers.toSorted());
  }
  expect(inbox.offered).toHaveLength(people.length * rounds);
  expect(reusedKeys(server.books)).toBe(0);
  expect(server.books.errors).toEqual([]);
  expect(people.flatMap((person) => person.receipts()).filter(({ type }) => type === "retry")).toEqual([]);
});

test("the same while phones cannot read some of it and ask again", async () => {
  const { server, channel } = await linked();
  const wa = channel();
  await heard(wa, answering(wa));
  const people = [1, 2, 3].map((number) => server.person(who(number)));
  const rounds = 12;
  await Promise.all(
    people.map(async (person) => {
      for (let round = 0; round < rounds; round++) {
        if (round % 4 === 2) person.fail(1);
        await person.say(`${round}`, { corrupt: round % 5 === 3 ? 1 : 0 });
      }
    }),
  );
  for (const person of people) {
    const texts: string[] = [];
    for (let round = 0; round < rounds; round++) texts.push((await person.next()).text);
    expect(new Set(texts).size).toBe(rounds);
  }
  // What was on its way in the old session when a phone asked for a new one is asked for, too.
  expect(reusedKeys(server.books)).toBe(0);
});

describe("after a restart", () => {
  it("the number is linked, and every session goes on where it was", async () => {
    const path = folder.path("2.db");
    const { server, channel } = await linked({ path });
    const people = [1, 2].map((number) => server.person(who(number)));
    for (const round of [1, 2, 3]) {
      const wa = channel({ rooms: makeRooms(path) });
      const inbox = await heard(wa, makeInbox());
      for (const person of people) await person.say(`halo ${round}`);
      for (const { key } of await inbox.took(2))
        await wa.send(key, { kind: "text", text: `hai ${round}` }, `${round} ${key}`);
      for (const person of people) expect((await person.next()).text).toBe(`hai ${round}`);
      await inbox.stop();
    }
    expect(reusedKeys(server.books)).toBe(0);
    expect(server.books.errors).toEqual([]);
    expect(people.flatMap((person) => person.receipts()).filter(({ type }) => type === "retry")).toEqual([]);
    expect(server.books.devices.size).toBe(1);
  });

  it("a person who could not decrypt gets the message from what was sent in the last two days", async () => {
    const path = folder.path("3.db");
    const { server, channel } = await linked({ path });
    const someone = server.person(who(1));
    const first = channel({ rooms: makeRooms(path) });
    const inbox = await heard(first);
    await someone.say("halo");
    await inbox.took(1);
    const rooms = makeRooms(path);
    const key = await keyOf(rooms, someone.jid);
    someone.leave();
    const sent = await first.send(key, { kind: "text", text: "Kode asli 7K2M" }, "m1");
    await inbox.stop();
    someone.fail(1);
    someone.comeBack();
    await heard(channel({ rooms }), makeInbox());
    expect(await someone.next()).toMatchObject({
      text: "Kode asli 7K2M",
      id: sent.kind === "delivered" ? sent.ref : "",
    });
    await rooms.sent.prune(Date.now() + 1);
    expect(await rooms.sent.find(sent.kind === "delivered" ? sent.ref : "")).toBeUndefined();
  });
});

test("a link that was begun and not finished leaves nothing behind", async () => {
  const { rooms, server, channel } = await linked();
  server.phone.remove();
  const codes: string[] = [];
  await rooms.keys.clear();
  await rooms.keys.saveCreds(JSON.stringify({ me: { id: "6281100000001@s.whatsapp.net" } }));
  await rooms.keys.saveRows([{ type: "session", id: "6281.0", value: "{}" }]);
  const wa = channel({ onQr: (qr) => codes.push(qr) });
  const scanned = new Promise<void>((resolve) => {
    const look = () => (codes.length > 0 ? resolve() : void setImmediate(look));
    look();
  });
  const listens = heard(wa);
  await scanned;
  expect((await rooms.keys.load()).rows).toEqual([]);
  await server.phone.scan(codes[0] ?? "");
  await listens;
  expect(wa.state()).toMatchObject({ ready: true });
});
