import net from "node:net";
import tls from "node:tls";
import { isLoopback } from "../domain/loopback.ts";

/** Where the biller's calls go. */
export interface Endpoint {
  readonly secure: boolean;
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
  /** `https://host:port/json/esamsat`, without a slash at its end. */
  readonly base: string;
  /** Certificates (PEM) that are trusted instead of the system's; undefined: the system's. */
  readonly ca: string | undefined;
}

const PATH = "/json/esamsat";

/**
 * The endpoint of `url`: an origin, with or without `/json/esamsat` behind it. Throws a sentence for people when it is no
 * such address, or when the login would go over plain http to another machine.
 */
export function endpointOf(url: string, ca?: string): Endpoint {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !["https:", "http:"].includes(parsed.protocol)) {
    throw new Error("The biller's address must be a URL such as https://klikmbc.co.id.");
  }
  if (parsed.username !== "" || parsed.password !== "" || parsed.search !== "" || parsed.hash !== "") {
    throw new Error("The biller's address must hold no login, no ? and no #: the login has settings of its own.");
  }
  if (!["", PATH].includes(parsed.pathname.replace(/\/+$/, ""))) {
    throw new Error(`The biller's address may end in ${PATH} or in nothing: the calls are all found there.`);
  }
  const host = parsed.hostname.replace(/^\[|\]$/g, "");
  const secure = parsed.protocol === "https:";
  if (!secure && !isLoopback(host)) {
    throw new Error(
      "The biller's login goes over https alone; plain http is for a biller on this machine (127.0.0.1).",
    );
  }
  return { secure, host, port: Number(parsed.port) || (secure ? 443 : 80), base: `${parsed.origin}${PATH}`, ca };
}

/** A line of its own to the biller, ready for the first byte: connected, and over https its certificate checked. */
export interface Connection {
  readonly socket: net.Socket;
  /** Breaks the connection off, so that the other side sees it too. */
  reset(): void;
  close(): void;
}

export type Connected =
  | { readonly kind: "connected"; readonly connection: Connection }
  /** Nothing of ours was sent. `cause` is the error's code, such as ECONNREFUSED. */
  | { readonly kind: "failed"; readonly why: "timeout" | "network"; readonly cause: string };

/** Connects within `ms`. Resolves only; TLS is always verified, whatever the environment says. */
export function connect(endpoint: Endpoint, ms: number): Promise<Connected> {
  return new Promise((resolve) => {
    const raw = net.connect({ host: endpoint.host, port: endpoint.port });
    let settled = false;
    const settle = (connected: Connected) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      if (connected.kind === "failed") raw.destroy();
      resolve(connected);
    };
    const fail = (error: Error) => settle({ kind: "failed", why: "network", cause: codeOf(error) });
    // A real timer, not the Clock: a step of the wall clock must neither stretch nor cut a wait on the network.
    const timer = setTimeout(() => settle({ kind: "failed", why: "timeout", cause: "connect timeout" }), ms);
    // The listeners stay: an error that comes after the end of the call must not bring the program down.
    raw.on("error", fail);
    raw.on("close", () => fail(new Error("closed")));
    raw.once("connect", () => {
      raw.setNoDelay(true);
      if (!endpoint.secure) return settle({ kind: "connected", connection: connectionOver(raw, raw) });
      const secured = secure(raw, endpoint);
      secured.on("error", fail);
      secured.once("secureConnect", () => settle({ kind: "connected", connection: connectionOver(secured, raw) }));
    });
  });
}

function secure(raw: net.Socket, endpoint: Endpoint): tls.TLSSocket {
  return tls.connect({
    socket: raw,
    host: endpoint.host,
    // A certificate for an address is checked against `host`; an address is no server name.
    servername: net.isIP(endpoint.host) === 0 ? endpoint.host : "",
    ALPNProtocols: ["http/1.1"],
    minVersion: "TLSv1.2",
    rejectUnauthorized: true,
    ...(endpoint.ca === undefined ? {} : { ca: endpoint.ca }),
  });
}

function connectionOver(socket: net.Socket, raw: net.Socket): Connection {
  const close = () => {
    socket.destroy();
    raw.destroy();
  };
  return {
    socket,
    reset() {
      // Only the TCP socket can be reset; the TLS one over it ends with it.
      raw.resetAndDestroy();
      close();
    },
    close,
  };
}

/** An error in a word, for logs: its code, never its message (which may quote what was sent). */
export function codeOf(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  return error instanceof Error && error.message === "closed" ? "closed" : "failed";
}

export interface Gate {
  /** Whether the first byte was held back. */
  readonly refused: boolean;
}

/**
 * Asks `mayGo` in the very call that would hand the first byte to the system: `_write` and `_writev` are what a Writable
 * calls then, for plain and for TLS sockets alike. False, or a throw, destroys the socket and nothing leaves it.
 */
export function gate(socket: net.Socket, mayGo: () => boolean): Gate {
  let state: "closed" | "open" | "refused" = "closed";
  const opens = (): boolean => {
    if (state === "closed") state = asked(mayGo) ? "open" : "refused";
    return state === "open";
  };
  const held = (done: (error?: Error | null) => void) => {
    done(new Error("held back"));
    socket.destroy();
  };
  const write = socket._write.bind(socket);
  const writev = socket._writev?.bind(socket);
  socket._write = (chunk, encoding, done) => (opens() ? write(chunk, encoding, done) : held(done));
  if (writev !== undefined) socket._writev = (chunks, done) => (opens() ? writev(chunks, done) : held(done));
  return {
    get refused() {
      return state === "refused";
    },
  };
}

function asked(mayGo: () => boolean): boolean {
  try {
    return mayGo();
  } catch {
    return false;
  }
}
