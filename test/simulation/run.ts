import { type Coverage, coverage } from "./coverage.ts";
import type { WorldDb } from "./database.ts";
import type { Violation } from "./sim.ts";
import { type Lived, live, type WorldOptions } from "./world.ts";

export interface RunOptions extends Omit<WorldOptions, "seed"> {
  readonly seed: string;
  /** At least so many payments are lived through. */
  readonly payments: number;
  /** No world begins after so many seconds. */
  readonly seconds?: number | undefined;
  /** Ends the run early. */
  readonly until?: (lived: Lived) => boolean;
  readonly onWorld?: (payments: number) => void;
}

export interface Ran {
  readonly payments: number;
  readonly worlds: number;
  /** How many of the payments were made in conversations. */
  readonly whole: number;
  readonly cover: Coverage;
  readonly violations: readonly (Violation & { readonly world: string })[];
}

/** World after world, from one seed, until there were enough payments. */
export async function simulate(options: RunOptions & { readonly database: WorldDb }): Promise<Ran> {
  const { seed, payments: enough, seconds = Number.POSITIVE_INFINITY, until, onWorld, ...world } = options;
  const end = performance.now() + seconds * 1000;
  const cover = coverage();
  const violations: (Violation & { world: string })[] = [];
  let payments = 0;
  let worlds = 0;
  let whole = 0;
  while (payments < enough && performance.now() < end) {
    worlds += 1;
    const lived = await live({ ...world, seed: `${seed}.${worlds}` });
    payments += lived.payments;
    if (lived.kind === "whole") whole += lived.payments;
    cover.merge(lived.cover);
    violations.push(...lived.violations.map((violation) => ({ ...violation, world: lived.seed })));
    onWorld?.(payments);
    if (until?.(lived) === true) break;
  }
  return { payments, worlds, whole, cover, violations };
}
