import { readFileSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import { openSealer } from "../../src/store/sealing.ts";
import { openSqlite } from "../../src/store/sqlite/open.ts";
import { sqliteWhatsappRooms } from "../../src/store/sqlite/whatsapp-rooms.ts";
import { whatsappRoomsLaw } from "../contract/whatsapp-rooms.ts";
import { inFolder } from "./folder.ts";

const folder = inFolder();
let files = 0;

function open(path: string) {
  const db = openSqlite(path);
  onTestFinished(() => db.close());
  return sqliteWhatsappRooms(db, openSealer({ secret: "a secret of the tests, longer than 32 characters" }));
}

describe("WhatsApp's rooms in a SQLite file", () =>
  whatsappRoomsLaw(async () => {
    const path = folder.path(`${++files}.db`);
    return { rooms: open(path), again: async () => open(path) };
  }));

it("the file tells no number, no name, no text and no key", async () => {
  const path = folder.path("canary.db");
  const [PN, LID] = ["6281234567890@s.whatsapp.net", "200000000000001@lid"];
  const bytes = (text: string) => new TextEncoder().encode(text);
  const session = (id: string, value: string) => ({ type: "session", id, value });
  const { keys, opened, sent, people } = open(path);
  await keys.saveCreds("CANARY-creds 6281234567890");
  await keys.saveRows([session("6281234567890.0", "CANARY-session"), session("200000000000001_1.0", "x")]);
  await opened.keep("mark", bytes("CANARY-opened 3204110101800001"), 1, 0);
  const chat = await people.identify([LID, PN], PN);
  await sent.keep({ id: "A", chat, message: bytes("CANARY-sent JORDAN"), at: 1 });
  const files = [path, `${path}-wal`].map((file) => readFileSync(file).toString("latin1")).join("");
  for (const canary of ["CANARY", "6281234567890", "200000000000001", "JORDAN", "3204110101800001"]) {
    expect(files).not.toContain(canary);
    expect(files).not.toContain(Buffer.from(canary).toString("base64").slice(0, 8));
  }
});
