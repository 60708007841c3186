import type { Log } from "../../log.ts";

let watching = false;

/**
 * Baileys listens with async functions and does not wait for them: a line that breaks at the wrong moment is a rejection
 * that nobody hears, and would end the program. Those of its own are logged; any other one ends it as before.
 */
export function watchStrays(log: Log): void {
  if (watching) return;
  watching = true;
  process.on("unhandledRejection", (error) => {
    if (!isOfLibrary(error)) throw error;
    log.debug({ from: "baileys" }, "a rejection that nobody waited for");
  });
}

function isOfLibrary(error: unknown): boolean {
  return error instanceof Error && /[\\/](@whiskeysockets[\\/]baileys|libsignal)[\\/]/.test(error.stack ?? "");
}
