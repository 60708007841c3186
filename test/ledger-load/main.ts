import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startPostgres } from "../fakes/servers/postgres.ts";
import { broken } from "./laws.ts";
import { openStore } from "./store.ts";
import { summed, type Tally } from "./tally.ts";

const HELP = `npm run ledger-load -- [options]
  --operations N   how many random operations on the ledger, by all together (default 20000)
  --processes P    how many processes are at the one store (default 2)
  --postgres       the store is a PostgreSQL that is started for it, and not a SQLite file
  --seed S         what each process tries is drawn from it (default 1); which comes first is not
The last line is JSON; the exit code is 1 when a sum is wrong.`;

const { values } = parseArgs({
  options: {
    operations: { type: "string", default: "20000" },
    processes: { type: "string", default: "2" },
    seed: { type: "string", default: "1" },
    postgres: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

interface Told {
  readonly tally: Tally;
  readonly outcomes: Tally;
}

const SECRET = "a secret that only this store is sealed with";

if (values.help) console.log(HELP);
else {
  const place = values.postgres ? await aServer() : aFile();
  try {
    process.exitCode = await run(place.address, Number(values.operations), Number(values.processes));
  } finally {
    await place.end();
  }
}

function aFile() {
  const folder = mkdtempSync(join(tmpdir(), "ledger-load-"));
  return { address: join(folder, "loket.db"), end: async () => rmSync(folder, { recursive: true }) };
}

async function aServer() {
  const server = await startPostgres();
  return { address: await server.database(), end: () => server.stop() };
}

async function run(address: string, operations: number, processes: number): Promise<number> {
  const { seed } = values;
  const store = await openStore(address, SECRET);
  const began = performance.now();
  const each = Math.ceil(operations / processes);
  const names = Array.from({ length: processes }, (_, place) => `P${place}`);
  const told = await Promise.all(names.map((name) => played([address, name, String(each), seed, SECRET])));
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  const outcomes = summed(told.map((one) => one.outcomes));
  for (const [outcome, times] of Object.entries(outcomes).sort())
    console.log(`${String(times).padStart(9)}  ${outcome}`);
  const tallies = told.map(({ tally }) => tally);
  const wrong = await broken(store.ask, store.ledger, tallies);
  for (const one of wrong) console.log(`WRONG: ${one}`);
  await store.close();
  console.log(
    JSON.stringify({ operations: each * processes, processes, seed, seconds, wrong: wrong.length, outcomes }),
  );
  return wrong.length === 0 ? 0 : 1;
}

async function played(options: readonly string[]): Promise<Told> {
  const program = join(import.meta.dirname, "process.ts");
  const child = spawn(process.execPath, ["--import", "tsx", program, ...options], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`a process ended with ${code}`);
  return JSON.parse(said);
}
