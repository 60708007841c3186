import {
  type Decision,
  markRestored,
  type OperatorDeps,
  resolvePayment,
  resumePaying,
} from "../../../src/payments/operator.ts";
import type { Payment } from "../../../src/payments/payment.ts";
import type { OperatorTask } from "../../../src/records/records.ts";
import { type Books, stands } from "../biller/books.ts";
import type { Random } from "../random.ts";
import type { Sim } from "../sim.ts";
import type { Boss } from "../staff/boss.ts";

/** The human behind the counter: looks at his tasks, phones the biller's people, and decides by what is true. */
export interface Operator {
  /** Somebody restored the database without the program noticing. */
  tellsOfRestore(): void;
  /** Looks at the tasks from now on, until nothing is left that he can do. */
  wakes(): void;
}

export interface OperatorOptions {
  readonly sim: Sim;
  readonly books: Books;
  /** His own tool, beside the program, on the present database. */
  readonly tool: () => OperatorDeps;
  /** Where there are agents: his tasks about them. */
  readonly boss: Boss | undefined;
}

const MINUTE = 60_000;
const BY = "ops";

export function operatorOf({ sim, books, tool, boss }: OperatorOptions): Operator {
  const random = sim.random("operator");
  let awake = false;
  const look = async () => {
    const deps = tool();
    const open = await deps.records.tasks.list("open", 1_000);
    for (const task of open) await (boss?.does(task) ?? does({ sim, books, random, deps }, task));
    const left = await deps.records.tasks.list("open", 1_000);
    awake = left.some(({ kind }) => MINE.has(kind) || (boss !== undefined && BOSS.has(kind)));
    if (awake) sim.time.after(random.between(20 * MINUTE, 90 * MINUTE), undefined, start);
  };
  const start = () =>
    void look().catch((error: unknown) => {
      sim.note(() => `the operator's tool fails: ${String(error)}`);
      sim.time.after(10 * MINUTE, undefined, start);
    });
  return {
    wakes() {
      if (awake) return;
      awake = true;
      sim.time.after(random.between(5 * MINUTE, 60 * MINUTE), undefined, start);
    },
    tellsOfRestore: () => void markRestored(tool(), BY).catch(() => undefined),
  };
}

/** Tasks that end by what he does. The others are left open: that somebody has them is all that can be tried here. */
const MINE: ReadonlySet<OperatorTask["kind"]> = new Set(["review", "suspect", "refused-in-a-row"]);

const BOSS: ReadonlySet<OperatorTask["kind"]> = new Set(["request", "top-up-wish"]);

interface Hands {
  readonly sim: Sim;
  readonly books: Books;
  readonly random: Random;
  readonly deps: OperatorDeps;
}

async function does(hands: Hands, task: OperatorTask): Promise<void> {
  const { deps, random, sim } = hands;
  if (task.kind === "refused-in-a-row") {
    const told = await resumePaying(deps, BY, "looked at");
    sim.note(() => `the operator resumes: ${told.text}`);
    // Closed by hand when a crash came between the pause and its task.
    if (!told.done) await deps.records.tasks.close(task.id, BY, "paying goes on", deps.clock.now());
    return;
  }
  if (task.ref === undefined || (task.kind !== "review" && task.kind !== "suspect")) return;
  if (task.kind === "suspect" && random.chance(0.6)) return;
  const payment = await deps.ledger.load(task.ref);
  const decision = payment === undefined ? undefined : truth(hands, payment);
  if (payment === undefined || decision === undefined) return;
  const told = await resolvePayment(deps, payment.ref, decision);
  sim.note(() => `the operator decides ${payment.ref} ${decision.outcome.kind}: ${told.text}`);
  if (told.done) sim.cover.count("outcomes", `operator: ${decision.outcome.kind}`);
  // An odd word about what has ended: he compared it, and it is as it is.
  if (!told.done && /^(?:odd|unreadable):/.test(task.key))
    await deps.records.tasks.close(task.id, BY, "compared", deps.clock.now());
}

/** What the biller's people say; undefined while they do not know it themselves. */
function truth({ books }: Hands, { bill }: Payment): Decision | undefined {
  const sheet = books.sheets.get(bill.invoice);
  if (sheet === undefined || !sheet.settled) return undefined;
  const why = "phoned the biller";
  if (stands(sheet)) return { outcome: { kind: "paid", reference: sheet.reference }, by: BY, why };
  return { outcome: { kind: sheet.refunds > 0 ? "refunded" : "not-charged" }, by: BY, why };
}
