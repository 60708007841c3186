import type { AnyStateMachine } from "xstate";
import { type FlowName, flows, type Stamped } from "../../flows/index.ts";
import type { Watched } from "../fakes/flow-chat.ts";

/** One arrow of a chart. */
export interface Arrow {
  /** The state that it belongs to; "anywhere" for the ones that every state has. */
  readonly from: string;
  /** What comes; empty for an arrow that is taken at once. */
  readonly event: string;
  readonly description: string;
  /** The state that it leads to; undefined where it leads nowhere. */
  readonly to: string | undefined;
}

/** A flow's chart, as it is drawn and walked. */
export interface Chart {
  readonly name: FlowName;
  readonly initial: string;
  /** Every arrow, in its order. */
  readonly arrows: readonly Arrow[];
  readonly states: readonly { readonly name: string; readonly description: string }[];
  /** The arrows that a step took; the way through a state that is left at once is told by where it led. */
  taken(step: Watched): readonly Arrow[];
}

type Definition = ReturnType<AnyStateMachine["getTransitionData"]>[number];

export function chartOf(name: FlowName): Chart {
  const { initial, newContext } = flows[name];
  const machine: AnyStateMachine = flows[name].machine;
  const arrowOf = ({ source, eventType, description, target }: Definition): Arrow => ({
    from: source === machine.root ? "anywhere" : source.key,
    event: eventType,
    description: description ?? "",
    to: target?.[0]?.key,
  });
  const nodes = Object.values(machine.root.states);
  const arrows = [machine.root, ...nodes].flatMap((node) =>
    [...[...node.transitions.values()].flat(), ...(node.always ?? [])].map(arrowOf),
  );
  return {
    name,
    initial,
    arrows,
    states: nodes.map((node) => ({ name: node.key, description: node.description ?? "" })),
    taken({ before, event: happened, around, after }) {
      const place = String(before?.value ?? initial);
      const context = before?.context ?? newContext(around.language, around.at);
      const stamped: Stamped = { ...happened, world: { ...around, place } };
      const taken = machine.getTransitionData(machine.resolveState({ value: place, context }), stamped).map(arrowOf);
      const through = (state: string) => taken.some(({ to }) => to === state);
      return [...taken, ...arrows.filter(({ from, event, to }) => event === "" && through(from) && to === after.value)];
    },
  };
}

export function nameOf({ from, event, description }: Arrow): string {
  return `${from} · ${event === "" ? "at once" : event} · ${description}`;
}

const counter = chartOf("counter");

/** The counter's own. */
export const { arrows: ARROWS, states: STATES, taken } = counter;
