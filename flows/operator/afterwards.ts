import type { FlowEvent } from "../flow.ts";
import { type Context, inSession } from "./context.ts";

/** What the operator does himself: it keeps his session open. All else comes from the world. */
const OWN: ReadonlySet<FlowEvent["type"]> = new Set([
  "command",
  "command-unclear",
  "command-sums",
  "reply-to",
  "lock",
  "word",
  "greets",
  "thanks",
  "media",
  "nonsense",
  "no-such-choice",
  "old-tap",
  "pin",
  "pin-unasked",
  "enrol",
]);

/** What every act of the operator changes: his session goes on, and what could not be read counts in a row only. */
export function afterwards(
  before: Context,
  after: Context,
  { event, at }: { readonly event: FlowEvent; readonly at: number },
): Context {
  if (!OWN.has(event.type)) return { ...after, late: event.type === "late" || after.late };
  return {
    ...after,
    session: after.session !== undefined && inSession(after, at) ? { ...after.session, last: at } : undefined,
    strange: after.strange > before.strange ? after.strange : 0,
    late: false,
  };
}
