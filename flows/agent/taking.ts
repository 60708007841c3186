import { regionChoices } from "../counter/choices.ts";
import { saying } from "../counter/questions.ts";
import type { Asked, Say, World } from "../flow.ts";
import { part } from "../words/words.ts";
import { begun, isComplete, knowsRegions, type Several, SHOW_AFTER, shown, tableSay, unreadParts } from "./batch.ts";
import { ask, askAll, type Of, say, set, when } from "./chart.ts";
import type { Context } from "./context.ts";
import { keptPiece, resumed, type Taken, taken } from "./draft.ts";
import { asksFor, limitedUntil, roomFor } from "./entries.ts";
import * as moves from "./moves.ts";
import * as talk from "./talk.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** After this silence of the biller the agent is told that we are asking. */
const SLOW = 3 * SECOND;
/** How long a message with a NIK stays at most (script rule 7), ms. */
const FORGET = 15 * MINUTE;

/** What of a vehicle: as the message says it, the fifteen digits that TETAP keeps, or what was typed before. */
type Source = "fill" | "doubt" | "word";
type Take = (context: Context, world: World, event: Of<Source>) => Taken | undefined;

const TAKES: Readonly<Record<Source, Take>> = {
  fill: (context, world, event) => (event.type === "fill" ? taken(context, event, world) : undefined),
  doubt: keptPiece,
  word: resumed,
};

/** Whether the vehicle that is typed gets there. */
export function leadsTo(source: Source, ...kinds: readonly Taken["kind"][]) {
  return when<Source>((context, world, event) => {
    const kind = TAKES[source](context, world, event)?.kind;
    return kind !== undefined && kinds.includes(kind);
  });
}

function after(source: Source) {
  return (context: Context, world: World, event: Of<Source>): Context => {
    const found = TAKES[source](context, world, event);
    return found === undefined ? context : moves.took(context, found, world);
  };
}

/** It is whole: the biller is asked at once. */
export function starting(source: Source) {
  const next = after(source);
  return [
    ...askAll<Source>(({ context, event }) => asksFor(context, next(context, event.world, event))),
    ask(({ context, event }) => slowTimer(context.inquiry + 1, event.world)),
    set<Source>(next),
    ...remembers,
  ];
}

export function slowTimer(number: number, { at }: World): Asked {
  return { kind: "timer", name: "slow", number, at: at + SLOW };
}

/** It is not: what is missing of it, or wrong with it. */
export function answering(source: Source) {
  return [
    say<Source>((context, world, event) => {
      const found = TAKES[source](context, world, event);
      return found === undefined ? undefined : talk.takenSay(found, context, world);
    }),
    set<Source>(after(source)),
    ...remembers,
  ];
}

/** A message with a NIK is deleted after a while, whatever becomes of it. */
const remembers = [
  ask(({ context, event }) =>
    refOf(event) === undefined || !event.world.forgets
      ? { kind: "nothing" }
      : { kind: "timer", name: "forget", number: context.inquiry, at: event.world.at + FORGET },
  ),
  set((context, _, event) => moves.withMessage(context, refOf(event))),
];

function refOf(event: Of<"fill" | "entries" | Source> | { readonly type: string }): string | undefined {
  return "messageRef" in event && (event.type === "entries" || event.type === "fill") ? event.messageRef : undefined;
}

/** Where several vehicles come from: their own message, or the one that waited for its region. */
function severalOf(context: Context, event: Of<"entries" | "fill">): { context: Context; several: Several } {
  if (event.type === "entries") return { context, several: event };
  const region = event.region?.product ?? context.region;
  return { context: { ...context, region }, several: context.pending ?? { vehicles: [], unread: [] } };
}

function begin(from: Context, event: Of<"entries" | "fill">, world: World): Context {
  const { context, several } = severalOf(from, event);
  const next = begun(context, several, world);
  const batch = next.batches.at(-1);
  // When nothing was asked for there is nothing to wait for.
  return batch !== undefined && isComplete(next, batch) ? shown(next, batch.number, world) : next;
}

function beginSay(context: Context, event: Of<"entries" | "fill">, world: World): Say {
  const next = begin(context, event, world);
  const batch = next.batches.at(-1);
  if (batch?.state === "shown") return tableSay(next, batch.number, world);
  return saying(part("desk_checking_many", { count: next.inquiry - context.inquiry }));
}

/** Each of several vehicles is asked for at once. */
export const beginning = [
  ...askAll<"entries" | "fill">(({ context, event }) => asksFor(context, begin(context, event, event.world))),
  ask(({ context, event }) => ({
    kind: "timer",
    name: "batch",
    number: context.inquiry + 1,
    at: event.world.at + SHOW_AFTER,
  })),
  say<"entries" | "fill">((context, world, event) => beginSay(context, event, world)),
  set<"entries" | "fill">((context, world, event) => begin(context, event, world)),
  ...remembers,
];

/** A message of several vehicles. */
export const several = [
  {
    description: "several vehicles, and none that could be read: what was seen",
    guard: when<"entries">((_, __, { vehicles }) => vehicles.length === 0),
    actions: [
      say<"entries">((_, __, { unread }) => saying(part("table_none", {}), ...unreadParts(unread))),
      ...remembers,
    ],
  },
  {
    description: "several vehicles, and no region yet: asked once for all",
    guard: when<"entries">((context, _, event) => !knowsRegions(context, event)),
    actions: [
      say<"entries">((_, world, { vehicles }) => ({
        ...saying(part("desk_region_many", { count: vehicles.length })),
        choices: world.style === "buttons" ? regionChoices(world.regions) : [],
        columns: 2 as const,
      })),
      set<"entries">((_, __, { vehicles, unread }) => ({ pending: { vehicles, unread } })),
      ...remembers,
    ],
  },
  {
    description: "several vehicles, and the biller was asked too often",
    guard: when<"entries">((context, world) => limitedUntil(context, world) !== undefined),
    actions: [
      say<"entries">((context, world) =>
        saying(part("rate_limited", { at: limitedUntil(context, world) ?? world.at, now: world.at })),
      ),
      ...remembers,
    ],
  },
  {
    description: "several vehicles, and no room on the desk",
    guard: when<"entries">((context, world) => roomFor(context, world.at) === 0),
    actions: [say<"entries">((context, world) => talk.openSay(context, world, [part("desk_full", {})])), ...remembers],
  },
  { description: "several vehicles: each is asked for at once", actions: beginning },
];
