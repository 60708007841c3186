import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");
/** Below the project, so that what is built finds its packages; and where nobody looks for sources. */
const CACHE = join(ROOT, "node_modules/.cache");
const TSC = createRequire(import.meta.url).resolve("typescript/package.json");

/** The simulation as JavaScript. */
export interface Built {
  /** The built file of one of this folder's. */
  file(name: string): string;
  remove(): void;
}

/**
 * tsx compiles all of it at each start, and gives each closure its name whenever one is made. Types are not checked here.
 * Throws when it cannot be built.
 */
export function buildSimulation(): Built {
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, "simulation-"));
  const config = {
    extends: join(ROOT, "tsconfig.json"),
    compilerOptions: { rootDir: ROOT, outDir: folder, noCheck: true, noResolve: true, types: [] },
    include: ["src", "flows", "test/simulation", "test/fakes/plain.ts"].map((name) => join(ROOT, name)),
    exclude: [],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const args = [join(TSC, "../bin/tsc"), "-p", folder];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  const remove = () => rmSync(folder, { recursive: true, force: true });
  if (status !== 0) {
    remove();
    throw new Error(`the simulation cannot be built:\n${stdout}${stderr}`);
  }
  return { file: (name) => join(folder, "test/simulation", name), remove };
}
