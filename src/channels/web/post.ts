import type { Content } from "../../conversation/message.ts";

/** Longest text that a person may send, UTF-16 units: what `maxlength` counts in the page. */
export const LONGEST = 4_000;

/** What the page posts: a text or a tap, under an id that stays the same when it is posted again. */
export interface Post {
  readonly id: string;
  readonly content: Extract<Content, { readonly kind: "text" | "tap" }>;
}

export type PostReading = { readonly kind: "post"; readonly post: Post } | { readonly kind: "too-long" | "unreadable" };

/** Decodes `{id, text}` or `{id, tap: {data, on}}`. */
export function readPost(body: unknown): PostReading {
  const { id, text, tap } = fields(body);
  if (typeof id !== "string" || !/^[\w-]{1,64}$/.test(id)) return { kind: "unreadable" };
  if (typeof text === "string" && tap === undefined) {
    if (text.length > LONGEST) return { kind: "too-long" };
    if (text.trim() === "") return { kind: "unreadable" };
    return { kind: "post", post: { id, content: { kind: "text", text } } };
  }
  const { data, on } = fields(tap);
  if (text !== undefined || typeof data !== "string" || typeof on !== "string") return { kind: "unreadable" };
  if (data === "" || Buffer.byteLength(data) > 64 || !/^\d{1,16}$/.test(on)) return { kind: "unreadable" };
  return { kind: "post", post: { id, content: { kind: "tap", data, on } } };
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
