import type { Reporter } from "vitest/node";

/**
 * Prints `N passed, N failed` alone on a line, after vitest's own summary, for a CI that reads lines. What never ran, a
 * file that could not be loaded and an error outside of a test count as failed; what `-t` left out does not count.
 */
export function countReporter(print: (line: string) => void = console.log): Reporter {
  return {
    onTestRunEnd(modules, unhandledErrors) {
      const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
      const passed = states.filter((state) => state === "passed").length;
      const failed = states.filter((state) => state === "failed" || state === "pending").length;
      const broken = modules.filter((module) => module.errors().length > 0).length + unhandledErrors.length;
      print(`${passed} passed, ${failed + broken} failed`);
    },
  };
}
