import type { FaultKind } from "../faults.ts";
import type { Random } from "../random.ts";
import type { Sim } from "../sim.ts";

/** The first of these faults that happens. */
function firstOf<K extends FaultKind>(sim: Sim, random: Random, kinds: readonly K[]): K | undefined {
  return kinds.find((kind) => sim.fault(kind, random));
}

/** What will become of a pay call, drawn when its first byte is on its way. All times are ms. */
export interface Fate {
  /** From the first byte to the biller; undefined when the request is lost. */
  readonly arrives: number | undefined;
  /** From there to the debit, or the refusal. */
  readonly works: number;
  readonly outcome: "confirm" | "pending" | "refund" | "refund-flicker" | "refusal" | "lying-refusal";
  /** How long PENDING goes on, and whether it ends well. */
  readonly pends: number;
  readonly endsWell: boolean;
  /** How long status speaks of it as if it had not been. */
  readonly lag: number;
  readonly answer: "whole" | "lost-answer" | "late-answer" | AnswerFault;
}

export type AnswerFault = "garbage" | "untrusted" | "wrong-invoice" | "wrong-total" | "no-reference";

/** The client's limit, and how long after it a call may still be carried out (assumed of the biller). */
export const RESET_MS = 65_000;
export const DEAD_MS = RESET_MS + 600_000;

const HOUR = 3_600_000;

export function fateOf(sim: Sim, random: Random): Fate {
  const late = sim.fault("late-arrival", random) ? random.between(5_000, DEAD_MS - 70_000) : random.between(5, 300);
  const arrives = sim.fault("lost-request", random) ? undefined : late;
  const slow = sim.fault("slow-pay", random) ? random.between(5_000, 66_000) : random.between(100, 3_000);
  const veryLate = sim.fault("applied-very-late", random);
  const works = veryLate ? random.between(DEAD_MS, 30 * HOUR) : Math.min(slow, DEAD_MS - late - 1_000);
  const hours = sim.fault("pending-hours", random);
  const outcome = hours
    ? "pending"
    : (firstOf(sim, random, ["refusal", "lying-refusal", "pending", "refund", "refund-flicker"]) ?? "confirm");
  const room = DEAD_MS - late - works - 5_000;
  return {
    arrives,
    works,
    outcome,
    pends: hours ? random.between(HOUR / 2, 30 * HOUR) : random.between(5_000, 20 * 60_000),
    endsWell: random.chance(0.7),
    lag: sim.fault("status-lag", random) && room > 0 ? random.below(Math.min(room, 420_000)) : 0,
    answer:
      firstOf(sim, random, [
        "lost-answer",
        "late-answer",
        "garbage",
        "untrusted",
        "wrong-invoice",
        "wrong-total",
        "no-reference",
      ]) ?? "whole",
  };
}
