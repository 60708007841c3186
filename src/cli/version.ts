import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The version of package.json, which stands above this file: one folder higher once it is built. */
export function ownVersion(): string {
  const path = packageAbove(import.meta.dirname);
  const read: unknown = path === undefined ? undefined : JSON.parse(readFileSync(path, "utf8"));
  const isObject = typeof read === "object" && read !== null && "version" in read;
  return isObject && typeof read.version === "string" ? read.version : "unknown";
}

function packageAbove(folder: string): string | undefined {
  const path = join(folder, "package.json");
  if (existsSync(path)) return path;
  const above = dirname(folder);
  return above === folder ? undefined : packageAbove(above);
}
