import { keepNik, type NikReading } from "../../src/domain/nik.ts";
import type { Answers } from "../counter/context.ts";
import type { Field, UserEvent, World } from "../flow.ts";
import { type Part, part } from "../words/words.ts";
import type { Context, Draft, Entry } from "./context.ts";
import { isAsked, isOffered, limitedUntil, roomFor } from "./entries.ts";

type Fill = Extract<UserEvent, { type: "fill" }>;

const MINUTE = 60 * 1000;
/** How long a vehicle that was typed in part is kept, ms. */
export const KEEP = 24 * 60 * MINUTE;
/** How long what was not found may be corrected by its number alone, ms: then it is another customer's. */
const REDO = 10 * MINUTE;

const EMPTY = { product: undefined, nik: undefined, chassis: undefined, plate: undefined, guessed: false } as const;

/** What a message makes of the vehicle that is being typed. */
export type Taken =
  /** Not all could be read: what is wrong with it. */
  | { readonly kind: "unfit"; readonly draft: Draft; readonly parts: readonly Part[] }
  | { readonly kind: "asks"; readonly draft: Draft; readonly field: Field }
  | { readonly kind: "closed"; readonly draft: Draft; readonly product: string }
  /** Its bill is on the desk already, or its payment under way. */
  | { readonly kind: "there"; readonly entry: Entry }
  | { readonly kind: "full"; readonly draft: Draft }
  | { readonly kind: "limited"; readonly draft: Draft; readonly until: number }
  | { readonly kind: "starts"; readonly answers: Answers; readonly draft: Draft | undefined };

export function taken(context: Context, event: Fill, world: World): Taken {
  const base = freshDraft(context, world.at);
  const draft = merged(base, event, world.at);
  const parts = [...problems(event, base)];
  if (parts.length > 0) return { kind: "unfit", draft: withPiece(draft, event), parts };
  return next(context, draft, world, isWhole(event) && base !== undefined && !isRedo(base) ? base : undefined);
}

/** TETAP: the fifteen digits are the NIK. */
export function keptPiece(context: Context, world: World): Taken | undefined {
  const draft = freshDraft(context, world.at);
  const nik = draft?.piece === undefined ? undefined : keepNik(draft.piece);
  if (draft === undefined || nik === undefined) return undefined;
  return next(context, { ...draft, nik, piece: undefined, at: world.at }, world, undefined);
}

/** LANJUT: what was typed before, once more. */
export function resumed(context: Context, world: World): Taken | undefined {
  const draft = freshDraft(context, world.at);
  return draft === undefined || isRedo(draft) ? undefined : next(context, draft, world, undefined);
}

/** `stays`: another vehicle that was typed in part, and is none of this message's. */
function next(context: Context, draft: Draft, world: World, stays: Draft | undefined): Taken {
  const product = draft.product ?? context.region;
  if (product === undefined) return { kind: "asks", draft, field: "region" };
  if (isClosed(product, world)) return { kind: "closed", draft: { ...draft, product: undefined }, product };
  const { nik, chassis, plate } = draft;
  if (nik === undefined) return { kind: "asks", draft, field: "nik" };
  if (chassis === undefined) return { kind: "asks", draft, field: "chassis" };
  const answers: Answers = { product, nik, chassis, plate };
  const there = context.entries.findLast((entry) => sameVehicle(entry.answers, answers) && isThere(entry, world.at));
  if (there !== undefined) return { kind: "there", entry: there };
  const until = limitedUntil(context, world);
  if (until !== undefined) return { kind: "limited", draft, until };
  return roomFor(context, world.at) === 0 ? { kind: "full", draft } : { kind: "starts", answers, draft: stays };
}

function isThere(entry: Entry, at: number): boolean {
  return isAsked(entry) || isOffered(entry, at) || entry.state === "asked" || entry.state === "live";
}

/** The same in all that the biller is asked. */
export function sameVehicle(a: Answers, b: Answers): boolean {
  return a.product === b.product && a.nik === b.nik && a.chassis === b.chassis;
}

export function isClosed(product: string, { regions }: World): boolean {
  return regions.some((region) => region.product === product && !region.open);
}

/** What is typed on; undefined when there is nothing, or it is too old. */
export function freshDraft({ draft }: Context, at: number): Draft | undefined {
  if (draft === undefined) return undefined;
  return at - draft.at <= (isRedo(draft) ? REDO : KEEP) ? draft : undefined;
}

/** It was asked for already, and is kept to be corrected. */
function isRedo({ nik, chassis, product }: Draft): boolean {
  return product !== undefined && nik !== undefined && chassis !== undefined;
}

function isWhole({ nik, chassis }: Fill): boolean {
  return nik?.kind === "nik" && chassis?.kind === "chassis";
}

/** A message that names a whole vehicle takes of what was typed before the region alone. */
function merged(base: Draft | undefined, event: Fill, at: number): Draft {
  const from = isWhole(event) ? { ...EMPTY, product: base?.product, guessed: base?.guessed ?? false } : (base ?? EMPTY);
  const region = takesRegion(from, event) ? event.region : undefined;
  return {
    product: region?.product ?? from.product,
    guessed: region?.guessed ?? from.guessed,
    nik: event.nik?.kind === "nik" ? event.nik.nik : from.nik,
    chassis: event.chassis?.kind === "chassis" ? event.chassis.chassis : from.chassis,
    plate: event.plate ?? (event.chassis === undefined ? from.plate : undefined),
    piece: undefined,
    at,
  };
}

/** A plate is a weaker word for the region than the region itself. */
function takesRegion(from: Pick<Draft, "product" | "guessed">, event: Fill): boolean {
  return !(from.product !== undefined && !from.guessed && event.region?.guessed === true && event.plate !== undefined);
}

function problems({ nik, chassis }: Fill, base: Draft | undefined): readonly Part[] {
  return [
    ...(nik === undefined ? [] : nikProblem(nik, base?.piece)),
    ...(chassis?.kind === "length" ? [part("chassis_size", { count: chassis.count })] : []),
  ];
}

function nikProblem(nik: NikReading, piece: string | undefined): readonly Part[] {
  if (nik.kind === "length") {
    const count = nik.digits.length;
    if (count > 16) return [part("nik_long", { count })];
    return [part("nik_short", { count, keep: count === 15 && piece?.length === 15 })];
  }
  if (nik.kind !== "letters") return [];
  const once = (of: readonly string[]) => [...new Set(of)].join(", ");
  const letters = once(nik.letters.map(({ letter }) => letter));
  return [part("desk_nik_letters", { letters, digits: once(nik.letters.map(({ digit }) => digit)) })];
}

function withPiece(draft: Draft, { nik }: Fill): Draft {
  return { ...draft, piece: nik?.kind === "length" && nik.digits.length === 15 ? nik.digits : undefined };
}

/** Whether anything of a vehicle is there to be cancelled. */
export function hasDraft(context: Context, at: number): boolean {
  return freshDraft(context, at) !== undefined || context.pending !== undefined;
}
