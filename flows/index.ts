import { newContext as newCounterContext } from "./counter/context.ts";
import { quietAt as counterQuietAt } from "./counter/silence.ts";
import { machine as counter, VERSION as counterVersion } from "./counter.ts";

export type { Stamped } from "./counter/chart.ts";
export { eventOfChoice } from "./counter/choices.ts";
export type { Context } from "./counter/context.ts";
export { type Place, question } from "./counter/questions.ts";
export type * from "./flow.ts";
export { type Language, type Part, part, speak, type WordKey } from "./words/words.ts";

/** The flows by name: what is saved with a conversation, so that it finds its machine again. */
export const flows = {
  counter: { version: counterVersion, machine: counter, newContext: newCounterContext, quietAt: counterQuietAt },
} as const;

export type FlowName = keyof typeof flows;
