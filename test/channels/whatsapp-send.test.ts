import { describe, expect, it } from "vitest";
import type { Delivery } from "../../src/channels/channel.ts";
import { messageId } from "../../src/channels/whatsapp/send.ts";
import type { Outbound } from "../../src/conversation/message.ts";
import { handClock } from "../fakes/clock.ts";
import type { Person } from "../fakes/whatsapp/person.ts";
import { inFolder } from "../store/folder.ts";
import { heard, keyOf, linked, makeRooms, NO_PACE, who } from "./whatsapp-world.ts";

const folder = inFolder();

const text = (of: string): Outbound => ({ kind: "text", text: of });
const refOf = (delivery: Delivery) => (delivery.kind === "delivered" ? delivery.ref : "");
const fromBot = (person: Person) => person.chat().filter(({ from }) => from === "bot");

/** A person who has written to a counter that listens. */
async function chat(options: Parameters<typeof linked>[0] = {}) {
  const world = await linked(options);
  const wa = world.channel();
  const inbox = await heard(wa);
  const person = world.server.person(who(1));
  await person.say("halo");
  await inbox.took(1);
  return { ...world, wa, inbox, person, key: await keyOf(world.rooms, person.jid) };
}

describe("one job is one message at the receiver", () => {
  it("under the id that the job makes", async () => {
    const { wa, key, person } = await chat();
    const sent = await wa.send(key, text("ya"), `${key}/7/0`);
    expect(sent).toEqual({ kind: "delivered", ref: messageId(`${key}/7/0`) });
    expect((await person.next()).id).toBe(refOf(sent));
    expect(refOf(sent)).toMatch(/^3EB0[0-9A-F]{18}$/);
  });

  it.each(["before", "after"] as const)("when the line breaks %s it got through", async (when) => {
    const { server, wa, key, person } = await chat();
    server.fault({ kind: "drop", at: "message", when });
    expect((await wa.send(key, text("ya"), "m1")).kind).toBe("retry");
    await server.reached(({ devices }) => devices.get(1)?.connection !== undefined);
    await again(() => wa.send(key, text("ya"), "m1"));
    expect(fromBot(person)).toHaveLength(1);
  });

  it("when the program died before it knew: the same bytes again, and a file is not uploaded twice", async () => {
    const path = folder.path("died.db");
    const { server, channel, wa, inbox, key, person } = await chat({ path });
    const pdf: Outbound = {
      kind: "document",
      bytes: new Uint8Array(5000).fill(7),
      name: "Bukti-TRX-7K2M.pdf",
      mime: "application/pdf",
      caption: "Bukti",
    };
    server.fault({ kind: "drop", at: "message", when: "after" });
    expect((await wa.send(key, pdf, "m1")).kind).toBe("retry");
    await inbox.stop();
    const next = channel({ rooms: makeRooms(path) });
    await heard(next);
    await again(() => next.send(key, pdf, "m1"));
    expect(fromBot(person)).toHaveLength(1);
    expect(server.books.blobs.size).toBe(1);
    const [document] = person.documents();
    expect(document).toMatchObject({ as: "document", name: "Bukti-TRX-7K2M.pdf", mime: "application/pdf" });
    expect(Buffer.from(document?.bytes ?? []).equals(Buffer.alloc(5000, 7))).toBe(true);
  });

  it("when the server's yes is known from before: nothing is sent", async () => {
    const { server, wa, key, person } = await chat();
    const first = await wa.send(key, text("ya"), "m1");
    server.fault({ kind: "nack", code: 500 });
    expect(await wa.send(key, text("ya"), "m1")).toEqual(first);
    expect(fromBot(person).map(({ times }) => times)).toEqual([1]);
  });

  it("however often its upload fails", async () => {
    const { server, wa, key, person } = await chat();
    const image: Outbound = { kind: "image", bytes: new Uint8Array(99), name: "a.png", mime: "image/png", caption: "" };
    server.fault({ kind: "upload", status: 500 });
    expect((await wa.send(key, image, "m1")).kind).toBe("retry");
    expect((await wa.send(key, image, "m1")).kind).toBe("delivered");
    expect(await person.next()).toMatchObject({ file: { as: "image", mime: "image/png" } });
  });
});

