import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { rupiah } from "../../domain/rupiah.ts";
import type { SandboxState } from "./state.ts";

const VERSION = 1;

/** The state of an earlier run, or undefined when there is no file yet. Throws a sentence when the file is no such state. */
export function loadState(file: string): SandboxState | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new Error(`The sandbox's book ${file} cannot be read.`, { cause: error });
  }
  try {
    const { version, state } = JSON.parse(text) as { readonly version: number; readonly state: SandboxState };
    if (version !== VERSION) throw new Error(`version ${version}`);
    return { ...state, deposit: rupiah(state.deposit) };
  } catch (cause) {
    throw new Error(`The sandbox's book ${file} is damaged or of another version: delete it to begin anew.`, { cause });
  }
}

/** Whole or not at all, whenever the program is killed. */
export function saveState(file: string, state: SandboxState): void {
  const draft = `${file}.${process.pid}.new`;
  writeFileSync(draft, JSON.stringify({ version: VERSION, state }), { mode: 0o600 });
  renameSync(draft, file);
}
