import { execFileSync } from "node:child_process";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { answerOnce, client, httpServer, LOGIN, ORDER, PAID, rawServer, rawTlsServer } from "./biller-servers.ts";

let trusted: { key: string; cert: string };
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "loket-cert-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const subject = ["-subj", "/CN=loket-test", "-addext", "subjectAltName=IP:127.0.0.1"];
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const args = ["req", "-x509", ...curve, "-keyout", key, "-out", cert, "-days", "2", ...subject];
  execFileSync("openssl", args, { stdio: "ignore" });
  trusted = { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
});
afterEach(() => {
  vi.unstubAllEnvs();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(["http", "https"] as const)("the first byte of pay over %s", (protocol) => {
  const serve = (each: (socket: Socket) => void) =>
    protocol === "http" ? rawServer(each) : rawTlsServer(trusted, each);
  const biller = (port: number) =>
    client(`${protocol}://127.0.0.1:${port}`, protocol === "https" ? { ca: trusted.cert } : {});

  it("is asked for once the line stands, and none leaves when the answer is no", async () => {
    await using server = await serve(() => {});
    let asked = 0;
    const said = await biller(server.port).pay(ORDER, () => {
      asked += 1;
      return false;
    });
    expect(said).toEqual({ kind: "not-sent", cause: "held back before the first byte" });
    expect(asked).toBe(1);
    await expect.poll(() => [server.connections(), server.open()]).toEqual([1, 0]);
    expect(server.received()).toBe("");
  });

  it("never goes to a proxy that the environment names, nor in the way of asking one", async () => {
    await using proxy = await rawServer(() => {});
    await using server = await serve((socket) => answerOnce(socket, PAID));
    for (const name of ["http_proxy", "https_proxy", "all_proxy"]) {
      const address = `http://user:canary-proxy@127.0.0.1:${proxy.port}`;
      vi.stubEnv(name, address);
      vi.stubEnv(name.toUpperCase(), address);
    }
    for (const name of ["no_proxy", "NO_PROXY"]) vi.stubEnv(name, "");
    expect((await biller(server.port).pay(ORDER, () => true)).kind).toBe("paid");
    expect(server.received()).toMatch(/^POST \/json\/esamsat\/pay_esamsat HTTP\/1\.1\r\n/);
    expect(server.received()).not.toMatch(/proxy-/i);
    expect(proxy.connections()).toBe(0);
  });

  it("leaves in the same tick as the yes: nothing else runs in between", async () => {
    await using server = await serve((socket) => answerOnce(socket, PAID));
    // The client's own end of the line, so that what it has written can be read between two instructions.
    let line: Socket | undefined;
    const watch = (message: unknown) => {
      line ??= (message as { socket: Socket }).socket;
    };
    subscribe("net.client.socket", watch);
    const written: number[] = [];
    // bytesWritten counts what still waits in the stream, writableLength is just that.
    const note = () => written.push(line === undefined ? -1 : line.bytesWritten - line.writableLength);
    const said = await biller(server.port).pay(ORDER, () => {
      note();
      // It runs before any other turn, even before what waits for a promise.
      process.nextTick(note);
      return true;
    });
    unsubscribe("net.client.socket", watch);
    expect(said.kind).toBe("paid");
    const [before = -1, after = -1, ...more] = written;
    expect(more).toEqual([]);
    expect(before).toBeGreaterThanOrEqual(0);
    expect(after - before).toBeGreaterThanOrEqual(server.received().length);
    expect(server.received().match(/POST \/json\/esamsat\/pay_esamsat HTTP\/1.1/g)).toHaveLength(1);
    expect(server.received()).toContain(`invoice=${ORDER.invoice}`);
    expect(server.received().toLowerCase()).toContain("connection: close");
  });

  it("takes a throw of the question for a no", async () => {
    await using server = await serve((socket) => answerOnce(socket, PAID));
    const said = await biller(server.port).pay(ORDER, () => {
      throw new Error("the lease cannot be read");
    });
    expect(said.kind).toBe("not-sent");
    expect(server.received()).toBe("");
  });

  it("is followed by a reset when no answer comes in time", async () => {
    const ends: unknown[] = [];
    await using server = await serve((socket) => {
      socket.once("error", (error: NodeJS.ErrnoException) => ends.push(error.code));
      socket.once("close", () => ends.push("closed"));
    });
    const ca = protocol === "https" ? { ca: trusted.cert } : {};
    const hasty = client(`${protocol}://127.0.0.1:${server.port}`, { timeouts: { answerMs: 100 }, ...ca });
    expect(await hasty.pay(ORDER, () => true)).toEqual({ kind: "unknown", cause: "timeout", ok: false });
    await expect.poll(() => ends).toEqual(["ECONNRESET", "closed"]);
  });

  it("makes a line of its own for each call", async () => {
    await using server = await serve((socket) => answerOnce(socket, PAID));
    const one = biller(server.port);
    await one.pay(ORDER, () => true);
    await one.status(ORDER);
    await one.status(ORDER);
    expect(server.connections()).toBe(3);
  });
});

describe("the first byte", () => {
  it("is written inside the very call that asked, not in a later turn", async () => {
    await using server = await rawServer((socket) => answerOnce(socket, PAID));
    const { connect, gate } = await import("../../src/biller/mmbc-connect.ts");
    const endpoint = { secure: false, host: "127.0.0.1", port: server.port, base: "", ca: undefined };
    const connected = await connect(endpoint, 1_000);
    if (connected.kind !== "connected") throw new Error(connected.cause);
    const { socket, close } = connected.connection;
    const written: number[] = [];
    gate(socket, () => {
      written.push(socket.bytesWritten);
      return true;
    });
    socket.write("x");
    written.push(socket.bytesWritten);
    expect(written).toEqual([0, 1]);
    close();
  });

  it("is surely not sent when nobody listens, and status then says nothing of the payment", async () => {
    const { port } = await rawServer(() => {}).then(async (server) => {
      await server[Symbol.asyncDispose]();
      return server;
    });
    const biller = client(`http://127.0.0.1:${port}`);
    expect(await biller.pay(ORDER, () => true)).toEqual({ kind: "not-sent", cause: "ECONNREFUSED" });
    expect(await biller.status(ORDER)).toEqual({ kind: "unknown", cause: "network", ok: false });
  });

  it("is surely not sent when the TLS handshake breaks or never ends", async () => {
    await using breaking = await rawServer((socket) => socket.once("data", () => socket.destroy()));
    const said = await client(`https://127.0.0.1:${breaking.port}`).pay(ORDER, () => true);
    expect(said.kind).toBe("not-sent");
    await using silent = await rawServer(() => {});
    const limits = { timeouts: { connectMs: 100 } };
    const late = await client(`https://127.0.0.1:${silent.port}`, limits).pay(ORDER, () => true);
    expect(late).toEqual({ kind: "not-sent", cause: "connect timeout" });
    expect(breaking.received() + silent.received()).not.toContain("canary");
  });
});

describe("the login", () => {
  it("is not seen by a server whose certificate is not trusted, or is for another name", async () => {
    await using server = await rawTlsServer(trusted, (socket) => answerOnce(socket, PAID));
    let asked = false;
    const untrusting = client(`https://127.0.0.1:${server.port}`);
    const said = await untrusting.pay(ORDER, () => {
      asked = true;
      return true;
    });
    expect(said).toEqual({ kind: "not-sent", cause: "DEPTH_ZERO_SELF_SIGNED_CERT" });
    const wrongName = client(`https://localhost:${server.port}`, { ca: trusted.cert });
    expect(await wrongName.pay(ORDER, () => true)).toEqual({ kind: "not-sent", cause: "ERR_TLS_CERT_ALTNAME_INVALID" });
    expect((await untrusting.regions(0)).kind).toBe("unavailable");
    expect(asked).toBe(false);
    expect(server.received()).toBe("");
  });

  it("does not follow a redirect", async () => {
    await using thief = await httpServer((response) => response.end(PAID));
    await using server = await httpServer((response) => {
      response.writeHead(307, { Location: `http://127.0.0.1:${thief.port}/json/esamsat/pay_esamsat` });
      response.end();
    });
    const biller = client(`http://127.0.0.1:${server.port}`);
    expect(await biller.pay(ORDER, () => true)).toEqual({ kind: "unknown", cause: "garbled", ok: false });
    expect((await biller.regions(0)).kind).toBe("unavailable");
    expect(thief.connections()).toBe(0);
  });

  it("goes past no proxy of the environment", async () => {
    await using proxy = await httpServer((response) => response.end(PAID));
    await using server = await httpServer((response) => response.end(PAID));
    const before = { ...process.env };
    Object.assign(process.env, { http_proxy: `http://127.0.0.1:${proxy.port}`, no_proxy: "" });
    try {
      expect((await client(`http://127.0.0.1:${server.port}`).pay(ORDER, () => true)).kind).toBe("paid");
    } finally {
      process.env = before;
    }
    expect(proxy.connections()).toBe(0);
    expect(server.received()).toContain(LOGIN.password);
  });
});

describe("the biller's address", () => {
  it.each([
    "http://klikmbc.co.id",
    "http://127.0.0.1.example.com",
    "http://10.0.0.1",
    "ftp://klikmbc.co.id",
    "klikmbc.co.id",
    "https://user:pass@klikmbc.co.id",
    "https://klikmbc.co.id/other",
    "https://klikmbc.co.id/?a=1",
    "",
  ])("is refused at once: %s", (url) => {
    expect(() => client(url)).toThrow(/^The biller's/);
  });

  it.each([
    "https://klikmbc.co.id",
    "https://klikmbc.co.id/",
    "https://klikmbc.co.id/json/esamsat",
    "https://klikmbc.co.id/json/esamsat/",
    "http://127.0.0.1:3999",
    "http://localhost:3999",
    "http://[::1]:3999",
  ])("is taken: %s", (url) => {
    expect(() => client(url)).not.toThrow();
  });
});
