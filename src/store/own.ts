import { openStores } from "./open.ts";
import type { StoreOptions, Stores } from "./stores.ts";

/**
 * Opens the stores for a program that runs the counter. A SQLite file is one program's alone: two on one would each take
 * the other for dead, and its payments over (money rule 8). Rejects with StoreError when another one runs on it.
 */
export function openOwnStores(options: Omit<StoreOptions, "as">): Promise<Stores> {
  return openStores({ ...options, as: "owner" });
}
