import type { PaymentState } from "../../src/payments/payment.ts";
import { proofsIn } from "./audit.ts";
import { QUIET } from "./fleet-failures.ts";
import { type Phase, seconds, waitsIn } from "./fleet-phases.ts";
import type { FleetRan } from "./fleet-run.ts";
import { group } from "./report.ts";
import type { Wait } from "./silences.ts";

export interface FleetSummary {
  readonly seed: number;
  /** With failures; and the whole run, with its end. */
  readonly minutes: number;
  readonly seconds: number;
  readonly users: number;
  readonly processes: number;
  readonly failures: number;
  /** That were sent to the biller. */
  readonly payments: number;
  readonly paid: number;
  /** That stand. */
  readonly debits: number;
  readonly proofs: number;
  /** Suspect still: the biller has not said for certain. */
  readonly unsure: number;
  readonly withdrawn: number;
  readonly openTasks: number;
  readonly filesLost: number;
  readonly lateDenials: number;
  /** The longest time from a person's message to the counter's next word in that chat. */
  readonly longestSilenceMs: number;
  /** Chats in which nothing came any more: their last message was lost with Redis, and nobody wrote again. */
  readonly unanswered: number;
  readonly violations: number;
}

interface Of {
  readonly seed: number;
  readonly users: number;
  readonly processes: number;
}

export function fleetSummaryOf(ran: FleetRan, { seed, users, processes }: Of): FleetSummary {
  const { ledger, biller, crowd, phases, silences } = ran;
  const of = (state: PaymentState) => ledger.payments.filter((payment) => payment.state === state).length;
  return {
    ...{ seed, minutes: Number((ran.failingSeconds / 60).toFixed(1)), seconds: Math.round(ran.seconds) },
    ...{ users, processes, failures: phases.filter(({ name }) => name !== QUIET.name).length },
    payments: ledger.payments.filter(({ sentAt }) => sentAt !== undefined).length,
    paid: of("paid"),
    debits: biller.sandbox.book.debits.filter(({ refundedAt }) => refundedAt === undefined).length,
    proofs: proofsIn(crowd.chats).size,
    unsure: of("suspect") + of("review"),
    withdrawn: of("withdrawn"),
    openTasks: ledger.tasks.length,
    ...{ filesLost: ran.filesLost, lateDenials: ran.lateDenials },
    longestSilenceMs: Math.round(silences.waits.reduce((most, { from, to }) => Math.max(most, to - from), 0)),
    unanswered: silences.unanswered(),
    violations: ran.violations.length,
  };
}

/** A silence that is shown by itself, ms: people ask again after thirty seconds. */
const LONG = 45_000;

function told({ from, to, asked, answered }: Wait, phase: Phase): string {
  const when = from < phase.from ? `${seconds(phase.from - from)} before it` : `${seconds(from - phase.from)} into it`;
  return `${seconds(to - from)} from "${asked}", ${when}, to "${answered}"`;
}

export function fleetTableOf({ phases, silences, billerFaults, crowd, errors }: FleetRan): string {
  const line = (cells: readonly string[], last: string) =>
    `  ${cells.map((cell) => cell.padEnd(8)).join("  ")}  ${last}`;
  const rows = phases.flatMap((phase) => {
    const waits = waitsIn(phase, silences.waits);
    const [longest] = waits;
    const back = phase.back === undefined ? "never" : seconds(phase.back);
    const silence = longest === undefined ? "none" : seconds(longest.to - longest.from);
    return [
      line([seconds(phase.lasted), back, silence, String(waits.length)], phase.name),
      ...waits.filter(({ from, to }) => to - from > LONG).map((wait) => `      ${told(wait, phase)}`),
    ];
  });
  return [
    "failures, in this order: how long each lasted, the next debit after its end, the longest silence, answers heard",
    line(["lasted", "debit", "silence", "answers"], "failure"),
    ...rows,
    ...group("faults of the biller", billerFaults),
    ...group("what became of the vehicles, as the people saw it", crowd.ends),
    ...group("errors in the processes' logs", errors),
  ].join("\n");
}
