import { randomBytes } from "node:crypto";
import { onTestFinished } from "vitest";
import type { Part, WebEvent } from "../../src/channels/web/event.ts";
import { makeLooks } from "./biller-gate.ts";
import type { Customer, Said } from "./customer.ts";
import type { WhenOver } from "./program.ts";

/** A pause before a request that failed is made again, ms: what the page does, too. */
const PAUSE = 40;

interface Shown extends Said {
  readonly seq: number;
  closed: boolean;
  readonly ids: ReadonlyMap<string, string>;
  readonly file?: string;
}

/** A tab of the web chat without its page: it posts until it was taken, and its stream comes back by itself. */
export function openTab(open: () => Promise<string>, whenOver: WhenOver = onTestFinished): Customer {
  const token = randomBytes(18).toString("base64url");
  const stop = new AbortController();
  const shown: Shown[] = [];
  const looks = makeLooks();
  let given = 0;
  const listening = listen({ open, token, stop: stop.signal }, (seq, event) => {
    const is = read(seq, event);
    if (event.kind === "close") for (const one of shown) if (one.seq === Number(event.ref)) one.closed = true;
    if (is !== undefined && !shown.some((one) => one.seq === seq)) shown.push(is);
    looks.changed();
  });
  whenOver(async () => {
    stop.abort();
    await listening;
  });
  const send = (body: object) => post(open, token, { id: randomBytes(8).toString("hex"), ...body });
  return {
    say: (text) => send({ text }),
    async tap(label) {
      const on = shown.findLast(({ ids }) => ids.has(label));
      const data = on?.ids.get(label);
      if (on === undefined || data === undefined) throw new Error(`no button "${label}": ${textsOf(shown)}`);
      await send({ tap: { data, on: String(on.seq) } });
    },
    async next(holds = () => true) {
      const fits = () => shown.find((one) => one.seq > given && holds(one));
      await looks.reached(() => fits() !== undefined);
      const found = fits();
      if (found === undefined) throw new Error("it was there");
      given = found.seq;
      return found;
    },
    all: () => shown,
    openKeyboards: () => shown.filter(({ buttons, closed }) => buttons.length > 0 && !closed),
    async files() {
      const url = await open();
      const ids = shown.flatMap(({ file }) => file ?? []);
      return Promise.all(
        ids.map(async (id) => {
          const answer = await fetch(`${url}/chat/files/${id}`, { headers: { authorization: `Bearer ${token}` } });
          return new Uint8Array(await answer.arrayBuffer());
        }),
      );
    },
  };
}

function textsOf(shown: readonly Said[]): string {
  return shown.map(({ text }) => text).join("\n---\n");
}

/** Undefined for what is no message of the counter. */
function read(seq: number, event: WebEvent): Shown | undefined {
  switch (event.kind) {
    case "text":
      return { seq, text: plain(event.parts), buttons: [], ids: new Map(), closed: false };
    case "choices": {
      const keys = event.rows.flat();
      const ids = new Map(keys.map(({ id, label }) => [label, id]));
      return { seq, text: plain(event.parts), buttons: keys.map(({ label }) => label), ids, closed: false };
    }
    case "document":
    case "image":
      return { seq, text: plain(event.parts), buttons: [], ids: new Map(), closed: false, file: event.file.id };
    default:
      return undefined;
  }
}

function plain(parts: readonly Part[]): string {
  return parts.map(({ text }) => text).join("");
}

async function post(open: () => Promise<string>, token: string, body: object): Promise<void> {
  for (;;) {
    const url = await open();
    const status = await fetch(`${url}/chat/messages`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    }).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return;
    if (status !== 0 && status !== 503 && status !== 429) throw new Error(`the post was answered with ${status}`);
    await pause();
  }
}

interface Line {
  readonly open: () => Promise<string>;
  readonly token: string;
  readonly stop: AbortSignal;
}

async function listen({ open, token, stop }: Line, hear: (seq: number, event: WebEvent) => void): Promise<void> {
  let last = "0";
  while (!stop.aborted) {
    try {
      const url = await Promise.race([open(), aborted(stop)]);
      const headers = { authorization: `Bearer ${token}`, "last-event-id": last };
      const { body } = await fetch(`${url}/chat/events`, { headers, signal: stop });
      let rest = "";
      for await (const text of (body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
        const blocks = `${rest}${text}`.split("\n\n");
        rest = blocks.pop() ?? "";
        for (const block of blocks) {
          const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1] ?? "";
          if (field("event") !== "show") continue;
          last = field("id");
          hear(Number(last), JSON.parse(field("data")));
        }
      }
    } catch {
      // The counter is away; the stream goes on behind the last event that came.
    }
    if (!stop.aborted) await pause();
  }
}

function aborted(stop: AbortSignal): Promise<never> {
  return new Promise((_, reject) => stop.addEventListener("abort", () => reject(new Error("left")), { once: true }));
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE));
}
