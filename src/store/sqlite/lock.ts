import { resolve } from "node:path";
import Database from "libsql";
import { explained } from "../store-error.ts";
import { MEMORY } from "./open.ts";

export interface Owner {
  release(): void;
}

/** Kept here too: a connection that nobody holds would be collected, and its lock with it. */
const held = new Set<Database.Database>();

/**
 * Makes this process the one owner of the database at `path`; undefined when another one is. The lock is an open
 * transaction on a second file, so it ends with the process however that ends, and the database itself stays open to
 * tools.
 */
export function lockOwner(path: string): Owner | undefined {
  if (path === MEMORY) return { release() {} };
  const file = `${resolve(path)}.lock`;
  let lock: Database.Database | undefined;
  try {
    lock = new Database(file);
    lock.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
  } catch (error) {
    lock?.close();
    if (error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_BUSY")) return undefined;
    throw explained(file, error);
  }
  const taken = lock;
  held.add(taken);
  return {
    release() {
      if (!held.delete(taken)) return;
      taken.exec("ROLLBACK");
      taken.close();
    },
  };
}
