import type { FlowEvent, World } from "../flow.ts";
import type { Context } from "./context.ts";

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
/** How long a chat rests after three bills that were not found, ms (security: enumeration). */
const REST = HOUR / 4;
const MISSES = 3;

/** Until when this chat may not ask the biller; undefined when it may. */
export function limitedUntil(context: Context, world: World): number | undefined {
  const { limits } = world.policy;
  if (limits === undefined) return undefined;
  if (context.restUntil !== undefined && world.at < context.restUntil) return context.restUntil;
  const within = (ms: number) => context.inquiries.filter((at) => at > world.at - ms);
  const [hour, day] = [within(HOUR), within(DAY)];
  if (day.length >= limits.perDay) return (day[day.length - limits.perDay] ?? world.at) + DAY;
  if (hour.length >= limits.perHour) return (hour[hour.length - limits.perHour] ?? world.at) + HOUR;
  return undefined;
}

/** A biller that is tried again, a bill that the ledger found too old, or that was not sent because we stopped. */
export function isOurRepeat(context: Context, event: { readonly type: FlowEvent["type"] }): boolean {
  return context.retry !== undefined || event.type === "opened" || event.type === "notice";
}

/** One more inquiry is asked. Our own repeats are not counted (security: enumeration). */
export function inquiring(context: Context, world: World, event: { readonly type: FlowEvent["type"] }): Context {
  const own = isOurRepeat(context, event);
  const counted = !own && world.policy.limits !== undefined;
  const rested = context.restUntil !== undefined && world.at >= context.restUntil;
  return {
    ...context,
    inquiry: context.inquiry + 1,
    inquiries: counted ? [...context.inquiries.filter((at) => at > world.at - DAY), world.at] : context.inquiries,
    misses: rested ? 0 : context.misses,
    restUntil: rested ? undefined : context.restUntil,
    quote: undefined,
    // A list that is open while we ask again by ourselves stays open.
    overlay: own ? context.overlay : undefined,
    preface: [],
  };
}

/** Nothing was found. The third time in a row the chat rests. */
export function notFound(context: Context, world: World): Context {
  const misses = context.misses + 1;
  const rests = misses >= MISSES && world.policy.limits !== undefined;
  return {
    ...context,
    misses,
    refresh: undefined,
    retry: undefined,
    overlay: undefined,
    restUntil: rests ? world.at + REST : context.restUntil,
  };
}
