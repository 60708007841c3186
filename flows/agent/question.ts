import type { PaymentRef } from "../../src/domain/ref.ts";
import type { RequestRef } from "../../src/domain/staff.ts";
import { choice } from "../counter/choices.ts";
import type { Choice, Say, World } from "../flow.ts";
import { part } from "../words/words.ts";
import type { Context, Question } from "./context.ts";
import { requestChoices } from "./request-choices.ts";

/** What the numbers of the last list mean: the questions that wait for an answer, the oldest first. */
export function openChoices({ questions }: Context): readonly Choice[] {
  const many = questions.filter(({ about }) => about === "unpaid" || about === "request").length > 1;
  return questions.flatMap((question) => choicesOf(question, many));
}

function choicesOf(question: Question, many: boolean): readonly Choice[] {
  if (question.about === "request") return requestChoices(question, many);
  if (question.about === "unpaid") {
    const plate = many ? question.plate : "";
    return [
      choice(`retry:${question.ref}`, part("label_retry", { plate })),
      choice(`returned:${question.ref}`, part("label_returned", { plate })),
    ];
  }
  const { readings, again } = question;
  const kind = again ? "wish-again" : "wish";
  return [
    ...readings.map((amount) => choice(`${kind}:${amount}`, part("label_wish", { amount }))),
    choice("no-wish", part("label_no_wish", {})),
  ];
}

/** What stands below a question: its own buttons, or, where there are none, the numbers of all that are open. */
export function askedChoices(
  context: Context,
  world: World,
  about: PaymentRef | RequestRef | "wish" | "all",
): Pick<Say, "choices" | "columns" | "stays"> {
  const beside = { columns: 1, stays: true } as const;
  if (world.style === "numbers" || about === "all") return { choices: openChoices(context), ...beside };
  const own = context.questions.filter((question) =>
    question.about === "wish" ? about === "wish" : question.ref === about,
  );
  return { choices: openChoices({ ...context, questions: own }), ...beside };
}
