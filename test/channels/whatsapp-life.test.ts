import asyncHooks from "node:async_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it, test } from "vitest";
import type { WhatsappOptions } from "../../src/channels/whatsapp/channel.ts";
import { endOf, pauseBefore } from "../../src/channels/whatsapp/ends.ts";
import { withStorages } from "../../src/channels/whatsapp/storages.ts";
import { systemClock } from "../../src/clock.ts";
import { handClock } from "../fakes/clock.ts";
import { heard, keyOf, linked, ready, who } from "./whatsapp-world.ts";

/** Waits shorter than real ones, so that a hundred connections pass in seconds. */
const quick = {
  ...systemClock,
  sleep: (until: number, stop: AbortSignal) => systemClock.sleep(Math.min(until, systemClock.now() + 5), stop),
};
/** Long sleeps stay long: to be told to stop, and to wait for an answer. */
const clock: typeof systemClock = {
  ...systemClock,
  sleep: (until, stop) => (until - systemClock.now() > 1600 ? systemClock : quick).sleep(until, stop),
};

async function counter(more: Partial<WhatsappOptions> = {}) {
  const world = await linked();
  const qrs: string[] = [];
  const wa = world.channel({ clock, onQr: (qr) => qrs.push(qr), ...more });
  const inbox = await heard(wa);
  const connected = () =>
    world.server.reached(({ devices }) => [...devices.values()].some(({ connection }) => connection !== undefined));
  return { ...world, wa, inbox, qrs, connected };
}

describe("an end of the connection that passes", () => {
  it.each([515, 503, 500, 428, 408, 405])("%i: it comes back by itself", async (code) => {
    const { server, wa, inbox, alarms } = await counter();
    const before = server.books.logins.length;
    server.stream(code);
    await server.reached(({ logins }) => logins.length === before + 1);
    await server.person(who(1)).say("halo");
    await inbox.took(1);
    await ready(wa);
    expect(alarms).toEqual([]);
  });

  it.each([503, 405])("a login refused with %i is tried again", async (reason) => {
    const { server, inbox } = await counter();
    for (const _ of [1, 2]) server.fault({ kind: "login", reason });
    server.drop();
    await server.person(who(1)).say("halo");
    await inbox.took(1);
    expect(server.books.faults).toEqual([]);
  });

  it("a line that breaks in the handshake, and a server out of reach", async () => {
    const { server, wa, inbox } = await counter();
    server.fault({ kind: "drop", at: "handshake", when: "before" });
    server.drop();
    await server.reached(({ faults }) => faults.length === 0);
    await server.cut();
    await server.back();
    await server.person(who(1)).say("halo");
    await inbox.took(1);
    await ready(wa);
  });

  it("a server that has fallen silent is noticed by its missing answers", async () => {
    const { server, wa, inbox } = await counter({ keepAliveMs: 50 });
    const before = server.books.logins.length;
    server.freeze();
    await server.reached(({ logins }) => logins.length === before + 1);
    await server.person(who(1)).say("halo");
    await inbox.took(1);
    await ready(wa);
  }, 20_000);

  it("a chat in which nobody writes is no reason to connect anew", async () => {
    const { server } = await counter({ keepAliveMs: 20 });
    const pings = () => server.books.log.filter(({ from, stanza }) => from === "bot" && stanza.attrs.xmlns === "w:p");
    const before = server.books.logins.length;
    await server.reached(() => pings().length > 20);
    expect(server.books.logins).toHaveLength(before);
  });
});

describe("an end of the connection that only a human can mend", () => {
  it.each([
    [403, /blocked this number/],
    [411, /Update it/],
    [440, /another program uses this linked device/],
  ])("%i: it stays away, and says what to do", async (code, says) => {
    const { server, wa, alarms, rooms } = await counter();
    const before = server.books.logins.length;
    server.stream(code);
    await told(alarms, 1);
    expect(alarms[0]).toMatchObject({ key: `whatsapp:${code}`, text: expect.stringMatching(says) });
    expect(wa.state()).toMatchObject({ ready: false, detail: expect.stringMatching(says) });
    expect((await wa.send("whatsapp:x" as never, { kind: "text", text: "x" }, "m")).kind).toBe("refused");
    expect(server.books.logins).toHaveLength(before);
    expect((await rooms.keys.load()).creds === undefined).toBe(code === 411);
  });

  it("401: the keys go, a new QR is shown, and after the scan the people are still known", async () => {
    const { server, wa, alarms, rooms, inbox, qrs } = await counter();
    const someone = server.person(who(1));
    await someone.say("halo");
    await inbox.took(1);
    const key = await keyOf(rooms, someone.jid);
    server.phone.remove();
    await told(alarms, 1);
    expect(alarms[0]).toMatchObject({ key: "whatsapp:401", text: expect.stringContaining("new QR") });
    await told(qrs, 1);
    expect((await rooms.keys.load()).rows).toEqual([]);
    expect(wa.state().ready).toBe(false);
    await server.phone.scan(qrs[0] ?? "");
    await ready(wa);
    await someone.say("masih di sini");
    const [, second] = await inbox.took(2);
    expect(second?.key).toBe(key);
    expect((await wa.send(key, { kind: "text", text: "ya" }, "m2")).kind).toBe("delivered");
  });

  it("a second counter with the same keys ends the first, and they do not throw each other out in turns", async () => {
    const { server, alarms, channel } = await counter();
    const second = channel();
    const other = await heard(second);
    await told(alarms, 1);
    expect(alarms.map(({ key }) => key)).toEqual(["whatsapp:440"]);
    const before = server.books.logins.length;
    await server.person(who(1)).say("halo");
    await other.took(1);
    expect(server.books.logins).toHaveLength(before);
  });
});

