import { get as plainGet } from "node:http";
import { get as secureGet } from "node:https";
import type { Clock } from "../clock.ts";
import type { Fetched } from "./channel.ts";

export interface Wanted {
  readonly url: URL;
  /** Bytes; what is longer is "gone". */
  readonly limit: number;
  /** How long all of it may take, ms. */
  readonly ms: number;
  readonly clock: Clock;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * What lies at an address, in memory and nowhere else. No redirect is followed. Never rejects, and no reason names the
 * address: it may hold a key.
 */
export async function download(wanted: Wanted): Promise<Fetched> {
  const { clock, ms } = wanted;
  const late = new AbortController();
  const done = new AbortController();
  void clock.sleep(clock.now() + ms, done.signal).then(() => late.abort());
  try {
    return await read(wanted, late.signal);
  } catch {
    return { kind: "retry", reason: late.signal.aborted ? "too slow" : "the connection broke" };
  } finally {
    done.abort();
  }
}

function read({ url, limit, headers = {} }: Wanted, signal: AbortSignal): Promise<Fetched> {
  const get = url.protocol === "https:" ? secureGet : plainGet;
  return new Promise((resolve, reject) => {
    const request = get(url, { signal, headers: { ...headers } }, (response) => {
      const { statusCode = 0 } = response;
      const chunks: Buffer[] = [];
      let size = 0;
      response.on("error", reject);
      response.on("data", (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size <= limit) return;
        resolve({ kind: "gone", reason: "it is too big" });
        response.destroy();
      });
      response.on("end", () =>
        resolve(statusCode === 200 ? { kind: "bytes", bytes: Buffer.concat(chunks) } : failed(statusCode)),
      );
    });
    request.on("error", reject);
  });
}

function failed(status: number): Fetched {
  const kind = status === 429 || status >= 500 ? "retry" : "gone";
  return { kind, reason: `answered with ${status}` };
}
