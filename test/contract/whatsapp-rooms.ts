import { describe, expect, it } from "vitest";
import type { Rooms } from "../../src/channels/whatsapp/rooms.ts";

export interface MadeRooms {
  readonly rooms: Rooms;
  /** The same store, opened by the next program. */
  again(): Promise<Rooms>;
}

type Make = () => Promise<MadeRooms>;

const PN = "6281234567890@s.whatsapp.net";
const LID = "200000000000001@lid";

/** What every driver of WhatsApp's rooms owes. `make` gives an empty store each time, all with one key. */
export function whatsappRoomsLaw(make: Make): void {
  describe("the keys of a linked number", () => keys(make));
  describe("a person", () => people(make));
  describe("what was sent", () => sent(make));
  describe("what was opened", () => opened(make));
}

const bytes = (text: string) => new TextEncoder().encode(text);
const session = (id: string, value: string | null) => ({ type: "session", id, value });

function keys(make: Make): void {
  it("are there after a restart, the newest of each, without those that were taken away", async () => {
    const { rooms, again } = await make();
    const { keys } = rooms;
    await keys.saveCreds('{"a":1}');
    await keys.saveCreds('{"a":2}');
    await keys.saveRows([session("1.0", "old"), session("2.0", "gone"), { type: "pre-key", id: "1", value: "k" }]);
    await keys.saveRows([session("1.0", "new"), session("2.0", null), session("3.0", null)]);
    const { creds, rows } = await (await again()).keys.load();
    expect(creds).toBe('{"a":2}');
    expect(rows.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual([
      { type: "pre-key", id: "1", value: "k" },
      session("1.0", "new"),
    ]);
  });

  it("are written together or not at all", async () => {
    const { keys } = (await make()).rooms;
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

  it("are as the last call left them, though nobody waited between the calls", async () => {
    const { keys } = (await make()).rooms;
    const calls = Array.from({ length: 20 }, (_, n) => [
      keys.saveRows([session("1.0", `${n}`), session("2.0", n % 2 === 0 ? "there" : null), session("3.0", "first")]),
      keys.saveCreds(`${n}`),
    ]);
    await Promise.all(calls.flat());
    await keys.saveRows([session("3.0", null), session("3.0", "last"), session("4.0", "x"), session("4.0", null)]);
    const { creds, rows } = await keys.load();
    expect(creds).toBe("19");
    expect(rows.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual([session("1.0", "19"), session("3.0", "last")]);
  });

  it("are kept by the hundred, with any characters in them", async () => {
    const { keys } = (await make()).rooms;
    const value = "\u0000 ' \" \\ ☎";
    const rows = Array.from({ length: 800 }, (_, n) => session(`${n}${value}`, value));
    await keys.saveRows(rows);
    await keys.saveRows(rows.slice(1).map(({ id }) => session(id, null)));
    expect((await keys.load()).rows).toEqual([rows[0]]);
  });

  it("go when the number is unlinked, and the people stay", async () => {
    const { keys, opened, people } = (await make()).rooms;
    await keys.saveCreds("{}");
    await keys.saveRows([session("1.0", "x")]);
    await opened.keep("mark", bytes("halo"), 1, 0);
    await people.identify([LID], LID);
    await keys.clear();
    expect(await keys.load()).toEqual({ creds: undefined, rows: [] });
    expect(await opened.find("mark")).toBeUndefined();
    expect(await people.known([LID])).toBeDefined();
  });
}

function people(make: Make): void {
  it("has one name, whichever address comes first, and a number changes nothing", async () => {
    const { people } = (await make()).rooms;
    const hidden = await people.identify([LID], LID);
    expect(await people.identify([LID, PN], LID)).toBe(hidden);
    expect(await people.identify([PN], PN)).toBe(hidden);
    expect(await people.answerTo(hidden)).toBe(PN);
    expect(await people.addresses(hidden)).toEqual([LID, PN]);
    expect(await people.known([PN])).toBe(hidden);
  });

  it("has the same name again in another program with the same key, and a stranger has another", async () => {
    const name = await (await make()).rooms.people.identify([PN, LID], PN);
    const { people } = (await make()).rooms;
    expect(await people.identify([LID], LID)).toBe(name);
    expect(await people.identify(["6281@s.whatsapp.net"], "6281@s.whatsapp.net")).not.toBe(name);
  });

  it("is one person, though messages with each of his addresses come at once", async () => {
    const { people } = (await make()).rooms;
    for (let round = 0; round < 5; round++) {
      const [lid, pn] = [`${round}@lid`, `62811${round}@s.whatsapp.net`];
      const names = await Promise.all([
        people.identify([pn], pn),
        people.identify([lid, pn], lid),
        people.identify([pn, lid], pn),
        people.identify([lid, pn], lid),
      ]);
      expect(new Set(names).size).toBe(1);
      expect((await people.addresses(names[0])).toSorted()).toEqual([lid, pn].toSorted());
    }
  });

  it("that was answered is no new chat any more", async () => {
    const { people } = (await make()).rooms;
    const name = await people.identify([LID], LID);
    expect([await people.wasAnswered(name), await people.wasAnswered("nobody")]).toEqual([false, false]);
    await people.markAnswered(name);
    await people.identify([LID, PN], PN);
    expect(await people.wasAnswered(name)).toBe(true);
  });

  it("who never wrote has no address", async () => {
    expect(await (await make()).rooms.people.answerTo("nobody")).toBeUndefined();
  });
}

function sent(make: Make): void {
  it("is kept as it was first, goes only further, and is forgotten by time and by person", async () => {
    const { sent } = (await make()).rooms;
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
}

function opened(make: Make): void {
  it("is found for a while", async () => {
    const { opened } = (await make()).rooms;
    await opened.keep("a", bytes("satu"), 10, 0);
    await opened.keep("b", bytes("dua"), 20, 10);
    expect(Buffer.from((await opened.find("a")) ?? []).toString()).toBe("satu");
    await opened.keep("c", bytes("tiga"), 30, 15);
    expect(await opened.find("a")).toBeUndefined();
    await opened.keep("b", bytes("lain"), 30, 15);
    expect(Buffer.from((await opened.find("b")) ?? []).toString()).toBe("dua");
    await opened.prune(25);
    expect([await opened.find("b"), await opened.find("c")].map((one) => one !== undefined)).toEqual([false, true]);
  });

  it("too long ago and again is new", async () => {
    const { opened } = (await make()).rooms;
    await opened.keep("a", bytes("satu"), 10, 0);
    await opened.keep("a", bytes("dua"), 30, 20);
    expect(Buffer.from((await opened.find("a")) ?? []).toString()).toBe("dua");
  });
}
