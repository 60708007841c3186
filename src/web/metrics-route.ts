import type { Hono } from "hono";

export interface Metrics {
  /** What Prometheus reads, and its media type. */
  readonly metrics: () => Promise<{ readonly type: string; readonly text: string }>;
}

/** For who asks here, and not for who comes through a proxy: the figures are the operator's. */
export function metricsRoute(app: Hono, { metrics }: Metrics): void {
  app.get("/metrics", async (c) => {
    if (c.req.header("x-forwarded-for") !== undefined || c.req.header("forwarded") !== undefined) return c.notFound();
    const { type, text } = await metrics();
    return c.body(text, 200, { "content-type": type });
  });
}
