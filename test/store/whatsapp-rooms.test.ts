import { readFileSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import { openSealer } from "../../src/store/sealing.ts";
import { MEMORY, openSqlite } from "../../src/store/sqlite/open.ts";
import { sqliteWhatsappRooms } from "../../src/store/sqlite/whatsapp-rooms.ts";
import { inFolder } from "./folder.ts";

const folder = inFolder();
const PN = "6281234567890@s.whatsapp.net";
const LID = "200000000000001@lid";

function open(path: string = MEMORY) {
  const db = openSqlite(path);
  onTestFinished(() => db.close());
  return sqliteWhatsappRooms(db, openSealer({ secret: "a secret of the tests, longer than 32 characters" }));
}

const bytes = (text: string) => new TextEncoder().encode(text);
const session = (id: string, value: string | null) => ({ type: "session", id, value });

describe("the keys of a linked number", () => {
  it("are there after a restart, the newest of each, without those that were taken away", async () => {
    const path = folder.path("keys.db");
    const { keys } = open(path);
    await keys.saveCreds('{"a":1}');
    await keys.saveCreds('{"a":2}');
    await keys.saveRows([session("1.0", "old"), session("2.0", "gone"), { type: "pre-key", id: "1", value: "k" }]);
    await keys.saveRows([session("1.0", "new"), session("2.0", null), session("3.0", null)]);
    const { creds, rows } = await open(path).keys.load();
    expect(creds).toBe('{"a":2}');
    expect(rows.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual([
      { type: "pre-key", id: "1", value: "k" },
      session("1.0", "new"),
    ]);
  });

  it("are written together or not at all", async () => {
    const { keys } = open();
    const broken = {
      type: "session",
      id: "2.0",
      get value(): string {
        throw new Error("no value");
      },
    };
    await expect(keys.saveRows([session("1.0", "x"), broken])).rejects.toThrow("no value");
    expect((await keys.load()).rows).toEqual([]);
  });

  it("go when the number is unlinked, and the people stay", async () => {
    const { keys, opened, people } = open();
    await keys.saveCreds("{}");
    await keys.saveRows([session("1.0", "x")]);
    await opened.keep("mark", bytes("halo"), 1, 0);
    await people.identify([LID], LID);
    await keys.clear();
    expect(await keys.load()).toEqual({ creds: undefined, rows: [] });
    expect(await opened.find("mark")).toBeUndefined();
    expect(await people.known([LID])).toBeDefined();
  });
});

describe("a person", () => {
  it("has one name, whichever address comes first, and a number changes nothing", async () => {
    const { people } = open();
    const hidden = await people.identify([LID], LID);
    expect(await people.identify([LID, PN], LID)).toBe(hidden);
    expect(await people.identify([PN], PN)).toBe(hidden);
    expect(await people.answerTo(hidden)).toBe(PN);
    expect(await people.addresses(hidden)).toEqual([LID, PN]);
    expect(await people.known([PN])).toBe(hidden);
  });

  it("has the same name again in another program with the same key, and a stranger has another", async () => {
    const [one, two] = [open(), open()];
    expect(await one.people.identify([PN, LID], PN)).toBe(await two.people.identify([LID], LID));
    expect(await one.people.identify(["6281@s.whatsapp.net"], "6281@s.whatsapp.net")).not.toBe(
      await two.people.known([LID]),
    );
  });

  it("that was answered is no new chat any more", async () => {
    const { people } = open();
    const name = await people.identify([LID], LID);
    expect([await people.wasAnswered(name), await people.wasAnswered("nobody")]).toEqual([false, false]);
    await people.markAnswered(name);
    await people.identify([LID, PN], PN);
    expect(await people.wasAnswered(name)).toBe(true);
  });

  it("who never wrote has no address", async () => {
    expect(await open().people.answerTo("nobody")).toBeUndefined();
  });
});

describe("what was sent", () => {
  it("is kept as it was first, goes only further, and is forgotten by time and by person", async () => {
    const { sent } = open();
    await sent.keep({ id: "A", chat: "c", message: bytes("satu"), at: 10 });
    await sent.keep({ id: "A", chat: "c", message: bytes("lain"), at: 20 });
    await sent.keep({ id: "B", chat: "d", message: bytes("dua"), at: 20 });
    expect(await sent.progress("A")).toBe("kept");
    for (const step of ["written", "delivered", "accepted", "written"] as const) await sent.mark("A", step);
    expect(await sent.progress("A")).toBe("delivered");
    expect(Buffer.from((await sent.find("A")) ?? []).toString()).toBe("satu");
    await sent.mark("unknown", "read");
    expect(await sent.progress("unknown")).toBeUndefined();
    await sent.erase("d");
    expect(await sent.find("B")).toBeUndefined();
    await sent.prune(11);
    expect(await sent.find("A")).toBeUndefined();
  });
});

it("what was opened is found for a while", async () => {
  const { opened } = open();
  await opened.keep("a", bytes("satu"), 10, 0);
  await opened.keep("b", bytes("dua"), 20, 10);
  expect(Buffer.from((await opened.find("a")) ?? []).toString()).toBe("satu");
  await opened.keep("c", bytes("tiga"), 30, 15);
  expect(await opened.find("a")).toBeUndefined();
  await opened.prune(25);
  expect([await opened.find("b"), await opened.find("c")].map((one) => one !== undefined)).toEqual([false, true]);
});

it("the file tells no number, no name, no text and no key", async () => {
  const path = folder.path("canary.db");
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
