import { existsSync } from "node:fs";
import { type Config, readConfig } from "../config.ts";

/** A wrong call, or wrong settings: what every Unix tool answers. */
export const WRONG = 2;

/** The environment, with `.env` of the working directory below it. A file that cannot be read ends the program. */
export function loadDotEnv(): void {
  if (!existsSync(".env")) return;
  try {
    process.loadEnvFile(".env");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? ` (${error.code})` : "";
    console.error(`.env cannot be read${code}: it must be a file that this user may read. Nothing was opened.`);
    process.exit(WRONG);
  }
}

/** The settings, or every fault of them on standard error and the exit code 2, before anything is opened. */
export function settingsOrExit(): Config {
  loadDotEnv();
  const read = readConfig(process.env);
  if (read.kind === "config") return read.config;
  for (const fault of read.faults) console.error(fault);
  console.error(
    `${read.faults.length === 1 ? "1 setting is" : `${read.faults.length} settings are`} wrong. Nothing was opened.`,
  );
  process.exit(WRONG);
}

/** Who does it, for the audit log. */
export function operatorName(): string {
  return process.env.SUDO_USER ?? process.env.USER ?? process.env.LOGNAME ?? "operator";
}
