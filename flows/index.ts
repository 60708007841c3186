import { afterwards as afterAgent } from "./agent/afterwards.ts";
import {
  type Context as AgentContext,
  type Place as AgentPlace,
  newContext as newAgentContext,
} from "./agent/context.ts";
import { quietAt as agentQuietAt } from "./agent/silence.ts";
import { machine as agent, VERSION as agentVersion } from "./agent.ts";
import { afterwards as afterCounter } from "./counter/afterwards.ts";
import { type Context, newContext as newCounterContext } from "./counter/context.ts";
import type { Place } from "./counter/questions.ts";
import { quietAt as counterQuietAt } from "./counter/silence.ts";
import { machine as counter, VERSION as counterVersion } from "./counter.ts";
import { afterwards as afterOperator } from "./operator/afterwards.ts";
import {
  newContext as newOperatorContext,
  type Context as OperatorContext,
  type Place as OperatorPlace,
} from "./operator/context.ts";
import { quietAt as operatorQuietAt } from "./operator/silence.ts";
import { machine as operator, VERSION as operatorVersion } from "./operator.ts";

export { eventOfAgentChoice } from "./agent/choices.ts";
export type { Context as AgentContext, Place as AgentPlace } from "./agent/context.ts";
export type * from "./agent/events.ts";
export { openChoices } from "./agent/question.ts";
export type { Stamped } from "./chart.ts";
export { eventOfChoice } from "./counter/choices.ts";
export type { Context } from "./counter/context.ts";
export { type Place, question } from "./counter/questions.ts";
export type * from "./flow.ts";
export { eventOfOperatorChoice } from "./operator/choices.ts";
export type { Context as OperatorContext, Place as OperatorPlace } from "./operator/context.ts";
export type * from "./operator/events.ts";
export type * from "./operator/results.ts";
export type * from "./relay/events.ts";
export { type Language, type Part, part, speak, type WordKey } from "./words/words.ts";

/**
 * The flows by name: what is saved with a conversation, so that it finds its machine again. `afterwards` is what each
 * step changes beside the machine: silences, what counts in a row.
 */
export const flows = {
  counter: {
    version: counterVersion,
    machine: counter,
    initial: "idle",
    newContext: newCounterContext,
    afterwards: afterCounter,
    quietAt: counterQuietAt,
  },
  agent: {
    version: agentVersion,
    machine: agent,
    initial: "desk",
    newContext: newAgentContext,
    afterwards: afterAgent,
    quietAt: agentQuietAt,
  },
  operator: {
    version: operatorVersion,
    machine: operator,
    initial: "desk",
    newContext: newOperatorContext,
    afterwards: afterOperator,
    quietAt: operatorQuietAt,
  },
} as const;

export type FlowName = keyof typeof flows;

/** Where a conversation stands, in which flow, and what it remembers. */
export type Open =
  | { readonly flow: "counter"; readonly place: Place; readonly context: Context }
  | { readonly flow: "agent"; readonly place: AgentPlace; readonly context: AgentContext }
  | { readonly flow: "operator"; readonly place: OperatorPlace; readonly context: OperatorContext };
