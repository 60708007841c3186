import type { Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { keepChassis } from "../../src/domain/chassis.ts";
import { keepNik } from "../../src/domain/nik.ts";
import { makeLog } from "../../src/log.ts";
import { client, httpServer, LOGIN, ORDER, PAID, rawServer } from "./biller-servers.ts";

const nik = keepNik("3204110107900001");
const chassis = keepChassis("MH1JFZ110HK123456");
if (nik === undefined || chassis === undefined) throw new Error("the example numbers are none");
const QUERY = { product: "SAMSAT_JABAR", nik, chassis };

const HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n";
const YES = () => true;

/** What pay and status say, and an inquiry, when each connection is treated so after its request arrived. */
async function ask(each: (socket: Socket) => void, timeouts = { answerMs: 3_000, connectMs: 3_000 }) {
  await using server = await rawServer((socket) => socket.once("data", () => each(socket)));
  const biller = client(`http://127.0.0.1:${server.port}`, { timeouts });
  const pay = await biller.pay(ORDER, YES);
  const calls = server.connections();
  return { pay, calls, status: await biller.status(ORDER), inquiry: await biller.inquire(QUERY) };
}

describe("a biller on a bad day", () => {
  it("never answers: unknown by timeout, at the deadline, after one call", async () => {
    const said = await ask(() => {}, { answerMs: 120, connectMs: 3_000 });
    expect(said.pay).toEqual({ kind: "unknown", cause: "timeout", ok: false });
    expect(said.status).toEqual({ kind: "unknown", cause: "timeout", ok: false });
    expect(said.inquiry).toMatchObject({ kind: "unavailable", why: "timeout" });
    expect(said.calls).toBe(1);
  });

  it("drips a byte at a time: the deadline holds all the same", async () => {
    const said = await ask(
      (socket) => {
        socket.write(`${HEAD}\r\n`);
        const drip = setInterval(() => socket.write(" "), 20);
        socket.once("close", () => clearInterval(drip));
      },
      { answerMs: 250, connectMs: 3_000 },
    );
    expect(said.pay).toEqual({ kind: "unknown", cause: "timeout", ok: false });
    expect(said.inquiry).toMatchObject({ kind: "unavailable", why: "timeout" });
  });

  it("drips its headers: the deadline holds all the same", async () => {
    const said = await ask(
      (socket) => {
        socket.write(HEAD);
        const drip = setInterval(() => socket.write("X-Drip: 1\r\n"), 20);
        socket.once("close", () => clearInterval(drip));
      },
      { answerMs: 250, connectMs: 3_000 },
    );
    expect(said.pay).toEqual({ kind: "unknown", cause: "timeout", ok: false });
  });

  it.each([
    ["resets before an answer", (socket: Socket) => void socket.resetAndDestroy()],
    ["hangs up before an answer", (socket: Socket) => void socket.destroy()],
    ["ends before an answer", (socket: Socket) => void socket.end()],
    ["speaks no HTTP", (socket: Socket) => void socket.end("220 mail.example.com ESMTP\r\n")],
    [
      "resets after the headers",
      (socket: Socket) => void socket.write(`${HEAD}Content-Length: 500\r\n\r\n{`, () => socket.resetAndDestroy()),
    ],
    [
      "hangs up in the middle of a body of known length",
      (socket: Socket) => void socket.end(`${HEAD}Content-Length: 500\r\n\r\n${PAID}`),
    ],
    [
      "hangs up in the middle of chunks",
      (socket: Socket) =>
        void socket.end(`${HEAD}Transfer-Encoding: chunked\r\n\r\n${PAID.length.toString(16)}\r\n${PAID}\r\n`),
    ],
    ["sends headers without end", (socket: Socket) => void socket.write(`${HEAD}${"X-A: aaaaaaaa\r\n".repeat(9_000)}`)],
  ])("%s: unknown, and the inquiry is unavailable", async (_, each) => {
    const said = await ask(each);
    expect(said.pay).toEqual({ kind: "unknown", cause: "network", ok: false });
    expect(said.status).toEqual({ kind: "unknown", cause: "network", ok: false });
    expect(said.inquiry).toMatchObject({ kind: "unavailable", why: "network" });
    expect(said.calls).toBe(1);
  });

  it("cuts a body of unknown length: garbled", async () => {
    const said = await ask((socket) => void socket.end(`${HEAD}\r\n${PAID.slice(0, -9)}`));
    expect(said.pay).toEqual({ kind: "unknown", cause: "garbled", ok: false });
    expect(said.inquiry).toEqual({ kind: "unavailable", why: "garbled", reason: "" });
  });

  it("sends 5 MiB: no more than 256 KiB of it are read, even when a good answer follows", async () => {
    const said = await ask((socket) => {
      const body = " ".repeat(5 * 1024 * 1024) + PAID;
      socket.write(`${HEAD}Content-Length: ${body.length}\r\n\r\n${body}`);
    });
    expect(said.pay).toEqual({ kind: "unknown", cause: "too-large", ok: false });
    expect(said.inquiry).toMatchObject({ kind: "unavailable", why: "garbled" });
  });

  it("reads an answer of just under the limit", async () => {
    const body = " ".repeat(255 * 1024) + PAID;
    const said = await ask((socket) => void socket.end(`${HEAD}Content-Length: ${body.length}\r\n\r\n${body}`));
    expect(said.pay.kind).toBe("paid");
  });

  it("sends a compression bomb: what it unfolds to is limited too", async () => {
    await using server = await httpServer((response) => {
      response.writeHead(200, { "Content-Encoding": "gzip" });
      response.end(gzipSync(Buffer.alloc(16 * 1024 * 1024, " ")));
    });
    const said = await client(`http://127.0.0.1:${server.port}`).pay(ORDER, YES);
    expect(said).toEqual({ kind: "unknown", cause: "too-large", ok: false });
  });

  it("compresses though nobody asked: read all the same; broken compression is not", async () => {
    await using server = await httpServer((response, request) => {
      response.writeHead(200, { "Content-Encoding": "gzip" });
      const whole = gzipSync(PAID);
      response.end(request.url?.endsWith("pay_esamsat") ? whole : whole.subarray(0, 20));
    });
    const biller = client(`http://127.0.0.1:${server.port}`);
    expect((await biller.pay(ORDER, YES)).kind).toBe("paid");
    expect((await biller.status(ORDER)).kind).toBe("unknown");
  });

  it.each([201, 204, 301, 400, 401, 403, 404, 429, 500, 502, 503, 522])(
    "answers with HTTP %i: never paid",
    async (status) => {
      await using server = await httpServer((response) => {
        response.writeHead(status);
        response.end(PAID);
      });
      const biller = client(`http://127.0.0.1:${server.port}`);
      expect((await biller.pay(ORDER, YES)).kind).toBe("unknown");
      expect((await biller.status(ORDER)).kind).toBe("unknown");
      const why = status === 401 || status === 403 ? "login" : "network";
      const inquiry = await biller.inquire(QUERY);
      expect(inquiry).toEqual({ kind: "unavailable", why, reason: `HTTP ${status}` });
    },
  );
});

describe("what gets into the log", () => {
  it("is the call, its time and its fault: no login, no number, nothing of a body", async () => {
    const lines: string[] = [];
    const log = makeLog("debug", (line) => lines.push(line));
    await using server = await httpServer((response, request) => {
      if (request.url?.endsWith("inquiry_esamsat")) request.socket.resetAndDestroy();
      else if (request.url?.endsWith("pay_esamsat")) response.end('{"result":"no","reason":"canary-reason"}');
      else response.destroy();
    });
    const biller = client(`http://127.0.0.1:${server.port}`, { log });
    await biller.inquire(QUERY);
    await biller.pay(ORDER, YES);
    await biller.status(ORDER);
    await biller.regions(0);
    expect(lines).toHaveLength(4);
    expect(lines.join("")).not.toMatch(/canary|3204110107900001|MH1JFZ/);
    expect(lines.join("")).toContain("ECONNRESET");
  });
});

describe("the body of a call", () => {
  it.each([
    [
      "form",
      "application/x-www-form-urlencoded",
      `username=${LOGIN.username}&password=${LOGIN.password}&invoice=11111111111`,
    ],
    ["json", "application/json", JSON.stringify({ ...LOGIN, invoice: "11111111111" })],
  ] as const)("is a %s", async (body, contentType, written) => {
    const seen: unknown[] = [];
    await using server = await httpServer((response, request, text) => {
      seen.push(request.method, request.url, request.headers["content-type"], text);
      response.end(PAID);
    });
    await client(`http://127.0.0.1:${server.port}/json/esamsat/`, { body }).status(ORDER);
    expect(seen).toEqual(["POST", "/json/esamsat/status_invoice", contentType, written]);
  });
});

it("leaves nothing behind after a call: no socket, no timer that keeps the program", async () => {
  await using server = await rawServer((socket) => socket.once("data", () => socket.end(`${HEAD}\r\n${PAID}`)));
  await client(`http://127.0.0.1:${server.port}`).pay(ORDER, YES);
  await expect.poll(() => process.getActiveResourcesInfo().filter((kind) => kind === "TCPSocketWrap").length).toBe(0);
});
