import type { BinaryNode } from "@whiskeysockets/baileys";
import { present } from "./present.ts";

/** One stanza: what the two sides of a WhatsApp connection send each other. */
export type Stanza = BinaryNode;

export type Attrs = Readonly<Record<string, string | undefined>>;

/** The server itself, as a sender or an addressee; also the ending of a phone number's jid. */
export const HOST = "@s.whatsapp.net";

export const LID = "@lid";

/** A stanza; attributes that are undefined are left out. */
export function stanza(tag: string, attrs: Attrs = {}, content?: Stanza["content"]): Stanza {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(attrs)) if (value !== undefined) kept[name] = value;
  return content === undefined ? { tag, attrs: kept } : { tag, attrs: kept, content };
}

export function inside(of: Stanza | undefined, tag?: string): readonly Stanza[] {
  const all = Array.isArray(of?.content) ? of.content : [];
  return tag === undefined ? all : all.filter((one) => one.tag === tag);
}

export function first(of: Stanza | undefined, tag?: string): Stanza | undefined {
  return inside(of, tag)[0];
}

/** The bytes of a child. */
export function bytesOf(of: Stanza, tag: string): Buffer {
  return present(bytes(first(of, tag)), `bytes in <${of.tag}><${tag}>`);
}

export function bytes(of: Stanza | undefined): Buffer | undefined {
  const content = of?.content;
  if (content === undefined || Array.isArray(content)) return undefined;
  return typeof content === "string" ? Buffer.from(content) : Buffer.from(content);
}

/** Seconds since 1970, as stanzas say it. */
export function seconds(ago = 0): string {
  return String(Math.floor(Date.now() / 1000) - ago);
}

/** The part of a jid before device and host. */
export function userOf(jid: string | undefined): string {
  return jid?.split("@")[0]?.split(":")[0] ?? "";
}
