import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { syncFolder, writeSynced } from "./durable.ts";
import type { Keys } from "./sealing.ts";
import { explained, StoreError } from "./store-error.ts";

/** What the file holds, as JSON. To rotate: put a new key in front of `seal` and leave the old ones behind it. */
interface KeyFile {
  readonly version: 1;
  /** 32 bytes each, base64url. */
  readonly seal: readonly string[];
  readonly index: string;
}

/** Reads the keys; makes the file when it is missing and `mayMake`. Two programs that start at once get the same keys. */
export function readKeyFile(path: string, mayMake: boolean): Keys {
  try {
    const text = textOf(path);
    if (text !== undefined) return keysOf(path, text);
    if (!mayMake) throw missing(path);
    make(path);
    return keysOf(path, readFileSync(path, "utf8"));
  } catch (error) {
    throw explained(path, error);
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

function make(path: string): void {
  const key = () => randomBytes(32).toString("base64url");
  const file: KeyFile = { version: 1, seal: [key()], index: key() };
  const temporary = `${path}.${process.pid}.new`;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeSynced(temporary, `${JSON.stringify(file, undefined, 2)}\n`);
  try {
    // A link, and no rename: a rename would overwrite the keys that another program made meanwhile.
    linkSync(temporary, path);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
  syncFolder(dirname(path));
}

function keysOf(path: string, text: string): Keys {
  const file = parsed(text);
  const [first, ...others] = file?.seal.map(keyOf) ?? [];
  const index = keyOf(file?.index);
  if (first === undefined || index === undefined) throw unreadable(path);
  return { seal: [first, ...others.map((key) => key ?? fail(path))], index };
}

function parsed(text: string): KeyFile | undefined {
  try {
    const file: unknown = JSON.parse(text);
    const fits =
      typeof file === "object" && file !== null && "seal" in file && Array.isArray(file.seal) && "index" in file;
    return fits && "version" in file && file.version === 1 ? (file as unknown as KeyFile) : undefined;
  } catch {
    return undefined;
  }
}

function keyOf(text: unknown): Uint8Array | undefined {
  if (typeof text !== "string") return undefined;
  const bytes = Buffer.from(text, "base64url");
  return bytes.length === 32 ? bytes : undefined;
}

function fail(path: string): never {
  throw unreadable(path);
}

function unreadable(path: string): StoreError {
  return new StoreError(
    `${path} is no key file.`,
    "Put it back from your own copy. Do not delete it: what it sealed would be lost.",
  );
}

function missing(path: string): StoreError {
  return new StoreError(
    `The key file ${path} is missing, and the database was sealed with it.`,
    "Put it back from your own copy, or set the LOKET_SECRET that this database was made with.",
  );
}
