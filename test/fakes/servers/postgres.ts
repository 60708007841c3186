import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { rename } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { promisify } from "node:util";
import pg from "pg";
import { PREPARED } from "./prepared.ts";

const run = promisify(execFile);

/** A real PostgreSQL on a free port of this machine, with a folder of its own. */
export interface PostgresServer {
  /** `postgres://…/postgres`. */
  readonly url: string;
  readonly port: number;
  /** The address of a new, empty database. */
  database(): Promise<string>;
  /** SIGKILL to the server and its children: what it had not promised is lost. */
  kill(): Promise<void>;
  /** Started again on the same folder and port, after `kill` or while it runs (a fast shutdown then). */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** `config`: lines of postgresql.conf, `name=value`. By default nothing waits for the disk; say fsync=on where it matters. */
export async function startPostgres({
  config = [],
}: {
  readonly config?: readonly string[];
} = {}): Promise<PostgresServer> {
  const bin = binaries();
  const user = process.getuid?.() === 0 ? "postgres" : undefined;
  const folder = mkdtempSync(join(tmpdir(), "loket-pg-"));
  if (user !== undefined) await giveTo(user, folder);
  const as = (program: string, args: readonly string[]) =>
    user === undefined ? ([program, args] as const) : (["runuser", ["-u", user, "--", program, ...args]] as const);
  const data = join(folder, "data");
  await fill(data, () =>
    run(
      ...copied(as(join(bin, "initdb"), ["-D", data, "-U", "loket", "-A", "trust", "-N", "-E", "UTF8", "--locale=C"])),
    ),
  );
  const port = await freePort();
  const options = ["listen_addresses=127.0.0.1", `port=${port}`, `unix_socket_directories=${folder}`, "fsync=off"];
  const settings = [...options, "max_connections=400", ...config].flatMap((one) => ["-c", one]);
  let server = launch();
  await server.ready;
  let databases = 0;

  function launch() {
    const command = copied(as(join(bin, "postgres"), ["-D", data, ...settings]));
    const child = spawn(...command, { stdio: ["ignore", "ignore", "pipe"] });
    return { child, ended: once(child, "exit"), ready: isReady(child.stderr) };
  }
  const url = (name: string) => `postgres://loket@127.0.0.1:${port}/${name}`;
  const end = async (how: "fast" | "immediate") => {
    await run(...copied(as(join(bin, "pg_ctl"), ["-D", data, "stop", "-m", how]))).catch(() => {});
    await server.ended;
  };
  return {
    url: url("postgres"),
    port,
    async database() {
      const name = `db${++databases}`;
      const client = new pg.Client({ connectionString: url("postgres") });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return url(name);
    },
    // The server's word for what a SIGKILL does, without leaving its children behind.
    kill: () => end("immediate"),
    async restart() {
      if (server.child.exitCode === null) await end("fast");
      server = launch();
      await server.ready;
    },
    async stop() {
      if (server.child.exitCode === null) await end("immediate");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * An empty server's files: `initdb` costs ten times as much as a copy of what it made before. Copies have its number:
 * the ledger takes two of them for one server.
 */
async function fill(data: string, initdb: () => Promise<unknown>): Promise<void> {
  const folder = process.env[PREPARED];
  if (folder === undefined) return void (await initdb());
  const prepared = join(folder, "data");
  if (existsSync(prepared)) return void (await run("cp", ["-a", prepared, data]));
  await initdb();
  const mine = join(mkdtempSync(join(folder, "made-")), "data");
  await run("cp", ["-a", data, mine]);
  // Whoever comes first has it: the others' stay aside, and go with the folder.
  await rename(mine, prepared).catch(() => {});
}

/** Where Debian puts what only a server's owner runs. */
function binaries(): string {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions.map((version) => join(root, version, "bin")).find((bin) => existsSync(join(bin, "initdb")));
  if (found === undefined) throw new Error("PostgreSQL is missing: apt-get install postgresql");
  return found;
}

function copied([program, args]: readonly [string, readonly string[]]): [string, string[]] {
  return [program, [...args]];
}

async function giveTo(user: string, folder: string): Promise<void> {
  const [uid, gid] = await Promise.all(
    ["-u", "-g"].map(async (what) => Number((await run("id", [what, user])).stdout)),
  );
  chownSync(folder, uid ?? 0, gid ?? 0);
}

/** It may be taken between this and its use; seldom enough for a test. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Resolves when it says that it takes connections; rejects with all that it said when it ends before. */
function isReady(log: Readable): Promise<void> {
  let said = "";
  return new Promise((resolve, reject) => {
    log.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (/ready to accept (read-only )?connections/.test(said)) {
        log.removeAllListeners().resume();
        resolve();
      }
    });
    log.once("end", () => reject(new Error(`PostgreSQL did not start: ${said}`)));
  });
}
