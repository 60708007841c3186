import type { Biller, Order, Settlement } from "../../biller/biller.ts";
import type { Clock } from "../../clock.ts";
import type { Rupiah } from "../../domain/rupiah.ts";
import type { Log } from "../../log.ts";
import type { Records } from "../../records/records.ts";
import type { Ledger } from "../ledger.ts";
import type { Payment } from "../payment.ts";
import type { Places } from "./places.ts";
import type { SureTime } from "./sure.ts";

export interface PayPolicy {
  /** Most for one payment (`PAY_MAX`); undefined: no limit. */
  readonly maxOne: Rupiah | undefined;
  /** Most for all that is sent from midnight to midnight WIB (`PAY_MAX_DAY`); undefined: no limit. */
  readonly maxDay: Rupiah | undefined;
}

export interface SettlerDeps {
  readonly ledger: Ledger;
  readonly biller: Biller;
  readonly records: Pick<Records, "tasks" | "flags" | "audit">;
  readonly clock: Clock;
  readonly log: Log;
  /** 0 to 1, as Math.random gives it: spreads the asks. */
  readonly random: () => number;
  readonly policy: PayPolicy;
}

/** What those who ask the biller share. */
export interface Asking extends SettlerDeps {
  /** How many may ask for a status at once. */
  readonly statuses: Places;
  readonly sure: SureTime;
}

/** How long a claimed payment is ours, ms: longer than connecting (10 s) and a call (65 s) take. */
export const LEASE_MS = 90_000;

/** Records.flags that the money room reads and writes. Times are ms as text. */
export const FLAGS = {
  /** Set: nothing is paid until the operator has looked. Its text says why. */
  paused: "paying-paused",
  /** When the operator let paying go on. */
  resumedAt: "paying-resumed-at",
  /** After a restore: nothing is paid before this time. */
  noPayBefore: "no-pay-before",
  /** After a restore: a bill that was inquired before this time is not paid. */
  quotesVoidBefore: "quotes-void-before",
} as const;

/** 0 to 0.03. */
export function jitterOf({ random }: Pick<SettlerDeps, "random">): number {
  return Math.min(Math.max(random(), 0), 1) * 0.03;
}

export function orderOf({ bill }: Payment): Order {
  return { invoice: bill.invoice, total: bill.total };
}

/** The biller's outcomes are values, and a throw is a bug. Even then the payment is only unknown, never failed. */
export async function heardOf(log: Log, call: () => Promise<Settlement>): Promise<Settlement> {
  try {
    return await call();
  } catch (error) {
    log.error({ error }, "the biller's client threw: this is a fault in the program");
    return { kind: "unknown", cause: "network", ok: false };
  }
}
