import type { Field, OpenResult, World } from "../flow.ts";
import { part } from "../words/words.ts";
import { freshKept, without } from "./answers.ts";
import { type Answers, type Context, hasAny, NO_ANSWERS } from "./context.ts";

/** The chat is left (BATAL, MENU): the answers are kept for LANJUT. */
export function left(context: Context, at: number): Partial<Context> {
  return {
    answers: NO_ANSWERS,
    kept: hasAny(context.answers) ? { answers: context.answers, at } : context.kept,
    quote: undefined,
    refresh: undefined,
    retry: undefined,
    doubts: [],
    nikPiece: undefined,
    overlay: undefined,
    among: [],
    preface: [],
  };
}

/** The greeting: whole at the first time, short later. */
export function greeted(context: Context, world: World): Partial<Context> {
  const { loket, adminFee, sandbox } = world.policy;
  const opening = context.greeted
    ? [part("greeting_back", {})]
    : [...(sandbox ? [part("greeting_sandbox", {})] : []), part("greeting", { loket, fee: adminFee })];
  return { greeted: true, preface: opening, overlay: undefined, offer: undefined, humanSince: undefined };
}

export function restarted(context: Context, world: World): Partial<Context> {
  return { ...left(context, world.at), kept: undefined, ...(context.greeted ? {} : greeted(context, world)) };
}

/** One question back. */
export function back(field: Field) {
  return (context: Context): Partial<Context> => ({
    answers: without(context.answers, field),
    quote: undefined,
    refresh: undefined,
    overlay: undefined,
  });
}

/** LANJUT: the answers of before are the answers again. */
export function resumed(context: Context, at: number): Partial<Context> {
  return { answers: freshKept(context, at) ?? context.answers, preface: [], overlay: undefined, offer: undefined };
}

export function nothingKept(context: Context, world: World): Partial<Context> {
  const opening = greeted(context, world);
  return { ...opening, preface: [part("nothing_kept", {}), ...(context.greeted ? [] : (opening.preface ?? []))] };
}

/** The answers of which one may be typed again: the present ones, or those of before. */
export function changeable(context: Context, world: World): Answers | undefined {
  return hasAny(context.answers) ? context.answers : freshKept(context, world.at);
}

/** The region and the KTP number that a second vehicle may share. */
export function vehicleBefore(context: Context, world: World): Answers | undefined {
  return [context.answers, freshKept(context, world.at), context.last?.answers].find(
    (answers) => answers?.product !== undefined && answers.nik !== undefined,
  );
}

export function another(context: Context, world: World): Partial<Context> {
  const before = vehicleBefore(context, world) ?? NO_ANSWERS;
  return { ...left(context, world.at), kept: { answers: before, at: world.at }, offer: undefined };
}

export function sameNik(context: Context, world: World): Partial<Context> {
  const before = freshKept(context, world.at) ?? NO_ANSWERS;
  return { answers: { ...before, chassis: undefined, plate: undefined } };
}

export function chooseAmong(context: Context, world: World, products: readonly string[]): Partial<Context> {
  const opening = context.greeted ? {} : greeted(context, world);
  return {
    ...opening,
    among: products,
    answers: without(context.answers, "region"),
    quote: undefined,
    overlay: undefined,
  };
}

/** Whether the bill on offer must be asked for again before anything is said about paying it. */
export function isStale(context: Context, world: World): boolean {
  return context.parked || (context.quote !== undefined && world.at >= context.quote.expiresAt);
}

export function isClosed(context: Context, world: World): boolean {
  const region = world.regions.find(({ product }) => product === context.answers.product);
  return region !== undefined && !region.open;
}

export function regionOpened(context: Context, world: World): string | undefined {
  return world.regions.find(({ product, open }) => product === context.waitsFor && open)?.product;
}

/** Whether a biller that gave no answer is asked again, and as what it counts meanwhile. */
export function triesAgain(context: Context, world: World): "slow" | "down" | "no" {
  const { retry } = context;
  if (retry === undefined) return "slow";
  if (retry.phase === "slow") return world.at < retry.until ? "slow" : "down";
  return world.at < retry.until ? "down" : "no";
}

export function retried(context: Context, phase: "slow" | "down", until: number): Partial<Context> {
  const goes = context.retry?.phase === phase;
  return {
    retry: {
      phase,
      until: goes ? (context.retry?.until ?? until) : until,
      tries: goes ? (context.retry?.tries ?? 0) + 1 : 0,
    },
  };
}

/** What the ledger answered is remembered at the confirmation that it is about. */
export function openedAs(
  context: Context,
  _: World,
  event: { readonly nonce: string; readonly result: OpenResult },
): Partial<Context> {
  const { nonce, result } = event;
  return {
    sent: context.sent.map((one) => {
      if (one.nonce !== nonce) return one;
      // A notice may have been quicker: what it said stands.
      if (one.state !== "asked") return one;
      return result.kind === "opened" ? { ...one, ref: result.ref, state: result.state } : { ...one, state: "ended" };
    }),
  };
}
