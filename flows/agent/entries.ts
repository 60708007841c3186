import { newCode } from "../counter/bills.ts";
import type { Answers } from "../counter/context.ts";
import type { Asked, World } from "../flow.ts";
import type { Context, Entry, Quote } from "./context.ts";

const HOUR = 60 * 60 * 1000;
/** How many bills may be open at once, those that are asked for among them. */
export const MOST_OPEN = 10;
/** How many vehicles are remembered; what is under way stays beyond it. */
const REMEMBERED = 40;
/** Inquiries of an agent in an hour (security: enumeration). Our own repeats do not count. */
const PER_HOUR = 120;
/** Codes that a new one is kept apart from, beside those of the open bills. */
const LAST_CODES = 20;

/** Whether the biller's answer is still to come. */
export function isAsked({ state }: Entry): boolean {
  return state === "asking" || state === "waiting";
}

/** Whether a bill is on the desk, fresh enough to be paid. */
export function isOffered({ state, quote }: Entry, at: number): boolean {
  return state === "open" && quote !== undefined && at < quote.expiresAt;
}

/** What takes one of the ten places of the desk. */
export function onDesk(context: Context, at: number): readonly Entry[] {
  return context.entries.filter((entry) => isAsked(entry) || isOffered(entry, at));
}

export function roomFor(context: Context, at: number): number {
  return Math.max(0, MOST_OPEN - onDesk(context, at).length);
}

/** Until when the biller may not be asked, ms; undefined when it may. */
export function limitedUntil(context: Context, world: World): number | undefined {
  if (world.policy.limits === undefined) return undefined;
  const lately = context.inquiries.filter((at) => at > world.at - HOUR);
  return lately.length < PER_HOUR ? undefined : (lately[lately.length - PER_HOUR] ?? world.at) + HOUR;
}

/** A vehicle of which all is known. */
export interface Whole {
  readonly answers: Answers;
  readonly batch?: number;
  readonly item?: number;
}

/** Each is asked for, under a number of its own. */
export function started(context: Context, vehicles: readonly Whole[], world: World): Context {
  const entries = vehicles.map(({ answers, batch, item = 0 }, index): Entry => {
    const number = context.inquiry + 1 + index;
    return { ...NEW, number, answers, batch, item, at: world.at };
  });
  const product = vehicles.at(-1)?.answers.product;
  return {
    ...context,
    region: product ?? context.region,
    inquiry: context.inquiry + vehicles.length,
    inquiries: asksNow(context, world, vehicles.length),
    entries: trimmed([...context.entries, ...entries], world.at),
  };
}

const NEW: Omit<Entry, "number" | "answers" | "batch" | "item" | "at"> = {
  state: "asking",
  quote: undefined,
  why: undefined,
  tries: 0,
  tryUntil: 0,
  was: undefined,
  ref: undefined,
};

function asksNow({ inquiries }: Context, world: World, count: number): readonly number[] {
  if (world.policy.limits === undefined) return [];
  return [...inquiries.filter((at) => at > world.at - HOUR), ...Array.from({ length: count }, () => world.at)];
}

/** The same vehicle is asked for again, by ourselves: under a new number, with the sum of before. */
export function renewed(context: Context, entries: readonly Entry[], at: number): Context {
  let inquiry = context.inquiry;
  const again = new Map(
    entries.map((entry) => {
      inquiry += 1;
      const was = entry.quote?.bill.total;
      return [entry.number, { ...NEW, ...of(entry), number: inquiry, was, at }] as const;
    }),
  );
  return { ...context, inquiry, entries: context.entries.map((entry) => again.get(entry.number) ?? entry) };
}

function of({ answers, batch, item }: Entry): Pick<Entry, "answers" | "batch" | "item"> {
  return { answers, batch, item };
}

/** What the biller is asked for; nothing when the vehicle's numbers were forgotten. */
export function inquireTask({ number, answers: { product, nik, chassis } }: Entry): Asked {
  if (product === undefined || nik === undefined || chassis === undefined) return { kind: "nothing" };
  return { kind: "inquire", number, product, nik, chassis };
}

/** Those that `after` asks the biller for and `before` did not. */
export function asksFor(before: Context, after: Context): readonly Asked[] {
  return after.entries.filter(({ number, state }) => number > before.inquiry && state === "asking").map(inquireTask);
}

/** The oldest of what is over goes first. What is on the desk, under way, or waits for a word of the agent stays. */
function trimmed(entries: readonly Entry[], at: number): readonly Entry[] {
  let over = entries.length - REMEMBERED;
  return entries.filter((entry) => {
    const stays = isAsked(entry) || isOffered(entry, at) || ["asked", "live", "unpaid"].includes(entry.state);
    if (stays || over <= 0) return true;
    over -= 1;
    return false;
  });
}

/** A code that differs in two digits from those of the open bills and from the last ones. */
export function freshCode(context: Context, world: World): string {
  const bills = context.entries.filter((entry) => isOffered(entry, world.at)).map(({ quote }) => quote?.code ?? "");
  const tables = context.batches.filter(({ state }) => state !== "confirmed").map(({ code }) => code);
  const open = [...bills, ...tables].filter((code) => code !== "");
  return newCode([...open, ...context.codes], world.chance);
}

export function withCode(context: Context, code: string): readonly string[] {
  return [...context.codes, code].slice(-LAST_CODES);
}

/** A bill of its own on the desk, with a code: also one that came as a row of a table. */
export function alone(context: Context, number: number, world: World): Context {
  const code = freshCode(context, world);
  const own = (quote: Quote): Quote => ({ ...quote, code: quote.code === "" ? code : quote.code });
  return {
    ...context,
    codes: withCode(context, code),
    entries: context.entries.map((entry) =>
      entry.number === number && entry.quote !== undefined
        ? { ...entry, batch: undefined, item: 0, quote: own(entry.quote) }
        : entry,
    ),
  };
}
