import { openStores, type StoreOptions, type Stores } from "./open.ts";

/**
 * Opens the stores for one program alone. Two on one SQLite file would each take the other for dead, and its payments
 * over (money rule 8); two on one WhatsApp number would throw each other out. Throws StoreError when another one runs.
 */
export function openOwnStores(options: Omit<StoreOptions, "as">): Stores {
  return openStores({ ...options, as: "owner" });
}
