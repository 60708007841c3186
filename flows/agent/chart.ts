import type { Of } from "../chart.ts";
import { charting } from "../chart.ts";
import type { Asked, FlowEvent } from "../flow.ts";
import type { Context } from "./context.ts";

export type { Of, Stamped } from "../chart.ts";

export const { chart, ask, say, set, when, both } = charting<Context>();

/** The most tasks of one kind that one step may ask for: there are so many open bills at most. */
const MOST = 10;

/** Asks the world for several things. An action asks for one: there is an action for each that may be. */
export function askAll<T extends FlowEvent["type"]>(
  make: (seen: { context: Context; event: Of<T> }) => readonly Asked[],
) {
  return Array.from({ length: MOST }, (_, place) =>
    ask<T>((seen) => make(seen)[place] ?? ({ kind: "nothing" } as const)),
  );
}
