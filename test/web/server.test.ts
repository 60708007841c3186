import { describe, expect, onTestFinished, test } from "vitest";
import { json, post, rawGet, TAB } from "../fakes/web-client.ts";
import { type SiteOptions, startSite } from "../fakes/web-site.ts";

async function site(options: SiteOptions = {}) {
  const made = await startSite(options);
  onTestFinished(() => made.stop());
  return { ...made, url: made.web.url };
}

describe("the page", () => {
  test("comes with everything that it names, all of it ours and none of it inline", async () => {
    const { url } = await site({ web: { name: `Loket <Ibu> & "Anak"` } });
    const html = await (await fetch(url)).text();
    expect(html).toContain("<title>Loket &lt;Ibu&gt; &amp; &quot;Anak&quot;</title>");
    expect(html).toContain('<html lang="id">');
    expect(html).not.toMatch(/<style|style=|<script(?![^>]* src=)|\son\w+=|https?:|\/\//i);
    const named = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? "");
    const seen = new Set<string>();
    for (const path of named) {
      if (seen.has(path)) continue;
      seen.add(path);
      const answer = await fetch(`${url}${path}`);
      expect([path, answer.status]).toEqual([path, 200]);
      const text = await answer.text();
      for (const [, from] of text.matchAll(/ from "\.(\/[^"]+)"/g)) if (from) named.push(from);
      expect(text.replace('"http://www.w3.org/2000/svg"', "")).not.toMatch(/https?:\/\//);
    }
    expect(seen.size).toBeGreaterThan(8);
  });

  test("is asked about again, and costs nothing when it has not changed", async () => {
    const { url } = await site();
    const first = await fetch(`${url}/chat.js`);
    const tag = first.headers.get("etag") ?? "";
    const again = await fetch(`${url}/chat.js`, { headers: { "if-none-match": tag } });
    expect(again.status).toBe(304);
    expect(again.headers.get("cache-control")).toBe("no-cache");
  });

  test("tells of the sandbox what can be tried, and of anything else that there is none", async () => {
    const { url } = await site();
    const { sandbox, name } = await json(await fetch(`${url}/chat/settings`));
    expect(name).toBe("Loket Samsat");
    expect(sandbox.vehicles[0]).toEqual({ chassis: "MH1SBXLANCARX0001", plate: "F 0001 Z", titleId: "Lancar" });
    expect(sandbox.exampleNik).toMatch(/^\d{16}$/);
  });

  test.each(["/page/index.html", "/server.ts", "/..%2f..%2fpackage.json", "/%2e%2e/main.ts", "/chat/nothing"])(
    "%s is not there",
    async (path) => {
      const { url } = await site();
      expect(await rawGet(`${url}${path}`, {})).toBe(404);
    },
  );
});

describe("every answer", () => {
  test.each(["/", "/chat.js", "/healthz", "/chat/files/x", "/nothing"])("%s carries the headers", async (path) => {
    const { url } = await site();
    const { headers } = await fetch(`${url}${path}`);
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("cache-control")).toMatch(/no-store|no-cache/);
    expect(headers.get("set-cookie")).toBeNull();
  });
});

describe("who may ask", () => {
  test("a name that somebody else points at this machine is turned away", async () => {
    const { url, web } = await site();
    expect(await rawGet(url, { host: "evil.example" })).toBe(421);
    expect(await rawGet(url, { host: `evil.example:${web.port}` })).toBe(421);
    for (const host of ["localhost", `127.0.0.1:${web.port}`, "[::1]:3000"])
      expect(await rawGet(url, { host })).toBe(200);
  });

  test("the public address of a proxy is ours", async () => {
    const { url } = await site({ web: { origin: "https://loket.example.id" } });
    expect(await rawGet(url, { host: "loket.example.id" })).toBe(200);
    expect(await rawGet(url, { host: "evil.example" })).toBe(421);
    expect((await post(url, { id: "a", text: "x" }, { origin: "https://loket.example.id" })).status).toBe(200);
  });

  test("another page cannot post", async () => {
    const { url, taken } = await site();
    for (const origin of ["https://evil.example", "null", "http://127.0.0.1:1"]) {
      expect((await post(url, { id: "a", text: "x" }, { origin })).status).toBe(403);
    }
    expect((await post(url, { id: "a", text: "x" }, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect(taken).toEqual([]);
    expect((await post(url, { id: "a", text: "x" }, { origin: url })).status).toBe(200);
  });

  test("where a request came from is the socket's word, and a proxy's only when there is one", async () => {
    const forged = { "x-forwarded-for": "9.9.9.9, 8.8.8.8" };
    const alone = await site();
    await post(alone.url, { id: "a", text: "x" }, forged);
    expect(alone.taken[0]?.sender.origin).toBe("127.0.0.1");
    const behind = await site({ web: { origin: "https://loket.example.id" } });
    await post(behind.url, { id: "a", text: "x" }, forged);
    expect(behind.taken[0]?.sender.origin).toBe("8.8.8.8");
  });
});

describe("the watchers", () => {
  test("the process answers, and says when a part is not ready", async () => {
    const parts = { telegram: { ready: false, detail: "not reached" } };
    const { url } = await site({
      web: { health: () => ({ version: "0.1.0" }), ready: async () => ({ ready: false, parts }) },
    });
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ ok: true, version: "0.1.0" });
    const readiness = await fetch(`${url}/readyz`);
    expect(readiness.status).toBe(503);
    expect(await readiness.json()).toEqual({ ready: false, parts });
    const fine = await site();
    expect((await fetch(`${fine.url}/readyz`)).status).toBe(200);
  });

  test("a fault inside is one polite sentence", async () => {
    const { url } = await site({ web: { ready: () => Promise.reject(new Error("secret detail")) } });
    const answer = await fetch(`${url}/readyz`);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain("secret");
  });
});

describe("Telegram's webhook", () => {
  test("gets headers and body, whatever the Host, and its status goes back", async () => {
    const calls: { secret: string | null; body: string }[] = [];
    const { url } = await site({
      web: {
        telegramWebhook: {
          path: "/telegram/secret",
          handle: async (headers, body) => {
            calls.push({ secret: headers.get("x-telegram-bot-api-secret-token"), body });
            return { status: body === "bad" ? 403 : 200 };
          },
        },
      },
    });
    const call = (body: string) =>
      fetch(`${url}/telegram/secret`, {
        method: "POST",
        body,
        headers: { "x-telegram-bot-api-secret-token": "s", origin: "https://api.telegram.org" },
      });
    expect((await call("{}")).status).toBe(200);
    expect((await call("bad")).status).toBe(403);
    expect((await call("x".repeat(1024 * 1024 + 1))).status).toBe(413);
    expect(await rawGet(`${url}/telegram/secret`, { host: "loket.example.id" })).toBe(404);
    expect(calls).toEqual([
      { secret: "s", body: "{}" },
      { secret: "s", body: "bad" },
    ]);
  });
});

test("a port that is taken is a sentence", async () => {
  const { web } = await site();
  await expect(startSite({ port: web.port })).rejects.toThrow(
    /Cannot listen on 127\.0\.0\.1:\d+: another program uses it/,
  );
});

test("a token in the address is no token", async () => {
  const { url } = await site();
  expect((await fetch(`${url}/chat/events?token=${TAB}`)).status).toBe(401);
});
