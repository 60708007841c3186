import { groupChassis } from "../../src/domain/chassis.ts";
import { maskNik } from "../../src/domain/mask.ts";
import { showRef } from "../../src/domain/ref.ts";
import { regionName } from "../../src/domain/region.ts";
import type { Choice, Say, World } from "../flow.ts";
import { type Part, part } from "../words/words.ts";
import { billQuestion } from "./bill-question.ts";
import { CHANGES, choice, named, type Question, regionChoices } from "./choices.ts";
import { type Context, type Doubt, liveBill, type Shown } from "./context.ts";
import { countersQuestion, handedQuestion, nobodyQuestion, requestQuestion } from "./relay-question.ts";

/** The states of the counter. */
export type Place =
  | "idle"
  | "region"
  | "nik"
  | "chassis"
  | "doubt"
  | "closed"
  | "inquiring"
  | "slow"
  | "down"
  | "bill"
  | "notFound"
  | "again"
  | "confirming"
  | "watching"
  | "counters"
  | "nobody"
  | "requested"
  | "human";

/** What is open at this place: the sentence that asks, and the answers that can be tapped or numbered. */
export function question(place: Place, context: Context, world: World): Question {
  if (context.overlay !== undefined) return overlayQuestion(context.overlay, context);
  switch (place) {
    case "region":
      return regionQuestion(context, world);
    case "nik":
      return { parts: [part("ask_nik", {}), ...(context.consented ? [] : [part("nik_consent", {})])] };
    case "chassis":
      return { parts: [part("ask_chassis", {})] };
    case "doubt":
      return doubtQuestion(context);
    case "closed":
      return closedQuestion(context);
    case "bill":
      return context.quote === undefined ? { parts: [] } : billQuestion(context.quote, context, world);
    case "notFound":
      return { parts: [part("not_found_next", {})], choices: CHANGES };
    case "again":
      return againQuestion(context);
    case "slow":
    case "down":
    case "inquiring":
      return waitingQuestion(place, context, world);
    case "confirming":
    case "watching":
      return { ...offers(context, world), parts: [part("second_tap", { ref: shownRef(liveBill(context)) })] };
    case "counters":
      return countersQuestion(world);
    case "nobody":
      return nobodyQuestion(world);
    case "requested":
      return requestQuestion(context, world);
    case "idle":
      return { ...offers(context, world), parts: [part("idle", {})] };
    case "human":
      return { parts: [part("human_heard", {})] };
  }
}

function overlayQuestion(overlay: NonNullable<Context["overlay"]>, context: Context): Question {
  switch (overlay) {
    case "handed":
      return handedQuestion(context);
    case "help":
      return {
        parts: [part("help", {})],
        tail: [part("help_tail", {})],
        choices: [
          choice("word:menu", part("label_check_pay", {})),
          choice("word:status", part("label_status", {})),
          choice("word:where-chassis", part("label_where_chassis", {})),
          choice("word:human", part("label_human", {})),
        ],
      };
    case "fix":
      return { parts: [part("fix", {})], choices: CHANGES };
    case "erase":
      return {
        parts: [part("erase_ask", {})],
        choices: [choice("erase:yes", part("label_erase", {})), choice("erase:no", part("label_not_erase", {}))],
      };
  }
}

function regionQuestion(context: Context, world: World): Question {
  if (world.regions.length === 0) return { parts: [part("no_regions", {})] };
  const among = world.regions.filter((region) => context.among.includes(region.product));
  const again = context.last === undefined ? [] : [choice("last", part("label_last", { plate: context.last.plate }))];
  return {
    parts: [among.length > 0 ? part("region_many", {}) : part("ask_region", {})],
    tail: [part("ask_region_tail", {})],
    choices: [
      ...again,
      ...regionChoices(among.length > 0 ? among : world.regions),
      named("word:help", part("label_help", {})),
    ],
    columns: 2,
  };
}

function closedQuestion(context: Context): Question {
  const product = context.answers.product ?? "";
  return {
    parts: [part("region_closed", { region: regionName(product) })],
    choices: [
      choice(`open:${product}`, part("label_tell_open", {})),
      choice("change:region", part("label_other_region", {})),
    ],
  };
}

