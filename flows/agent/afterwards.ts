import type { FlowEvent } from "../flow.ts";
import { inSession } from "./confirming.ts";
import type { Context } from "./context.ts";

/** Events that the agent does not cause: they keep no session open. */
const WORLD_EVENTS: ReadonlySet<FlowEvent["type"]> = new Set([
  "operator",
  "inquired",
  "opened",
  "not-cancelled",
  "notice",
  "looked",
  "erased",
  "enrolled",
  "accounted",
  "wished",
  "agent-acted",
  "handed-back",
  "timer",
  "quiet",
]);

/** What every act of the agent changes: his session goes on, and what could not be read counts in a row only. */
export function afterwards(
  before: Context,
  after: Context,
  { event, at }: { readonly event: FlowEvent; readonly at: number },
): Context {
  if (WORLD_EVENTS.has(event.type)) return after;
  const goesOn = event.type !== "late" && inSession(after, { at });
  return {
    ...after,
    lastUserAt: at,
    session: goesOn && after.session !== undefined ? { ...after.session, last: at } : after.session,
    strange: after.strange > before.strange ? after.strange : 0,
    late: event.type === "late",
  };
}
