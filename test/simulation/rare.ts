import type { Coverage, Group } from "./coverage.ts";
import { PLACES } from "./doom.ts";
import { FAULT_KINDS, LIE_KINDS } from "./faults.ts";

/** From so many payments on a run is red when a rare thing never happened. */
export const ENOUGH = 20_000;

const EDGES = [
  "new -> intended",
  "intended -> sending",
  "intended -> withdrawn",
  "intended -> suspect",
  "intended -> review",
  "sending -> paid",
  "sending -> suspect",
  "sending -> not-charged",
  "suspect -> paid",
  "suspect -> refunded",
  "suspect -> not-charged",
  "suspect -> review",
  "review -> paid",
  "review -> refunded",
  "review -> not-charged",
  "withdrawn -> intended",
];

/** What only a biller can bring about that takes its word back. */
const LIED = ["refunded -> review", "not-charged -> review"];

const OUTCOMES = [
  "paid",
  "refunded",
  "not-charged",
  "withdrawn: expired",
  "withdrawn: region-closed",
  "withdrawn: regions-unknown",
  "withdrawn: paused",
  "withdrawn: day-cap",
  "withdrawn: restart",
  "withdrawn: too-slow",
  "open: exists",
  "open: vehicle-busy",
  "open: bill-too-old",
  "open: paid-lately",
  "open: invoice-used",
  "commit: conflict",
  "commit: capped",
];

const ORDERS = [
  "pay: answer just before the timeout",
  "pay: timeout, then the answer",
  "tap, then expiry",
  "expiry, then tap",
  "status CONFIRM, then pay's answer",
  "pay's answer, then status CONFIRM",
  "cancel, then bill",
  "bill, then cancel",
];

/**
 * Of requests to agents: their lives, and what became of what was tried. An agent's own payment that is short takes two in
 * one breath, which chance does not bring in so many: `ledger-load` asks for it.
 */
const REQUESTS = [
  "new -> asked",
  "asked -> taken",
  "asked -> closed",
  "taken -> asked",
  "taken -> received",
  "taken -> paying",
  "taken -> unpaid",
  "taken -> closed",
  "received -> taken",
  "received -> paying",
  "received -> unpaid",
  "paying -> done",
  "paying -> unpaid",
  "unpaid -> taken",
  "unpaid -> closed",
  "ask: exists",
  "commit: conflict",
  "commit: short",
  "given to another",
  "top-up: booked",
  "top-up: twice",
  "at the end: closed, cancelled",
  "at the end: closed, expired",
  "at the end: closed, nobody",
  "at the end: closed, operator",
  "at the end: closed, returned",
  "at the end: done",
];

const WANTED: Readonly<Partial<Record<Group, readonly string[]>>> = {
  faults: FAULT_KINDS,
  edges: EDGES,
  outcomes: OUTCOMES,
  orders: ORDERS,
  requests: REQUESTS,
  crashes: PLACES.flatMap((place) =>
    place === "biller.pay.sent" ? [`${place} after`] : [`${place} before`, `${place} after`],
  ),
};

const WANTED_OF_LIES: typeof WANTED = { faults: LIE_KINDS, edges: LIED };

/** What should have happened and did not, as `group: name`. */
export function missing(cover: Coverage, lies = false): readonly string[] {
  return Object.entries(lies ? WANTED_OF_LIES : WANTED).flatMap(([group, names]) => {
    const seen = cover.of(group as Group);
    return names.filter((name) => (seen[name] ?? 0) === 0).map((name) => `${group}: ${name}`);
  });
}
