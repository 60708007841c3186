import type { Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import type { Refusal } from "../channels/web/posting.ts";
import type { StreamItem } from "../channels/web/stream.ts";
import type { WebChannel } from "../channels/web.ts";
import type { Log } from "../log.ts";
import { addressOf, type Gate } from "./guards.ts";

export interface ChatOptions {
  readonly chat: WebChannel;
  readonly gate: Gate;
  readonly log: Log;
  /** Aborts when the server stops: open streams then end. */
  readonly stop: AbortSignal;
}

const BIGGEST_POST = 64 * 1024;

interface Answer {
  readonly status: 400 | 401 | 422 | 429 | 503;
  readonly message: string;
  /** Seconds after which trying again may help. */
  readonly after?: number;
}

const ANSWERS: Readonly<Record<Refusal, Answer>> = {
  "bad-token": { status: 401, message: "Percakapan ini tidak dikenali. Mohon muat ulang halaman." },
  "too-many-tabs": {
    status: 429,
    message: "Terlalu banyak percakapan baru dari jaringan Anda. Mohon coba lagi dalam satu menit.",
    after: 60,
  },
  "too-many-streams": {
    status: 429,
    message: "Terlalu banyak halaman terbuka dari jaringan Anda. Mohon tutup yang lain, lalu tunggu sebentar.",
    after: 15,
  },
  "too-fast": { status: 429, message: "Pesan terlalu cepat. Mohon tunggu sebentar.", after: 1 },
  "too-long": { status: 422, message: "Pesan paling panjang 4.000 karakter. Mohon dipendekkan." },
  unreadable: { status: 400, message: "Pesan itu tidak dapat kami baca. Mohon ketik ulang." },
  again: { status: 503, message: "Pesan belum dapat kami terima. Sebentar lagi kami coba lagi.", after: 2 },
};

export function chatRoutes(app: Hono, options: ChatOptions): void {
  const { chat, gate } = options;
  app.get("/chat/events", (c) => events(c, options));
  app.post(
    "/chat/messages",
    bodyLimit({
      maxSize: BIGGEST_POST,
      onError: (c) => c.json({ error: "too-long", message: ANSWERS["too-long"].message }, 413),
    }),
    async (c) => {
      const body = parsed(await c.req.text());
      const posted = await chat.post(tokenOf(c), body, addressOf(gate, c));
      return posted.kind === "taken" ? c.json({ taken: true }) : turnedAway(c, posted.why);
    },
  );
  app.get("/chat/files/:id", async (c) => {
    const file = await chat.file(tokenOf(c), c.req.param("id"));
    if (file === undefined) return c.json({ error: "not-found", message: "Berkas itu sudah tidak ada." }, 404);
    return c.body(Uint8Array.from(file.bytes), 200, {
      "content-type": file.mime,
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    });
  });
}

/** The token travels in a header, never in an address: addresses end up in histories and logs. */
function tokenOf(c: Context): string {
  return /^Bearer ([\w-]+)$/.exec(c.req.header("authorization") ?? "")?.[1] ?? "";
}

async function events(c: Context, { chat, gate, log, stop }: ChatOptions): Promise<Response> {
  const over = new AbortController();
  const from = /^\d{1,15}$/.exec(c.req.header("last-event-id") ?? "")?.[0] ?? "0";
  const visit = { address: addressOf(gate, c), from: Number(from), stop: over.signal };
  const opened = await chat.open(tokenOf(c), visit);
  if (opened.kind === "refused") return turnedAway(c, opened.why);
  const end = () => over.abort();
  stop.addEventListener("abort", end, { once: true });
  if (stop.aborted) end();
  // nginx would keep the events to itself until its buffer is full.
  c.header("x-accel-buffering", "no");
  const response = streamSSE(c, async (stream) => {
    stream.onAbort(end);
    try {
      for await (const item of opened.items) {
        await write(stream, item);
        if (stream.aborted) break;
      }
    } catch (error) {
      log.warn({ error }, "a stream of the web chat broke; the page comes back by itself");
    } finally {
      stop.removeEventListener("abort", end);
      end();
    }
  });
  response.headers.set("cache-control", "no-store, no-transform");
  return response;
}

async function write(stream: SSEStreamingApi, item: StreamItem): Promise<void> {
  switch (item.kind) {
    case "event":
      await stream.writeSSE({ event: "show", id: String(item.seq), data: item.event });
      return;
    case "live":
      await stream.writeSSE({ event: "live", data: JSON.stringify({ seq: item.seq }) });
      return;
    case "typing":
    case "cleared":
      await stream.writeSSE({ event: item.kind, data: "{}" });
      return;
    case "beat":
      await stream.write(": beat\n\n");
      return;
  }
}

function turnedAway(c: Context, why: Refusal): Response {
  const { status, message, after } = ANSWERS[why];
  if (after !== undefined) c.header("retry-after", String(after));
  return c.json({ error: why, message }, status);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
