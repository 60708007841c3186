import { NO_ANSWERS } from "../counter/context.ts";
import type { Context, Entry } from "./context.ts";
import { KEEP } from "./draft.ts";
import { handsLeft } from "./hands.ts";

/** What is under way is remembered without its person for so long, ms: longer than any payment takes. */
const LIVE = 7 * KEEP;

/** When silence is to be answered next, ms: when the first thing is to be forgotten. */
export function quietAt(_: string, context: Context): number | undefined {
  const dues = [
    ...context.entries.map(dueOf),
    ...(context.draft === undefined ? [] : [context.draft.at + KEEP]),
    ...(context.pending === undefined ? [] : [context.lastUserAt + KEEP]),
    ...(context.nikMessages.length === 0 ? [] : [context.lastUserAt + KEEP]),
  ];
  return dues.length === 0 ? undefined : Math.min(...dues);
}

/** A vehicle whose payment is not over, or whose money is still to be given back, stays without its numbers. */
function dueOf(entry: Entry): number {
  return isStripped(entry) ? entry.at + LIVE : entry.at + KEEP;
}

function isUnderWay({ state }: Entry): boolean {
  return state === "asked" || state === "live" || state === "unpaid";
}

function isStripped({ quote, answers, ...entry }: Entry): boolean {
  return isUnderWay({ quote, answers, ...entry }) && quote === undefined && answers.chassis === undefined;
}

/** Drafts, open bills and what is over are forgotten after a day. */
export function forgotten(context: Context, at: number): Context {
  const entries = context.entries.flatMap((entry): Entry[] => {
    if (at < dueOf(entry)) return [entry];
    return isUnderWay(entry) && !isStripped(entry) ? [{ ...entry, quote: undefined, answers: NO_ANSWERS }] : [];
  });
  const silent = at >= context.lastUserAt + KEEP;
  return {
    ...context,
    entries,
    batches: context.batches.filter(({ number }) => entries.some(({ batch }) => batch === number)),
    draft: context.draft !== undefined && at >= context.draft.at + KEEP ? undefined : context.draft,
    pending: silent ? undefined : context.pending,
    nikMessages: silent ? [] : context.nikMessages,
    act: undefined,
    hands: handsLeft(context, at - KEEP).hands ?? [],
  };
}
