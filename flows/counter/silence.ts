import { maskNik } from "../../src/domain/mask.ts";
import type { PaymentRef } from "../../src/domain/ref.ts";
import { regionName } from "../../src/domain/region.ts";
import type { Say, World } from "../flow.ts";
import { type Part, part } from "../words/words.ts";
import { KEEP } from "./answers.ts";
import { type Context, hasAny, missing, NO_ANSWERS, type Shown } from "./context.ts";
import { asking, type Place, saying } from "./questions.ts";

const MINUTE = 60 * 1000;
const NUDGE = 10 * MINUTE;
const PARK = 30 * MINUTE;
/** How long a vehicle that was paid is remembered, ms (security: retention). */
const PAID = 90 * 24 * 60 * MINUTE;

/** What silence asks for now: that a human gives the chat back, the nudge, the parking, or that what was said is forgotten. */
export type Silence = "hand-back" | "nudge" | "park" | "forget" | "forget-all" | "nothing";

/** Where a question waits for its answer. */
const ASKING: ReadonlySet<string> = new Set([
  "region",
  "nik",
  "chassis",
  "doubt",
  "closed",
  "bill",
  "notFound",
  "again",
]);

/** The stages of silence with the time of each, ms; a later one makes up for those before it. */
function stages(place: string, context: Context): readonly (readonly [Silence, number])[] {
  const from = context.lastUserAt;
  // A bill may have come long after the last word of the user.
  const parkFrom = Math.max(from, context.quote?.inquiredAt ?? 0);
  const asksNumber = place === "nik" || place === "chassis";
  const handBack = place === "human" && context.operatorAt !== undefined ? context.operatorAt + PARK : undefined;
  return [
    ...(handBack === undefined ? [] : [["hand-back", handBack] as const]),
    ...(asksNumber && !context.nudged && !context.parked ? [["nudge", from + NUDGE] as const] : []),
    ...(ASKING.has(place) && !context.parked ? [["park", parkFrom + PARK] as const] : []),
    ...(holdsAnswers(context) || place === "human" ? [["forget", from + KEEP] as const] : []),
    ...(remembers(context) ? [["forget-all", from + PAID] as const] : []),
  ];
}

/** What stays when the answers are forgotten. */
function remembers({ last, bills, offer, waitsFor }: Context): boolean {
  return last !== undefined || bills.length > 0 || offer !== undefined || waitsFor !== undefined;
}

function holdsAnswers(context: Context): boolean {
  return (
    hasAny(context.answers) ||
    context.answers.plate !== undefined ||
    context.kept !== undefined ||
    context.quote !== undefined ||
    context.doubts.length > 0 ||
    context.nikPiece !== undefined ||
    context.nikMessages.length > 0 ||
    context.bills.some(({ answers, state }) => hasAny(answers) || state === "open")
  );
}

/** When silence is to be answered next, ms; undefined for never. */
export function quietAt(place: string, context: Context): number | undefined {
  const dues = stages(place, context).map(([, due]) => due);
  return dues.length === 0 ? undefined : Math.min(...dues);
}

/** The last stage that has come: after a long stop of the program nobody is nudged for what is forgotten by now. */
export function silenceNow(place: string, context: Context, at: number): Silence {
  return stages(place, context).findLast(([, due]) => due <= at)?.[0] ?? "nothing";
}

export function nudgeSay(context: Context, world: World): Say {
  const field = missing(context.answers) ?? "chassis";
  return saying(part("nudge", { field, until: context.lastUserAt + KEEP, now: world.at }));
}

/** What a parked conversation says to a message that does not fit its question (M12). */
export function resumeSay(context: Context, world: World): Say {
  const { answers } = context;
  const field = missing(answers);
  const place = world.place as Place;
  const open = asking(place, context, world);
  // At a bill the question itself is the way on.
  if (field === undefined || context.doubts.length > 0) return open;
  const had = {
    field,
    region: answers.product === undefined ? "" : regionName(answers.product),
    nik: answers.nik === undefined ? "" : maskNik(answers.nik),
  };
  return { ...open, parts: [part("resume", had)], tail: [] };
}

/** The opening of an answer to something that we could not read; from the third in a row on with the way to a human. */
export function notUnderstood(context: Context): readonly Part[] {
  return [part("not_understood", {}), ...hint(context)];
}

export function hint({ strange }: Context): readonly Part[] {
  return strange >= 2 ? [part("look_again", {})] : [];
}

/** Answers, bills and pieces go; what was paid stays, without the person where it can. */
export function forgotten(context: Context): Context {
  return {
    ...context,
    answers: NO_ANSWERS,
    kept: undefined,
    quote: undefined,
    refresh: undefined,
    retry: undefined,
    doubts: [],
    nikPiece: undefined,
    nikMessages: [],
    preface: [],
    among: [],
    overlay: undefined,
    parked: false,
    ...(context.requests === undefined ? {} : { requests: context.requests.filter(({ ref }) => ref !== undefined) }),
    bills: context.bills.filter(({ state }) => state !== "open").map((one): Shown => ({ ...one, answers: NO_ANSWERS })),
  };
}

/** After ninety days nothing is left of the person but the language. */
export function forgottenAll(context: Context): Context {
  return { ...forgotten(context), last: undefined, offer: undefined, waitsFor: undefined, bills: [], consented: false };
}

/**
 * HAPUS DATA was done: the vehicle of last time and the bills go, but for a payment that is under way, whose outcome must
 * find its way. What was typed was forgotten when it was asked for; what was typed since is a new beginning.
 */
export function erased(context: Context, busy: PaymentRef | undefined): Context {
  const { bills, quote } = context;
  const isLive = ({ state }: Shown) => busy !== undefined && (state === "live" || state === "asked");
  return {
    ...context,
    last: undefined,
    offer: undefined,
    waitsFor: undefined,
    consented: false,
    bills: bills
      .filter((one) => isLive(one) || one.nonce === quote?.nonce)
      .map((one) => (isLive(one) && one.ref !== undefined ? { ...one, plate: "" } : one)),
  };
}
