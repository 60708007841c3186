import type { Parked } from "./modes/park.ts";
import type { Race } from "./modes/race.ts";
import type { Speed } from "./modes/speed.ts";
import type { Twice } from "./modes/twice.ts";

/** What was learnt of one system, a value for each round. */
export interface Findings {
  readonly name: string;
  readonly speed: Speed[];
  readonly parked: Parked[];
  twice?: Twice;
  race?: Race;
  killed?: Killed;
  /** What could not be measured, and why. */
  readonly broken: string[];
}

export interface Killed {
  /** How often pay was called, both lives together. */
  readonly pays: number;
  /** How often the proof of payment was sent. */
  readonly proofs: number;
  /** What happened in order: "pay", the stage of each reply, "killed". */
  readonly trace: readonly string[];
}
