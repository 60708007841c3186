const LIBSIGNAL =
  /^(Closing|Opening|Removing|Migrating|Deleting|Session error|Failed to decrypt|Decrypted|Session already)/;

let silenced = false;

/**
 * libsignal 6.0.0 prints whole sessions with console.*, private keys included. Keeps those lines back in this process,
 * and everything else as it was.
 */
export function silenceLibsignal(): void {
  if (silenced) return;
  silenced = true;
  for (const level of ["log", "info", "warn", "error"] as const) {
    const print = console[level].bind(console);
    console[level] = (...words: unknown[]) => {
      if (typeof words[0] !== "string" || !LIBSIGNAL.test(words[0])) print(...words);
    };
  }
}
