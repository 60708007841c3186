import { readRupiah } from "../../src/domain/rupiah.ts";
import { readRequestRef, readStaffId } from "../../src/domain/staff.ts";
import type { AgentAct, CustomerAct, RelayUserEvent } from "./events.ts";

const CUSTOMER: readonly (CustomerAct | "wait")[] = ["others", "cancelled", "taken-back", "said", "yes", "wait"];
/** That the money is in the hand is confirmed like a bill, behind the PIN: no plain choice says it. */
const AGENT: readonly AgentAct[] = ["take", "skip", "let-go", "again", "returned"];

/** The event that a choice about a request stands for, written small. What comes back in a tap is foreign. */
export function eventOfRelayChoice(id: string): RelayUserEvent | undefined {
  const [kind = "", first = "", second = "", third = ""] = id.split(":");
  switch (kind) {
    case "counter": {
      const agent = readStaffId(first);
      return first === "any" || agent !== undefined ? { type: "counter", agent } : undefined;
    }
    case "tell-duty":
      return { type: "tell-on-duty" };
    case "req": {
      const act = CUSTOMER.find((known) => known === first);
      const ref = readRequestRef(second);
      const sum = readRupiah(third);
      if (act === undefined || ref === undefined) return undefined;
      return { type: "customer-act", act, ref, ...(sum === undefined ? {} : { sum }) };
    }
    case "hand": {
      const act = AGENT.find((known) => known === first);
      const ref = readRequestRef(second);
      return act === undefined || ref === undefined ? undefined : { type: "agent-act", act, ref };
    }
    default:
      return undefined;
  }
}

export function customerChoice(act: CustomerAct | "wait", ref: string, sum?: number): string {
  return sum === undefined ? `req:${act}:${ref}` : `req:${act}:${ref}:${sum}`;
}

export function agentChoice(act: AgentAct, ref: string): string {
  return `hand:${act}:${ref}`;
}
