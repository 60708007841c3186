import { assign, setup } from "xstate";
import type { Asked, FlowEvent, Say, World } from "../flow.ts";
import type { Context } from "./context.ts";

/** What the machine sees: the event, and the world of this step with it. */
export type Stamped = FlowEvent & { readonly world: World };

export type Of<T extends FlowEvent["type"]> = Extract<Stamped, { type: T }>;

interface Seen<T extends FlowEvent["type"] = FlowEvent["type"]> {
  readonly context: Context;
  readonly event: Of<T>;
}

/** The words that the chart is written in: one action, and the makers of its parameters and guards. */
export const chart = setup({
  types: { context: {} as Context, events: {} as Stamped },
  actions: {
    /** The one action: what is to be done in the world. Never run here; `advance` saves it. */
    task: (_, _task: Asked) => {},
  },
});

/** Asks the world for something. */
export function ask<T extends FlowEvent["type"]>(make: (seen: Seen<T>) => Asked) {
  return { type: "task" as const, params: (seen: { context: Context; event: Stamped }) => make(seen as Seen<T>) };
}

/** Says something, if there is anything to say. */
export function say<T extends FlowEvent["type"]>(
  make: (context: Context, world: World, event: Of<T>) => Say | undefined,
) {
  return ask<T>(({ context, event }) => {
    const said = make(context, event.world, event);
    return said === undefined ? { kind: "nothing" } : { kind: "say", say: said, language: context.language };
  });
}

/** Changes what is remembered. */
export function set<T extends FlowEvent["type"]>(
  make: (context: Context, world: World, event: Of<T>) => Partial<Context>,
) {
  return assign<Context, Stamped, undefined, Stamped, never>(({ context, event }) =>
    make(context, event.world, event as Of<T>),
  );
}

export type Test = (seen: { context: Context; event: Stamped }) => boolean;

export function when<T extends FlowEvent["type"]>(
  test: (context: Context, world: World, event: Of<T>) => boolean,
): Test {
  return ({ context, event }) => test(context, event.world, event as Of<T>);
}

export const both =
  (...tests: readonly Test[]): Test =>
  (seen) =>
    tests.every((test) => test(seen));
