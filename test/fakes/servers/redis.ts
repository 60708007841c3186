import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { freePort } from "./postgres.ts";

/** A real redis-server on a free port of this machine, with a folder of its own. */
export interface RedisServer {
  /** `redis://127.0.0.1:<port>`. */
  readonly url: string;
  readonly port: number;
  /** Of the process that runs now. */
  readonly pid: number;
  /** SIGKILL: what it had not written to its disk is lost. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Started again on the same folder and port, after `kill` or while it runs. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface RedisServerOptions {
  /** Lines of redis.conf. By default nothing is written to the disk: say `appendonly yes` where it matters. */
  readonly config?: readonly string[];
  /** "sentinel": it watches others, and `config` says whom. */
  readonly as?: "server" | "sentinel";
}

export async function startRedis({ config = [], as = "server" }: RedisServerOptions = {}): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), "loket-redis-"));
  const port = await freePort();
  const file = join(folder, "redis.conf");
  const base = ["bind 127.0.0.1", `port ${port}`, `dir ${folder}`, ...(as === "server" ? ['save ""'] : [])];
  writeFileSync(file, [...base, ...config, ""].join("\n"));
  let child = launch(file, as);
  await ready(child);
  const kill = async () => {
    if (hasEnded(child)) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    get pid() {
      return child.pid ?? 0;
    },
    kill,
    async restart() {
      await kill();
      child = launch(file, as);
      await ready(child);
    },
    async stop() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function launch(file: string, as: "server" | "sentinel"): ChildProcess {
  const child = spawn("redis-server", [file, ...(as === "sentinel" ? ["--sentinel"] : [])], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  // A test program that ends early leaves none behind.
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  child.once("exit", () => process.off("exit", end));
  return child;
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

/** It says so itself, after it has read what it had kept; a PING is answered from then on. */
async function ready(child: ChildProcess): Promise<void> {
  const said: string[] = [];
  if (child.stdout === null) throw new Error("redis-server has no output to read");
  const lines = createInterface({ input: child.stdout });
  await new Promise<void>((resolve, reject) => {
    child.once("error", (cause) =>
      reject(new Error("redis-server is missing: apt-get install redis-server", { cause })),
    );
    child.once("exit", () => reject(new Error(`redis-server ended at its start:\n${said.join("\n")}`)));
    lines.on("line", (line) => {
      said.push(line);
      if (/Ready to accept connections|\+monitor master/.test(line)) resolve();
    });
  });
  // What it says from here on is nobody's; read on, so that its pipe does not fill.
  lines.removeAllListeners("line");
  lines.on("line", () => {});
}
