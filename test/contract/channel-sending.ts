import fc from "fast-check";
import { expect, test } from "vitest";
import type { Outbound } from "../../src/conversation/message.ts";
import { bold, clean } from "../../src/domain/text.ts";
import { listening, makeInbox, type Open, type Shown, type Traits } from "./channel-world.ts";

/** What a channel owes for each message that goes out. */
export function sendingLaws(open: Open, traits: Traits): void {
  sending(open);
  filing(open);
  neutral(open);
  if (traits.buttons) tapping(open);
  if (traits.forgets) forgetting(open);
  if (traits.leaves) leaving(open);
  if (traits.remote) failing(open);
}

const text = (of: string): Outbound => ({ kind: "text", text: of });

function sending(open: Open): void {
  test("a text arrives whole, its bold stretches bold", async () => {
    const world = await open();
    const person = world.person(1);
    const sent = await world.channel.send(person.key, text(`Total: ${bold("Rp183.500")}\nsampai 14.30 WIB`), "m1");
    expect(sent).toMatchObject({ kind: "delivered", ref: expect.stringMatching(/./) });
    expect(await person.next()).toMatchObject({ text: "Total: Rp183.500\nsampai 14.30 WIB", bold: ["Rp183.500"] });
  });

  test("a long text arrives whole and in order, however many messages it takes", async () => {
    const world = await open();
    const lines = Array.from({ length: 300 }, (_, line) => `${line + 1}. ${"é<&🛵".repeat(8)}`);
    await world.channel.send(world.person(1).key, text(lines.join("\n")), "m1");
    const got: string[] = [];
    while (got.length < lines.length) got.push(...(await world.person(1).next()).text.split("\n"));
    expect(got).toEqual(lines);
  });

  test("each chat sees its own messages alone", async () => {
    const world = await open();
    await world.channel.send(world.person(1).key, text("untuk satu"), "m1");
    await world.channel.send(world.person(2).key, text("untuk dua"), "m2");
    expect((await world.person(1).next()).text).toBe("untuk satu");
    expect((await world.person(2).next()).text).toBe("untuk dua");
    expect(world.person(1).shown()).toHaveLength(1);
  });
}

function filing(open: Open): void {
  for (const kind of ["document", "image"] as const) {
    test(`a ${kind} arrives whole, with its caption`, async () => {
      const world = await open();
      const bytes = Uint8Array.from({ length: 70_000 }, (_, at) => (at * 31) % 256);
      const [name, mime] = kind === "document" ? ["bukti.pdf", "application/pdf"] : ["bukti.png", "image/png"];
      const sent = await world.channel.send(
        world.person(1).key,
        { kind, bytes, name, mime, caption: `Lunas <b> & ${bold("Rp1")}` },
        "m1",
      );
      expect(sent.kind).toBe("delivered");
      const got = await world.person(1).next();
      expect(got).toMatchObject({ text: "Lunas <b> & Rp1", bold: ["Rp1"] });
      expect(Buffer.from(got.file?.bytes ?? []).equals(Buffer.from(bytes))).toBe(true);
    });
  }
}

function neutral(open: Open): void {
  test("marks in names and in the biller's fields are shown, not obeyed", async () => {
    const world = await open();
    const person = world.person(1);
    const marks = fc.constantFrom("<b>", "</b>", "*", "_", "~", "`", "```", "&lt;", "&", "<", "> ", "[a](b)", "\u0002");
    let sent = 0;
    const names = fc.array(fc.oneof(marks, fc.string({ unit: "grapheme", maxLength: 8 })), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(names, async (parts) => {
        const name = clean(parts.join(""));
        const message = `Pemilik: ${name}.\n*tebal* _miring_ <i>x</i> ${bold("benar")}`;
        expect((await world.channel.send(person.key, text(message), `m${++sent}`)).kind).toBe("delivered");
        const shown: Shown = await person.next();
        expect(visible(shown.text)).toBe(visible(`Pemilik: ${name}.\n*tebal* _miring_ <i>x</i> benar`));
        expect(shown.bold).toEqual(["benar"]);
      }),
      { numRuns: 40 },
    );
  });
}

/** As the eye sees it: to disarm a mark, a channel may put such a character beside it, or one in its place that looks the same. */
function visible(of: string): string {
  return of.replace(/[\u200B-\u200D\u2060\uFEFF]/g, "").replaceAll("\u02cb", "`");
}

function tapping(open: Open): void {
  const asked: Outbound = {
    kind: "choices",
    text: "Nama dan pelat benar?",
    rows: [[{ id: "pay:Zk3", label: "Bayar Rp183.500" }], [{ id: "wrong", label: "Data salah" }]],
  };

  test("a tap brings the choice's id and the message that it was on", async () => {
    const world = await open();
    const inbox = makeInbox();
    listening(world.channel, inbox.receive);
    const sent = await world.channel.send(world.person(1).key, asked, "m1");
    expect(await world.person(1).next()).toMatchObject({
      text: "Nama dan pelat benar?",
      buttons: ["Bayar Rp183.500", "Data salah"],
    });
    await world.person(1).tap("Data salah");
    const [got] = await inbox.took(1);
    expect(got?.content).toEqual({ kind: "tap", data: "wrong", on: sent.kind === "delivered" ? sent.ref : "" });
  });

  test("a keyboard can be taken off, twice too, and the text stays", async () => {
    const world = await open();
    const key = world.person(1).key;
    const sent = await world.channel.send(key, asked, "m1");
    const ref = sent.kind === "delivered" ? sent.ref : "";
    for (const id of ["m2", "m3"]) {
      expect((await world.channel.send(key, { kind: "close", ref }, id)).kind).toBe("delivered");
    }
    expect(world.person(1).shown()).toMatchObject([{ text: "Nama dan pelat benar?", buttons: [] }]);
  });
}

function forgetting(open: Open): void {
  test("a person's own message can be deleted, twice too", async () => {
    const world = await open();
    const inbox = makeInbox();
    listening(world.channel, inbox.receive);
    await world.person(1).say("3204110609970001");
    await world.person(1).say("tetap");
    const [got] = await inbox.took(2);
    const ref = got?.messageRef ?? "";
    for (const id of ["m1", "m2"]) {
      expect((await world.channel.send(world.person(1).key, { kind: "forget", ref }, id)).kind).toBe("delivered");
    }
    expect(world.person(1).own()).toEqual(["tetap"]);
  });
}

function leaving(open: Open): void {
  test("a chat that takes nothing more is gone", async () => {
    const world = await open();
    await world.person(1).leave();
    expect((await world.channel.send(world.person(1).key, text("halo"), "m1")).kind).toBe("gone");
    expect((await world.channel.send(world.person(2).key, text("halo"), "m2")).kind).toBe("delivered");
  });
}

function failing(open: Open): void {
  test("a busy platform is tried again, and the message comes once", async () => {
    const world = await open();
    const key = world.person(1).key;
    world.busyOnce();
    expect((await world.channel.send(key, text("halo"), "m1")).kind).toBe("retry");
    expect((await world.channel.send(key, text("halo"), "m1")).kind).toBe("delivered");
    expect(world.person(1).shown()).toHaveLength(1);
  });

  test("a platform out of reach makes nothing reject", async () => {
    const world = await open();
    const key = world.person(1).key;
    const ear = listening(world.channel, makeInbox().receive);
    await world.cut();
    await world.channel.typing(key);
    expect(["retry", "ambiguous"]).toContain((await world.channel.send(key, text("halo"), "m1")).kind);
    await ear.stop();
  });
}
