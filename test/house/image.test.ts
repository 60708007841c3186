import { describe, expect, test } from "vitest";
import { isThere, read } from "./tree.ts";

interface Manifest {
  readonly bin: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(read("package.json")) as Manifest;
const lines = read("Dockerfile").replaceAll("\\\n", " ").split("\n");
const last = lines.slice(lines.findLastIndex((line) => line.startsWith("FROM ")));
const copied = lines.filter((line) => /^COPY (?!--from)/.test(line)).flatMap((line) => line.split(" ").slice(1, -1));

/** The image itself is not built here: what can be told from its recipe is. */
describe("the container image", () => {
  test("every file that the Dockerfile copies is there, and .dockerignore lets just those in", () => {
    expect(copied.filter((path) => !isThere(path))).toEqual([]);
    const allowed = read(".dockerignore")
      .split("\n")
      .filter((line) => line.startsWith("!"));
    expect(allowed.map((line) => line.slice(1)).sort()).toEqual([...new Set(copied)].sort());
  });

  test("it starts the file that bin names, directly, so that SIGTERM arrives", () => {
    const [entry = ""] = last.filter((line) => line.startsWith("ENTRYPOINT "));
    expect(JSON.parse(entry.slice("ENTRYPOINT ".length))).toEqual(["node", manifest.bin.loket]);
    const source = manifest.bin.loket?.replace(/^dist\//, "").replace(/\.js$/, ".ts") ?? "";
    expect(read(source).startsWith("#!/usr/bin/env node\n")).toBe(true);
  });

  test("npm start replaces its shell, so that SIGTERM arrives there too", () => {
    expect(manifest.scripts.start).toBe(`exec node ${manifest.bin.loket} start`);
  });

  test("the image that runs has no development packages, no root user, and its data in one volume", () => {
    expect(last.filter((line) => line.startsWith("RUN npm"))).toEqual([
      "RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force",
    ]);
    expect(last.filter((line) => /^(USER|VOLUME) /.test(line))).toEqual(["USER node", "VOLUME /data"]);
    expect(last.join("\n")).toContain("DATABASE_URL=sqlite:/data/");
  });
});
