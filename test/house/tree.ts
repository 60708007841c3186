import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The top of the project. */
export const TOP = fileURLToPath(new URL("../..", import.meta.url));

export function read(path: string): string {
  return readFileSync(join(TOP, path), "utf8");
}

export function isThere(path: string): boolean {
  return existsSync(join(TOP, path));
}

const LEFT_OUT = new Set(
  [
    ...["node_modules", "dist", "data", "coverage", ".git"],
    ...["bench/node_modules", "bench/build", "bench/results"],
  ].map((name) => join(TOP, name)),
);

/** Every file under `folders`, as a path from the top with forward slashes, sorted. */
export function files(...folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) => under(join(TOP, folder))).sort();
}

function under(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return LEFT_OUT.has(path) ? [] : under(path);
    return entry.isFile() ? [relative(TOP, path).replaceAll("\\", "/")] : [];
  });
}

/** The program's own TypeScript: src and flows. */
export function sources(): readonly string[] {
  return files("src", "flows").filter((path) => path.endsWith(".ts"));
}

/** One import of a file. `to` is a path from the top, a package (`hono/streaming`) or a module of Node (`node:fs`). */
export interface Import {
  readonly from: string;
  readonly to: string;
  /** Nothing of it is left when the program runs. */
  readonly typeOnly: boolean;
}

const IMPORTS =
  /^(?:import|export)\b(?<what>[^;"]*?)\bfrom "(?<from>[^"]+)"|^import "(?<bare>[^"]+)"|\bimport\(\s*"(?<late>[^"]+)"/gm;

export function importsOf(path: string): readonly Import[] {
  return [...read(path).matchAll(IMPORTS)].map(({ groups = {} }) => {
    const { what = "", from, bare, late } = groups;
    const named = from ?? bare ?? late ?? "";
    const to = named.startsWith(".") ? normalize(join(dirname(path), named)).replaceAll("\\", "/") : named;
    return { from: path, to, typeOnly: from !== undefined && isTypeOnly(what) };
  });
}

function isTypeOnly(what: string): boolean {
  if (/^\s+type\b/.test(what)) return true;
  const names = /^\s*\{([^}]*)\}\s*$/
    .exec(what)?.[1]
    ?.split(",")
    .map((name) => name.trim());
  return names?.every((name) => name === "" || name.startsWith("type ")) ?? false;
}

/** The package that an import is of: `@hono/node-server` of `@hono/node-server/conninfo`; undefined for our own files and Node's. */
export function packageOf(to: string): string | undefined {
  if (/^(src|flows|test|bench)\//.test(to) || to.startsWith("node:")) return undefined;
  return to.split("/", to.startsWith("@") ? 2 : 1).join("/");
}

/** The code alone, line by line as it was: comments and what stands in quotes are taken out. */
export function codeOf(path: string): string {
  const blank = (text: string) => text.replace(/[^\n]/g, " ");
  return read(path).replace(
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g,
    (text) => (text.startsWith("/") ? blank(text) : `"${blank(text.slice(1, -1))}"`),
  );
}

/** `path:line` of every place in a text where the pattern is. */
export function placesOf(path: string, text: string, pattern: RegExp): readonly string[] {
  return text.split("\n").flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}`] : []));
}
