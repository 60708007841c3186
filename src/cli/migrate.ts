import { Command } from "commander";
import type { Migration } from "./migrate-file.ts";

// PostgreSQL's and Redis's libraries are large: only a counter that moves waits for them to be loaded.
const file = () => import("./migrate-file.ts");

/** `npx loket migrate`: a counter's file moves to PostgreSQL and Redis. Broken off, it goes on where it was. */
export function migrateCommand(): Command {
  return new Command("migrate")
    .description("moves a counter from its SQLite file to PostgreSQL and Redis; the counter must be stopped")
    .requiredOption("--from <url>", "the file: sqlite:data/loket.db")
    .requiredOption("--to <url>", "a new, empty database: postgres://loket:password@127.0.0.1:5432/loket")
    .requiredOption("--redis <url>", "redis://127.0.0.1:6379")
    .option("--json", "as JSON")
    .action(async (migration: Migration) => (await file()).migrate(migration));
}

/** `npx loket unmigrate`: the file may be started on again, after the operator saw that nothing was paid elsewhere. */
export function unmigrateCommand(): Command {
  return new Command("unmigrate")
    .description("takes back that a file was moved: only when nothing was paid on PostgreSQL since")
    .requiredOption("--from <url>", "the file: sqlite:data/loket.db")
    .action(async ({ from }: { readonly from: string }) => (await file()).unmigrate(from));
}
