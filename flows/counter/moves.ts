import type { Field, InquiryResult, OpenResult, World } from "../flow.ts";
import { part } from "../words/words.ts";
import { freshKept, without } from "./answers.ts";
import { type Answers, type Context, hasAny, NO_ANSWERS } from "./context.ts";

/** Whether anything is open that BATAL may cancel. */
export function isBusy(context: Context): boolean {
  const { answers, quote, doubts, nikPiece } = context;
  return hasAny(answers) || quote !== undefined || doubts.length > 0 || nikPiece !== undefined;
}

/** The chat is left (BATAL, MENU): the answers are kept for LANJUT. */
export function left(context: Context, at: number): Partial<Context> {
  const { answers } = context;
  return {
    answers: NO_ANSWERS,
    kept: hasAny(answers) ? { answers, at, first: false } : context.kept,
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
  return { greeted: true, preface: opening, overlay: undefined, offer: undefined };
}

export function restarted(context: Context, world: World): Partial<Context> {
  return { ...left(context, world.at), kept: undefined, ...(context.greeted ? {} : greeted(context, world)) };
}

/** One of the answers is to be typed again. */
export function changes(field: Field) {
  return (context: Context): Partial<Context> => ({
    answers: without(context.answers, field),
    quote: undefined,
    refresh: undefined,
    retry: undefined,
    overlay: undefined,
  });
}

/** The answers of which one may be typed again: the present ones, or those of before. */
export function changeable(context: Context, world: World): Answers | undefined {
  return hasAny(context.answers) ? context.answers : freshKept(context, world.at);
}

/** LANJUT: the answers of before are the answers again; others that were begun meanwhile are kept in their place. */
export function resumed(context: Context, at: number): Partial<Context> {
  const { answers } = context;
  return {
    ...left(context, at),
    answers: freshKept(context, at) ?? answers,
    kept: hasAny(answers) ? { answers, at, first: false } : context.kept && { ...context.kept, first: false },
    offer: undefined,
  };
}

/** Whether the last news named LANJUT, for a vehicle whose answers are still known. */
export function resumesFirst(context: Context, at: number): boolean {
  return context.kept?.first === true && freshKept(context, at) !== undefined;
}

export function nothingKept(context: Context, world: World): Partial<Context> {
  const opening = greeted(context, world);
  return { ...opening, preface: [part("nothing_kept", {}), ...(context.greeted ? [] : (opening.preface ?? []))] };
}

/** The region and the KTP number that a second vehicle may share. */
export function vehicleBefore(context: Context, world: World): Answers | undefined {
  return [context.answers, freshKept(context, world.at), context.last?.answers].find(
    (answers) => answers?.product !== undefined && answers.nik !== undefined,
  );
}

export function another(context: Context, world: World): Partial<Context> {
  const before = { ...(vehicleBefore(context, world) ?? NO_ANSWERS), chassis: undefined, plate: undefined };
  return { ...left(context, world.at), kept: { answers: before, at: world.at, first: false }, offer: undefined };
}

export function sameNik(context: Context, world: World): Partial<Context> {
  return { answers: freshKept(context, world.at) ?? NO_ANSWERS, overlay: undefined };
}

export function lastAgain(context: Context, world: World): Partial<Context> {
  return { ...left(context, world.at), answers: context.last?.answers ?? NO_ANSWERS };
}

export function chooseAmong(
  context: Context,
  world: World,
  event: { readonly products: readonly string[]; readonly plate?: string },
): Partial<Context> {
  const opening = context.greeted ? {} : greeted(context, world);
  const answers = without(context.answers, "region");
  return {
    ...opening,
    among: event.products,
    answers: event.plate === undefined ? answers : { ...answers, plate: event.plate },
    quote: undefined,
    retry: undefined,
    overlay: undefined,
  };
}

export function isClosed(context: Context, world: World): boolean {
  const region = world.regions.find(({ product }) => product === context.answers.product);
  return region !== undefined && !region.open;
}

export function regionOpened(context: Context, world: World): string | undefined {
  return world.regions.find(({ product, open }) => product === context.waitsFor?.product && open)?.product;
}

/** Whether a biller that gave no answer is asked again, and as what it counts meanwhile. */
export function triesAgain(context: Context, world: World): "slow" | "down" | "no" {
  const { retry } = context;
  if (retry === undefined) return "slow";
  if (retry.phase === "slow") return world.at < retry.until ? "slow" : "down";
  return world.at < retry.until ? "down" : "no";
}

export function retried(context: Context, phase: "slow" | "down", until: number): Partial<Context> {
  const { retry } = context;
  const goesOn = retry?.phase === phase ? retry : undefined;
  return {
    retry: { phase, until: goesOn?.until ?? until, tries: goesOn === undefined ? 0 : goesOn.tries + 1 },
  };
}

/** No bill, and nothing to be typed again: of a paid vehicle there may be a next one. */
export function withoutBill(result: InquiryResult): Partial<Context> {
  return { offer: offersAnother(result) ? { proof: undefined } : undefined, overlay: undefined };
}

function offersAnother(result: InquiryResult | OpenResult): boolean {
  return result.kind === "already-paid" || result.kind === "paid-lately";
}

/** What the ledger answered is remembered at the confirmation that it is about. */
export function openedAs(
  context: Context,
  _: World,
  event: { readonly nonce: string; readonly result: OpenResult },
): Partial<Context> {
  const { nonce, result } = event;
  return {
    ...(offersAnother(result) ? { offer: { proof: undefined } } : {}),
    bills: context.bills.map((one) => {
      if (one.nonce !== nonce) return one;
      // A notice may have been quicker: what it said stands.
      if (one.state !== "asked") return one;
      return result.kind === "opened" ? { ...one, ref: result.ref, state: result.state } : { ...one, state: "ended" };
    }),
  };
}

/** The ledger finds the bill too old: it is asked for again, and its sum compared. */
export function askedAgain(context: Context, world: World, { nonce }: { readonly nonce: string }): Partial<Context> {
  const shown = context.bills.find((one) => one.nonce === nonce);
  if (shown === undefined) return {};
  return {
    ...left(context, world.at),
    answers: shown.answers,
    refresh: { why: "expired", total: shown.total, plate: shown.plate },
  };
}
