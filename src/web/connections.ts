import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/**
 * Lets go of the connections that wait for nothing once `stop` aborts, and of the others when their answer is out.
 * Node's own closeIdleConnections leaves those on which nothing was ever asked: browsers open such in advance.
 */
export function letGoAfter(server: Server, stop: AbortSignal): void {
  /** How many requests are under way on it. */
  const open = new Map<Socket, number>();
  const count = (socket: Socket, change: number) => {
    const now = open.get(socket);
    if (now === undefined) return;
    open.set(socket, now + change);
    if (now + change === 0 && stop.aborted) socket.destroySoon();
  };
  server.on("connection", (socket: Socket) => {
    open.set(socket, 0);
    socket.once("close", () => open.delete(socket));
  });
  server.on("request", ({ socket }: IncomingMessage, response: ServerResponse) => {
    count(socket, 1);
    response.once("close", () => count(socket, -1));
  });
  stop.addEventListener("abort", () => {
    for (const socket of open.keys()) count(socket, 0);
  });
}
