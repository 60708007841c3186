import type { Place } from "../../flows/index.ts";
import { flows, type Stamped } from "../../flows/index.ts";
import type { Watched } from "../fakes/flow-chat.ts";

const { machine } = flows.counter;

/** One arrow of the chart. */
export interface Arrow {
  /** The state that it belongs to; "anywhere" for the ones that every state has. */
  readonly from: string;
  /** What comes; empty for an arrow that is taken at once. */
  readonly event: string;
  readonly description: string;
  /** The state that it leads to; undefined where it leads nowhere. */
  readonly to: string | undefined;
}

type Definition = ReturnType<typeof machine.getTransitionData>[number];

/** Every arrow of the chart, in its order. */
export const ARROWS: readonly Arrow[] = [machine.root, ...Object.values(machine.root.states)].flatMap((node) =>
  [...[...node.transitions.values()].flat(), ...(node.always ?? [])].map(arrowOf),
);

function arrowOf(definition: Definition): Arrow {
  const { source, eventType, description, target } = definition;
  return {
    from: source === machine.root ? "anywhere" : source.key,
    event: eventType,
    description: description ?? "",
    to: target?.[0]?.key,
  };
}

export function nameOf({ from, event, description }: Arrow): string {
  return `${from} · ${event === "" ? "at once" : event} · ${description}`;
}

/** The arrows that a step took; the way through `route` is told by where it led. */
export function taken({ before, event, around, after }: Watched): readonly Arrow[] {
  const place = (before?.value ?? "idle") as Place;
  const context = (before?.context ?? flows.counter.newContext(around.language, around.at)) as never;
  const stamped: Stamped = { ...event, world: { ...around, place } };
  const arrows = machine.getTransitionData(machine.resolveState({ value: place, context }), stamped).map(arrowOf);
  if (!arrows.some(({ to }) => to === "route")) return arrows;
  return [...arrows, ...ARROWS.filter(({ from, to }) => from === "route" && to === after.value)];
}

/** What stands on a state of the chart. */
export const STATES: readonly { readonly name: string; readonly description: string }[] = Object.values(
  machine.root.states,
).map((node) => ({ name: node.key, description: node.description ?? "" }));