describe("what became of a message", () => {
  it("is followed: taken by the server, on the phone, read", async () => {
    const { rooms, wa, key, person, server } = await chat();
    person.leave();
    const ref = refOf(await wa.send(key, text("ya"), "m1"));
    expect(await rooms.sent.progress(ref)).toBe("accepted");
    expect(await wa.arrived?.(ref)).toBe(false);
    person.comeBack();
    await until(async () => (await rooms.sent.progress(ref)) === "delivered");
    expect(await wa.arrived?.(ref)).toBe(true);
    person.read();
    await until(async () => (await rooms.sent.progress(ref)) === "read");
    expect(await wa.arrived?.(ref)).toBe(true);
    expect(await wa.arrived?.("unknown")).toBe(false);
    expect(server.books.errors).toEqual([]);
  });

  it("that reached the phone while the counter was away is known when it is back", async () => {
    const path = folder.path("away.db");
    const { channel, rooms, wa, inbox, key, person } = await chat({ path });
    person.leave();
    const ref = refOf(await wa.send(key, text("ya"), "m1"));
    await inbox.stop();
    person.comeBack();
    await heard(channel());
    await until(async () => (await rooms.sent.progress(ref)) === "delivered");
  });

  it.each(["463", "429"])(
    "refused with %s: new chats wait, the operator is called, nothing is tried again",
    async (code) => {
      const { server, rooms, alarms, wa, inbox, key, person } = await chat();
      await wa.send(key, text("ya"), "m1");
      const stranger = server.person(who(2));
      await stranger.say("halo");
      await inbox.took(2);
      const strangers = await keyOf(rooms, stranger.jid);
      server.fault({ kind: "nack", code: Number(code) });
      expect(await wa.send(strangers, text("halo"), "m2")).toMatchObject({ kind: "refused" });
      expect(alarms.map((alarm) => alarm.key)).toEqual(["whatsapp:limited"]);
      const later = await wa.send(strangers, text("halo"), "m3");
      expect(later).toMatchObject({ kind: "retry", reason: "WhatsApp limits new chats" });
      expect(later.kind === "retry" && (later.afterMs ?? 0) > 3_500_000).toBe(true);
      // Who was answered before goes on.
      expect((await wa.send(key, text("lagi"), "m4")).kind).toBe("delivered");
      expect(fromBot(stranger)).toEqual([]);
      expect(fromBot(person)).toHaveLength(2);
    },
  );

  it.each([
    ["479", "refused"],
    ["500", "retry"],
    ["503", "retry"],
  ])("refused with %s is %s", async (code, kind) => {
    const { server, alarms, wa, key } = await chat();
    server.fault({ kind: "nack", code: Number(code) });
    expect((await wa.send(key, text("ya"), "m1")).kind).toBe(kind);
    expect(alarms).toEqual([]);
  });

  it("that the server does not answer is tried again", async () => {
    const { server, channel, inbox, key } = await chat();
    await inbox.stop();
    const wa = channel({ ackMs: 50 });
    await heard(wa);
    await wa.send(key, text("hangat"), "m0");
    let release = () => {};
    const until = new Promise<void>((resolve) => {
      release = resolve;
    });
    server.fault({ kind: "wait", at: "message", until });
    expect(await wa.send(key, text("ya"), "m1")).toEqual({ kind: "retry", reason: "WhatsApp has not confirmed it" });
    release();
    await again(() => wa.send(key, text("ya"), "m1"));
  });
});

describe("how it is said", () => {
  it("while the biller thinks the person sees typing, and the phone is muted for no longer", async () => {
    const clock = handClock(Date.now());
    const { server, channel, inbox, key, person } = await chat();
    await inbox.stop();
    const wa = channel({ clock, pace: NO_PACE });
    await heard(wa);
    await wa.send(key, text("hangat"), "m0");
    await wa.typing(key);
    await wa.typing(key);
    await server.reached(() => person.peer.states.length === 2);
    expect(person.peer.states).toEqual(["composing", "composing"]);
    const presences = () =>
      server.books.log.flatMap(({ from, stanza }) =>
        from === "bot" && stanza.tag === "presence" && stanza.attrs.type !== undefined ? [stanza.attrs.type] : [],
      );
    expect(presences().slice(-1)).toEqual(["available"]);
    await clock.advance(16_000);
    await server.reached(() => presences().at(-1) === "unavailable");
  });

  it("an address in a text is not opened for a preview", async () => {
    const { wa, key, person } = await chat();
    await wa.send(key, text("Rincian: https://127.0.0.1:1/x"), "m1");
    const { content } = await person.next();
    const { text: said, matchedText, title, jpegThumbnail } = content.extendedTextMessage ?? {};
    expect(said).toBe("Rincian: https://127.0.0.1:1/x");
    expect([matchedText, title].filter(Boolean)).toEqual([]);
    expect(jpegThumbnail?.length ?? 0).toBe(0);
  });

  it("buttons are numbers in the text, and what tidies a chat is nothing", async () => {
    const { wa, key, person } = await chat();
    const rows = [[{ id: "a", label: "Ya" }]];
    await wa.send(key, { kind: "choices", text: "Benar?\n1. Ya", rows }, "m1");
    expect((await person.next()).text).toBe("Benar?\n1. Ya");
    for (const kind of ["forget", "close"] as const) {
      expect((await wa.send(key, { kind, ref: "x" }, `m ${kind}`)).kind).toBe("delivered");
    }
    expect(fromBot(person)).toHaveLength(1);
  });

  it("what was sent to somebody is forgotten when they ask for it", async () => {
    const { rooms, wa, key, person } = await chat();
    const ref = refOf(await wa.send(key, text("Pemilik: JOR***"), "m1"));
    await person.next();
    await wa.erase?.(key);
    expect(await rooms.sent.find(ref)).toBeUndefined();
    expect((await wa.send(key, text("Data Anda sudah dihapus"), "m2")).kind).toBe("delivered");
  });
});

/** Until it is delivered: the line may just be coming back. */
async function again(send: () => Promise<Delivery>): Promise<void> {
  await until(async () => (await send()).kind === "delivered");
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
}
