import { type Coverage, GROUPS } from "./coverage.ts";
import type { Ran } from "./run.ts";
import type { Lived } from "./world.ts";

/** The tables of a run, one line a thing. Without times: the same seed prints the same. */
export function tables(cover: Coverage): string {
  return GROUPS.map((group) => {
    const lines = Object.entries(cover.of(group)).map(([name, count]) => `  ${String(count).padStart(9)}  ${name}`);
    return [group, ...lines].join("\n");
  }).join("\n");
}

export function violationLines({ violations }: Ran): string {
  return violations
    .slice(0, 20)
    .map(({ law, what, world }) => `VIOLATION ${law} in the world ${world}: ${what}`)
    .join("\n");
}

export function historyOf({ history, seed }: Lived): string {
  return [`The shortest history that was found, of the world ${seed}:`, ...history].join("\n");
}

/** The last line. */
export function summary(ran: Ran, seed: string, seconds: number, lacking: readonly string[]): string {
  const { payments, whole, cover, violations } = ran;
  return JSON.stringify({
    payments,
    whole,
    seed,
    violations: violations.length,
    perSecond: Math.round(payments / seconds),
    missing: lacking,
    outcomes: cover.of("outcomes"),
    faults: cover.of("faults"),
    edges: cover.of("edges"),
    crashes: cover.of("crashes"),
    orders: cover.of("orders"),
  });
}
