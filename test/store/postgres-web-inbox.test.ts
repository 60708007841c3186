import { describe, expect, it, onTestFinished } from "vitest";
import type { Nudge, WebInbox } from "../../src/channels/web/inbox.ts";
import { conversationKey } from "../../src/conversation/message.ts";
import type { Pg } from "../../src/store/postgres/open.ts";
import { postgresWebInbox } from "../../src/store/postgres/web-inbox.ts";
import { openSealer } from "../../src/store/sealing.ts";
import { listening, makeInbox } from "../contract/channel-world.ts";
import { webInboxLaw } from "../contract/web-inbox.ts";
import { counter, document, KEY, next, open, read, TOKEN, text, words } from "../fakes/web-counter.ts";
import { empty, inPostgres } from "./in-postgres.ts";

const postgres = inPostgres();
const SECRET = "0123456789abcdef0123456789abcdef";
const ANI = conversationKey("web", "a");
const PROBE = conversationKey("web", "probe");
const nothing = () => {};

/** An event of that id gets its number and is then not committed before the lock 1 is free. */
async function holdUp(pg: Pg, id: string): Promise<void> {
  await pg.run(`CREATE FUNCTION held_up() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN IF NEW.id = ''${id}'' THEN PERFORM pg_advisory_xact_lock(1); END IF; RETURN NULL; END'`);
  await pg.run("CREATE TRIGGER held_up AFTER INSERT ON web_events FOR EACH ROW EXECUTE FUNCTION held_up()");
}

/** Two processes' inboxes on one new database. */
async function twoInboxes() {
  const [one, two] = await postgres.openTwo();
  const sealer = openSealer({ secret: SECRET });
  return { one, two, first: await postgresWebInbox(one, sealer), second: await postgresWebInbox(two, sealer) };
}

