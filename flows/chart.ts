import { assign, setup } from "xstate";
import type { Asked, FlowEvent, Say, World } from "./flow.ts";
import type { Language } from "./words/words.ts";

/** What a machine sees: the event, and the world of this step with it. */
export type Stamped = FlowEvent & { readonly world: World };

export type Of<T extends FlowEvent["type"]> = Extract<Stamped, { type: T }>;

interface Seen<C, T extends FlowEvent["type"] = FlowEvent["type"]> {
  readonly context: C;
  readonly event: Of<T>;
}

export type Test<C> = (seen: { context: C; event: Stamped }) => boolean;

/** The words that a chart is written in: one action, and the makers of its parameters and guards. `C` is what it remembers. */
export function charting<C extends { readonly language: Language }>() {
  const chart = setup({
    types: { context: {} as C, events: {} as Stamped },
    actions: {
      /** The one action: what is to be done in the world. Never run here; `advance` saves it. */
      task: (_, _task: Asked) => {},
    },
  });

  /** Asks the world for something. */
  function ask<T extends FlowEvent["type"]>(make: (seen: Seen<C, T>) => Asked) {
    return { type: "task" as const, params: (seen: { context: C; event: Stamped }) => make(seen as Seen<C, T>) };
  }

  /** Says something, if there is anything to say. */
  function say<T extends FlowEvent["type"]>(make: (context: C, world: World, event: Of<T>) => Say | undefined) {
    return ask<T>(({ context, event }) => {
      const said = make(context, event.world, event);
      return said === undefined ? { kind: "nothing" } : { kind: "say", say: said, language: context.language };
    });
  }

  /** Changes what is remembered. */
  function set<T extends FlowEvent["type"]>(make: (context: C, world: World, event: Of<T>) => Partial<C>) {
    return assign<C, Stamped, undefined, Stamped, never>(({ context, event }) =>
      make(context, event.world, event as Of<T>),
    );
  }

  function when<T extends FlowEvent["type"]>(test: (context: C, world: World, event: Of<T>) => boolean): Test<C> {
    return ({ context, event }) => test(context, event.world, event as Of<T>);
  }

  const both =
    (...tests: readonly Test<C>[]): Test<C> =>
    (seen) =>
      tests.every((test) => test(seen));

  return { chart, ask, say, set, when, both };
}