function doubtQuestion(context: Context): Question {
  const doubt = context.doubts[0];
  if (doubt === undefined) return { parts: [] };
  const id = (answer: string) => `doubt:${context.doubtNumber}:${answer}`;
  const retype = choice(id("retype"), part("label_retype", {}));
  const keep = choice(id("keep"), part("label_keep", {}));
  switch (doubt.about) {
    case "nik-letters":
      return {
        parts: [part("nik_letters", { letters: doubt.letters, digits: doubt.digits })],
        choices: [choice(id("fix"), part("label_fix_to", { digits: doubt.digits })), retype],
      };
    case "nik-unusual":
      return { parts: [part("nik_unusual", { nik: maskNik(doubt.typed) })], choices: [keep, retype] };
    case "nik-joined":
      return {
        parts: [part("nik_joined", { nik: maskNik(doubt.typed) })],
        choices: [choice(id("keep"), part("label_right", {})), retype],
      };
    case "chassis-letters":
      return chassisLetters(doubt, choice, id, keep, retype);
    case "chassis-length":
      return {
        parts: [part("chassis_length", { count: doubt.count, chassis: groupChassis(doubt.typed) })],
        choices: [choice(id("keep"), part("label_keep_this", {})), retype],
      };
  }
}

function chassisLetters(
  doubt: Extract<Doubt, { about: "chassis-letters" }>,
  make: typeof choice,
  id: (answer: string) => string,
  ...rest: readonly Choice[]
): Question {
  const digits = [...doubt.letters].map((letter) => (letter === "I" ? "1" : "0")).join("");
  const spaced = (letters: string) => [...new Set(letters)].join(", ");
  return {
    parts: [
      part("chassis_letters", {
        chassis: groupChassis(doubt.typed),
        letters: spaced(doubt.letters),
        digits: spaced(digits),
      }),
    ],
    choices: [make(id("fix"), part("label_fix_to", { digits: spaced(digits) })), ...rest],
  };
}

function againQuestion(context: Context): Question {
  const had = context.kept?.answers;
  return {
    parts: [
      part("again", {
        region: regionName(had?.product ?? ""),
        nik: had?.nik === undefined ? "" : maskNik(had.nik),
      }),
    ],
    choices: [choice("same-nik", part("label_same_nik", {})), choice("change:nik", part("label_other_nik", {}))],
    columns: 2,
  };
}

function waitingQuestion(place: "slow" | "down" | "inquiring", context: Context, world: World): Question {
  if (place === "inquiring" && context.retry === undefined) return { parts: [part("waiting", {})] };
  if (context.retry?.phase === "slow") {
    return { parts: [part("biller_slow", { until: context.retry.until, now: world.at })] };
  }
  return { parts: [part("biller_down", {})] };
}

/** Nothing is asked: the next vehicle is offered, and the proof once more. */
function offers(context: Context, world: World): Omit<Question, "parts"> {
  if (context.offer === undefined) return {};
  const { proof } = context.offer;
  const another = choice("another", part("label_another", {}));
  if (proof === undefined) return { choices: [another], stays: true };
  const picture = choice(`proof:${proof}:image`, part("label_picture", {}));
  const again = choice(`proof:${proof}:pdf`, part("label_proof_again", {}));
  return {
    choices: world.style === "buttons" ? [picture, another] : [another, again],
    columns: 2,
    stays: true,
  };
}

/** Where nothing else is asked. */
const IDLING: ReadonlySet<string> = new Set(["idle", "confirming", "watching"]);

/** What stands below the news of a payment. Where another question is open, numbers would be taken for its answers. */
export function offersBelow(context: Context, world: World): Pick<Say, "choices" | "columns" | "stays"> {
  const { choices = [], columns = 1 } = offers(context, world);
  const shown = world.style === "buttons" || IDLING.has(world.place);
  return { choices: shown ? choices : [], columns, stays: true };
}

/** The reference of a bill's payment, as it is shown; empty while it is not known. */
export function shownRef(bill: Shown | undefined): string {
  return bill?.ref === undefined ? "" : showRef(bill.ref);
}

/** The question as something to say, after `before`. */
export function asking(place: Place, context: Context, world: World, before: readonly Part[] = []): Say {
  const open = question(place, context, world);
  return {
    parts: [...context.preface, ...before, ...open.parts],
    tail: open.tail ?? [],
    choices: open.choices ?? [],
    columns: open.columns ?? 1,
    stays: open.stays ?? false,
  };
}

/** Sentences that ask nothing. */
export function saying(...parts: readonly Part[]): Say {
  return { parts, tail: [], choices: [], columns: 1, stays: false };
}
