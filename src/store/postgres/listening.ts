import pg from "pg";
import { systemClock } from "../../clock.ts";

/** How long a connection may take to be made, ms. */
export const CONNECT_MS = 5_000;

/** A connection that broke is made again after so long, ms. */
const BACK_MS = 1_000;

export interface Listening {
  listen(channel: string, ring: (payload: string) => void): () => void;
  close(): Promise<void>;
}

/**
 * Hears NOTIFY on one connection of its own: made when the first one listens, and again when it breaks. What was said
 * before it hears is lost, so everybody is rung when it does.
 */
export function listening(url: string): Listening {
  const bells = new Map<string, Set<(payload: string) => void>>();
  const end = new AbortController();
  let client: pg.Client | undefined;
  let running: Promise<void> | undefined;
  const run = async () => {
    while (!end.signal.aborted) {
      await connected(url, bells, end.signal, (made) => {
        client = made;
        for (const all of bells.values()) for (const ring of all) ring("");
      });
      client = undefined;
      await systemClock.sleep(systemClock.now() + BACK_MS, end.signal);
    }
  };
  return {
    listen(channel, ring) {
      if (!/^[a-z_]+$/.test(channel)) throw new TypeError(`${channel} is no channel's name`);
      const isFirst = !bells.has(channel);
      const all = bells.get(channel) ?? new Set();
      bells.set(channel, all.add(ring));
      running ??= run();
      // A connection that is being made listens to it by itself; one that breaks here is made again.
      if (isFirst) {
        client?.query(`LISTEN ${channel}`).then(
          () => ring(""),
          () => {},
        );
      }
      return () => void all.delete(ring);
    },
    async close() {
      end.abort();
      await running;
    },
  };
}

/** Resolves when the connection is over, however that came; never rejects. */
async function connected(
  url: string,
  bells: ReadonlyMap<string, ReadonlySet<(payload: string) => void>>,
  stop: AbortSignal,
  onReady: (client: pg.Client) => void,
): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS, keepAlive: true });
  const over = new Promise<void>((resolve) => {
    client.on("error", () => resolve());
    client.on("end", () => resolve());
    stop.addEventListener("abort", () => resolve(), { once: true });
  });
  client.on("notification", ({ channel, payload }) => {
    for (const ring of bells.get(channel) ?? []) ring(payload ?? "");
  });
  try {
    await client.connect();
    // A map also walks over what is added to it meanwhile.
    for (const channel of bells.keys()) await client.query(`LISTEN ${channel}`);
    onReady(client);
    await over;
  } catch {
    // Not reached, or broken meanwhile: tried again.
  } finally {
    await client.end().catch(() => {});
  }
}
