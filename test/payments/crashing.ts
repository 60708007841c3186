import type { Biller } from "../../src/biller/biller.ts";
import type { Ledger } from "../../src/payments/ledger.ts";
import type { SettlerDeps } from "../../src/payments/settle/deps.ts";

/**
 * Where a process dies: instead of the call, in the middle of it (it was made, nobody hears its answer), or after it was
 * answered and before anything was done with that.
 */
export type CrashPoint = "before" | "during" | "after";

export interface Crash {
  readonly deps: SettlerDeps;
  readonly dead: () => boolean;
  /** How many calls were made so far, of which ports. */
  readonly calls: readonly string[];
}

/** The ports of a process that dies at its `at`-th call (from 0): from then on nothing that it calls happens or returns. */
export function crashing(deps: SettlerDeps, at: number, point: CrashPoint): Crash {
  const calls: string[] = [];
  let dead = false;
  const never = <T>() => new Promise<T>(() => undefined);
  const call = async <T>(name: string, real: () => Promise<T>): Promise<T> => {
    if (dead) return never();
    const mine = calls.push(name) - 1;
    if (mine === at && point === "before") {
      dead = true;
      return never();
    }
    if (mine === at && point === "during") {
      const running = real();
      // A pay is dead in the middle when its first byte is out: `pay` below sees to it.
      if (name !== "biller.pay") dead = true;
      running.catch(() => undefined);
      await running;
      return never();
    }
    const answer = await real();
    if (mine === at) dead = true;
    return dead ? never() : answer;
  };
  const wrapped = <T extends object>(port: string, of: T, names: readonly (keyof T & string)[]): T => {
    const changed = names.map((name) => {
      const real = of[name] as (...values: unknown[]) => Promise<unknown>;
      return [name, (...values: unknown[]) => call(`${port}.${name}`, () => real(...values))];
    });
    return { ...of, ...Object.fromEntries(changed) };
  };
  const biller: Biller = wrapped("biller", deps.biller, ["regions", "status"]);
  const pay: Biller["pay"] = (order, mayGo) => {
    const mine = calls.length;
    return call("biller.pay", () =>
      deps.biller.pay(order, () => {
        const go = !dead && mayGo();
        if (mine === at && point === "during") dead = true;
        return go;
      }),
    );
  };
  const ledger: Ledger = wrapped("ledger", deps.ledger, LEDGER);
  const records = {
    ...deps.records,
    tasks: wrapped("tasks", deps.records.tasks, ["add", "closeKey", "list"]),
    flags: wrapped("flags", deps.records.flags, ["get", "set"]),
    audit: wrapped("audit", deps.records.audit, ["write"]),
  };
  return { deps: { ...deps, biller: { ...biller, pay }, ledger, records }, dead: () => dead, calls };
}

const LEDGER: readonly (keyof Ledger)[] = [
  "load",
  "commit",
  "claim",
  "takeOver",
  "restoreSeen",
  "release",
  "find",
  "overdue",
  "accounts",
  "ofVehicle",
];
