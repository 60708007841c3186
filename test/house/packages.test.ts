import { describe, expect, test } from "vitest";
import { files, importsOf, isThere, packageOf, read } from "./tree.ts";

type Versions = Readonly<Record<string, string>>;
interface Manifest {
  readonly dependencies: Versions;
  readonly devDependencies: Versions;
}

interface Locked extends Partial<Manifest> {
  readonly version?: string;
  readonly integrity?: string;
  readonly optional?: true;
  readonly optionalDependencies?: Versions;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
}

interface Row {
  readonly name: string;
  /** Paths and folders; empty for "not yet". */
  readonly homes: readonly string[];
  readonly why: string;
}

const manifest = JSON.parse(read("package.json")) as Manifest;
const lock = JSON.parse(read("package-lock.json")) as { readonly packages: Readonly<Record<string, Locked>> };
const direct: Versions = { ...manifest.dependencies, ...manifest.devDependencies };
const rows = rowsOf(read("docs/dependencies.md"));
const imports = [...files("src", "flows", "test").filter((path) => path.endsWith(".ts")), "vitest.config.ts"].flatMap(
  importsOf,
);

describe("what the house is built with", () => {
  test("every direct dependency has a home and a reason in docs/dependencies.md, and nothing else has", () => {
    expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(direct).sort());
    expect(rows.filter(({ why }) => why.length < 10)).toEqual([]);
    expect(rows.flatMap(({ homes }) => homes).filter((home) => !isThere(home))).toEqual([]);
  });

  test("the program imports a package in its home alone", () => {
    const strays = imports.filter(({ from, to }) => {
      const row = rows.find(({ name }) => name === packageOf(to));
      return (
        packageOf(to) !== undefined && !from.startsWith("test/") && !row?.homes.some((home) => from.startsWith(home))
      );
    });
    expect(strays.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  test("whatever is imported is a direct dependency, and the program itself needs no devDependency", () => {
    const missing = imports.filter(({ from, to, typeOnly }) => {
      const name = packageOf(to);
      if (name === undefined) return false;
      return from.startsWith("test/") || from === "vitest.config.ts" || typeOnly
        ? direct[name] === undefined
        : manifest.dependencies[name] === undefined;
    });
    expect(missing.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  test("a package that is said to live somewhere is used there", () => {
    const idle = rows.filter(({ name, homes }) => {
      const named = name.replace(/^@types\//, "");
      const isUsed = (home: string) => /\.(jsonc?)$/.test(home) || filesIn(home).some((path) => names(path, named));
      return !homes.every(isUsed);
    });
    expect(idle.map(({ name }) => name)).toEqual([]);
    const early = rows.filter(
      ({ name, homes }) => homes.length === 0 && imports.some(({ to }) => packageOf(to) === name),
    );
    expect(early.map(({ name }) => name)).toEqual([]);
  });

  test("versions are exact, and the lock file has the same", () => {
    expect(Object.entries(direct).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
    const { dependencies, devDependencies } = lock.packages[""] ?? {};
    expect({ dependencies, devDependencies }).toEqual({
      dependencies: manifest.dependencies,
      devDependencies: manifest.devDependencies,
    });
    const locked = Object.keys(direct).map((name) => [name, lock.packages[`node_modules/${name}`]?.version]);
    expect(Object.fromEntries(locked)).toEqual(direct);
  });

  test("every optional build that a package names is in the lock file, or `npm ci` refuses it", () => {
    const missing = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter(
          (name) => !(`node_modules/${name}` in lock.packages) && !(`${path}/node_modules/${name}` in lock.packages),
        )
        .map((name) => `${path} wants ${name}`),
    );
    expect(missing).toEqual([]);
  });

  test("every package that Linux installs can be checked against its hash", () => {
    const bare = Object.entries(lock.packages).filter(([path, entry]) => path !== "" && entry.integrity === undefined);
    expect(bare.filter(([, entry]) => !isForeign(entry)).map(([path]) => path)).toEqual([]);
  });
});

function rowsOf(text: string): readonly Row[] {
  return [...text.matchAll(/^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \|$/gm)].map(([, name = "", homes = "", why = ""]) => ({
    name,
    homes: [...homes.matchAll(/`([^`]+)`/g)].map(([, home = ""]) => home),
    why: why.trim(),
  }));
}

function filesIn(home: string): readonly string[] {
  return home.endsWith("/") ? files(home.slice(0, -1)) : [home];
}

/** Imported, or asked for by its path as a font is. */
function names(path: string, name: string): boolean {
  return new RegExp(`"${name.replace(/[/.]/g, "\\$&")}(/[^"]*)?"`).test(read(path));
}

/** A build for other machines than those that the program is meant for: Linux with glibc, x64 or arm64. */
function isForeign({ optional, os = ["linux"], cpu = ["x64"], libc = ["glibc"] }: Locked): boolean {
  const isOurs = os.includes("linux") && cpu.some((one) => /^(x64|arm64)$/.test(one)) && libc.includes("glibc");
  return optional === true && !isOurs;
}
