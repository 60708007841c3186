import type { Sim } from "../sim.ts";
import type { Member } from "./crew.ts";

/** Where customers' cash is, whatever anybody says of it. By request. */
export interface Purse {
  /** A customer puts it into an agent's hand. */
  give(ref: string, to: Member): void;
  /** In whose hand it is. */
  holder(ref: string): Member | undefined;
  /** The customer has it again. */
  back(ref: string): void;
}

export function purseOf(sim: Sim): Purse {
  const hands = new Map<string, Member>();
  return {
    give(ref, to) {
      if (hands.has(ref)) return;
      hands.set(ref, to);
      sim.note(() => `the money for ${ref} is in the hand of ${to.name}`);
    },
    holder: (ref) => hands.get(ref),
    back(ref) {
      if (hands.delete(ref)) sim.note(() => `the money for ${ref} is given back`);
    },
  };
}
