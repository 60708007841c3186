import type { Biller } from "../../biller/biller.ts";
import type { Clock } from "../../clock.ts";
import type { Rupiah } from "../../domain/rupiah.ts";
import type { Log } from "../../log.ts";
import type { Ledger } from "../../payments/ledger.ts";
import type { Records } from "../../records/records.ts";
import type { Hours } from "../duty.ts";

/** What the relay's desk works with. */
export interface DeskDeps {
  readonly ledger: Ledger;
  readonly records: Pick<Records, "staff" | "tasks" | "flags" | "audit">;
  readonly biller: Pick<Biller, "inquire" | "regions">;
  readonly clock: Clock;
  readonly log: Log;
  /** When a duty ends by itself. */
  readonly hours: Hours;
  /** The counter's own fee on top of a bill, which the agent takes in cash; 0 for none. */
  readonly markup: Rupiah;
}
