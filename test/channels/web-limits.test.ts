import { describe, expect, test } from "vitest";
import { addressGroup } from "../../src/channels/web/limits.ts";
import { webChannel } from "../../src/channels/web.ts";
import { makeLog } from "../../src/log.ts";
import { openSealer } from "../../src/store/sealing.ts";
import { MEMORY, openSqlite } from "../../src/store/sqlite/open.ts";
import { sqliteWebInbox } from "../../src/store/sqlite/web-inbox.ts";
import { listening, makeInbox } from "../contract/channel-world.ts";
import { handClock } from "../fakes/clock.ts";
import { counter, document, KEY, open, read, TOKEN, text, words } from "../fakes/web-counter.ts";

const HOUR = 3_600_000;

describe("limits", () => {
  test("a tab writes 20 times at once, then 5 times a second", async () => {
    const { channel, clock } = counter();
    listening(channel, makeInbox().receive);
    const burst = async (count: number) => {
      const answers = [];
      for (let turn = 0; turn < count; turn++)
        answers.push(await channel.post(TOKEN, { id: "a", text: "x" }, "10.0.0.1"));
      return answers.filter((answer) => answer.kind === "taken").length;
    };
    expect(await burst(30)).toBe(20);
    await clock.advance(1_000);
    expect(await burst(30)).toBe(5);
  });

  test("an address has so many streams, and gets one back when one ends", async () => {
    const { channel } = counter({ perAddress: { streams: 2, newTabs: 100 } });
    const [first] = [await open(channel, TOKEN, "10.0.0.1"), await open(channel, TOKEN, "10.0.0.1")];
    const visit = { address: "10.0.0.1", from: 0, stop: new AbortController().signal };
    expect(await channel.open(TOKEN, visit)).toEqual({ kind: "refused", why: "too-many-streams" });
    expect((await channel.open(TOKEN, { ...visit, address: "10.0.0.2" })).kind).toBe("stream");
    await first?.next();
    await first?.return();
    expect((await channel.open(TOKEN, visit)).kind).toBe("stream");
  });

  test("an address brings so many new tabs a minute; those that were here before come back freely", async () => {
    const { channel, clock } = counter({ perAddress: { streams: 100, newTabs: 3 } });
    const tokens = [1, 2, 3, 4].map((number) => `tab-${number}-aaaaaaaaaaaaaaaaaaaaaa`);
    await channel.send(KEY, text("halo"), "m1");
    const visit = { address: "2001:db8::1", from: 0, stop: new AbortController().signal };
    const kinds = [];
    for (const token of tokens) kinds.push((await channel.open(token, visit)).kind);
    expect(kinds).toEqual(["stream", "stream", "stream", "refused"]);
    expect((await channel.open(TOKEN, visit)).kind).toBe("stream");
    await clock.advance(20_000);
    expect((await channel.open(tokens[3] ?? "", visit)).kind).toBe("stream");
  });

  test("a file of more than 2 MiB is refused", async () => {
    const { channel } = counter();
    const sent = await channel.send(KEY, document("bukti.pdf", new Uint8Array(2 * 1024 * 1024 + 1)), "m1");
    expect(sent.kind).toBe("refused");
  });

  test("what is older than it is kept goes", async () => {
    const { channel, clock } = counter({ keepMs: HOUR });
    await channel.send(KEY, text("lama"), "m1");
    await clock.advance(2 * HOUR);
    await channel.send(KEY, text("baru"), "m2");
    const ear = listening(channel, makeInbox().receive);
    await clock.advance(HOUR / 2);
    await ear.stop();
    expect(words(await read(channel, 0, 2))).toEqual(["baru"]);
  });

  test.each([
    ["127.0.0.1", "127.0.0.1"],
    ["::ffff:10.1.2.3", "10.1.2.3"],
    ["2001:0db8:0:1:aaaa::1", "2001:db8:0:1::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["unknown", "unknown"],
  ])("%s counts as %s", (address, group) => {
    expect(addressGroup(address)).toBe(group);
  });
});

test("a store that fails is no throw, and its log holds neither words nor token", async () => {
  const lines: string[] = [];
  const db = openSqlite(MEMORY);
  const inbox = sqliteWebInbox(db, openSealer({}));
  const channel = webChannel({ clock: handClock(), log: makeLog("debug", (line) => lines.push(line)), inbox });
  listening(channel, makeInbox().receive);
  await channel.send(KEY, text("halo"), "m1");
  db.close();
  expect((await channel.send(KEY, text("NIK 3204110609970001"), "m2")).kind).toBe("retry");
  await expect(channel.post(TOKEN, { id: "a1", text: "3204110609970001" }, "::1")).resolves.toMatchObject({
    why: "again",
  });
  expect(lines.length).toBeGreaterThan(0);
  for (const secret of ["3204110609970001", TOKEN]) expect(lines.join("")).not.toContain(secret);
});
