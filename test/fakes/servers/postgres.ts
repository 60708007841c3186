import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";

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
  await run(
    ...copied(as(join(bin, "initdb"), ["-D", data, "-U", "loket", "-A", "trust", "-N", "-E", "UTF8", "--locale=C"])),
  );
  const port = await freePort();
  const options = ["listen_addresses=127.0.0.1", `port=${port}`, `unix_socket_directories=${folder}`, "fsync=off"];
  const settings = [...options, "max_connections=400", ...config].flatMap((one) => ["-c", one]);
  let server = launch();
  await answers(port);
  let databases = 0;

  function launch() {
    const child = spawn(...copied(as(join(bin, "postgres"), ["-D", data, ...settings])), { stdio: "ignore" });
    return { child, ended: once(child, "exit") };
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
      await answers(port);
    },
    async stop() {
      if (server.child.exitCode === null) await end("immediate");
      rmSync(folder, { recursive: true, force: true });
    },
  };
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

/** There is no signal for "ready": connections are tried until one is taken. */
async function answers(port: number): Promise<void> {
  const connectionString = `postgres://loket@127.0.0.1:${port}/postgres`;
  for (const until = Date.now() + 20_000; ; ) {
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: 1_000 });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
