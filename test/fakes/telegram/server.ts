import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { readBody } from "./body.ts";
import { type Books, bad, type Call, makeBooks, type Reply, type Update } from "./books.ts";
import { type Fault, takeFault } from "./faults.ts";
import { METHODS } from "./methods.ts";
import { push } from "./polling.ts";
import { makeUser, type Person, type User } from "./user.ts";

/** A Bot API server on loopback, with real sockets; see `Books` for what it knows. */
export interface TelegramServer {
  readonly apiRoot: string;
  readonly token: string;
  readonly books: Books;
  /** Resolves once `holds` does: a signal instead of a sleep. */
  readonly reached: (holds: (books: Books) => boolean) => Promise<void>;
  /** The same id is the same person; `person` counts the first time. */
  user(id: number, person?: Person): User;
  /** Any update: a foreign one, or one that was delivered before. */
  push(update: Update): void;
  /** The next call of `method` that has none ordered yet goes wrong like this. */
  fault(method: string, fault: Fault): void;
  /** Out of reach, until `back`. */
  cut(): Promise<void>;
  back(): Promise<void>;
  close(): Promise<void>;
}

export interface TelegramServerOptions {
  readonly token?: string;
  readonly port?: number;
  /** A long poll is over after so long, ms: for a bot whose clock is quick. */
  readonly longestPollMs?: number;
}

export async function startTelegram(options: TelegramServerOptions = {}): Promise<TelegramServer> {
  const { token = "424242:AAxTESTxTESTxTESTxTESTxTESTxTESTx", port = 0 } = options;
  const books = makeBooks(token, options.longestPollMs);
  const users = new Map<number, User>();
  const server = createServer((request, response) => {
    // A connection that breaks while it is read is the bot's business.
    serve(books, request, response).catch(() => response.destroy());
  });
  const listen = (at: number) => new Promise<void>((resolve) => server.listen(at, "127.0.0.1", () => resolve()));
  await listen(port);
  const { port: bound } = server.address() as AddressInfo;
  const cut = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    apiRoot: `http://127.0.0.1:${bound}`,
    token,
    books,
    reached: books.reached,
    user(id, person) {
      const user = users.get(id) ?? makeUser(books, id, person);
      users.set(id, user);
      return user;
    },
    push: (update) => push(books, update),
    fault: (method, fault) => books.faults.push({ method, fault }),
    cut,
    back: () => listen(bound),
    async close() {
      books.webhook = undefined;
      books.endPoll?.("closed");
      if (server.listening) await cut();
    },
  };
}

async function serve(books: Books, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://telegram");
  const { fields, files } = await readBody(request);
  const [, kind, token, rest = ""] = /^\/(file\/bot|bot)([^/]+)\/(.+)$/.exec(pathname) ?? [];
  if (kind === undefined) return answer(response, bad(404, "Not Found"));
  if (token !== books.token) return answer(response, bad(401, "Unauthorized"));
  if (kind === "file/bot") return download(books, rest, response);
  await serveCall(books, { method: rest, fields: { ...Object.fromEntries(searchParams), ...fields }, files }, response);
}

async function serveCall(books: Books, call: Call, response: ServerResponse): Promise<void> {
  books.calls.push(call);
  books.changed();
  const fault = takeFault(books, call.method);
  const ends = faultReply(fault);
  if (ends !== undefined) return answer(response, ends);
  if (fault?.kind === "wait") await fault.until;
  if (fault?.kind === "reset" && fault.when === "before") return reset(response);
  const reply = await run(books, call, response);
  if (fault?.kind === "reset") return reset(response);
  if (fault?.kind === "garbled") return void response.writeHead(200).end("<html>");
  answer(response, reply);
}

function faultReply(fault: Fault | undefined): Reply | undefined {
  if (fault?.kind === "error") return bad(fault.status, fault.description);
  if (fault?.kind !== "busy") return undefined;
  const { retryAfter } = fault;
  return {
    ...bad(429, `Too Many Requests: retry after ${retryAfter}`),
    ...{ parameters: { retry_after: retryAfter } },
  };
}

async function run(books: Books, call: Call, response: ServerResponse): Promise<Reply> {
  const method = METHODS[call.method.toLowerCase()];
  if (method === undefined) return bad(404, "Not Found: method not found");
  const { chat_id } = call.fields;
  if (chat_id !== undefined && !books.chats.has(Number(chat_id))) return bad(400, "Bad Request: chat not found");
  if (call.method.startsWith("send") && books.blocked.has(Number(chat_id))) {
    return bad(403, "Forbidden: bot was blocked by the user");
  }
  const closed = new AbortController();
  response.once("close", () => closed.abort());
  return method(books, call, closed.signal);
}

function download(books: Books, path: string, response: ServerResponse): void {
  const file = [...books.files.values()].find((one) => one.path === path);
  response.writeHead(file === undefined ? 404 : 200).end(file?.bytes);
}

function answer(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.ok ? 200 : reply.error_code, { "content-type": "application/json" });
  response.end(JSON.stringify(reply));
}

function reset(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}
