import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { partsOf } from "../../src/channels/web/event.ts";
import type { StreamItem } from "../../src/channels/web/stream.ts";
import { bold } from "../../src/domain/text.ts";
import { openSealer } from "../../src/store/sealing.ts";
import { openSqlite } from "../../src/store/sqlite/open.ts";
import { sqliteWebInbox } from "../../src/store/sqlite/web-inbox.ts";
import { channelLaws } from "../contract/channel.ts";
import { listening, makeInbox } from "../contract/channel-world.ts";
import { counter, document, eventIn, KEY, next, open, read, seqs, TOKEN, text, words } from "../fakes/web-counter.ts";
import { webWorld } from "../fakes/web-world.ts";

channelLaws(
  "the web chat",
  { redelivers: true, leaves: false, remote: false, buttons: true, forgets: true, media: [] },
  webWorld,
);

describe("a tab that was away", () => {
  test("gets what it missed, in order and once, and then hears that it has everything", async () => {
    const { channel } = counter();
    for (const word of ["satu", "dua", "tiga"]) await channel.send(KEY, text(word), word);
    await channel.send(KEY, text("dua"), "dua");
    const all = await read(channel, 0, 4);
    expect(words(all)).toEqual(["satu", "dua", "tiga"]);
    expect(all.at(-1)).toEqual({ kind: "live", seq: seqs(all)[2] });
    expect(words(await read(channel, seqs(all)[1] ?? 0, 2))).toEqual(["tiga"]);
  });

  test("gets it after the program was restarted, its own words and files too", async () => {
    const folder = await mkdtemp(join(tmpdir(), "loket-web-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const sealer = openSealer({ secret: "0123456789abcdef0123456789abcdef" });
    const path = join(folder, "loket.db");
    const bytes = Uint8Array.of(37, 80, 68, 70);
    const first = openSqlite(path);
    const before = counter({ inbox: sqliteWebInbox(first, sealer) }).channel;
    const ear = listening(before, makeInbox().receive);
    await before.post(TOKEN, { id: "a1", text: "3204110609970001" }, "::1");
    await before.send(KEY, document("bukti.pdf", bytes), "m1");
    await ear.stop();
    first.close();

    const second = openSqlite(path);
    onTestFinished(() => second.close());
    const after = counter({ inbox: sqliteWebInbox(second, sealer) }).channel;
    await after.send(KEY, document("bukti.pdf", bytes), "m1");
    const [own, file, live] = await read(after, 0, 3);
    expect(eventIn(own)).toMatchObject({ kind: "you", id: "a1", text: "3204110609970001" });
    expect(eventIn(file)).toMatchObject({ kind: "document", file: { name: "bukti.pdf", size: 4 } });
    expect(live?.kind).toBe("live");
    const got = await after.file(TOKEN, eventIn(file).file.id);
    expect(Buffer.from(got?.bytes ?? []).equals(Buffer.from(bytes))).toBe(true);
    expect(await after.file("another-token-of-22-characters", eventIn(file).file.id)).toBeUndefined();
    const raw = JSON.stringify([
      second.prepare("SELECT * FROM web_events").all(),
      second.prepare("SELECT * FROM web_files").all(),
    ]);
    for (const secret of ["3204110609970001", "bukti.pdf", TOKEN]) expect(raw).not.toContain(secret);
  });

  test("with a number that the inbox has not reached is told the true one, so that it starts anew", async () => {
    const { channel } = counter();
    await channel.send(KEY, text("satu"), "m1");
    const [item] = await read(channel, 9_999, 1);
    expect(item).toEqual({ kind: "live", seq: 1 });
  });
});

describe("an open stream", () => {
  test("hears messages, the typing sign, and every 15 s that the server is there", async () => {
    const { channel, clock } = counter();
    const stream = await open(channel, TOKEN);
    expect(await next(stream)).toEqual({ kind: "live", seq: 0 });
    const first = next(stream);
    await channel.typing(KEY);
    expect(await first).toEqual({ kind: "typing" });
    const second = next(stream);
    await channel.send(KEY, text("halo"), "m1");
    expect(words([await second])).toEqual(["halo"]);
    const third = next(stream);
    await clock.advance(15_000);
    expect(await third).toEqual({ kind: "beat" });
  });

  test("misses nothing that comes while it is being read", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(3), { maxLength: 30 }), async (plan) => {
        const { channel } = counter();
        const stream = await open(channel, TOKEN);
        const got: (StreamItem | undefined)[] = [];
        for (const [turn, waits] of plan.entries()) {
          const sent = channel.send(KEY, text(String(turn)), String(turn));
          for (let wait = 0; wait < waits; wait++) await Promise.resolve();
          if (waits === 3) got.push(await next(stream));
          await sent;
        }
        while (words(got).length < plan.length) got.push(await next(stream));
        expect(words(got)).toEqual(plan.map((_, turn) => String(turn)));
      }),
      { numRuns: 30 },
    );
  });

  test("that the person erased is told to empty its page, and nothing is left to read", async () => {
    const { channel } = counter();
    await channel.send(KEY, document("bukti.pdf", Uint8Array.of(1)), "m1");
    const [file] = await read(channel, 0, 1);
    const stream = await open(channel, TOKEN);
    await stream.next();
    await stream.next();
    const told = next(stream);
    await channel.erase(KEY);
    expect(await told).toEqual({ kind: "cleared" });
    expect((await read(channel, 0, 1))[0]).toEqual({ kind: "live", seq: 0 });
    expect(await channel.file(TOKEN, eventIn(file).file.id)).toBeUndefined();
  });
});

