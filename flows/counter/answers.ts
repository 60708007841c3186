import { type Chassis, type ChassisDoubt, groupChassis } from "../../src/domain/chassis.ts";
import { maskNik } from "../../src/domain/mask.ts";
import { joinNik, keepNik, type Nik, type NikReading } from "../../src/domain/nik.ts";
import { regionName } from "../../src/domain/region.ts";
import type { Field, UserEvent, World } from "../flow.ts";
import { type Part, part } from "../words/words.ts";
import { type Answers, type Context, type Doubt, hasAny, NO_ANSWERS } from "./context.ts";

type Fill = Extract<UserEvent, { type: "fill" }>;

/** How long answers are kept for LANJUT, ms (script rule 8). */
export const KEEP = 24 * 60 * 60 * 1000;

/** Whether a message fills a field: what does not is a problem of the open question. */
export function fits(context: Context, event: Fill): boolean {
  const nik = event.nik?.kind;
  return (
    event.region !== undefined ||
    event.plate !== undefined ||
    nik === "nik" ||
    nik === "letters" ||
    (event.nik?.kind === "length" && joined(context, event.nik.digits) !== undefined) ||
    event.chassis?.kind === "chassis"
  );
}

/** Puts what was typed into its fields. Nothing is changed silently: what is doubtful becomes a doubt, to be asked. */
export function fill(context: Context, event: Fill, world: World): Context {
  const base = baseAnswers(context, world.at);
  const nik = readingOfNik(context, event.nik);
  const chassis = readingOfChassis(event);
  const doubts = [
    ...context.doubts.filter(
      ({ about }) => !(nik.touched && about.startsWith("nik")) && !(chassis.touched && about.startsWith("chassis")),
    ),
    ...nik.doubts,
    ...chassis.doubts,
  ];
  const answers: Answers = {
    product: event.region?.product ?? base.answers.product,
    nik: nik.touched ? nik.value : base.answers.nik,
    chassis: chassis.touched ? chassis.value : base.answers.chassis,
    plate: event.plate ?? base.answers.plate,
  };
  return {
    ...context,
    answers,
    doubts,
    doubtNumber: context.doubtNumber + 1,
    nikPiece: nik.touched ? undefined : context.nikPiece,
    nikMessages:
      nik.touched && event.messageRef !== undefined ? [...context.nikMessages, event.messageRef] : context.nikMessages,
    consented: context.consented || nik.value !== undefined,
    preface: [...context.preface, ...base.said, ...said(event, answers, world)],
    among: [],
    overlay: undefined,
    quote: undefined,
    offer: undefined,
    refresh: undefined,
    retry: undefined,
  };
}

/** After BATAL, or a payment, a lone field is taken with the region and the NIK of before, and that is said. */
function baseAnswers(context: Context, at: number): { readonly answers: Answers; readonly said: readonly Part[] } {
  if (hasAny(context.answers)) return { answers: context.answers, said: [] };
  const kept = freshKept(context, at);
  if (kept?.product === undefined || kept.nik === undefined) return { answers: NO_ANSWERS, said: [] };
  return {
    answers: { ...kept, chassis: undefined, plate: undefined },
    said: [part("same_nik", { nik: maskNik(kept.nik), region: regionName(kept.product) })],
  };
}

export function freshKept(context: Context, at: number): Answers | undefined {
  return context.kept !== undefined && at - context.kept.at <= KEEP ? context.kept.answers : undefined;
}

function joined(context: Context, digits: string): Nik | undefined {
  return context.nikPiece === undefined ? undefined : joinNik(context.nikPiece, digits);
}

interface Reading<T> {
  readonly touched: boolean;
  readonly value: T | undefined;
  readonly doubts: readonly Doubt[];
}

const UNTOUCHED = { touched: false, value: undefined, doubts: [] } as const;

function readingOfNik(context: Context, reading: NikReading | undefined): Reading<Nik> {
  switch (reading?.kind) {
    case "nik":
      return reading.unusual
        ? { touched: true, value: undefined, doubts: [{ about: "nik-unusual", typed: reading.nik }] }
        : { touched: true, value: reading.nik, doubts: [] };
    case "letters": {
      const letters = [...new Set(reading.letters.map(({ letter }) => letter))].join(", ");
      const digits = [...new Set(reading.letters.map(({ digit }) => digit))].join(", ");
      const doubt: Doubt = { about: "nik-letters", typed: reading.typed, fixed: reading.fixed, letters, digits };
      return { touched: true, value: undefined, doubts: [doubt] };
    }
    case "length": {
      const whole = joined(context, reading.digits);
      if (whole === undefined) return UNTOUCHED;
      return { touched: true, value: undefined, doubts: [{ about: "nik-joined", typed: whole }] };
    }
    default:
      return UNTOUCHED;
  }
}

