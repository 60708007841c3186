import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { countReporter } from "./count-reporter.ts";
import { read, TOP } from "./tree.ts";

function lastLine(path: string): string | undefined {
  return read(path).trim().split("\n").at(-1);
}

describe("the check", () => {
  test("CI runs the same check as everybody, and both can be run", () => {
    expect(lastLine(".ci/run")).toMatch(/^exec .*\/check"$/);
    for (const path of ["check", ".ci/run"]) accessSync(join(TOP, path), constants.X_OK);
  });

  test("its last step is the one that package.json knows", () => {
    expect(lastLine("check")).toBe("npm run --silent check");
  });

  test("the tests end with how many passed and failed, alone on a line", async () => {
    const lines: string[] = [];
    await countReporter((line) => lines.push(line)).onTestRunEnd?.([], [], "passed");
    expect(lines).toEqual(["0 passed, 0 failed"]);
    expect(read("vitest.config.ts")).toContain('reporters: ["default", countReporter()]');
  });
});
