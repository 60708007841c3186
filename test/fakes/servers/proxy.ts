import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/**
 * before: the server never gets it. after: it is done, and the answer is lost. late: the client loses its connection at
 * once, and the server gets the COMMIT only when the client is back and looks what became of it.
 */
export type When = "before" | "after" | "late";

/** Stands before a PostgreSQL and breaks connections in the moment of a COMMIT. */
export interface CommitProxy {
  /** The same database, by way of the proxy. */
  url(address: string): string;
  /** Breaks the next COMMIT. `meanwhile`: between the end of the server's side and that of the client's. */
  cut(when: When, meanwhile?: () => Promise<void>): void;
  /** How many were cut. */
  cuts(): number;
  /** Nobody is let through any more. */
  stop(): Promise<void>;
}

interface Cut {
  readonly when: When;
  readonly meanwhile: () => Promise<void>;
}

/** In a message of the client (a query) and in the server's word that it is done. */
const COMMIT = Buffer.from("COMMIT\0");
/** Who looks what became of a change looks here. */
const LOOKS = Buffer.from("ledger_changes");

export async function startProxy(port: number): Promise<CommitProxy> {
  const sockets = new Set<Socket>();
  let next: Cut | undefined;
  let late: (() => void) | undefined;
  let cuts = 0;
  const server = createServer((client) => {
    const upstream = connect(port, "127.0.0.1");
    for (const socket of [client, upstream]) {
      sockets.add(socket.setNoDelay().on("error", () => {}));
      socket.on("close", () => sockets.delete(socket));
    }
    let answer: Cut | undefined;
    let isHeld = false;
    const end = async ({ meanwhile }: Cut) => {
      cuts += 1;
      upstream.destroy();
      await meanwhile();
      client.destroy();
    };
    client.on("data", (chunk) => {
      const cut = chunk.includes(COMMIT) ? next : undefined;
      if (cut !== undefined) next = undefined;
      if (cut?.when === "before") return void end(cut);
      if (cut?.when === "after") answer = cut;
      if (cut?.when !== "late") {
        upstream.write(chunk);
        if (chunk.includes(LOOKS)) late?.();
        return;
      }
      cuts += 1;
      isHeld = true;
      late = () => {
        late = undefined;
        upstream.end(chunk);
      };
      client.destroy();
    });
    upstream.on("data", (chunk) => {
      if (answer !== undefined && chunk.includes(COMMIT)) void end(answer);
      else if (!isHeld) client.write(chunk);
    });
    client.on("close", () => isHeld || upstream.destroy());
    upstream.on("close", () => answer ?? client.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const own = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: (of) => of.replace(`:${port}/`, `:${own}/`),
    cut: (when, meanwhile = async () => {}) => {
      next = { when, meanwhile };
    },
    cuts: () => cuts,
    async stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, "close");
    },
  };
}
