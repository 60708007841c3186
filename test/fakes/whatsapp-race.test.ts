import { setImmediate as turn } from "node:timers/promises";
import type { SignalDataSet, SignalKeyStore } from "@whiskeysockets/baileys";
import { expect, test } from "vitest";
import { memoryKeys } from "./whatsapp/endpoint.ts";
import { reusedKeys } from "./whatsapp/ratchet.ts";
import { linked } from "./whatsapp-bot.ts";

/**
 * Baileys rc14 uses keys twice when its store makes it wait while it reads. A store that reads from memory, and writes to
 * memory before it writes to a slow disk, does not let that happen; this holds it to that.
 */
test("a store with all keys in memory and a slow disk behind them uses no key of the ratchet twice", async () => {
  const { server, bot } = await linked({}, memoryFront(slowDisk()));
  bot.answering((jid) => void bot.socket().sendMessage(jid, { text: "baik" }));
  const people = Array.from({ length: 5 }, (_, at) =>
    server.person({ pn: `62812000000${10 + at}`, lid: `1000000000000${10 + at}` }),
  );
  const rounds = 12;
  await Promise.all(
    people.map(async (person) => {
      for (let round = 0; round < rounds; round++) await person.say(`pesan ${round}`);
    }),
  );
  for (const person of people) for (let round = 0; round < rounds; round++) await person.next();
  expect(reusedKeys(server.books)).toBe(0);
  expect(server.books.errors).toEqual([]);
  expect(people.flatMap((person) => person.receipts()).filter(({ type }) => type === "retry")).toEqual([]);
});

test("a key that is used twice is found", async () => {
  const { server, bot } = await linked();
  const ann = server.person({ pn: "6281200000002" });
  const id = await ann.say("halo");
  await bot.got(id);
  expect(reusedKeys(server.books)).toBe(0);
  const message = server.books.log.find(({ stanza }) => stanza.attrs.id === id && stanza.tag === "message");
  const [enc] = Array.isArray(message?.stanza.content) ? message.stanza.content : [];
  if (message === undefined || enc === undefined) throw new Error("the message is not in the log");
  const body = Buffer.from(enc.content as Uint8Array);
  // Another ciphertext under the same counter: its last byte, of the MAC, differs.
  body[body.length - 9] = 255 - body.readUInt8(body.length - 9);
  server.books.log.push({ ...message, stanza: { ...message.stanza, content: [{ ...enc, content: body }] } });
  expect(reusedKeys(server.books)).toBe(1);
});

type Disk = (data: SignalDataSet) => Promise<void>;

/** Writes in order; each takes up to twenty turns of the event loop, so that much else happens meanwhile. */
function slowDisk(): Disk {
  let tail = Promise.resolve();
  let written = 0;
  return () => {
    const turns = (written++ * 7) % 20;
    tail = tail.then(async () => {
      for (let waited = 0; waited < turns; waited++) await turn();
    });
    return tail;
  };
}

function memoryFront(disk: Disk): SignalKeyStore {
  const front = memoryKeys();
  return {
    get: (type, ids) => front.get(type, ids),
    async set(data) {
      await front.set(data);
      await disk(data);
    },
  };
}
