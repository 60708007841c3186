import type { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";

export interface Webhook {
  /** Begins with a slash; hard to guess. */
  readonly path: string;
  /** The channel compares the secret before it parses. The status is what the platform gets. */
  readonly handle: (headers: Headers, body: string) => Promise<{ readonly status: number }>;
}

/** Bytes. */
const BIGGEST = 1024 * 1024;

export function webhookRoute(app: Hono, { path, handle }: Webhook): void {
  app.post(path, bodyLimit({ maxSize: BIGGEST, onError: (c) => c.body(null, 413) }), async (c) => {
    const { status } = await handle(c.req.raw.headers, await c.req.text());
    return new Response(null, { status });
  });
}
