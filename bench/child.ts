import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BUILD } from "./prepare.ts";

/** One measurement of one system. */
export interface Ask {
  readonly system: string;
  readonly mode: string;
  readonly options?: unknown;
  readonly redisUrl: string | undefined;
  /** What is left of a life before; without it a folder of its own, which is taken away. */
  readonly folder?: string;
  readonly nodeArgs?: readonly string[];
}

export type Told<T> =
  | { readonly kind: "result"; readonly result: T }
  /** It ended itself, or broke: the signal, or the last words. */
  | { readonly kind: "ended"; readonly why: string };

/** Measures in a fresh process. `T` is what the mode gives. */
export async function measured<T>(ask: Ask): Promise<Told<T>> {
  const folder = ask.folder ?? mkdtempSync(join(tmpdir(), "loket-bench-"));
  const { system, mode, options = {}, redisUrl, nodeArgs = [] } = ask;
  const work = JSON.stringify({ system, mode, options, folder, redisUrl });
  const child = spawn(process.execPath, [...nodeArgs, join(BUILD, "bench/worker.js"), work], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [said, complained] = [collect(child.stdout), collect(child.stderr)];
  const [code, signal] = await once(child, "close");
  if (ask.folder === undefined) rmSync(folder, { recursive: true, force: true });
  if (code === 0) return { kind: "result", result: JSON.parse(said.join("").trim().split("\n").at(-1) ?? "") as T };
  return { kind: "ended", why: signal ?? complained.join("").trim().slice(-2000) };
}

function collect(stream: NodeJS.ReadableStream): readonly string[] {
  const chunks: string[] = [];
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => void chunks.push(chunk));
  return chunks;
}
