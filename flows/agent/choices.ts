import { readRef } from "../../src/domain/ref.ts";
import { readRupiah, rupiah } from "../../src/domain/rupiah.ts";
import { eventOfChoice } from "../counter/choices.ts";
import type { UserEvent } from "../flow.ts";
import { eventOfRelayChoice } from "../relay/choices.ts";

/** The event that a choice of an agent's list stands for, written small: his own, or one that everybody has. */
export function eventOfAgentChoice(id: string): UserEvent | undefined {
  const [kind = "", value = ""] = id.split(":");
  switch (kind) {
    case "retry":
    case "returned": {
      const ref = readRef(value);
      return ref === undefined ? undefined : { type: kind, ref };
    }
    case "wish":
      return wishEvent(value, false);
    case "wish-again":
      return wishEvent(value, true);
    case "no-wish":
      return { type: "no-top-up" };
    case "hand":
      return eventOfRelayChoice(id);
    default:
      return eventOfChoice(id);
  }
}

/** A sum that we offered ourselves. */
function wishEvent(value: string, again: boolean): UserEvent | undefined {
  const amount = readRupiah(value);
  return amount === undefined || amount === 0
    ? undefined
    : { type: "top-up", readings: [rupiah(amount)], sure: true, again };
}
