import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context, MiddlewareHandler } from "hono";
import { isLoopback } from "../domain/loopback.ts";

export interface Gate {
  /** What the server is bound to. */
  readonly host: string;
  /** The public address, when a proxy stands before us. */
  readonly origin: string | undefined;
  /** A path that has a secret of its own, and callers that are no browser. */
  readonly exempt: string | undefined;
}

/** Nothing inline, nothing from elsewhere, no frame around us; pictures and files that the page fetched are blobs. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

const HEADERS: readonly (readonly [string, string])[] = [
  ["content-security-policy", POLICY],
  ["x-content-type-options", "nosniff"],
  ["referrer-policy", "no-referrer"],
  ["x-frame-options", "DENY"],
  ["cross-origin-opener-policy", "same-origin"],
  ["cross-origin-resource-policy", "same-origin"],
  ["permissions-policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"],
];

/**
 * Every answer gets the headers. A request is turned away when its Host is not ours on a loopback address (a name that
 * somebody points at 127.0.0.1 makes his page same-origin with us), and a POST when another page sent it.
 */
export function guards(gate: Gate): MiddlewareHandler {
  return async (c, next) => {
    const exempt = c.req.path === gate.exempt;
    if (!exempt && !isOurHost(gate, c.req.header("host") ?? "")) {
      c.res = c.json({ error: "wrong-host", message: "Alamat ini tidak dikenal." }, 421);
    } else if (!exempt && changes(c.req.method) && !isOurPage(gate, c)) {
      c.res = c.json({ error: "wrong-origin", message: "Permintaan ini datang dari halaman lain." }, 403);
    } else {
      await next();
    }
    for (const [name, value] of HEADERS) c.res.headers.set(name, value);
    if (!c.res.headers.has("cache-control")) c.res.headers.set("cache-control", "no-store");
  };
}

/** Asks the client to open a new connection once the server is ending. */
export function closing(stop: AbortSignal): MiddlewareHandler {
  return async (c, next) => {
    await next();
    if (stop.aborted) c.res.headers.set("connection", "close");
  };
}

/** Where the request came from. A proxy on this machine is asked when there is a public address, its word's end alone. */
export function addressOf(gate: Gate, c: Context): string {
  const peer = getConnInfo(c).remote.address ?? "unknown";
  const told = c.req.header("x-forwarded-for")?.split(",").at(-1)?.trim();
  return gate.origin !== undefined && isLoopback(peer) && told !== undefined && told !== "" ? told.slice(0, 64) : peer;
}

function isOurHost(gate: Gate, host: string): boolean {
  if (!isLoopback(gate.host)) return true;
  if (gate.origin !== undefined && host === new URL(gate.origin).host) return true;
  return isLoopback(nameOf(host));
}

function isOurPage(gate: Gate, c: Context): boolean {
  if (c.req.header("sec-fetch-site") === "cross-site") return false;
  const origin = c.req.header("origin");
  // Every browser names the page's origin on a POST; what is no browser cannot be led astray.
  if (origin === undefined) return true;
  if (gate.origin !== undefined && origin === new URL(gate.origin).origin) return true;
  return URL.canParse(origin) && new URL(origin).host === c.req.header("host");
}

function changes(method: string): boolean {
  return method !== "GET" && method !== "HEAD";
}

function nameOf(host: string): string {
  return host.replace(/:\d+$/, "").replace(/^\[|\]$/g, "");
}