/** What an inbox hears, each when it is asked for. The first is heard of only once the connection listens. */
async function ear(inbox: WebInbox, other: WebInbox) {
  const heard: string[] = [];
  let wake = nothing;
  let isListening = false;
  let hasBegun = false;
  const hangUp = inbox.listen((what: Nudge, key) => {
    // More probes may be on their way than were needed. A line that begins says once that something may have been missed,
    // before the first probe or right behind it.
    if (key === PROBE) isListening = true;
    else if (key === undefined && !hasBegun) hasBegun = true;
    else if (isListening) heard.push(`${what} ${key}`);
    wake();
  });
  onTestFinished(hangUp);
  const coming = async () => {
    while (heard.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return heard.shift();
  };
  // There is no signal for it: the other one speaks until it is heard.
  while (!isListening || !hasBegun) {
    await other.typing(PROBE);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { coming, heard };
}

describe("the web chat's inbox in PostgreSQL", () => {
  let made: { readonly pg: Pg; readonly inbox: WebInbox } | undefined;
  webInboxLaw(async () => {
    made ??= await oneInbox();
    await empty(made.pg);
    return made.inbox;
  });

  async function oneInbox() {
    const pg = await postgres.open();
    return { pg, inbox: await postgresWebInbox(pg, openSealer({})) };
  }

  it("never lets a reader pass over an event that is committed later than one with a higher number", async () => {
    const { one, first, second } = await twoInboxes();
    await holdUp(one, "slow");
    const waiting = async () =>
      (await one.get<{ n: number }>("SELECT count(*) AS n FROM pg_locks WHERE NOT granted"))?.n ?? 0;
    const appends = await one.transaction(async (sql) => {
      await sql.get("SELECT pg_advisory_xact_lock(1)");
      const slow = first.append(ANI, { id: "slow", event: "slow", at: 1 });
      while ((await waiting()) < 1) await new Promise((resolve) => setImmediate(resolve));
      let isQuickDone = false;
      const quick = second.append(ANI, { id: "quick", event: "quick", at: 1 }).finally(() => {
        isQuickDone = true;
      });
      await second.append(conversationKey("web", "other"), { id: "x", event: "x", at: 1 });
      while (!isQuickDone && (await waiting()) < 2) await new Promise((resolve) => setImmediate(resolve));
      expect(await first.since(ANI, 0, 9)).toEqual([]);
      return [slow, quick];
    });
    const [slow, quick] = await Promise.all(appends);
    expect(quick).toBeGreaterThan(slow ?? 0);
    expect((await first.since(ANI, 0, 9)).map(({ event }) => event)).toEqual(["slow", "quick"]);
  });

  it("keeps one event of an id that two processes append at once, under one number", async () => {
    const { first, second } = await twoInboxes();
    const seqs = await Promise.all(
      [first, second, first, second].map((inbox, n) => inbox.append(ANI, { id: "1", event: `${n}`, at: n })),
    );
    expect(new Set(seqs).size).toBe(1);
    expect(await first.since(ANI, 0, 9)).toHaveLength(1);
  });

  it("tells the other process what happened to which tab, and this one after its connection was lost", async () => {
    const { one, first, second } = await twoInboxes();
    const { coming, heard } = await ear(first, second);
    await second.append(ANI, { id: "1", event: "1", at: 1 });
    expect(await coming()).toBe("saved web:a");
    await second.append(ANI, { id: "1", event: "1", at: 1 });
    await second.typing(ANI);
    expect(await coming()).toBe("typing web:a");
    await second.erase(ANI);
    expect(await coming()).toBe("cleared web:a");
    await first.append(ANI, { id: "own", event: "1", at: 1 });
    expect(heard).toEqual([]);
    await one.all("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN %'");
    expect(await coming()).toBe("saved undefined");
  });

  it("holds nothing of a tab that could be read without the key", async () => {
    const { one, first } = await twoInboxes();
    await first.append(ANI, { id: "1", event: '"3204110609970001"', at: 1 });
    await first.replace(ANI, "1", '"3204110609970002"');
    await first.keepFile(ANI, { id: "f", name: "bukti.pdf", mime: "m", bytes: new TextEncoder().encode("JORDAN") }, 1);
    const rows = [await one.all("SELECT * FROM web_events"), await one.all("SELECT * FROM web_files")];
    expect(rows.map((table) => table.length)).toEqual([1, 1]);
    for (const secret of ["320411060997", "bukti.pdf", "JORDAN"]) expect(JSON.stringify(rows)).not.toContain(secret);
  });
});

describe("a page whose stream hangs on one process", () => {
  async function twoCounters() {
    const { first, second, one } = await twoInboxes();
    const here = counter({ inbox: first });
    const there = counter({ inbox: second });
    for (const { channel } of [here, there]) {
      const ear = listening(channel, makeInbox().receive);
      onTestFinished(async () => void (await ear.stop()));
    }
    const stream = await open(here.channel, TOKEN);
    expect(await next(stream)).toEqual({ kind: "live", seq: 0 });
    return { one, here, there, stream };
  }

  /** The stream's clock stands still: what is shown was told, and not found by looking. */
  async function firstSign({ stream, there }: Awaited<ReturnType<typeof twoCounters>>) {
    const sign = next(stream);
    let came = false;
    void sign.then(() => {
      came = true;
    });
    while (!came) {
      await there.channel.typing(KEY);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return await sign;
  }

  it("shows at once what another process says, that it types, and that all was taken away", async () => {
    const world = await twoCounters();
    const { there, here, stream } = world;
    expect(await firstSign(world)).toEqual({ kind: "typing" });
    await there.channel.send(KEY, text("halo"), "m1");
    await there.channel.send(KEY, document("bukti.pdf", Uint8Array.of(1)), "m2");
    const shown = [];
    while (shown.length < 2) {
      const item = await next(stream);
      if (item?.kind === "event") shown.push(item);
    }
    expect(words(shown.slice(0, 1))).toEqual(["halo"]);
    expect(JSON.parse(shown[1]?.event ?? "")).toMatchObject({ kind: "document", file: { name: "bukti.pdf" } });
    await there.channel.erase(KEY);
    for (let item = await next(stream); item?.kind !== "cleared"; item = await next(stream)) {
      expect(item?.kind).toBe("typing");
    }
    expect((await read(here.channel, 0, 1))[0]).toEqual({ kind: "live", seq: 0 });
  });

  it("hears of what was said while the database was away, once it is back", async () => {
    const world = await twoCounters();
    const { there, here, stream } = world;
    await firstSign(world);
    await postgres.server.kill();
    await postgres.server.restart();
    const back = async () => (await there.channel.send(KEY, text("kembali"), "m1")).kind;
    while ((await back()) !== "delivered") await new Promise((resolve) => setImmediate(resolve));
    let item = await next(stream);
    while (item?.kind === "typing") item = await next(stream);
    expect(words([item])).toEqual(["kembali"]);
    expect(here.clock.monotonic()).toBe(0);
  });
});
