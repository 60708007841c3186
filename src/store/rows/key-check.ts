import type { Sealer } from "../sealing.ts";
import { StoreError } from "../store-error.ts";

/** What marks a database with the key that seals in it. */
export interface KeyMark {
  readonly sealed: string;
  readonly indexed: string;
}

const ABOUT = "key_check:1";
const TEXT = "loket";

export function keyMark(sealer: Sealer): KeyMark {
  return { sealed: sealer.seal(TEXT, ABOUT), indexed: sealer.index(ABOUT) };
}

/** Throws StoreError when the mark was made with another key. `name` is the database's. */
export function checkMark(name: string, sealer: Sealer, mark: KeyMark): void {
  if (mark.indexed === sealer.index(ABOUT) && opens(sealer, mark.sealed)) return;
  throw new StoreError(
    `${name} was sealed with another key.`,
    "Set the LOKET_SECRET, or put back the key file, that it was first started with.",
  );
}

function opens(sealer: Sealer, sealed: string): boolean {
  try {
    return sealer.open(sealed, ABOUT) === TEXT;
  } catch {
    return false;
  }
}
