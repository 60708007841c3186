import { parseArgs } from "node:util";
import { runBugs } from "./bugs/run.ts";
import { worldDb } from "./database.ts";
import { ENOUGH, missing } from "./rare.ts";
import { historyOf, summary, tables, violationLines } from "./report.ts";
import { simulate } from "./run.ts";
import { shrink } from "./shrink.ts";
import { simulateInProcesses } from "./workers.ts";

/** So often a long run says how far it is, payments. */
const PROGRESS = 10_000;

const HELP = `npm run simulate -- [options]
  --payments N   how many payments are lived through (default 2000)
  --seconds T    no longer than this: the run ends with what was lived through by then
  --workers N    in so many processes at once, seed S as S.0, S.1 … (default 1: S itself)
  --seed S       the same seed is the same run (default 1)
  --world W      one world of a run (as a violation names it), with its whole history
  --lies         the biller also does what it is trusted never to do
  --bugs         each planted bug: how many payments it takes until it is caught
  --bug NAME     with --bugs: only those whose name contains it
  --most N       with --bugs: given up after so many payments (default 20000)`;

const { values } = parseArgs({
  options: {
    payments: { type: "string" },
    seconds: { type: "string" },
    workers: { type: "string", default: "1" },
    seed: { type: "string", default: "1" },
    world: { type: "string" },
    lies: { type: "boolean", default: false },
    bugs: { type: "boolean", default: false },
    bug: { type: "string" },
    most: { type: "string", default: "20000" },
    help: { type: "boolean", default: false },
  },
});

// Nobody reads where a signal was aborted, and writing it down costs a tenth of the time.
Error.stackTraceLimit = 0;

if (values.help) console.log(HELP);
else if (values.bugs) process.exitCode = await runBugs(values.seed, values.bug, Number(values.most));
else if (values.world !== undefined) process.exitCode = await oneWorld(values.world);
else process.exitCode = await run(values.seed);

async function run(seed: string): Promise<number> {
  const database = worldDb();
  const began = performance.now();
  let told = 0;
  const onLived = (lived: number) => {
    if (lived < told + PROGRESS) return;
    told = lived;
    console.error(`${lived} payments, ${((performance.now() - began) / 1000).toFixed(0)} s`);
  };
  const limit = values.seconds === undefined ? undefined : Number(values.seconds);
  const payments = Number(values.payments ?? (limit === undefined ? 2_000 : Number.MAX_SAFE_INTEGER));
  const share = { seed, payments, seconds: limit, lies: values.lies };
  const workers = Number(values.workers);
  const ran = await (workers > 1
    ? simulateInProcesses({ ...share, workers, onLived })
    : simulate({ ...share, database, onWorld: onLived, until: ({ violations }) => violations.length > 0 }));
  const seconds = (performance.now() - began) / 1000;
  const [first] = ran.violations;
  const lacking = ran.payments >= ENOUGH ? missing(ran.cover, values.lies) : [];
  console.log(tables(ran.cover));
  for (const one of lacking) console.log(`never happened: ${one}`);
  if (first !== undefined) {
    console.log(violationLines(ran));
    console.log(historyOf(await shrink({ database, seed: first.world, lies: values.lies }, first.law)));
  }
  console.log(`${seconds.toFixed(1)} s`);
  console.log(summary(ran, seed, seconds, lacking));
  return ran.violations.length + lacking.length > 0 ? 1 : 0;
}

async function oneWorld(seed: string): Promise<number> {
  const { live } = await import("./world.ts");
  const lived = await live({ database: worldDb(), seed, lies: values.lies, traced: true });
  console.log(lived.history.join("\n"));
  return lived.violations.length > 0 ? 1 : 0;
}