function readingOfChassis(event: Fill): Reading<Chassis> {
  if (event.chassis?.kind !== "chassis") return UNTOUCHED;
  const { chassis, doubts } = event.chassis;
  const first = doubts[0];
  if (first === undefined) return { touched: true, value: chassis, doubts: [] };
  return { touched: true, value: undefined, doubts: [chassisDoubt(chassis, first)] };
}

/** One doubt a question: letters are asked first, for a mended one may well be right in length too. */
function chassisDoubt(typed: Chassis, doubt: ChassisDoubt): Doubt {
  return doubt.kind === "letters"
    ? { about: "chassis-letters", typed, fixed: doubt.fixed, letters: doubt.letters.join("") }
    : { about: "chassis-length", typed, count: doubt.count };
}

/** What the next question opens with: which answers were taken. A field that is asked for next is not announced. */
function said(event: Fill, answers: Answers, world: World): readonly Part[] {
  return [
    ...(event.region === undefined
      ? []
      : [part("got_region", { region: regionName(event.region.product), closed: false })]),
    ...(event.plate === undefined ? [] : [part("got_plate", { plate: event.plate })]),
    ...(event.nik?.kind === "nik" && answers.nik !== undefined
      ? [part("got_nik", { nik: maskNik(answers.nik), forgets: world.forgets })]
      : []),
    ...(event.chassis?.kind === "chassis" && answers.chassis !== undefined
      ? [part("got_chassis", { chassis: groupChassis(answers.chassis) })]
      : []),
  ];
}

/** Settles the doubt that was asked. */
export function settleDoubt(context: Context, answer: "fix" | "keep" | "retype"): Context {
  const [doubt, ...rest] = context.doubts;
  if (doubt === undefined) return context;
  const next = { ...context, doubts: rest, doubtNumber: context.doubtNumber + 1 };
  if (answer === "retype") return next;
  switch (doubt.about) {
    case "nik-letters":
      return { ...next, answers: { ...next.answers, nik: doubt.fixed }, consented: true };
    case "nik-unusual":
    case "nik-joined":
      return { ...next, answers: { ...next.answers, nik: doubt.typed }, consented: true };
    case "chassis-letters":
      return afterLetters(next, answer === "fix" ? doubt.fixed : doubt.typed);
    case "chassis-length":
      return { ...next, answers: { ...next.answers, chassis: doubt.typed } };
  }
}

/** The letters are settled; a length other than 17 is the next doubt. */
function afterLetters(context: Context, chassis: Chassis): Context {
  if (chassis.length === 17) return { ...context, answers: { ...context.answers, chassis } };
  const length: Doubt = { about: "chassis-length", typed: chassis, count: chassis.length };
  return { ...context, doubts: [length, ...context.doubts] };
}

/** TETAP at the NIK: 15 digits that were typed twice are taken as they are. */
export function keepPiece(context: Context): Context | undefined {
  const nik = context.nikPiece === undefined ? undefined : keepNik(context.nikPiece);
  if (nik === undefined) return undefined;
  return { ...context, answers: { ...context.answers, nik }, nikPiece: undefined, consented: true };
}

/** The sentence for a message that was meant for the open field and does not fit it. */
export function problem(context: Context, event: Fill): readonly Part[] {
  if (event.nik?.kind === "length") {
    const { digits } = event.nik;
    if (digits.length > 16) return [part("nik_long", { count: digits.length })];
    return [part("nik_short", { count: digits.length, keep: digits.length === 15 && context.nikPiece === digits })];
  }
  if (event.chassis?.kind === "length") return [part("chassis_size", { count: event.chassis.count })];
  return [];
}

/** Remembers a piece of a NIK, to be joined with the next, or kept at the second time. */
export function rememberPiece(context: Context, event: Fill): Context {
  if (event.nik?.kind !== "length") return context;
  return {
    ...context,
    nikPiece: event.nik.digits.length <= 16 ? event.nik.digits : undefined,
    nikMessages: event.messageRef === undefined ? context.nikMessages : [...context.nikMessages, event.messageRef],
  };
}

export function without(answers: Answers, field: Field): Answers {
  switch (field) {
    case "region":
      return { ...answers, product: undefined };
    case "nik":
      return { ...answers, nik: undefined };
    case "chassis":
      return { ...answers, chassis: undefined };
  }
}
