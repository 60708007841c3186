import type { FlowEvent } from "../flow.ts";
import type { Context } from "./context.ts";

/** Events that the person does not cause: they end no silence, and wake no parked conversation. */
const WORLD_EVENTS: ReadonlySet<FlowEvent["type"]> = new Set([
  "operator",
  "inquired",
  "opened",
  "requested",
  "customer-acted",
  "not-cancelled",
  "notice",
  "looked",
  "erased",
  "handed-back",
  "enrolled",
  "timer",
  "quiet",
]);

/** One step, as far as it matters beside the machine. */
export interface Stepped {
  readonly event: FlowEvent;
  readonly at: number;
  readonly from: string;
  readonly to: string;
  readonly spoke: boolean;
}

/** What every word of the person changes: a silence ends, and what could not be read counts in a row only. */
export function afterwards(before: Context, next: Context, { event, at, from, to, spoke }: Stepped): Context {
  const after = spoke ? { ...next, preface: [] } : next;
  if (WORLD_EVENTS.has(event.type)) return after;
  const misread = after.strange > before.strange;
  const atBill = from === "bill" && to === "bill";
  return {
    ...after,
    lastUserAt: at,
    // A bill that nobody looked at for long is asked for again, whatever is said meanwhile.
    parked: after.parked && (misread || atBill),
    nudged: false,
    strange: misread ? after.strange : 0,
    media: after.media > before.media ? after.media : 0,
    late: event.type === "late",
  };
}
