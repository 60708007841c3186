import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openSealer } from "../../src/store/sealing.ts";
import { sqliteLedger } from "../../src/store/sqlite/ledger.ts";
import { openSqlite } from "../../src/store/sqlite/open.ts";
import { broken } from "./laws.ts";
import { summed, type Tally } from "./tally.ts";

const HELP = `npm run ledger-load -- [options]
  --operations N   how many random operations on the ledger, by all together (default 20000)
  --processes P    how many processes are at the one file (default 2)
  --seed S         what each process tries is drawn from it (default 1); which comes first is not
The last line is JSON; the exit code is 1 when a sum is wrong.`;

const { values } = parseArgs({
  options: {
    operations: { type: "string", default: "20000" },
    processes: { type: "string", default: "2" },
    seed: { type: "string", default: "1" },
    help: { type: "boolean", default: false },
  },
});

interface Told {
  readonly tally: Tally;
  readonly outcomes: Tally;
}

const SECRET = "a secret that only this file is sealed with";

if (values.help) console.log(HELP);
else process.exitCode = await run(Number(values.operations), Number(values.processes), values.seed);

async function run(operations: number, processes: number, seed: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "ledger-load-"));
  try {
    const path = join(folder, "loket.db");
    const db = openSqlite(path);
    const ledger = sqliteLedger({ db, sealer: openSealer({ secret: SECRET }) });
    const began = performance.now();
    const each = Math.ceil(operations / processes);
    const names = Array.from({ length: processes }, (_, place) => `P${place}`);
    const told = await Promise.all(names.map((name) => played([path, name, String(each), seed, SECRET])));
    const seconds = Math.round((performance.now() - began) / 100) / 10;
    const outcomes = summed(told.map((one) => one.outcomes));
    for (const [outcome, times] of Object.entries(outcomes).sort())
      console.log(`${String(times).padStart(9)}  ${outcome}`);
    const wrong = await broken(
      db,
      ledger,
      told.map(({ tally }) => tally),
    );
    for (const one of wrong) console.log(`WRONG: ${one}`);
    db.close();
    console.log(
      JSON.stringify({ operations: each * processes, processes, seed, seconds, wrong: wrong.length, outcomes }),
    );
    return wrong.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
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
