import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Clock } from "../../clock.ts";
import { type Rupiah, rupiah } from "../../domain/rupiah.ts";
import type { Fields } from "./answers.ts";
import { openBook, type SandboxBook, type ServerBook } from "./book.ts";
import { type Login, type Reaction, react } from "./calls.ts";

export interface SandboxOptions {
  /** 0, the default: any free one. */
  readonly port?: number;
  readonly host?: "127.0.0.1";
  readonly clock: Clock;
  /** The login that it takes; the document's own example unless given. */
  readonly username?: string;
  readonly password?: string;
  readonly deposit?: Rupiah;
  /** How long a pay that hangs is held before it answers after all, ms. Default 120 s. */
  readonly hangMs?: number;
  /** How long a slow inquiry takes, ms. Default 5 s. */
  readonly slowMs?: number;
  /** How long a pending payment stays so, ms. Default 20 s. */
  readonly pendingMs?: number;
  /** Keeps the book over a restart, even a kill: each change is in it before its call is answered. */
  readonly file?: string;
}

export interface Sandbox {
  /** `http://127.0.0.1:port`: what MMBC_URL would be. */
  readonly url: string;
  readonly book: SandboxBook;
  close(): Promise<void>;
}

/** The document's own example. */
export const SANDBOX_LOGIN: Login = { username: "dummy", password: "dummy123" };

/** Largest request that is read, bytes. */
const LARGEST = 64 * 1024;

/**
 * An MMBC that one can run: the API of its document, for the test vehicles of ./vehicles. Rejects when the port is taken
 * or the book's file is damaged. The book can be read over HTTP too, at GET /sandbox/book.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { clock, file } = options;
  const deposit = options.deposit ?? rupiah(100_000_000);
  const book = openBook({ clock, deposit, pendingMs: options.pendingMs ?? 20_000, file });
  const stop = new AbortController();
  const desk = { options, book, stop: stop.signal };
  const server = createServer((request, response) => {
    serve(desk, request, response).catch(() => response.destroy());
  });
  await listening(server, options.port ?? 0, options.host ?? "127.0.0.1");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    book,
    close: () =>
      new Promise((resolve) => {
        stop.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Desk {
  readonly options: SandboxOptions;
  readonly book: ServerBook;
  readonly stop: AbortSignal;
}

async function serve(desk: Desk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { options, book } = desk;
  if (request.method === "GET" && request.url === "/sandbox/book") {
    const { deposit, debits, pays } = book;
    return write(response, 200, JSON.stringify({ deposit, debits, pays }), "application/json");
  }
  const name = /^\/json\/esamsat\/([a-z_]+)$/.exec(request.url ?? "")?.[1];
  if (request.method !== "POST" || name === undefined) return write(response, 404, "Not Found", "text/plain");
  const fields = await readFields(request);
  if (fields === undefined) return write(response, 400, "Bad Request", "text/plain");
  const login = {
    username: options.username ?? SANDBOX_LOGIN.username,
    password: options.password ?? SANDBOX_LOGIN.password,
  };
  const reaction = react(name, fields, { book, login, at: options.clock.now() });
  if (reaction === undefined) return write(response, 404, "Not Found", "text/plain");
  await doReaction(desk, reaction, response);
}

async function doReaction({ options, stop }: Desk, reaction: Reaction, response: ServerResponse): Promise<void> {
  if (reaction.kind === "reset") {
    response.socket?.resetAndDestroy();
    return;
  }
  if (reaction.delay !== "none") {
    const ms = reaction.delay === "slow" ? (options.slowMs ?? 5_000) : (options.hangMs ?? 120_000);
    const gone = new AbortController();
    const leave = () => gone.abort();
    response.once("close", leave);
    stop.addEventListener("abort", leave, { once: true });
    await options.clock.sleep(options.clock.now() + ms, gone.signal);
    stop.removeEventListener("abort", leave);
  }
  // PHP's usual name for an answer that is called JSON.
  write(response, reaction.status, reaction.body, "text/html; charset=UTF-8");
}

function write(response: ServerResponse, status: number, body: string, contentType: string): void {
  if (response.destroyed) return;
  response.writeHead(status, { "Content-Type": contentType });
  response.end(body);
}

/** The body's fields, form or JSON; undefined when it is neither. */
async function readFields(request: IncomingMessage): Promise<Fields | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > LARGEST) return undefined;
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString("utf8");
  if (!/json/i.test(request.headers["content-type"] ?? "")) return Object.fromEntries(new URLSearchParams(text));
  return fieldsOfJson(text);
}

function fieldsOfJson(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return undefined;
    return Object.fromEntries(Object.entries(value).map(([name, of]) => [name, String(of)]));
  } catch {
    return undefined;
  }
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: Error) => {
      reject(new Error(`The sandbox cannot listen on ${host}:${port}. Is another program there?`, { cause }));
    });
    server.listen(port, host, resolve);
  });
}
