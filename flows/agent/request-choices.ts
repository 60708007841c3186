import { choice } from "../counter/choices.ts";
import type { Choice } from "../flow.ts";
import { agentChoice } from "../relay/choices.ts";
import { part } from "../words/words.ts";
import type { Question } from "./context.ts";

/** What an unpaid request asks of its agent. */
export function requestChoices(
  { ref, plate, again }: Extract<Question, { about: "request" }>,
  many: boolean,
): readonly Choice[] {
  const shown = many ? plate : "";
  return [
    ...(again ? [choice(agentChoice("again", ref), part("label_retry", { plate: shown }))] : []),
    choice(agentChoice("returned", ref), part("label_returned", { plate: shown })),
  ];
}
