import { defineConfig } from "vitest/config";
import { countReporter } from "./test/house/count-reporter.ts";

/** Tests that start the built program: it is built once before them. */
const PROGRAM = ["test/program/**/*.test.ts", "test/cli/**/*.test.ts"];

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 30_000,
    maxWorkers: 3,
    reporters: ["default", countReporter()],
    projects: [
      { extends: true, test: { name: "rooms", include: ["test/**/*.test.ts"], exclude: PROGRAM } },
      {
        extends: true,
        test: { name: "program", include: PROGRAM, globalSetup: ["test/program/build.ts"], testTimeout: 120_000 },
      },
    ],
  },
});
