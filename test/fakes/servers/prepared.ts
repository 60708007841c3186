import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The setting that names the folder in which the servers of one run of the tests share what each would make anew. */
export const PREPARED = "LOKET_TEST_PREPARED";

/** Vitest calls it once, before any test, and what it gives back after all of them. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "loket-prepared-"));
  process.env[PREPARED] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
