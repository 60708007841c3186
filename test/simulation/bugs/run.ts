import { worldDb } from "../database.ts";
import { live } from "../world.ts";
import { ANSWER_BUGS } from "./answers.ts";
import type { Bug } from "./bug.ts";
import { LEDGER_BUGS } from "./ledger.ts";
import { MESSAGE_BUGS } from "./messages.ts";
import { RELAY_BUGS } from "./relay.ts";
import { STAFF_BUGS } from "./staff.ts";
import { VEHICLE_BUGS } from "./vehicles.ts";

export const BUGS: readonly Bug[] = [
  ...ANSWER_BUGS,
  ...LEDGER_BUGS,
  ...VEHICLE_BUGS,
  ...MESSAGE_BUGS,
  ...RELAY_BUGS,
  ...STAFF_BUGS,
];

/** Each is caught within so many payments, or it is not caught. */
const MOST = 20_000;

export interface Caught {
  /** Payments until the first violation; undefined when there was none. */
  readonly payments: number | undefined;
  readonly law: string;
}

/** A world in which the real program breaks a law, too, proves nothing of the bug. */
export async function hunt(bug: Bug, seed: string, most = MOST): Promise<Caught> {
  const staffed = bug.staffed === true;
  const kind = staffed ? ("whole" as const) : undefined;
  const options = { database: worldDb(), lies: bug.lies === true, staffed, kind };
  let payments = 0;
  for (let world = 1; payments < most; world++) {
    const lived = await live({ ...options, seed: `${seed}.${world}`, bug });
    payments += lived.payments;
    const [first] = lived.violations;
    if (first === undefined) continue;
    const real = await live({ ...options, seed: lived.seed });
    if (real.violations.length === 0) return { payments, law: first.law };
    console.log(`the real program breaks ${real.violations[0]?.law} in the world ${lived.seed}`);
  }
  return { payments: undefined, law: "" };
}

/** Plants each bug in turn. Resolves to the exit code: 1 when one was not caught. */
export async function runBugs(seed: string, only?: string, most?: number): Promise<number> {
  const caught: Record<string, number> = {};
  const bugs = BUGS.filter(({ name }) => only === undefined || name.includes(only));
  for (const bug of bugs) {
    const { payments, law } = await hunt(bug, seed, most);
    console.log(
      payments === undefined ? `NOT CAUGHT  ${bug.name}` : `${String(payments).padStart(6)}  ${bug.name} (${law})`,
    );
    if (payments !== undefined) caught[bug.name] = payments;
  }
  const count = Object.keys(caught).length;
  console.log(JSON.stringify({ bugs: bugs.length, caught: count, payments: caught }));
  return count === bugs.length ? 0 : 1;
}
