import { maskNik } from "../../src/domain/mask.ts";
import { regionName } from "../../src/domain/region.ts";
import type { Say, World } from "../flow.ts";
import { type Part, part } from "../words/words.ts";
import { KEEP } from "./answers.ts";
import { type Context, hasAny, missing, NO_ANSWERS } from "./context.ts";
import { asking, type Place, saying } from "./questions.ts";

const MINUTE = 60 * 1000;
const NUDGE = 10 * MINUTE;
const PARK = 30 * MINUTE;
/** How long a paid vehicle is remembered, ms (security: retention). */
const PAID = 90 * 24 * 60 * MINUTE;

/** What silence asks for now: the nudge, the parking, or that what was said is forgotten. */
export type Silence = "nudge" | "park" | "forget" | "forget-all" | "nothing";

/** The stages of silence with the time of each, ms, soonest first. */
function stages(place: string, context: Context): readonly (readonly [Silence, number])[] {
  const from = context.lastUserAt;
  const asksNumber = place === "nik" || place === "chassis";
  const asks = place !== "idle" && place !== "human" && place !== "watching" && place !== "confirming";
  return [
    ...(asksNumber && !context.nudged && !context.parked ? [["nudge", from + NUDGE] as const] : []),
    ...(asks && !context.parked ? [["park", from + PARK] as const] : []),
    ...(holdsAnswers(context) ? [["forget", from + KEEP] as const] : []),
    ...(context.last === undefined ? [] : [["forget-all", from + PAID] as const]),
  ];
}

function holdsAnswers(context: Context): boolean {
  return (
    hasAny(context.answers) ||
    context.kept !== undefined ||
    context.quote !== undefined ||
    context.doubts.length > 0 ||
    context.nikPiece !== undefined ||
    context.sent.some(({ answers }) => hasAny(answers))
  );
}

/** When silence is to be answered next, ms; undefined for never. */
export function quietAt(place: string, context: Context): number | undefined {
  return stages(place, context)[0]?.[1];
}

/** The last stage that has come: after a long stop of the program the earlier ones are not made up for. */
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
  if (field === undefined) return asking(place, context, world, notUnderstood(context));
  const had = {
    field,
    region: answers.product === undefined ? "" : regionName(answers.product),
    nik: answers.nik === undefined ? "" : maskNik(answers.nik),
  };
  const open = asking(place, context, world);
  return { ...open, parts: [part("resume", had)], tail: [] };
}

/** The opening of an answer to something that we could not read; from the third in a row on with the way to a human. */
export function notUnderstood(context: Context): readonly Part[] {
  return [part("not_understood", {}), ...(context.strange >= 2 ? [part("look_again", {})] : [])];
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
    overlay: undefined,
    sent: context.sent.map((one) => ({ ...one, answers: NO_ANSWERS })),
  };
}