describe("what a person wrote", () => {
  test("comes with its address, and a second post of it is one bubble and the same id", async () => {
    const { channel } = counter();
    const inbox = makeInbox();
    listening(channel, inbox.receive);
    for (const _ of [1, 2]) await channel.post(TOKEN, { id: "a1", text: "halo" }, "::ffff:10.1.2.3");
    expect(inbox.taken).toEqual(
      [1, 2].map(() => ({
        id: "a1",
        key: KEY,
        sender: { origin: "10.1.2.3" },
        content: { kind: "text", text: "halo" },
        messageRef: "a1",
      })),
    );
    expect((await read(channel, 0, 2)).map((item) => item.kind)).toEqual(["event", "live"]);
  });

  test("and was deleted does not come back when it is posted again", async () => {
    const { channel } = counter();
    listening(channel, makeInbox().receive);
    await channel.post(TOKEN, { id: "a1", text: "3204110609970001" }, "::1");
    await channel.send(KEY, { kind: "forget", ref: "a1" }, "m1");
    await channel.post(TOKEN, { id: "a1", text: "3204110609970001" }, "::1");
    const items = await read(channel, 0, 3);
    expect(JSON.stringify(items)).not.toContain("3204110609970001");
    expect(items.map((item) => (item.kind === "event" ? eventIn(item).kind : item.kind))).toEqual([
      "forgotten",
      "forget",
      "live",
    ]);
  });

  test("is turned away with its reason when it cannot be a message", async () => {
    const { channel } = counter();
    listening(channel, makeInbox().receive);
    const post = async (body: unknown, token = TOKEN) => {
      const answer = await channel.post(token, body, "::1");
      return answer.kind === "refused" ? answer.why : answer.kind;
    };
    expect(await post({ id: "a", text: "x".repeat(4_000) })).toBe("taken");
    expect(await post({ id: "a", text: "x".repeat(4_001) })).toBe("too-long");
    expect(await post({ id: "a", tap: { data: "pay:1", on: "7" } })).toBe("taken");
    for (const body of [undefined, null, 1, [], {}, { id: "a" }, { id: "../a", text: "x" }, { id: "a", text: " " }]) {
      expect(await post(body)).toBe("unreadable");
    }
    expect(await post({ id: "a", tap: { data: "é".repeat(33), on: "7" } })).toBe("unreadable");
    expect(await post({ id: "a", tap: { data: "x", on: "m7" } })).toBe("unreadable");
    expect(await post({ id: "a", text: "x" }, "short")).toBe("bad-token");
  });

  test("waits at the page while nobody listens", async () => {
    const { channel } = counter();
    expect(channel.state().ready).toBe(false);
    const body = { id: "a1", text: "halo" };
    expect(await channel.post(TOKEN, body, "::1")).toEqual({ kind: "refused", why: "again" });
    const inbox = makeInbox();
    const ear = listening(channel, inbox.receive);
    expect(await channel.post(TOKEN, body, "::1")).toEqual({ kind: "taken" });
    await ear.stop();
    expect(await channel.post(TOKEN, { id: "a2", text: "halo" }, "::1")).toEqual({ kind: "refused", why: "again" });
    expect(inbox.taken).toHaveLength(1);
  });
});

test("bold stretches are cut out, and no text gets lost", () => {
  expect(partsOf(`a ${bold("b")} c`)).toEqual([{ text: "a " }, { text: "b", bold: true }, { text: " c" }]);
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", "\n", "\u0002", "\u0003", "<") }), (of) => {
      const joined = partsOf(of).map((part) => part.text);
      expect(joined.join("")).toBe(of.replaceAll("\u0002", "").replaceAll("\u0003", ""));
      expect(joined).not.toContain("");
    }),
  );
});
