import { readFileSync } from "node:fs";
import { replaceSynced } from "../durable.ts";
import { explained, StoreError } from "../store-error.ts";

/** A number that only grows, kept apart from the database: a ledger behind it was restored from a backup (money rule 8). */
export interface Counter {
  /** 0 before the first write. */
  read(): number;
  /** Durable when it returns. A number that is not greater than the present one changes nothing. */
  write(count: number): void;
}

export function fileCounter(path: string): Counter {
  const read = () => readCount(path);
  return {
    read,
    write(count) {
      if (count <= read()) return;
      try {
        replaceSynced(path, `${count}\n`);
      } catch (error) {
        throw explained(path, error);
      }
    },
  };
}

/** For a database in memory. */
export function memoryCounter(): Counter {
  let last = 0;
  return {
    read: () => last,
    write(count) {
      last = Math.max(last, count);
    },
  };
}

function readCount(path: string): number {
  try {
    const text = readFileSync(path, "utf8");
    if (/^\d{1,15}\n$/.test(text)) return Number(text);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return 0;
    throw explained(path, error);
  }
  throw new StoreError(
    `${path} is no counter of payments.`,
    "Delete it, then run `npx loket restored`: the ledger is then looked through as after a restore.",
  );
}
