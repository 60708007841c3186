import { spawnSync } from "node:child_process";
import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";

export const HERE = import.meta.dirname;
const TOP = join(HERE, "..");
/** The program and the benchmark, as JavaScript: what is measured is not transpiled while it is measured. */
export const BUILD = join(HERE, "build");

/** Installs the peers when they are missing, and builds. Throws a sentence when one of them fails. */
export function prepare(): void {
  if (!existsSync(join(HERE, "node_modules"))) run(HERE, "npm", ["ci", "--ignore-scripts", "--loglevel=error"]);
  const compiler = join(TOP, "node_modules/.bin/tsc");
  // The types are checked by `npm run types`, here and there.
  run(TOP, compiler, ["-p", "bench/tsconfig.json", "--noCheck"]);
  cpSync(join(TOP, "src/web/page"), join(BUILD, "src/web/page"), { recursive: true });
}

function run(folder: string, command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, { cwd: folder, stdio: ["ignore", 2, 2] });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}`);
}
