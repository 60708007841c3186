import asyncHooks, { AsyncLocalStorage } from "node:async_hooks";
import { syncBuiltinESMExports } from "node:module";

let made: AsyncLocalStorage<unknown>[] | undefined;

/** Tells who was made while somebody asks. */
class Known<T> extends AsyncLocalStorage<T> {
  constructor() {
    super();
    made?.push(this);
  }
}

let watching = false;

/**
 * Baileys makes an AsyncLocalStorage for each connection and never ends it: on Node 20 and 22 every promise of the
 * process then costs a little more for each connection that there ever was. Called before Baileys is loaded; once is
 * enough.
 */
export function watchStorages(): void {
  if (watching) return;
  watching = true;
  Object.assign(asyncHooks, { AsyncLocalStorage: Known });
  syncBuiltinESMExports();
}

/** Runs `work`; `end` ends what it made, when nothing runs in it any more. */
export function withStorages<T>(work: () => T): { readonly value: T; readonly end: () => void } {
  const mine: AsyncLocalStorage<unknown>[] = [];
  made = mine;
  try {
    const value = work();
    return { value, end: () => mine.forEach((one) => void one.disable()) };
  } finally {
    made = undefined;
  }
}
