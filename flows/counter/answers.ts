import { type Chassis, type ChassisDoubt, groupChassis } from "../../src/domain/chassis.ts";
import { maskNik } from "../../src/domain/mask.ts";
import { joinNik, type Nik, type NikReading } from "../../src/domain/nik.ts";
import { productsOfPlate, readPlate } from "../../src/domain/plate.ts";
import { regionName } from "../../src/domain/region.ts";
import type { Field, UserEvent, World } from "../flow.ts";
import { type Part, part } from "../words/words.ts";
import { type Answers, type Context, type Doubt, hasAny } from "./context.ts";

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
  const base = baseAnswers(context, event, world);
  const nik = readingOfNik(context, event.nik);
  const chassis = readingOfChassis(event);
  const region = takesRegion(base, event, world) ? event.region : undefined;
  const answers: Answers = {
    product: region?.product ?? base.product,
    nik: nik.touched ? nik.value : base.nik,
    chassis: chassis.touched ? chassis.value : base.chassis,
    plate: event.plate ?? base.plate,
  };
  return {
    ...context,
    answers,
    doubts: [
      ...context.doubts.filter(({ about }) => !(about.startsWith("nik") ? nik.touched : chassis.touched)),
      ...nik.doubts,
      ...chassis.doubts,
    ],
    doubtNumber: context.doubtNumber + 1,
    nikPiece: nik.touched ? undefined : context.nikPiece,
    nikMessages: nik.touched ? withMessage(context, event) : context.nikMessages,
    consented: context.consented || nik.value !== undefined,
    preface: [
      ...context.preface,
      ...(base === context.answers ? [] : usedAgain(base, event)),
      ...said({ event, region, answers, world }),
      // Who sends it unasked has not read yet what sending it says.
      ...(nik.touched && !context.consented && world.place !== "nik" ? [part("nik_consent", {})] : []),
    ],
    among: [],
    overlay: undefined,
    quote: undefined,
    offer: undefined,
    refresh: undefined,
    retry: undefined,
  };
}

/** Whether a message leaves region, NIK and chassis as they are: then there is nothing to ask the biller again. */
export function addsOnlyPlate(context: Context, event: Fill): boolean {
  const { answers } = context;
  const { region, nik, chassis } = event;
  return (
    (region === undefined || region.product === answers.product) &&
    (nik === undefined || (nik.kind === "nik" && nik.nik === answers.nik)) &&
    (chassis === undefined || (chassis.kind === "chassis" && chassis.chassis === answers.chassis))
  );
}

/** A plate is a weaker word for the region than the region itself, where nobody asks for one. */
function takesRegion(base: Answers, event: Fill, { place }: World): boolean {
  const asksSomethingElse = place === "nik" || place === "chassis" || place === "doubt";
  return !(asksSomethingElse && base.product !== undefined && event.plate !== undefined && event.region?.guessed);
}

/** A second vehicle's chassis number is taken with the region and the NIK of before, and that is said. */
function baseAnswers(context: Context, event: Fill, world: World): Answers {
  const kept = freshKept(context, world.at);
  if (hasAny(context.answers) || kept === undefined) return context.answers;
  const chassisAlone = event.chassis?.kind === "chassis" && event.region === undefined && event.nik === undefined;
  const goesOn = world.place === "again" || (chassisAlone && kept.product !== undefined && kept.nik !== undefined);
  return goesOn ? { ...kept, chassis: undefined, plate: undefined } : context.answers;
}

function usedAgain({ product, nik }: Answers, event: Fill): readonly Part[] {
  const region = product === undefined || event.region !== undefined ? "" : regionName(product);
  const said = { region, nik: nik === undefined || event.nik !== undefined ? "" : maskNik(nik) };
  return said.region === "" && said.nik === "" ? [] : [part("same_nik", said)];
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

/** What the next message opens with: which answers were taken. */
function said(step: {
  readonly event: Fill;
  readonly region: Fill["region"];
  readonly answers: Answers;
  readonly world: World;
}): readonly Part[] {
  const { event, region, answers, world } = step;
  const { nik, chassis } = answers;
  const plate = event.plate ?? "";
  const byPlate = region?.guessed === true && plate !== "";
  return [
    ...(region === undefined
      ? []
      : [part("got_region", { region: regionName(region.product), guessed: region.guessed, plate })]),
    ...(plate === "" || byPlate ? [] : [ofPlate(plate, answers, world)]),
    ...(event.nik?.kind === "nik" && nik !== undefined
      ? [part("got_nik", { nik: maskNik(nik), forgets: world.forgets })]
      : []),
    ...(event.chassis?.kind === "chassis" && chassis !== undefined ? [gotChassis(groupChassis(chassis), world)] : []),
  ];
}

/** Who begins with the plate of a region that the biller does not list would else look for it in the list. */
function ofPlate(text: string, { product }: Answers, { regions }: World): Part {
  const plate = product === undefined && regions.length > 0 ? readPlate(text) : undefined;
  const listed = plate === undefined ? [] : productsOfPlate(plate);
  const isAbsent = plate !== undefined && !regions.some((region) => listed.includes(region.product));
  return isAbsent ? part("plate_absent", { prefix: plate.prefix }) : part("got_plate", { plate: text });
}

function gotChassis(chassis: string, { place }: World): Part {
  return place === "nik" ? part("is_chassis", { chassis }) : part("got_chassis", { chassis });
}

/** Whether what was taken is worth a message of its own while the biller is asked: a lone chassis number is not. */
export function saysMore(context: Context): boolean {
  return context.preface.some(({ key }) => key !== "got_chassis");
}

/** The sentence for a message that was meant for the open field and does not fit it. */
export function problem(context: Context, event: Fill): readonly Part[] {
  if (event.nik?.kind === "length") {
    const count = event.nik.digits.length;
    if (count > 16) return [part("nik_long", { count })];
    return [part("nik_short", { count, keep: count === 15 && context.nikPiece?.length === 15 })];
  }
  if (event.chassis?.kind === "length") return [part("chassis_size", { count: event.chassis.count })];
  return [];
}

/** Remembers a piece of a NIK, to be joined with the next, or kept by TETAP. */
export function rememberPiece(context: Context, event: Fill): Context {
  if (event.nik?.kind !== "length") return context;
  const { digits } = event.nik;
  return {
    ...context,
    nikPiece: digits.length <= 16 ? digits : undefined,
    nikMessages: withMessage(context, event),
  };
}

function withMessage({ nikMessages }: Context, { messageRef }: Fill): readonly string[] {
  return messageRef === undefined ? nikMessages : [...nikMessages, messageRef];
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
