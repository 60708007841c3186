import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { Duplex } from "node:stream";

/** One WebSocket of a client, binary messages alone. The protocol is RFC 6455, without extensions. */
export interface Wire {
  onMessage: (bytes: Buffer) => void;
  onEnd: () => void;
  send(bytes: Uint8Array): void;
  /** Says goodbye, then ends. */
  close(): void;
  /** Ends as if the line broke. */
  destroy(): void;
}

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const CONTINUATION = 0;
const BINARY = 2;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

interface Frame {
  readonly last: boolean;
  readonly kind: number;
  readonly body: Buffer;
}

/** An HTTP server that takes WebSockets at `path` and nothing else; not listening yet. */
export function webSocketServer(path: string, opened: (wire: Wire) => void): Server {
  const server = createServer((_, response) => response.writeHead(404).end());
  server.on("upgrade", (request: IncomingMessage, socket: Duplex) => {
    const key = request.headers["sec-websocket-key"];
    if (request.url?.split("?")[0] !== path || key === undefined) return void socket.destroy();
    const accept = createHash("sha1").update(`${key}${GUID}`).digest("base64");
    const head = ["Upgrade: websocket", "Connection: Upgrade", `Sec-WebSocket-Accept: ${accept}`];
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${head.join("\r\n")}\r\n\r\n`);
    opened(wireOn(socket));
  });
  return server;
}

function wireOn(socket: Duplex): Wire {
  let buffer: Buffer = Buffer.alloc(0);
  let parts: Buffer[] = [];
  const wire: Wire = {
    onMessage: () => {},
    onEnd: () => {},
    send: (body) => write(socket, BINARY, body),
    close() {
      write(socket, CLOSE, Buffer.from([0x03, 0xe8]));
      socket.end();
    },
    destroy: () => socket.destroy(),
  };
  const take = (frame: Frame) => {
    if (frame.kind === CLOSE) return wire.close();
    if (frame.kind === PING) return write(socket, PONG, frame.body);
    if (frame.kind !== BINARY && frame.kind !== CONTINUATION) return;
    parts.push(frame.body);
    if (!frame.last) return;
    const message = Buffer.concat(parts);
    parts = [];
    wire.onMessage(message);
  };
  socket.on("data", (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (let read = readFrame(buffer); read !== undefined; read = readFrame(buffer)) {
      buffer = buffer.subarray(read.size);
      take(read.frame);
    }
  });
  socket.on("error", () => socket.destroy());
  socket.on("close", () => wire.onEnd());
  return wire;
}

function write(socket: Duplex, kind: number, body: Uint8Array): void {
  if (!socket.writable) return;
  const long = body.length > 65_535;
  const head = Buffer.alloc(long ? 10 : body.length > 125 ? 4 : 2);
  head[0] = 0x80 | kind;
  head[1] = long ? 127 : body.length > 125 ? 126 : body.length;
  if (long) head.writeBigUInt64BE(BigInt(body.length), 2);
  else if (body.length > 125) head.writeUInt16BE(body.length, 2);
  socket.write(Buffer.concat([head, body]));
}

/** The first frame of the buffer and its size there, once it is all there. A client masks what it sends. */
function readFrame(buffer: Buffer): { readonly frame: Frame; readonly size: number } | undefined {
  if (buffer.length < 2) return undefined;
  const short = buffer.readUInt8(1) & 127;
  const at = short === 127 ? 10 : short === 126 ? 4 : 2;
  if (buffer.length < at + 4) return undefined;
  const length = short === 127 ? Number(buffer.readBigUInt64BE(2)) : short === 126 ? buffer.readUInt16BE(2) : short;
  const size = at + 4 + length;
  if (buffer.length < size) return undefined;
  const body = Buffer.from(buffer.subarray(at + 4, size));
  for (let each = 0; each < length; each++) body[each] = body.readUInt8(each) ^ buffer.readUInt8(at + (each & 3));
  const head = buffer.readUInt8(0);
  return { frame: { last: (head & 0x80) !== 0, kind: head & 15, body }, size };
}
