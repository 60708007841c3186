import { closeSync, fsyncSync, openSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/** Writes a new file, mode 600, and waits until the disk has it. Writes over a leftover of the same name. */
export function writeSynced(path: string, text: string): void {
  const file = openSync(path, "w", 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** A reader sees the old text or the new one, also after the power went off. */
export function replaceSynced(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.new`;
  writeSynced(temporary, text);
  renameSync(temporary, path);
  syncFolder(dirname(path));
}

/** Makes the names in a folder durable. */
export function syncFolder(path: string): void {
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
