import { describe, expect, it } from "vitest";
import type { Rooms } from "../../src/channels/whatsapp/rooms.ts";
import type { Pg } from "../../src/store/postgres/open.ts";
import { postgresWhatsappRooms } from "../../src/store/postgres/whatsapp-rooms.ts";
import { openSealer } from "../../src/store/sealing.ts";
import { whatsappRoomsLaw } from "../contract/whatsapp-rooms.ts";
import { empty, inPostgres } from "./in-postgres.ts";

const postgres = inPostgres();
const sealer = openSealer({ secret: "a secret of the tests, longer than 32 characters" });
const bytes = (text: string) => new TextEncoder().encode(text);

let made: { readonly first: Pg; readonly second: Pg; readonly rooms: Rooms } | undefined;

/** Of two processes, empty. */
async function twoProcesses() {
  made ??= await makeTwo();
  await empty(made.first);
  return made;
}

async function makeTwo() {
  const [first, second] = await postgres.openTwo();
  return { first, second, rooms: await postgresWhatsappRooms(first, sealer) };
}

describe("WhatsApp's rooms in PostgreSQL", () => {
  whatsappRoomsLaw(async () => {
    const { rooms, second } = await twoProcesses();
    return { rooms, again: () => postgresWhatsappRooms(second, sealer) };
  });

  it("have keys on the disk once they are saved: they outlive a server that is killed", async () => {
    const { rooms, second } = await twoProcesses();
    await rooms.keys.saveCreds("{}");
    await rooms.keys.saveRows([{ type: "session", id: "1.0", value: "x" }]);
    await postgres.server.kill();
    await expect(rooms.keys.saveRows([{ type: "session", id: "1.0", value: "lost" }])).rejects.toThrow("cannot be");
    await postgres.server.restart();
    await rooms.keys.saveRows([{ type: "session", id: "2.0", value: "y" }]);
    const { creds, rows } = await (await postgresWhatsappRooms(second, sealer)).keys.load();
    expect(creds).toBe("{}");
    expect(rows.map(({ id, value }) => `${id} ${value}`).toSorted()).toEqual(["1.0 x", "2.0 y"]);
  });

  it("know one person, though two processes meet him at once under other addresses", async () => {
    const { rooms, second } = await twoProcesses();
    const other = await postgresWhatsappRooms(second, sealer);
    for (let round = 0; round < 10; round++) {
      const [lid, pn] = [`${round}@lid`, `62811${round}@s.whatsapp.net`];
      const names = await Promise.all([
        rooms.people.identify([pn], pn),
        other.people.identify([lid, pn], lid),
        rooms.people.identify([pn, lid], pn),
      ]);
      expect(new Set(names).size).toBe(1);
    }
  });

  it("let a message's progress only go further, whichever process hears of it last", async () => {
    const { rooms, second } = await twoProcesses();
    const other = await postgresWhatsappRooms(second, sealer);
    const steps = ["read", "written", "delivered", "accepted"] as const;
    for (let round = 0; round < 10; round++) {
      await rooms.sent.keep({ id: `${round}`, chat: "c", message: bytes("x"), at: 1 });
      await Promise.all(steps.map((step, n) => (n % 2 === 0 ? rooms : other).sent.mark(`${round}`, step)));
      expect(await other.sent.progress(`${round}`)).toBe("read");
    }
  });

  it("tell no number, no name, no text and no key", async () => {
    const { rooms, first } = await twoProcesses();
    const [pn, lid] = ["6281234567890@s.whatsapp.net", "200000000000001@lid"];
    await rooms.keys.saveCreds("CANARY-creds 6281234567890");
    await rooms.keys.saveRows([{ type: "session", id: "6281234567890.0", value: "CANARY-session" }]);
    await rooms.opened.keep("mark", bytes("CANARY-opened 3204110101800001"), 1, 0);
    const chat = await rooms.people.identify([lid, pn], pn);
    await rooms.sent.keep({ id: "A", chat, message: bytes("CANARY-sent JORDAN"), at: 1 });
    const tables = ["creds", "keys", "opened", "sent", "people", "answers"];
    const rows = await Promise.all(tables.map((table) => first.all(`SELECT * FROM whatsapp_${table}`)));
    expect(rows.every((table) => table.length > 0)).toBe(true);
    const all = JSON.stringify(rows);
    for (const canary of ["CANARY", "6281234567890", "200000000000001", "JORDAN", "3204110101800001"]) {
      expect(all).not.toContain(canary);
      expect(all).not.toContain(Buffer.from(canary).toString("base64").slice(0, 8));
    }
  });
});
