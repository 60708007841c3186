import { once } from "node:events";
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { silentLog } from "../../src/log.ts";
import { startWeb } from "../../src/web/server.ts";
import { gate } from "../contract/channel-world.ts";
import { tinyPdf } from "../fakes/tiny-files.ts";
import { events, json, post, TAB } from "../fakes/web-client.ts";
import { type SiteOptions, startSite } from "../fakes/web-site.ts";

async function site(options: SiteOptions = {}) {
  const made = await startSite(options);
  onTestFinished(() => made.stop());
  return { ...made, url: made.web.url };
}

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "loket-web-"));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

describe("the stream of events", () => {
  test("brings what is said, each with a number, and goes on behind the last one that the page has", async () => {
    const { url } = await site();
    const first = await events(url);
    expect(first.headers.get("content-type")).toContain("text/event-stream");
    expect(first.headers.get("cache-control")).toContain("no-store");
    expect(await first.next()).toMatchObject({ name: "live", data: '{"seq":0}' });
    await post(url, { id: "a1", text: "halo" });
    const own = await first.next();
    expect(JSON.parse(own?.data ?? "")).toMatchObject({ kind: "you", id: "a1", text: "halo" });
    const echo = await first.next();
    expect(JSON.parse(echo?.data ?? "").parts).toEqual([{ text: "Anda menulis: " }, { text: "halo", bold: true }]);
    first.leave();
    const second = await events(url, own?.id);
    expect(await second.next()).toEqual(echo);
    expect(await second.next()).toMatchObject({ name: "live" });
  });

  test("goes on after the program was started again", async () => {
    const path = join(await folder(), "loket.db");
    const before = await startSite({ path });
    await post(before.web.url, { id: "a1", text: "halo" });
    const heard = await (await events(before.web.url)).next();
    await before.stop();
    const after = await site({ path });
    const stream = await events(after.url, heard?.id);
    expect(JSON.parse((await stream.next())?.data ?? "").parts[1]).toEqual({ text: "halo", bold: true });
    expect(await stream.next()).toMatchObject({ name: "live" });
  });

  test("ends when the program ends, and nothing is left open", async () => {
    const made = await startSite();
    const stream = await events(made.web.url);
    await stream.next();
    await fetch(`${made.web.url}/healthz`);
    // As browsers do in advance.
    const unused = connect(made.web.port, "127.0.0.1");
    await once(unused, "connect");
    const began = performance.now();
    await made.stop();
    // Far from the grace that is given to what is under way, and from a client's own patience.
    expect(performance.now() - began).toBeLessThan(3_000);
    expect(await stream.next()).toBeUndefined();
    await expect(fetch(`${made.web.url}/healthz`)).rejects.toThrow();
  });

  test("that the page left makes room for another from the same address", async () => {
    const { url } = await site({ perAddress: { streams: 1, newTabs: 100 } });
    const first = await events(url);
    await first.next();
    const refused = await events(url);
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("15");
    first.leave();
    // The server learns of it by the closed socket: in its own time.
    await expect.poll(async () => (await events(url)).status, { timeout: 10_000 }).toBe(200);
  });
});

describe("a message", () => {
  test("is answered only once it was taken", async () => {
    const held = gate();
    const reached = gate();
    const made = await startSite({
      before: () => {
        reached.open();
        return held.passed;
      },
    });
    let answered = false;
    const answer = post(made.web.url, { id: "a1", text: "halo" }).finally(() => {
      answered = true;
    });
    await reached.passed;
    const stopping = made.stop();
    await new Promise(setImmediate);
    expect(answered).toBe(false);
    held.open();
    expect((await answer).status).toBe(200);
    await stopping;
  });

  test("that was not taken asks to be sent again", async () => {
    let failures = 1;
    const { url, taken } = await site({
      before: () => {
        if (failures-- > 0) throw new Error("the store is down");
      },
    });
    const first = await post(url, { id: "a1", text: "halo" });
    expect([first.status, first.headers.get("retry-after")]).toEqual([503, "2"]);
    expect((await post(url, { id: "a1", text: "halo" })).status).toBe(200);
    expect(taken).toHaveLength(1);
  });

  test.each([
    ["too long", { id: "a", text: "x".repeat(4_001) }, 422, "Pesan paling panjang 4.000 karakter. Mohon dipendekkan."],
    ["huge", { id: "a", text: "x".repeat(70_000) }, 413, "Pesan paling panjang 4.000 karakter. Mohon dipendekkan."],
    ["no JSON", "{", 400, "Pesan itu tidak dapat kami baca. Mohon ketik ulang."],
    ["no message", { id: "a" }, 400, "Pesan itu tidak dapat kami baca. Mohon ketik ulang."],
  ])("that is %s gets a sentence", async (_, body, status, message) => {
    const { url, taken } = await site();
    const answer = await post(url, body);
    expect([answer.status, (await json(answer)).message]).toEqual([status, message]);
    expect(taken).toEqual([]);
  });

  test("without a token is nobody's", async () => {
    const { url } = await site();
    expect((await post(url, { id: "a", text: "x" }, { authorization: "" })).status).toBe(401);
    expect((await post(url, { id: "a", text: "x" }, { authorization: "Bearer ../../x" })).status).toBe(401);
  });

  test("one too many is asked to wait", async () => {
    const { url } = await site();
    let last = await post(url, { id: "a", text: "x" });
    for (let turn = 0; turn < 60 && last.status !== 429; turn++) last = await post(url, { id: `a${turn}`, text: "x" });
    expect(last.status).toBe(429);
    expect(last.headers.get("retry-after")).toBe("1");
    expect((await json(last)).message).toBe("Pesan terlalu cepat. Mohon tunggu sebentar.");
  });
});

test("a file comes to the tab that it was sent to, and to no other", async () => {
  const { url } = await site();
  await post(url, { id: "a1", tap: { data: "pay", on: "1" } });
  const stream = await events(url);
  let id = "";
  for (let item = await stream.next(); item !== undefined && item.name === "show"; item = await stream.next()) {
    id = JSON.parse(item.data).file?.id ?? id;
  }
  const get = (token: string) => fetch(`${url}/chat/files/${id}`, { headers: { authorization: `Bearer ${token}` } });
  const file = await get(TAB);
  expect(file.headers.get("content-type")).toBe("application/pdf");
  expect(file.headers.get("content-disposition")).toBe("attachment; filename*=UTF-8''bukti-TRX-7K2MQ.pdf");
  expect(Buffer.from(await file.arrayBuffer()).equals(Buffer.from(tinyPdf("BUKTI PEMBAYARAN")))).toBe(true);
  expect((await get("another-token-of-22-characters")).status).toBe(404);
  expect((await fetch(`${url}/chat/files/${id}`)).status).toBe(404);
});

test("with the chat turned off the page says so, and nothing can be sent", async () => {
  const web = await startWeb({
    host: "127.0.0.1",
    port: 0,
    name: "Loket",
    clock: systemClock,
    log: silentLog,
    health: () => ({}),
    ready: async () => ({ ready: true, parts: {} }),
  });
  onTestFinished(() => web.close());
  expect((await fetch(web.url)).status).toBe(404);
  expect((await post(web.url, { id: "a", text: "x" })).status).toBe(404);
  expect((await fetch(`${web.url}/healthz`)).status).toBe(200);
});
