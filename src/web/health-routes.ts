import type { Hono } from "hono";

export interface Readiness {
  readonly ready: boolean;
  /** Each part by its name, with a word on what is wrong. */
  readonly parts: Readonly<Record<string, { readonly ready: boolean; readonly detail: string }>>;
}

export interface Health {
  /** What `/healthz` says of the process besides that it answers: its version, how long it runs. */
  readonly health: () => Readonly<Record<string, unknown>>;
  readonly ready: () => Promise<Readiness>;
}

export function healthRoutes(app: Hono, { health, ready }: Health): void {
  app.get("/healthz", (c) => c.json({ ok: true, ...health() }));
  app.get("/readyz", async (c) => {
    const readiness = await ready();
    return c.json(readiness, readiness.ready ? 200 : 503);
  });
}
