import { type IncomingMessage, request } from "node:http";

/** A tab without a page: what a browser sends, and what comes back. */
export const TAB = "a-token-of-22-or-more-characters";

export function post(url: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(`${url}/chat/messages`, {
    method: "POST",
    headers: { authorization: `Bearer ${TAB}`, "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

// biome-ignore lint/suspicious/noExplicitAny: what a test then expects of it is the check.
export async function json(answer: Response): Promise<any> {
  return await answer.json();
}

export interface Heard {
  readonly name: string;
  readonly id: string;
  readonly data: string;
}

export interface EventStream {
  readonly status: number;
  readonly headers: Headers;
  /** The next event; undefined once the server ended the stream. */
  next(): Promise<Heard | undefined>;
  leave(): void;
}

export async function events(url: string, last = "", token = TAB): Promise<EventStream> {
  const stop = new AbortController();
  const response = await fetch(`${url}/chat/events`, {
    headers: { authorization: `Bearer ${token}`, ...(last === "" ? {} : { "last-event-id": last }) },
    signal: stop.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  return {
    status: response.status,
    headers: response.headers,
    async next() {
      for (;;) {
        const end = rest.indexOf("\n\n");
        if (end >= 0) {
          const block = rest.slice(0, end);
          rest = rest.slice(end + 2);
          if (!block.startsWith(":")) return heard(block);
          continue;
        }
        const part = await reader?.read();
        if (part === undefined || part.done) return undefined;
        rest += part.value;
      }
    },
    leave: () => stop.abort(),
  };
}

function heard(block: string): Heard {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1] ?? "";
  return { name: field("event"), id: field("id"), data: field("data") };
}

/** For headers that fetch does not let through: Host. Resolves to the status. */
export function rawGet(url: string, headers: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers }, (answer: IncomingMessage) => {
      answer.resume();
      answer.once("end", () => resolve(answer.statusCode ?? 0));
    });
    asked.once("error", reject);
    asked.end();
  });
}
