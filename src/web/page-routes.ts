import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { extname } from "node:path";
import type { Context, Hono } from "hono";
import { LONGEST } from "../channels/web/post.ts";
import { pageSheet, type SandboxSheet } from "./sandbox-sheet.ts";

/** Beside this file both in src/ and in dist/src/: the build copies it as it is. */
const FOLDER = new URL("./page/", import.meta.url);

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

export interface PageOptions {
  readonly name: string;
  readonly chat?: unknown;
  readonly sandbox?: SandboxSheet;
}

/** The page's files are read once, at the start, so that no path of a request ever reaches the disk. */
export async function pageRoutes(app: Hono, { name, chat, sandbox }: PageOptions): Promise<void> {
  if (chat === undefined) {
    app.get("/", (c) => c.text(`${name}: chat web tidak dinyalakan.`, 404));
    return;
  }
  for (const file of (await readdir(FOLDER)).sort()) {
    const type = TYPES[extname(file)];
    if (type === undefined) continue;
    const text = await readFile(new URL(file, FOLDER), "utf8");
    const body = file === "index.html" ? text.replaceAll("{{name}}", escaped(name)) : text;
    const asset = { body, type, tag: `"${createHash("sha256").update(body).digest("hex").slice(0, 16)}"` };
    app.get(file === "index.html" ? "/" : `/${file}`, (c) => give(c, asset));
  }
  const settings = { name, longest: LONGEST, sandbox: sandbox === undefined ? null : pageSheet(sandbox) };
  app.get("/chat/settings", (c) => c.json(settings));
}

function give(c: Context, asset: { readonly body: string; readonly type: string; readonly tag: string }): Response {
  c.header("etag", asset.tag);
  // Asked about each time: a new version is there at the next reload, an old one costs a 304.
  c.header("cache-control", "no-cache");
  if (c.req.header("if-none-match") === asset.tag) return c.body(null, 304);
  return c.body(asset.body, 200, { "content-type": asset.type });
}

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (mark) => entities[mark] ?? mark);
}
