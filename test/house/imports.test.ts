import { describe, expect, test } from "vitest";
import { MAIN, ROOMS, roomOf, STARTER } from "./rooms.ts";
import { type Import, importsOf, packageOf, sources } from "./tree.ts";

const own = sources();
const all = own.flatMap(importsOf);
const inside = all.filter(({ to }) => packageOf(to) === undefined && !to.startsWith("node:"));

describe("who may import whom", () => {
  test("every source file lives in a room, and every room has somebody in it", () => {
    expect(own.filter((path) => roomOf(path) === undefined)).toEqual([]);
    expect(ROOMS.filter(({ files }) => !own.some((path) => files.test(path))).map(({ name }) => name)).toEqual([]);
  });

  test("every import names a file that is there", () => {
    expect(inside.filter(({ to }) => !own.includes(to)).map(shown)).toEqual([]);
  });

  test("no import goes where its room may not look", () => {
    expect(inside.filter((one) => !isAllowed(one)).map(shown)).toEqual([]);
  });

  test("the pure rooms take nothing from Node: no file, no socket, no randomness", () => {
    const pure = all.filter(({ from }) => /^(flows|src\/domain|src\/payments\/life)\//.test(from));
    expect(pure.filter(({ to }) => to.startsWith("node:")).map(shown)).toEqual([]);
  });

  test("no import closes a circle", () => {
    expect(circles(inside.filter(({ typeOnly }) => !typeOnly))).toEqual([]);
  });
});

function shown({ from, to, typeOnly }: Import): string {
  return `${from} -> ${to}${typeOnly ? " (types)" : ""}`;
}

function isAllowed({ from, to, typeOnly }: Import): boolean {
  const room = roomOf(from);
  if (room === undefined) return false;
  if (roomOf(to) === room) return true;
  if (to === MAIN) return from === STARTER;
  return [...room.may, ...(typeOnly ? (room.mayTypes ?? []) : [])].some((may) => may.test(to));
}

/** Each circle once, as the files on it. */
function circles(imports: readonly Import[]): readonly string[] {
  const targets = new Map<string, Import[]>();
  for (const one of imports) targets.set(one.from, [...(targets.get(one.from) ?? []), one]);
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (file: string, path: readonly string[]) => {
    const at = path.indexOf(file);
    if (at >= 0) found.push([...path.slice(at), file].join(" -> "));
    if (at >= 0 || done.has(file)) return;
    for (const { to } of targets.get(file) ?? []) walk(to, [...path, file]);
    done.add(file);
  };
  for (const file of targets.keys()) walk(file, []);
  return found;
}
