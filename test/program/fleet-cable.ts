import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import type { WhenOver } from "./program.ts";

/** The network between one process and a server. */
export interface Cable {
  /** The same address, by way of the cable. */
  url(address: string): string;
  /** Nothing gets through and nobody is told: as when a cable is pulled out. What is on its way waits in it. */
  cut(): void;
  /** What waited arrives, late. */
  mend(): void;
  /** Whoever connects from now on gets to that port; those who are connected lose their connection. */
  leadTo(port: number): void;
}

export async function layCable(port: number, whenOver: WhenOver): Promise<Cable> {
  const sockets = new Set<Socket>();
  let to = port;
  let isCut = false;
  const server = createServer((near) => {
    const far = connect(to, "127.0.0.1");
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket.setNoDelay().on("error", () => {}));
      socket.on("data", (chunk) => void other.write(chunk));
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
      if (isCut) socket.pause();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const own = typeof address === "object" && address !== null ? address.port : 0;
  whenOver(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return {
    url: (of) => of.replace(`:${port}`, `:${own}`),
    cut() {
      isCut = true;
      for (const socket of sockets) socket.pause();
    },
    mend() {
      isCut = false;
      for (const socket of sockets) socket.resume();
    },
    leadTo(next) {
      to = next;
      for (const socket of sockets) socket.destroy();
    },
  };
}
