import { defineConfig } from "vitest/config";

/** Tests that start the built program: it is built once before them. */
const PROGRAM = ["test/program/**/*.test.ts", "test/cli/**/*.test.ts"];

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 30_000,
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: "rooms", include: ["test/**/*.test.ts"], exclude: PROGRAM } },
      {
        extends: true,
        test: { name: "program", include: PROGRAM, globalSetup: ["test/program/build.ts"], testTimeout: 120_000 },
      },
    ],
  },
});
