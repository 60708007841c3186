import { hourOf, minuteOfDay, startOfDay } from "../../src/domain/time.ts";
import type { Choice, World } from "../flow.ts";
import { customerChoice } from "../relay/choices.ts";
import { isSellable } from "../sellable.ts";
import { type Part, part } from "../words/words.ts";
import { choice, named, type Question } from "./choices.ts";
import type { Context, Quote } from "./context.ts";
import { cashOf, meantRequest, type Requested } from "./relay-context.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** From this minute of the day on nothing is asked of a counter any more. */
const LAST_REQUEST = 23 * 60 + 15;

/** Whether this bill may be given to an agent here and now. */
export function isAskable(quote: Quote, world: World): boolean {
  const { mayPay, payMax } = world.policy;
  const may = !mayPay && world.counters !== undefined && quote.bill.total <= payMax;
  return may && world.at < quote.expiresAt && isSellable(quote.bill, world);
}

/** What stands in the way before anybody is asked. */
export function inTheWay({ at, counters = [] }: World): "late" | "nobody" | undefined {
  if (minuteOfDay(at) >= LAST_REQUEST) return "late";
  return counters.length === 0 ? "nobody" : undefined;
}

/** Whether there is anything to choose: agents with a place. */
export function hasPlaces({ counters = [] }: World): boolean {
  return counters.some(({ place }) => place !== "");
}

/** When the counters open again; undefined while they should be open: nobody knows then. */
export function opensAt({ at, policy: { hours } }: World): number | undefined {
  const minute = minuteOfDay(at);
  if (minute >= hours.from && minute < hours.to) return undefined;
  return startOfDay(at) + (minute < hours.from ? 0 : DAY) + hours.from * MINUTE;
}

/** Script rule 11: from 21.00 to 07.00 only results are told. */
export function isNight(at: number): boolean {
  const hour = hourOf(at);
  return hour >= 21 || hour < 7;
}

/** R1. */
export function countersQuestion(world: World): Question {
  const places = (world.counters ?? []).filter(({ place }) => place !== "");
  return {
    parts: [part("choose_counter", {})],
    choices: [
      ...places.map((one) => choice(`counter:${one.id}`, part("label_counter", { name: placeAndName(one) }))),
      choice("counter:any", part("label_any_counter", {})),
    ],
  };
}

/** A name that tells no place has it before it: labels are short, and it is the place that is chosen. */
function placeAndName({ place, name }: NonNullable<World["counters"]>[number]): string {
  return name.toLowerCase().includes(place.toLowerCase()) ? name : `${place} ${name}`;
}

/** R7. */
export function nobodyQuestion(world: World): Question {
  return {
    parts: [part("nobody_on_duty", { opens: opensAt(world), now: world.at })],
    choices: [choice("tell-duty", part("label_tell_duty", {})), choice("word:cancel", part("label_done", {}))],
  };
}

/** The view of the request that is open. */
export function requestQuestion(context: Context, world: World): Question {
  const request = meantRequest(context, undefined);
  if (request === undefined) return { parts: [part("request_none", {})] };
  return { parts: [standsPart(request, world)], choices: choicesOf(request), columns: 2 };
}

/** How a request stands, in a sentence. */
export function standsPart(request: Requested, { policy: { contact } }: World): Part {
  const values = valuesOf(request);
  switch (request.stage) {
    case "asking":
      return part("request_asking", {});
    case "asked":
      return part("request_waits", values);
    case "no-answer":
      return part("request_no_answer", values);
    case "taken":
      return part("request_hand_over", values);
    case "said":
      return part("request_said_before", values);
    case "sum-moved":
    case "unpaid":
      return part("request_agent_has_it", { ...values, contact });
    case "received":
      return part("request_paying", values);
  }
}

export function valuesOf(request: Requested) {
  return { ref: request.ref ?? "", plate: request.plate, cash: cashOf(request), agent: request.agent };
}

/** What may be answered. On a channel of numbers the sentences name their words. */
export function choicesOf(request: Requested): readonly Choice[] {
  const { stage, total } = request;
  const ref: string = request.ref ?? "";
  const cancel = named("word:cancel", part("label_cancel", {}));
  switch (stage) {
    case "asked":
      return [cancel];
    case "no-answer":
      return [
        named(customerChoice("others", ref), part("label_others", {})),
        named(customerChoice("wait", ref), part("label_wait", {})),
        cancel,
      ];
    case "taken":
      return [named(customerChoice("said", ref), part("label_handed_over", {})), cancel];
    case "sum-moved":
      return [
        named(customerChoice("yes", ref, total), part("label_agree", {})),
        named(customerChoice("taken-back", ref), part("label_money_back", {})),
      ];
    default:
      return [];
  }
}

/** R9. */
export function handedQuestion(context: Context): Question {
  const request = meantRequest(context, undefined);
  if (request?.ref === undefined) return { parts: [part("request_none", {})] };
  const { agent } = request;
  return {
    parts: [part("request_handed_over", { ref: request.ref, plate: request.plate, cash: cashOf(request), agent })],
    choices: [
      choice(customerChoice("cancelled", request.ref), part("label_not_yet", {})),
      choice(customerChoice("taken-back", request.ref), part("label_handed", {})),
    ],
  };
}
