import { parseArgs } from "node:util";
import { setup } from "../program/build.ts";
import { ALL_FAILURES, QUIET, type WideWorld } from "./fleet-failures.ts";
import { fleetSummaryOf, fleetTableOf } from "./fleet-report.ts";
import { type FleetChaosOptions, fleetChaos } from "./fleet-run.ts";
import { WIDE } from "./fleet-world.ts";
import { summaryOf, tableOf } from "./report.ts";
import { chaos, type Ran } from "./run.ts";

const HELP = `npm run chaos -- [options]
The built program with its real database, killed with SIGKILL many times a minute while people pay.
  --minutes M   how long (default 5); the end, until all is settled, comes on top
  --users N     how many people pay at the same time (default 50)
  --seed S      the same seed draws the same kills and faults; what they meet is up to the machine (default: by the clock)
  --whole       also waits for payments that were killed before they were sent: they end as "not charged" after 11 to 30
                minutes (from 10 minutes on it always waits)
  --fleet       three processes on one PostgreSQL and one Redis (with a replica and a Sentinel), whose stores, networks and
                processes fail one after the other, every one once; by default 10 minutes and 200 people
The last line is one JSON object. Exit code 1: a violation, or nothing was killed or paid.`;

/** From so many minutes on it waits for everything. */
const WHOLE = 10;
const PACE = { longest: 4_000, patience: 5_000 };

/** Two hundred people who rest no longer are more than two cores of this program, its stores and its people can do. */
const FLEET_REST = { shortest: 10_000, longest: 40_000 };

const { values } = parseArgs({
  options: {
    fleet: { type: "boolean", default: false },
    minutes: { type: "string" },
    users: { type: "string" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    whole: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

if (values.help) console.log(HELP);
else process.exit(await main());

async function main(): Promise<number> {
  const { fleet, whole } = values;
  const minutes = Number(values.minutes ?? (fleet ? 10 : 5));
  const users = Number(values.users ?? (fleet ? 200 : 50));
  const seed = Number(values.seed);
  if (!(minutes > 0) || !Number.isInteger(users) || users < 1 || !Number.isSafeInteger(seed)) {
    console.error(HELP);
    return 2;
  }
  setup();
  const clearing: (() => void | Promise<void>)[] = [];
  const progress = (line: string) => console.error(line);
  progress(`seed ${seed}, ${users} people, ${minutes} min`);
  try {
    const common = { seed, users, progress, whenOver: (clear: () => void | Promise<void>) => clearing.push(clear) };
    if (fleet) return await failing({ ...common, minutes, until: whole ? "all is certain" : "money is certain" });
    const ran = await chaos({
      ...{ ...common, pace: PACE },
      until: whole || minutes >= WHOLE ? "all is certain" : "money is certain",
      enough: (_, ms) => ms >= minutes * 60_000,
    });
    return tell(ran, { seed, users });
  } catch (error) {
    // The program did not start any more, or the run itself is at fault: nothing was proven.
    console.error(error);
    console.log(JSON.stringify({ seed, minutes, users, violations: 1, broke: String(error).slice(0, 500) }));
    return 1;
  } finally {
    for (const clear of clearing.reverse()) await clear();
  }
}

interface Failing extends Omit<FleetChaosOptions<WideWorld>, "layout" | "failures" | "share"> {
  readonly minutes: number;
}

async function failing(options: Failing): Promise<number> {
  const failures = [QUIET, ...ALL_FAILURES];
  const share = (options.minutes * 60_000) / failures.length;
  const ran = await fleetChaos({ ...options, layout: WIDE, failures, share, rest: FLEET_REST });
  const summary = fleetSummaryOf(ran, { ...options, processes: WIDE.processes });
  console.log(fleetTableOf(ran));
  for (const what of ran.violations.slice(0, 50)) console.log(`VIOLATION ${what}`);
  console.log(JSON.stringify(summary));
  return summary.violations > 0 || summary.payments === 0 ? 1 : 0;
}

function tell(ran: Ran, of: { readonly seed: number; readonly users: number }): number {
  const summary = summaryOf(ran, of);
  console.log(tableOf(ran));
  for (const what of ran.violations.slice(0, 50)) console.log(`VIOLATION ${what}`);
  console.log(JSON.stringify(summary));
  return summary.violations > 0 || summary.kills === 0 || summary.payments === 0 ? 1 : 0;
}
