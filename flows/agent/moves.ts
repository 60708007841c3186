import type { Rupiah } from "../../src/domain/rupiah.ts";
import { regionChoices } from "../counter/choices.ts";
import { saying } from "../counter/questions.ts";
import type { Choice, Say, UserEvent, World } from "../flow.ts";
import { part } from "../words/words.ts";
import { isComplete, knowsRegions } from "./batch.ts";
import { batchOf, type Context, type Entry, entryOf } from "./context.ts";
import { freshDraft, type Taken } from "./draft.ts";
import { renewed, started } from "./entries.ts";

/** The vehicle that is typed, or its inquiry. */
export function took(context: Context, taken: Taken, world: World): Context {
  switch (taken.kind) {
    case "there":
      return { ...context, draft: undefined };
    case "starts":
      return { ...started(context, [{ answers: taken.answers }], world), draft: taken.draft };
    default:
      return { ...context, draft: taken.draft };
  }
}

/** The platform's id of one more message with a NIK. */
export function withMessage({ nikMessages }: Context, ref: string | undefined): Partial<Context> {
  return ref === undefined || nikMessages.includes(ref) ? {} : { nikMessages: [...nikMessages, ref] };
}

/** Whether a region answers the message of several vehicles that waits for it. */
export function answersPending(context: Context, _: World, { region }: Extract<UserEvent, { type: "fill" }>): boolean {
  const { pending } = context;
  return pending !== undefined && region !== undefined && knowsRegions({ ...context, region: region.product }, pending);
}

type Many = Extract<UserEvent, { type: "region-many" }>;

/** Those of the list that fit, to be tapped or typed. */
export function amongRegions({ products }: Many, world: World): readonly Choice[] {
  return regionChoices(world.regions.filter(({ product }) => products.includes(product)));
}

/** A plate that fits several regions is kept beside what is typed. */
export function withPlate(context: Context, world: World, { plate }: Many): Partial<Context> {
  if (plate === undefined) return {};
  const draft = freshDraft(context, world.at) ?? EMPTY;
  return { draft: { ...draft, plate, at: world.at } };
}

const EMPTY = {
  product: undefined,
  nik: undefined,
  chassis: undefined,
  plate: undefined,
  guessed: false,
  piece: undefined,
} as const;

/** The table whose last row this answer was, if it was one's. */
export function completedBy(before: Context, after: Context, number: number): number | undefined {
  const batch = batchOf(after, entryOf(after, number)?.batch);
  if (batch === undefined || batch.state === "confirmed") return undefined;
  return !isComplete(before, batch) && isComplete(after, batch) ? batch.number : undefined;
}

/** A biller that gives no answer: said at the first time, and of a vehicle by itself alone. */
export function slowSay(entry: Entry | undefined, now: number): Say | undefined {
  if (entry === undefined || entry.tries !== 1 || entry.batch !== undefined) return undefined;
  return saying(part("biller_slow", { until: entry.tryUntil, now }));
}

/** The next try. Its number is new, and what it was tried before stays known. */
export function triedAgain(context: Context, number: number): Context {
  const entry = entryOf(context, number);
  if (entry === undefined) return context;
  const next = renewed(context, [entry], entry.at);
  const { tries, tryUntil, was } = entry;
  return {
    ...next,
    entries: next.entries.map((one) => (one.number === next.inquiry ? { ...one, tries, tryUntil, was } : one)),
  };
}

/** ISI is asked about: which sum, or whether once more. */
export function asksWish(context: Context, readings: readonly Rupiah[], again: boolean): Partial<Context> {
  return { questions: [...withoutWish(context), { about: "wish", readings, again }] };
}

export function noWish(context: Context): Partial<Context> {
  return { questions: withoutWish(context) };
}

function withoutWish({ questions }: Context): Context["questions"] {
  return questions.filter(({ about }) => about !== "wish");
}
