import { systemClock } from "../../src/clock.ts";
import type { Payment } from "../../src/payments/payment.ts";
import type { OperatorTask } from "../../src/records/records.ts";
import { openSqliteStores } from "../../src/store/sqlite/stores.ts";
import type { Stores } from "../../src/store/stores.ts";
import type { GatedBiller } from "../program/biller-gate.ts";
import { SECRET } from "../program/program.ts";
import { pause } from "./chance.ts";

/** What the program's own books say. */
export interface Ledger {
  readonly payments: readonly Payment[];
  readonly tasks: readonly OperatorTask[];
  /** Notices that nobody was told yet, and messages that have not gone out. */
  readonly owed: number;
  readonly unsent: number;
  /** Postings that do not sum to zero, or lack a line. */
  readonly crooked: readonly string[];
  readonly accounts: ReadonlyMap<string, number>;
}

const MANY = 1_000_000;
/** The clock of the program may be ahead of this one, ms. */
const DAY = 86_400_000;
const LOOK_MS = 500;

/** Read beside the program, as its tools do. */
export async function readLedger(database: string): Promise<Ledger> {
  const stores = openSqliteStores({ databaseUrl: `sqlite:${database}`, secret: SECRET, as: "tool" });
  try {
    return await ledgerIn(stores, {
      unsent: async () => stores.db.prepare<{ n: number }>(UNSENT).get()?.n ?? 0,
      uneven: async () => stores.db.prepare<Uneven>(UNEVEN).all(),
    });
  } finally {
    stores.close();
  }
}

/** A posting that lacks lines, or does not sum to zero. */
export interface Uneven {
  readonly id: string;
  readonly n: number;
  readonly lines: number;
  readonly total: number;
}

/** SQL that SQLite and PostgreSQL both speak. */
export const UNEVEN = `SELECT p.id, count(e.line) AS n, p.lines, coalesce(sum(e.amount), 0) AS total
  FROM postings p LEFT JOIN entries e ON e.posting = p.seq GROUP BY p.id, p.lines
  HAVING count(e.line) <> p.lines OR coalesce(sum(e.amount), 0) <> 0`;
const UNSENT = "SELECT count(*) AS n FROM jobs WHERE state = 'waiting' AND queue IN ('say', 'pay')";

/** What the ports do not tell. */
interface Beside {
  /** Messages and payments that wait to be done. */
  readonly unsent: () => Promise<number>;
  readonly uneven: () => Promise<readonly Uneven[]>;
}

/** The books by the ports, whatever they are kept in. */
export async function ledgerIn(stores: Pick<Stores, "ledger" | "records">, beside: Beside): Promise<Ledger> {
  const { ledger, records } = stores;
  const accounts = await ledger.accounts();
  return {
    payments: await ledger.find({ limit: MANY }),
    tasks: await records.tasks.list("open", MANY),
    owed: (await ledger.overdue(systemClock.now() + DAY, MANY)).length,
    unsent: await beside.unsent(),
    crooked: (await beside.uneven()).map(
      ({ id, n, lines, total }) => `the posting ${id} has ${n} of ${lines} lines and comes to ${total}`,
    ),
    accounts: new Map(accounts.map(({ account, balance }) => [account, balance])),
  };
}

/** How long the program is given: for what the biller's answers settle, or for everything. */
export type Until = "money is certain" | "all is certain";

/** Rule 5 asks at 5, 15, 30 and 70 s; rule 6 lets go after 11 min, and a program that was killed counts less than passed. */
const PATIENCE: Readonly<Record<Until, number>> = { "money is certain": 150_000, "all is certain": 32 * 60_000 };

export interface RestOptions {
  readonly biller: GatedBiller;
  readonly read: () => Promise<Ledger>;
  readonly until: Until;
  readonly progress: (line: string) => void;
  /** ms. */
  readonly patience?: number;
}

/** Lets the program go on until nothing is under way, or the operator has it, or the patience is over. */
export async function comeToRest(options: RestOptions): Promise<Ledger> {
  const { biller, read, until, progress, patience = 0 } = options;
  const end = systemClock.now() + Math.max(patience, PATIENCE[until]);
  const never = new AbortController().signal;
  let told = "";
  for (;;) {
    const ledger = await read();
    const debited = new Set(
      biller.sandbox.book.debits.filter((one) => one.refundedAt === undefined).map((one) => one.invoice),
    );
    const open = ledger.payments.filter((payment) => isUnderWay(payment, ledger, until, debited));
    if (open.length + ledger.owed + ledger.unsent === 0 || systemClock.now() >= end) return ledger;
    const now = `${open.length} payments under way, ${ledger.owed} notices owed, ${ledger.unsent} messages unsent`;
    if (now !== told) progress(now);
    told = now;
    await pause(LOOK_MS, never);
  }
}

function isUnderWay(
  { state, ref, bill }: Payment,
  { tasks }: Ledger,
  until: Until,
  debited: ReadonlySet<string>,
): boolean {
  if (state === "intended" || state === "sending") return true;
  if (state !== "suspect") return false;
  if (tasks.some((task) => task.ref === ref)) return false;
  return until === "all is certain" || debited.has(bill.invoice);
}
