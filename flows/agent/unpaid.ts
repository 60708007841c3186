import type { PaymentRef } from "../../src/domain/ref.ts";
import { type Context, changed, type Entry, plateOf } from "./context.ts";
import { renewed } from "./entries.ts";

/** A payment that came to nothing: the customer's money is with the agent until he says what became of it. */
interface Unpaid {
  readonly ref: PaymentRef;
}

export function unpaidOf(context: Context, { ref }: Unpaid): Entry | undefined {
  return context.entries.find((entry) => entry.ref === ref && entry.state === "unpaid");
}

/** Its plate, as far as it is known. */
export function unpaidPlate(context: Context, { ref }: Unpaid): string {
  const asked = context.questions.find((question) => question.about === "unpaid" && question.ref === ref);
  const entry = unpaidOf(context, { ref });
  return asked?.about === "unpaid" ? asked.plate : entry === undefined ? "" : plateOf(entry);
}

/** Whether it was paid at this desk: a button may come from another one's chat. */
export function isOfDesk(context: Context, { ref }: Unpaid): boolean {
  const isAsked = context.questions.some((question) => question.about === "unpaid" && question.ref === ref);
  return isAsked || context.entries.some((entry) => entry.ref === ref);
}

/** Whether its vehicle is known well enough to be asked for again. */
export function canRetry(context: Context, event: Unpaid): boolean {
  return unpaidOf(context, event)?.answers.chassis !== undefined;
}

/** Coba lagi: the same vehicle is asked for anew, by itself. */
export function retried(context: Context, event: Unpaid, at: number): Context {
  const entry = unpaidOf(context, event);
  if (entry === undefined) return context;
  return renewed(settled(context, event), [{ ...entry, batch: undefined, item: 0 }], at);
}

/** Uang dikembalikan. */
export function returned(context: Context, event: Unpaid, at: number): Context {
  const entry = unpaidOf(context, event);
  const after = settled(context, event);
  return entry === undefined ? after : changed(after, entry.number, (one) => ({ ...one, state: "ended", at }));
}

/** What was to be said of its money was said. */
export function settled(context: Context, { ref }: Unpaid): Context {
  const questions = context.questions.filter((question) => question.about !== "unpaid" || question.ref !== ref);
  return { ...context, questions };
}
