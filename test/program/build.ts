import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");
/** What the build writes last. */
const BUILT = join(ROOT, "dist/src/cli.js");
const SOURCES = ["src", "flows", "package.json", "tsconfig.json", "tsconfig.build.json"];

/**
 * Vitest calls it once, before any test that starts the built program, whatever number of files then run at the same
 * time: builds what is older than its sources.
 */
export function setup(): void {
  const newest = Math.max(...SOURCES.map((name) => newestIn(join(ROOT, name))));
  if (existsSync(BUILT) && statSync(BUILT).mtimeMs >= newest) return;
  const { status, stdout, stderr } = spawnSync("npm", ["run", "build"], { cwd: ROOT, encoding: "utf8" });
  if (status !== 0) throw new Error(`the program cannot be built:\n${stdout}${stderr}`);
}

/** A folder counts too: its time moves when a file in it comes or goes. */
function newestIn(path: string): number {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}
