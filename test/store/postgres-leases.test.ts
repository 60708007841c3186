import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it, onTestFinished } from "vitest";
import { type KeptLease, keepLease } from "../../src/channels/keep-lease.ts";
import { systemClock } from "../../src/clock.ts";
import { silentLog } from "../../src/log.ts";
import { postgresLeases } from "../../src/store/postgres/leases.ts";
import type { Pg } from "../../src/store/postgres/open.ts";
import { leasesLaw, type MadeLeases } from "../contract/leases.ts";
import { empty, inPostgres } from "./in-postgres.ts";

const postgres = inPostgres();
const NAME = "telegram:1";
/** Long enough for a machine that has much to do, short enough to be waited for. */
const TTL = 4_000;
const never = () => new AbortController().signal;

describe("leases in PostgreSQL", () => {
  let made: (MadeLeases & { readonly pg: Pg }) | undefined;

  leasesLaw(async () => {
    made ??= await twoProcesses();
    await empty(made.pg);
    return made;
  });

  async function twoProcesses() {
    const [pg, second] = await postgres.openTwo();
    return { pg, leases: await postgresLeases(pg), other: await postgresLeases(second) };
  }

  it("go by the server's clock as it is when a row was waited for", async () => {
    const { pg, leases } = await twoProcesses();
    await leases.acquire(NAME, "a", 60_000);
    let taken: Promise<unknown> = Promise.resolve();
    await pg.transaction(async (sql) => {
      await sql.run("UPDATE channel_leases SET until = clock_timestamp() + interval '1 millisecond'");
      taken = leases.acquire(NAME, "b", 60_000);
      const waiting = "SELECT count(*) AS n FROM pg_locks WHERE NOT granted";
      while ((await sql.get<{ n: number }>(waiting))?.n === 0) await new Promise((resolve) => setImmediate(resolve));
      await sql.get("SELECT pg_sleep(0.01)");
    });
    expect(await taken).toEqual({ fence: 2 });
  });
});

/** A keeper in this process. */
async function keeper(url: string, owner: string): Promise<{ readonly lease: KeptLease; readonly pg: Pg }> {
  const pg = await postgres.open(url);
  const stop = new AbortController();
  const leases = await postgresLeases(pg);
  const lease = keepLease({ leases, name: NAME, owner, clock: systemClock, log: silentLog, ttl: TTL }, stop.signal);
  onTestFinished(async () => {
    stop.abort();
    await lease.ended;
  });
  return { lease, pg };
}

interface Child {
  readonly process: ChildProcess;
  /** The next thing it says. */
  says(): Promise<string | undefined>;
}

function child(url: string): Child {
  const args = [join(import.meta.dirname, "leasing-child.ts"), url, NAME, "child", String(TTL)];
  const process = spawn(globalThis.process.execPath, ["--import", "tsx", ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  onTestFinished(() => void process.kill("SIGKILL"));
  if (process.stdout === null) throw new Error("no output");
  const lines = createInterface({ input: process.stdout })[Symbol.asyncIterator]();
  return { process, says: async () => (await lines.next()).value };
}

describe("an account", () => {
  it("of a process that was killed is taken over soon, with a higher fence", async () => {
    const url = await postgres.server.database();
    const first = child(url);
    expect(await first.says()).toBe("held");
    const { lease } = await keeper(url, "b");
    expect(lease.held()).toBe(false);
    const from = performance.now();
    first.process.kill("SIGKILL");
    expect((await lease.whenHeld(never())).aborted).toBe(false);
    expect(performance.now() - from).toBeLessThan(TTL * 2);
    expect(lease.fence()).toBe(2);
  });

  it("of a process that stood still is taken over, and that one knows it when it goes on", async () => {
    const url = await postgres.server.database();
    const first = child(url);
    expect(await first.says()).toBe("held");
    first.process.stdin?.write("?\n");
    expect(await first.says()).toBe("yes");
    const { lease } = await keeper(url, "b");
    first.process.kill("SIGSTOP");
    await lease.whenHeld(never());
    first.process.stdin?.write("?\n");
    first.process.kill("SIGCONT");
    const said = [await first.says(), await first.says()];
    expect(said.toSorted()).toEqual(["lost", "no"]);
    expect(lease.held()).toBe(true);
  });

  it("rests while the database is away, and goes on when it is back", async () => {
    const url = await postgres.server.database();
    const { lease, pg } = await keeper(url, "a");
    const lost = await lease.whenHeld(never());
    const over = new Promise((resolve) => lost.addEventListener("abort", resolve, { once: true }));
    await postgres.server.kill();
    expect(lease.held()).toBe(true);
    await over;
    expect(lease.held()).toBe(false);
    await postgres.server.restart();
    expect((await lease.whenHeld(never())).aborted).toBe(false);
    expect(await pg.get("SELECT owner, fence FROM channel_leases")).toEqual({ owner: "a", fence: 2 });
  });

  it("that was taken from it in the database is lost at the next heartbeat", async () => {
    const url = await postgres.server.database();
    const { lease, pg } = await keeper(url, "a");
    const lost = await lease.whenHeld(never());
    const over = new Promise((resolve) => lost.addEventListener("abort", resolve, { once: true }));
    await pg.run("UPDATE channel_leases SET owner = 'thief', fence = fence + 1");
    await over;
    expect(lease.held()).toBe(false);
    expect((await lease.whenHeld(never())).aborted).toBe(false);
    expect(lease.fence()).toBe(3);
  });
});
