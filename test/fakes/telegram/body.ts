import type { IncomingMessage } from "node:http";
import type { Fields, Upload } from "./books.ts";

/** The body of a call, whichever of the three ways it was sent in. */
export async function readBody(
  request: IncomingMessage,
): Promise<{ readonly fields: Fields; readonly files: ReadonlyMap<string, Upload> }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const type = request.headers["content-type"] ?? "";
  if (type.includes("multipart")) return readForm(body, type);
  if (body.length === 0) return { fields: {}, files: new Map() };
  const fields = type.includes("json")
    ? JSON.parse(body.toString())
    : Object.fromEntries(new URLSearchParams(body.toString()));
  return { fields, files: new Map() };
}

async function readForm(body: Buffer, type: string) {
  const form = await new Response(body, { headers: { "content-type": type } }).formData();
  const fields: Record<string, unknown> = {};
  const files = new Map<string, Upload>();
  for (const [name, value] of form) {
    if (typeof value === "string") fields[name] = value;
    else files.set(name, { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) });
  }
  return { fields, files };
}

/** A field that may be JSON in a string (multipart, form) or JSON already. */
export function json(value: unknown): unknown {
  return typeof value === "string" ? JSON.parse(value) : value;
}
