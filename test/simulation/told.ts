import { worldDb } from "./database.ts";
import { historyOf, violationLines } from "./report.ts";
import type { Ran } from "./run.ts";
import { shrink } from "./shrink.ts";

/** What is printed when a law was broken: the seeds of the worlds, and the shortest history that shows it. Else nothing. */
export async function told(ran: Ran, lies = false): Promise<string> {
  const [first] = ran.violations;
  if (first === undefined) return "";
  return `${violationLines(ran)}\n${historyOf(await shrink({ database: worldDb(), seed: first.world, lies }, first.law))}`;
}
