import { closeSync, fsyncSync, openSync, rmSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { syncFolder } from "../durable.ts";
import { explained, StoreError } from "../store-error.ts";
import type { Db } from "./open.ts";

/**
 * A consistent copy of one moment, also while the program runs; durable when it returns. Never writes over a file.
 * Blocks this process while it copies: call it from a tool's process when the database is large.
 */
export function backup(db: Db, target: string): void {
  const path = resolve(target);
  makeEmpty(path);
  try {
    db.prepare("VACUUM INTO ?").run(path);
    const copy = openSync(path, "r+");
    fsyncSync(copy);
    closeSync(copy);
    syncFolder(dirname(path));
  } catch (error) {
    rmSync(path, { force: true });
    throw explained(path, error);
  }
}

/** VACUUM INTO takes an empty file, and keeps its mode. */
function makeEmpty(path: string): void {
  try {
    closeSync(openSync(path, "wx", 0o600));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") {
      throw new StoreError(`${path} exists already.`, "Name a new file for the backup.", error);
    }
    throw explained(path, error);
  }
}