test("every code has a sentence, and only four of them are the end", () => {
  const over = [515, 401, 403, 411, 440, 405, 408, 428, 500, 503, 999, undefined].filter(
    (code) => endOf(code).kind === "over",
  );
  expect(over).toEqual([401, 403, 411, 440]);
});

test("the pauses grow to a minute and stay there, never the same for two", () => {
  const pauses = Array.from({ length: 20 }, (_, at) => pauseBefore(at + 1, 0.5));
  expect(pauses.slice(0, 7)).toEqual([1, 2, 5, 10, 20, 40, 60].map((seconds) => seconds * 1000));
  expect(new Set(pauses.slice(7))).toEqual(new Set([60_000]));
  expect([pauseBefore(9, 0), pauseBefore(9, 1)]).toEqual([30_000, 90_000]);
});

test("a hundred new connections leave nothing behind, and nothing is heard twice", async () => {
  const { server, rooms, wa, inbox } = await counter();
  const someone = server.person(who(1));
  const heap = async () => {
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
    collect();
    return process.memoryUsage().heapUsed;
  };
  const once = async (round: number) => {
    const before = server.books.logins.length;
    server.drop();
    await server.reached(({ logins }) => logins.length > before);
    await someone.say(`pesan ${round}`, { ago: round * 3 });
    await inbox.took(round);
    const key = await keyOf(rooms, someone.jid);
    expect((await wa.send(key, { kind: "text", text: `jawaban ${round}` }, `m${round}`)).kind).toBe("delivered");
    // What the server remembers of it is not the counter's.
    server.books.log.length = 0;
    server.books.logins.length = 0;
  };
  for (let round = 1; round <= 20; round++) await once(round);
  const before = await heap();
  for (let round = 21; round <= 120; round++) await once(round);
  await ready(wa);
  expect(inbox.offered.map(({ id }) => id)).toHaveLength(120);
  const grown = (await heap()) - before;
  // Baileys lets each connection's timers run out, for half a minute at most: they hold what is still there.
  expect(grown, `${grown} bytes`).toBeLessThan(15_000_000);
}, 120_000);

test("a clock that is moved by hand moves the pauses: it is tried for ever, at most ninety seconds apart", async () => {
  const hand = handClock(Date.now());
  const { server, wa } = await counter({ clock: hand });
  await server.cut();
  for (let minute = 0; minute < 60; minute++) await hand.advance(60_000);
  expect(wa.state().ready).toBe(false);
  await server.back();
  const before = server.books.logins.length;
  while (server.books.logins.length === before) await hand.advance(5000);
  await ready(wa);
});

test("a store that is away when the connection is begun is tried again", async () => {
  const { rooms, channel } = await linked();
  let failures = 2;
  const keys: typeof rooms.keys = {
    ...rooms.keys,
    async load() {
      if (failures-- > 0) throw new Error("the disk is away");
      return rooms.keys.load();
    },
  };
  const wa = channel({ clock, rooms: { ...rooms, keys } });
  await heard(wa);
  expect(failures).toBe(-1);
});

test("what one connection puts on every promise of the process ends with it", () => {
  const { value, end } = withStorages(() => new asyncHooks.AsyncLocalStorage<number>());
  value.enterWith(1);
  expect(value.getStore()).toBe(1);
  end();
  expect(value.getStore()).toBeUndefined();
});

/** V8's garbage collection, now. */
function collect(): void {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
}

async function told(list: readonly unknown[], count: number): Promise<void> {
  while (list.length < count) await new Promise((resolve) => setImmediate(resolve));
}
