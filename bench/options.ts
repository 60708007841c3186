import { parseArgs } from "node:util";

export const HELP = `npm run bench -- [options]
  --rounds N       how often everything is measured, in turns (default 3)
  --ms T           how long each level is measured, ms (default 3000)
  --peers a,b      only these, by name
  --in-flight 1,64 how many users are in a turn at once (default 1,64,256)
  --only a,b       of speed, parked (bytes), behaviour (double, race, kill); default all
  --quick          one short round: does it run at all?
Instead of the comparison, of Loket alone (or of --peers):
  --parked N       what a turn costs with N conversations parked, beside 1,000
  --processes P    turns a second of 1 to P processes on one Redis
  --soak N         memory over N turns
  --idle           memory of the program that does nothing
  --paid           payments a second, with ledger and proof
  --profile        where a turn's CPU goes: a .cpuprofile for each in bench/results
The last line is JSON.`;

/** What is measured of each system. */
const PARTS = ["speed", "parked", "behaviour"];

export interface Options {
  readonly rounds: number;
  readonly ms: number;
  readonly warmTurns: number;
  readonly inFlight: readonly number[];
  /** Undefined: all that the mode is made for. */
  readonly names: readonly string[] | undefined;
  readonly only: readonly string[];
  readonly quick: boolean;
  readonly mode:
    | { readonly kind: "compare" }
    | { readonly kind: "parked"; readonly count: number }
    | { readonly kind: "processes"; readonly count: number }
    | { readonly kind: "soak"; readonly turns: number }
    | { readonly kind: "idle" | "paid" | "profile" | "help" };
}

/** Throws a sentence about an option that is none. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: "string" },
      ms: { type: "string" },
      peers: { type: "string" },
      "in-flight": { type: "string" },
      only: { type: "string", default: PARTS.join() },
      quick: { type: "boolean", default: false },
      parked: { type: "string" },
      processes: { type: "string" },
      soak: { type: "string" },
      idle: { type: "boolean", default: false },
      paid: { type: "boolean", default: false },
      profile: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const { quick } = values;
  return {
    rounds: count("rounds", values.rounds ?? (quick ? "1" : "3")),
    ms: count("ms", values.ms ?? (quick ? "300" : "3000")),
    warmTurns: quick ? 200 : 20_000,
    inFlight: listed(values["in-flight"] ?? (quick ? "1,64" : "1,64,256")).map((text) => count("in-flight", text)),
    names: values.peers === undefined ? undefined : listed(values.peers),
    only: listed(values.only),
    quick,
    mode: modeOf(values),
  };
}

interface Given {
  readonly parked?: string | undefined;
  readonly processes?: string | undefined;
  readonly soak?: string | undefined;
  readonly idle: boolean;
  readonly paid: boolean;
  readonly profile: boolean;
  readonly help: boolean;
}

function modeOf(given: Given): Options["mode"] {
  if (given.help) return { kind: "help" };
  if (given.parked !== undefined) return { kind: "parked", count: count("parked", given.parked) };
  if (given.processes !== undefined) return { kind: "processes", count: count("processes", given.processes) };
  if (given.soak !== undefined) return { kind: "soak", turns: count("soak", given.soak) };
  if (given.idle) return { kind: "idle" };
  if (given.paid) return { kind: "paid" };
  return { kind: given.profile ? "profile" : "compare" };
}

function listed(text: string): readonly string[] {
  return text.split(",").map((one) => one.trim());
}

function count(name: string, text: string): number {
  const value = Number(text.replaceAll(/[_,]/g, ""));
  if (!Number.isSafeInteger(value) || value < 1)
    throw new Error(`--${name} ${text}: a whole number from 1 is expected`);
  return value;
}
