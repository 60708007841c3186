import { openStores, type StoreOptions, type Stores } from "./open.ts";
import { StoreError } from "./store-error.ts";

/**
 * Opens the stores for one program alone. Two on one SQLite file would each take the other for dead, and its payments
 * over (money rule 8); two on one WhatsApp number would throw each other out. Throws StoreError when another one runs.
 */
export function openOwnStores(options: Omit<StoreOptions, "as">): Stores {
  const stores = openStores({ ...options, as: "program" });
  if (stores.ownsAlone) return stores;
  stores.close();
  throw new StoreError(
    `Another Loket is running on ${stores.db.path}.`,
    "Stop that one first, or name another file in DATABASE_URL.",
  );
}
