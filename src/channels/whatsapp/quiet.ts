import type { Log } from "../../log.ts";

const LEVELS = ["log", "info", "warn", "error", "debug"] as const;
let quiet = false;

/**
 * libsignal prints whole sessions, private keys and all, to the console. What comes from there goes nowhere; that
 * something came is a debug line. Called before Baileys is loaded; once is enough.
 */
export function quietLibsignal(log: Log): void {
  if (quiet) return;
  quiet = true;
  for (const level of LEVELS) {
    const write = console[level];
    console[level] = (...words: unknown[]) => {
      if (isLibsignal()) log.debug({ level }, "libsignal wrote to the console; it was dropped");
      else write.apply(console, words);
    };
  }
}

function isLibsignal(): boolean {
  return /[\\/]libsignal[\\/]/.test(new Error().stack ?? "");
}
