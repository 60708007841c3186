import type { WebFile } from "../../channels/web/inbox.ts";

/** What a sealed text is bound to: moved to another row, it does not open. */
export function aboutEvent(key: string, id: string): string {
  return `web_events:${key} ${id}`;
}

export function aboutFile(key: string, id: string): string {
  return `web_files:${key} ${id}`;
}

export function packed({ name, mime, bytes }: WebFile): string {
  return JSON.stringify({ name, mime, bytes: Buffer.from(bytes).toString("base64") });
}

export function unpacked(text: string): { name: string; mime: string; bytes: Uint8Array } {
  const { name, mime, bytes } = JSON.parse(text) as Record<"name" | "mime" | "bytes", string>;
  return { name, mime, bytes: Buffer.from(bytes, "base64") };
}
