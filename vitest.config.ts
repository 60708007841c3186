import { defineConfig } from "vitest/config";
import { countReporter } from "./test/house/count-reporter.ts";

/** Tests that start the built program: it is built once before them. */
const PROGRAM = ["test/program/**/*.test.ts", "test/cli/**/*.test.ts"];

/**
 * Short files that leave nothing behind in their process: many of them run in one, since to read the program anew for
 * each costs more than its tests. Long ones gain nothing by it, and what changes its process needs one of its own.
 */
const TOGETHER = [
  "test/*.test.ts",
  "test/{biller,conversation,domain,flows,house,proof,relay,staff,worker}/**/*.test.ts",
  "test/payments/!(crash-matrix).test.ts",
];

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 30_000,
    maxWorkers: 3,
    reporters: ["default", countReporter()],
    projects: [
      { extends: true, test: { name: "together", include: TOGETHER, isolate: false } },
      {
        extends: true,
        test: {
          name: "rooms",
          include: ["test/**/*.test.ts"],
          exclude: [...TOGETHER, ...PROGRAM],
          globalSetup: ["test/fakes/servers/prepared.ts"],
        },
      },
      {
        extends: true,
        test: { name: "program", include: PROGRAM, globalSetup: ["test/program/build.ts"], testTimeout: 120_000 },
      },
    ],
  },
});
