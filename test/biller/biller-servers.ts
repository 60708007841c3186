import { once } from "node:events";
import http from "node:http";
import net, { type AddressInfo, type Socket } from "node:net";
import tls from "node:tls";
import { type MmbcOptions, mmbcBiller } from "../../src/biller/mmbc.ts";
import { systemClock } from "../../src/clock.ts";
import type { Invoice } from "../../src/domain/bill.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { silentLog } from "../../src/log.ts";

export const ORDER = { invoice: "11111111111" as Invoice, total: rupiah(183_500) };

export const PAID = JSON.stringify({
  result: "ok",
  status: "CONFIRM",
  invoice: ORDER.invoice,
  total: "183500",
  reference_number: " 5A83",
});

/** Canaries: a test that finds one where it does not belong has found a leak. */
export const LOGIN = { username: "canary-user-71", password: "canary-pass-93" };

export function client(url: string, more: Partial<MmbcOptions> = {}) {
  return mmbcBiller({
    url,
    ...LOGIN,
    body: "form",
    clock: systemClock,
    log: silentLog,
    timeouts: { answerMs: 5_000, regionsMs: 5_000, connectMs: 5_000 },
    ...more,
  });
}

/** A server on loopback that is closed with everything on it when its scope ends. */
export interface Listener extends AsyncDisposable {
  readonly port: number;
  /** All that clients sent it, of all connections. */
  received(): string;
  /** How many connections were made, and how many are still open. */
  connections(): number;
  open(): number;
}

/** Bare TCP: `each` does with a connection what the test wants. */
export function rawServer(each: (socket: Socket) => void): Promise<Listener> {
  return listening(net.createServer(), "connection", each);
}

/** Bare TLS. `received` is what came through it, decrypted. */
export function rawTlsServer(pair: { key: string; cert: string }, each: (socket: Socket) => void): Promise<Listener> {
  const server = tls.createServer(pair);
  server.on("tlsClientError", () => {});
  return listening(server, "secureConnection", each);
}

async function listening(server: net.Server, event: string, each: (socket: Socket) => void): Promise<Listener> {
  const sockets = new Set<Socket>();
  let text = "";
  let connections = 0;
  server.on("connection", (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => {});
  });
  server.on(event, (socket: Socket) => {
    socket.on("error", () => {});
    socket.on("data", (bytes) => {
      text += bytes.toString("latin1");
    });
    each(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    received: () => text,
    connections: () => connections,
    open: () => sockets.size,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** An HTTP server that answers each POST by `answer`, once its body is read. */
export async function httpServer(
  answer: (response: http.ServerResponse, request: http.IncomingMessage, body: string) => void,
): Promise<Listener> {
  let text = "";
  let connections = 0;
  let open = 0;
  const server = http.createServer((request, response) => {
    let body = "";
    response.on("error", () => {});
    request.on("error", () => {});
    request.on("data", (bytes: Buffer) => {
      body += bytes.toString();
      text += bytes.toString();
    });
    request.on("end", () => answer(response, request, body));
  });
  server.on("connection", (socket) => {
    connections += 1;
    open += 1;
    socket.once("close", () => {
      open -= 1;
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    received: () => text,
    connections: () => connections,
    open: () => open,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** One answer, written by hand, after the request arrived. */
export function answerOnce(socket: Socket, body: string): void {
  socket.once("data", () => {
    socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`);
  });
}
