import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import type { WebChannel } from "../channels/web.ts";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { chatRoutes } from "./chat-routes.ts";
import { letGoAfter } from "./connections.ts";
import { closing, type Gate, guards } from "./guards.ts";
import { type Health, healthRoutes } from "./health-routes.ts";
import { type Metrics, metricsRoute } from "./metrics-route.ts";
import { pageRoutes } from "./page-routes.ts";
import type { SandboxSheet } from "./sandbox-sheet.ts";
import { type Webhook, webhookRoute } from "./webhook-route.ts";

export interface WebOptions extends Health, Partial<Metrics> {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** The counter's name, as people see it. */
  readonly name: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Undefined turns the web chat off: `/` then says so. */
  readonly chat?: WebChannel;
  /** What the sandbox can be tried with; shown beside the chat, which then says that no money moves. */
  readonly sandbox?: SandboxSheet;
  readonly telegramWebhook?: Webhook;
  /**
   * The address that people use when a proxy stands before us: `https://loket.example.id`. Its Host and Origin are ours
   * too, and a proxy on this machine is believed about where a request came from.
   */
  readonly origin?: string;
  /** Further rooms of the house: the operator's console. Behind the same guards. */
  readonly more?: (app: Hono) => void;
}

export interface Web {
  /** `http://127.0.0.1:3000`, with the port that was taken. */
  readonly url: string;
  readonly port: number;
  /** Ends the open streams, lets the requests under way end (5 s at most), and resolves when the port is free. */
  close(): Promise<void>;
}

/** How long a request that is under way may still take when the program ends, ms. */
const GRACE = 5_000;

/** Serves the page, the chat, and what watches over the program. Rejects with a sentence when the port is not free. */
export async function startWeb(options: WebOptions): Promise<Web> {
  const { log } = options;
  const stop = new AbortController();
  const gate: Gate = { host: options.host, origin: options.origin, exempt: options.telegramWebhook?.path };
  const app = new Hono();
  app.use(guards(gate), closing(stop.signal));
  healthRoutes(app, options);
  const { metrics } = options;
  if (metrics !== undefined) metricsRoute(app, { metrics });
  if (options.telegramWebhook !== undefined) webhookRoute(app, options.telegramWebhook);
  await pageRoutes(app, options);
  if (options.chat !== undefined) chatRoutes(app, { chat: options.chat, gate, log, stop: stop.signal });
  options.more?.(app);
  app.notFound((c) => c.json({ error: "not-found", message: "Halaman itu tidak ada." }, 404));
  app.onError((error, c) => {
    log.error({ error, path: c.req.routePath }, "a web request failed");
    return c.json({ error: "failed", message: "Ada gangguan pada sistem kami. Mohon coba lagi sebentar." }, 500);
  });
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server;
  letGoAfter(server, stop.signal);
  const port = await listen(server, options);
  log.info({ host: options.host, port }, "the web server listens");
  let closed: Promise<void> | undefined;
  return {
    url: `http://${shown(options.host)}:${port}`,
    port,
    close() {
      closed ??= close(server, stop, options.clock);
      return closed;
    },
  };
}

function listen(server: Server, { host, port }: WebOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(unusable(host, port, error)));
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

function unusable(host: string, port: number, cause: Error): Error {
  const code = "code" in cause ? cause.code : "";
  const why: Readonly<Record<string, string>> = {
    EADDRINUSE: "another program uses it. Stop that one, or set PORT to another number",
    EACCES: "this user may not use it. Set PORT to a number above 1023",
    EADDRNOTAVAIL: "this machine has no such address. Set HOST to one that it has, for example 127.0.0.1",
    ENOTFOUND: "there is no such name. Set HOST to an address of this machine, for example 127.0.0.1",
  };
  return new Error(`Cannot listen on ${shown(host)}:${port}: ${why[String(code)] ?? cause.message}.`, { cause });
}

async function close(server: Server, stop: AbortController, clock: Clock): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  stop.abort();
  const rest = new AbortController();
  const patience = clock.sleep(clock.now() + GRACE, rest.signal).then(() => server.closeAllConnections());
  await closed;
  rest.abort();
  await patience;
}

function shown(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}
