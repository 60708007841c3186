import type { PaymentRef } from "../../src/domain/ref.ts";
import type { Ledger } from "../../src/payments/ledger.ts";
import { type Random, randomOf } from "../simulation/random.ts";
import { add, type Tally } from "./tally.ts";

/** One process's part of a history: what it does next, and what it was told it has done. */
export interface Player {
  readonly ledger: Ledger;
  readonly random: Random;
  /** Whose: in the ids of all that it makes. */
  readonly name: string;
  readonly tally: Tally;
  /** How often what came out. */
  readonly outcomes: Record<string, number>;
  /** Payments that it has brought to the operator. */
  readonly reviews: PaymentRef[];
  /** Its clock, ms, 20 seconds on with each move. */
  at: number;
  /** How much it has made: for names. */
  made: number;
}

const BEGAN = Date.UTC(2026, 0, 5, 1, 0, 0);

export function playerOf(ledger: Ledger, name: string, seed: string): Player {
  return {
    ledger,
    random: randomOf(`${seed} ${name}`),
    name,
    tally: {},
    outcomes: {},
    reviews: [],
    at: BEGAN,
    made: 0,
  };
}

export function count({ outcomes }: Player, outcome: string): void {
  add(outcomes, outcome, 1);
}

export function nameOf(player: Player, what: string): string {
  player.made += 1;
  return `${what}.${player.name}.${player.made}`;
}
