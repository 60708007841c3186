import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { keepBlob } from "./blob.ts";
import type { Books } from "./books.ts";
import { takeFault } from "./faults.ts";
import { seconds } from "./stanza.ts";
import type { Certificate } from "./tls.ts";

/** The host of encrypted files. Baileys writes "https://" before whatever host it is told, so it has to be TLS. */
export interface Media {
  readonly host: string;
  close(): Promise<void>;
}

export async function startMedia(books: Books, tls: Certificate): Promise<Media> {
  const server = createServer(tls, (request, response) => {
    answer(books, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(books: Books, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const uploads = request.method === "POST";
  const fault = takeFault(books, uploads ? "upload" : "download");
  if (fault !== undefined) return void response.writeHead(fault.status).end('{"error":"sim"}');
  if (!uploads) {
    const blob = books.blobs.get(new URL(request.url ?? "/", `https://${books.host}`).pathname);
    return void response.writeHead(blob === undefined ? 404 : 200).end(blob);
  }
  const path = keepBlob(books, Buffer.concat(chunks));
  const reply = { url: `https://${books.host}${path}`, direct_path: path, handle: "", ts: Number(seconds()) };
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(reply));
  books.changed();
}
