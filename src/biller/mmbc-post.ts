import http from "node:http";
import https from "node:https";
import type net from "node:net";
import type { Readable } from "node:stream";
import axios from "axios";
import { codeOf, connect, type Endpoint, gate } from "./mmbc-connect.ts";

/** The most of a body that is read, bytes after decompression. */
const LARGEST = 256 * 1024;

export interface Call {
  /** `pay_esamsat` and so on. */
  readonly name: string;
  readonly body: string;
  readonly contentType: string;
  /** How long the connection may take, ms. */
  readonly connectMs: number;
  /** From the connection's end to the answer's last byte, ms. */
  readonly answerMs: number;
  /** Asked in the tick of the first byte: false sends nothing. */
  readonly mayGo: () => boolean;
}

export type Reply =
  | { readonly kind: "answer"; readonly status: number; readonly text: string }
  /** Surely nothing was sent: no connection, no valid certificate, or held back by `mayGo`. */
  | { readonly kind: "not-sent"; readonly why: "timeout" | "network" | "held-back"; readonly cause: string }
  /** It may have arrived. */
  | { readonly kind: "lost"; readonly why: "timeout" | "network" | "too-large"; readonly cause: string };

/**
 * One POST over a connection of its own: no keep-alive, no proxy, no redirect, no retry. Resolves only. The errors of the
 * HTTP client hold the login (in their config), so none of them leaves this file: a code does.
 */
export async function post(endpoint: Endpoint, call: Call): Promise<Reply> {
  const connected = await connect(endpoint, call.connectMs);
  if (connected.kind === "failed") return { kind: "not-sent", why: connected.why, cause: connected.cause };
  const { connection } = connected;
  const first = gate(connection.socket, call.mayGo);
  const deadline = deadlineIn(call.answerMs);
  const reply = await Promise.race([exchange(endpoint, call, connection.socket), deadline.passed]).catch(
    (error: unknown): Reply => ({ kind: "lost", why: "network", cause: codeOf(error) }),
  );
  deadline.stop();
  if (reply.kind === "lost") connection.reset();
  else connection.close();
  return first.refused ? { kind: "not-sent", why: "held-back", cause: "held back before the first byte" } : reply;
}

type Lost = Extract<Reply, { kind: "lost" }>;

function deadlineIn(ms: number): { readonly passed: Promise<Lost>; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<Lost>((resolve) => {
    // A real timer, not the Clock: see connect.
    timer = setTimeout(() => resolve({ kind: "lost", why: "timeout", cause: "answer timeout" }), ms);
  });
  return { passed, stop: () => clearTimeout(timer) };
}

async function exchange(endpoint: Endpoint, call: Call, socket: net.Socket): Promise<Reply> {
  const response = await axios.request<Readable>({
    method: "post",
    url: `${endpoint.base}/${call.name}`,
    adapter: "http",
    data: call.body,
    headers: {
      "Content-Type": call.contentType,
      Accept: "application/json, text/html;q=0.5",
      "Accept-Encoding": "identity",
      "User-Agent": "loket-samsat",
    },
    transformRequest: [(data: unknown) => data],
    ...(endpoint.secure
      ? { httpsAgent: agentOver(socket, https.Agent) }
      : { httpAgent: agentOver(socket, http.Agent) }),
    proxy: false,
    maxRedirects: 0,
    responseType: "stream",
    validateStatus: () => true,
  });
  const text = await readText(response.data);
  if (text === undefined) return { kind: "lost", why: "too-large", cause: `more than ${LARGEST} bytes` };
  return { kind: "answer", status: response.status, text };
}

/** An agent that knows one connection, the one that was made, and gives it out once. */
function agentOver(socket: net.Socket, Agent: typeof http.Agent | typeof https.Agent): http.Agent {
  const agent = new Agent({ keepAlive: false });
  let given = false;
  agent.createConnection = () => {
    if (given) throw new Error("A biller's call has one connection alone.");
    given = true;
    return socket;
  };
  return agent;
}

/** UTF-8, without its BOM; undefined when there is more than is read. */
async function readText(stream: Readable): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > LARGEST) return undefined;
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
