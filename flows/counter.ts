import { assign, setup } from "xstate";
import { regionName } from "../src/domain/region.ts";
import { fill, fits, freshKept, keepPiece, problem, rememberPiece, settleDoubt, without } from "./counter/answers.ts";
import {
  billSay,
  confirmed,
  confirms,
  inquiring,
  limitedUntil,
  mismatch,
  notFound,
  quoted,
  refreshable,
  refreshed,
  sentAs,
  sentSay,
} from "./counter/bills.ts";
import { type Context, hasAny, missing, NO_ANSWERS, newContext } from "./counter/context.ts";
import * as moves from "./counter/moves.ts";
import { heard, isSettled, noticeSay } from "./counter/notices.ts";
import { asking, liveRef, type Place, saying } from "./counter/questions.ts";
import { forgotten, notUnderstood, nudgeSay, resumeSay, silenceNow } from "./counter/silence.ts";
import * as talk from "./counter/talk.ts";
import type { Asked, FlowEvent, Say, Task, World } from "./flow.ts";
import { type Language, type Part, part } from "./words/words.ts";

/** What the machine sees: the event, and the world of this step with it. */
export type Stamped = FlowEvent & { readonly world: World };

type Of<T extends FlowEvent["type"]> = Extract<Stamped, { type: T }>;

interface Seen<T extends FlowEvent["type"] = FlowEvent["type"]> {
  readonly context: Context;
  readonly event: Of<T>;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** After this silence of the biller the user is told that we are asking (M5). */
const SLOW = 3 * SECOND;
/** How long a slow biller is tried before it counts as down, and how long a down one is, ms. */
const TRY_SLOW = 10 * MINUTE;
const TRY_DOWN = 24 * 60 * MINUTE;
/** The pauses between tries, ms; the last one goes on. */
const PAUSES = [20 * SECOND, 40 * SECOND, MINUTE, 2 * MINUTE] as const;
const PAUSE_DOWN = 15 * MINUTE;
/** How long a message with a NIK stays at most (script rule 7), and how often a closed region is looked at. */
const FORGET = 15 * MINUTE;
const LOOK_AT_REGION = 30 * MINUTE;

const chart = setup({
  types: { context: {} as Context, events: {} as Stamped, input: {} as { language: Language; at: number } },
  actions: {
    /** The one action: what is to be done in the world. Never run here; `advance` saves it. */
    task: (_, _task: Asked) => {},
  },
});

/** Asks the world for something. */
function ask<T extends FlowEvent["type"]>(make: (seen: Seen<T>) => Asked) {
  return { type: "task" as const, params: (seen: { context: Context; event: Stamped }) => make(seen as Seen<T>) };
}

/** Says something. */
function say<T extends FlowEvent["type"]>(make: (context: Context, world: World, event: Of<T>) => Say) {
  return ask<T>(({ context, event }) => {
    const seen: Stamped = event;
    return {
      kind: "say",
      say: make(context, event.world, event),
      language: context.language,
      ...(seen.type === "notice" ? { notice: seen.id } : {}),
    };
  });
}

/** Asks the question of a state. */
const asks = (place: Place) => say((context, world) => asking(place, context, world));

/** Says something, and then the open question again: no state is left, no place lost. */
function repeat<T extends FlowEvent["type"]>(
  before: (context: Context, world: World, event: Of<T>) => readonly Part[],
) {
  return say<T>((context, world, event) => asking(world.place as Place, context, world, before(context, world, event)));
}

/** Changes what is remembered. */
function set<T extends FlowEvent["type"]>(make: (context: Context, world: World, event: Of<T>) => Partial<Context>) {
  return assign<Context, Stamped, undefined, Stamped, never>(({ context, event }) =>
    make(context, event.world, event as Of<T>),
  );
}

function when<T extends FlowEvent["type"]>(test: (context: Context, world: World, event: Of<T>) => boolean) {
  return ({ context, event }: { context: Context; event: Stamped }) => test(context, event.world, event as Of<T>);
}

const at = (...places: readonly Place[]) => when((_, world) => places.includes(world.place as Place));
const word = (name: string) => when<"word">((_, __, event) => event.word === name);
const both =
  (...guards: readonly ((seen: { context: Context; event: Stamped }) => boolean)[]) =>
  (seen: { context: Context; event: Stamped }) =>
    guards.every((guard) => guard(seen));

const withHuman = at("human");
/** What is written while a human has the chat goes to the human. */
const toHuman = {
  guard: withHuman,
  actions: [ask(({ event }) => ({ kind: "human", text: event.world.text }))],
};

const keepAnswers = set((context, world) => moves.left(context, world.at));
const forgetNik = [
  ask(({ context, event }) => ({ kind: "forget", refs: event.world.forgets ? context.nikMessages : [] })),
  set(() => ({ nikMessages: [] })),
];
const timer = (name: Extract<Task, { kind: "timer" }>["name"], after: number) =>
  ask(({ context, event }) => ({ kind: "timer", name, number: context.inquiry, at: event.world.at + after }));
const result =
  (kind: string) =>
  ({ context, event }: { context: Context; event: Stamped }) =>
    event.type === "inquired" && event.number === context.inquiry && event.result.kind === kind;
const opened =
  (...kinds: readonly string[]) =>
  ({ event }: { event: Stamped }) =>
    event.type === "opened" && kinds.includes(event.result.kind);
/** The greeting with the conditions comes before anything that a new person sends is used. */
const greetFirst = [
  ask(({ context, event }) =>
    context.greeted
      ? { kind: "nothing" }
      : {
          kind: "say",
          say: saying(...(moves.greeted(context, event.world).preface ?? [])),
          language: context.language,
        },
  ),
  set(() => ({ greeted: true })),
];

/** Who sends a NIK after the sentence about it has agreed: kept beside the conversation, once. */
function consents(context: Context, event: Of<"fill">): Asked {
  const sendsNik = event.nik !== undefined && event.nik.kind !== "none";
  return sendsNik && !context.consented ? { kind: "consent" } : { kind: "nothing" };
}

const sendProof = ask(({ context, event }) => talk.proofOf(event, context));

/** Waiting is announced when it begins, not at each try. */
const onceAsking = ask(({ context, event }) =>
  context.retry !== undefined && context.retry.tries === 0
    ? {
        kind: "say",
        say: asking(context.retry.phase, context, event.world),
        language: context.language,
      }
    : { kind: "nothing" },
);

const silence = (stage: string) => when((context, world) => silenceNow(world.place, context, world.at) === stage);
const isTimer = (name: string) =>
  when<"timer">((context, _, event) => event.name === name && event.number === context.inquiry);

/**
 * The customer's conversation: region, KTP number, chassis number, doubts, bill, confirmation, and the view of what is
 * under way. No I/O, no clock, no `invoke`: it asks by `task`, and everything that it knows of the world comes with the
 * event. A payment stands beside it: its outcome is a notice, taken in every state.
 */
export const machine = chart.createMachine({
  id: "counter",
  context: ({ input }) => newContext(input.language, input.at),
  initial: "idle",
  on: {
    fill: [
      toHuman,
      {
        guard: when<"fill">((context, _, event) => fits(context, event)),
        target: ".route",
        actions: [
          ...greetFirst,
          ask<"fill">(({ context, event }) => consents(context, event)),
          set<"fill">((context, world, event) => fill(context, event, world)),
          ask<"fill">(({ context, event }) => ({
            kind: "timer",
            name: "forget",
            number: context.inquiry,
            at: event.world.at + FORGET,
          })),
        ],
      },
      {
        actions: [
          say<"fill">((context, world, event) => talk.unfit(problem(context, event), context, world)),
          set<"fill">((context, _, event) => rememberPiece(context, event)),
        ],
      },
    ],
    "region-many": [
      toHuman,
      {
        target: ".region",
        actions: [set<"region-many">((context, world, event) => moves.chooseAmong(context, world, event.products))],
      },
    ],
    confirm: [
      {
        guard: when<"confirm">((context, world, { nonce }) => confirms(context, world, { nonce })),
        target: ".confirming",
      },
      {
        guard: when<"confirm">((context, _, { nonce }) => sentAs(context, { nonce }) !== undefined),
        actions: [say<"confirm">((context, _, { nonce }) => sentSay(sentAs(context, { nonce })))],
      },
      {
        guard: when((context, world) => refreshable(context, world.at) !== undefined),
        target: ".route",
        actions: [set(refreshed)],
      },
      { actions: [say(() => saying(part("stale_nothing", {})))] },
    ],
    "confirm-code": [
      {
        guard: when<"confirm-code">((context, world, { code }) => confirms(context, world, { code })),
        target: ".confirming",
      },
      {
        guard: when<"confirm-code">(
          (context, _, { code }) => context.quote?.code !== code && sentAs(context, { code }) !== undefined,
        ),
        actions: [say<"confirm-code">((context, _, { code }) => sentSay(sentAs(context, { code })))],
      },
      {
        guard: when<"confirm-code">(
          (context, world, { code }) => context.codes.includes(code) && refreshable(context, world.at) !== undefined,
        ),
        target: ".route",
        actions: [set(refreshed)],
      },
      toHuman,
      {
        guard: when((context) => context.quote !== undefined),
        actions: [repeat((context) => mismatch(context))],
      },
      { actions: [repeat(notUnderstood)] },
    ],
    "wants-to-pay": [
      toHuman,
      {
        guard: when((context, world) => context.quote !== undefined && moves.isStale(context, world)),
        target: ".route",
        actions: [set(refreshed)],
      },
      {
        guard: when((context) => context.quote !== undefined),
        actions: [say((context, world) => ({ ...asking("bill", context, world), parts: mismatch(context) }))],
      },
      { actions: [repeat(notUnderstood)] },
    ],
    word: [
      {
        guard: both(word("cancel"), at("confirming", "watching")),
        actions: [say((context) => saying(part("sent_already", { ref: liveRef(context) })))],
      },
      {
        guard: both(
          word("cancel"),
          when((context) => hasAny(context.answers) || context.quote !== undefined || context.doubts.length > 0),
        ),
        target: ".idle",
        actions: [say(() => saying(part("cancelled", {}))), keepAnswers, ...forgetNik],
      },
      {
        guard: word("cancel"),
        target: ".idle",
        actions: [say(() => saying(part("cancelled_nothing", {}))), keepAnswers, ...forgetNik],
      },
      { guard: word("menu"), target: ".region", actions: [keepAnswers, ...forgetNik, set(moves.greeted)] },
      { guard: word("restart"), target: ".region", actions: [set(moves.restarted), ...forgetNik] },
      { guard: both(word("back"), at("nik")), target: ".route", actions: [set(moves.back("region"))] },
      { guard: both(word("back"), at("chassis")), target: ".route", actions: [set(moves.back("nik"))] },
      { guard: both(word("back"), at("bill", "notFound")), target: ".route", actions: [set(moves.back("chassis"))] },
      { guard: both(word("back"), at("closed")), target: ".route", actions: [set(moves.back("region"))] },
      { guard: both(word("back"), at("doubt")), target: ".route", actions: [set((c) => settleDoubt(c, "retype"))] },
      { guard: word("back"), actions: [set(() => ({ overlay: undefined })), repeat(() => [])] },
      {
        guard: both(
          word("resume"),
          when((context, world) => !hasAny(context.answers) && freshKept(context, world.at) !== undefined),
        ),
        target: ".route",
        actions: [set((context, world) => moves.resumed(context, world.at))],
      },
      {
        guard: both(
          word("resume"),
          when((context) => hasAny(context.answers)),
          at("idle", "human", "slow", "down", "bill"),
        ),
        target: ".route",
      },
      {
        guard: both(
          word("resume"),
          when((context) => hasAny(context.answers)),
        ),
        actions: [repeat(() => [])],
      },
      {
        guard: word("resume"),
        target: ".region",
        actions: [set((context, world) => moves.nothingKept(context, world))],
      },
      { guard: word("help"), actions: [set(() => ({ overlay: "help" })), repeat(() => [])] },
      { guard: word("status"), actions: [ask(() => ({ kind: "look", what: "status" }))] },
      { guard: word("history"), actions: [ask(() => ({ kind: "look", what: "history" }))] },
      {
        guard: word("proof"),
        actions: [ask<"word">(({ event }) => ({ kind: "look", what: "proof", ref: event.ref }))],
      },
      {
        guard: both(
          word("authentic"),
          when<"word">((_, __, event) => event.code !== undefined),
        ),
        actions: [
          ask<"word">(({ event: { code } }) =>
            code === undefined ? { kind: "nothing" } : { kind: "look", what: "authentic", code },
          ),
        ],
      },
      { guard: word("authentic"), actions: [say(() => saying(part("authentic_how", {})))] },
      { guard: word("human"), target: ".human" },
      {
        guard: word("privacy"),
        actions: [say((_, world) => saying(part("privacy", { loket: world.policy.loket })))],
      },
      { guard: word("erase"), actions: [set(() => ({ overlay: "erase" })), repeat(() => [])] },
      {
        guard: word("english"),
        actions: [set(() => ({ language: "en" })), repeat(() => [part("language_now", {})])],
      },
      {
        guard: word("indonesian"),
        actions: [set(() => ({ language: "id" })), repeat(() => [part("language_now", {})])],
      },
      {
        guard: word("where-chassis"),
        actions: [set(() => ({ overlay: undefined })), say(() => saying(part("where_chassis", {})))],
      },
    ],
    change: [
      {
        guard: both(
          when<"change">((_, __, event) => event.field === "unsaid"),
          when((context) => hasAny(context.answers)),
        ),
        actions: [set(() => ({ overlay: "fix" })), repeat(() => [])],
      },
      {
        guard: when<"change">((context, world) => moves.changeable(context, world) !== undefined),
        target: ".route",
        actions: [
          set<"change">((context, world, { field }) => ({
            answers: without(moves.changeable(context, world) ?? NO_ANSWERS, field === "unsaid" ? "region" : field),
            quote: undefined,
            refresh: undefined,
            retry: undefined,
            overlay: undefined,
          })),
        ],
      },
      toHuman,
      { target: ".region", actions: [set(moves.greeted)] },
    ],
    doubt: [
      {
        guard: both(
          at("doubt"),
          when<"doubt">((context, _, { number }) => number === undefined || number === context.doubtNumber),
        ),
        target: ".route",
        actions: [set<"doubt">((context, _, { answer }) => settleDoubt(context, answer))],
      },
      {
        guard: both(
          at("nik"),
          when<"doubt">((context, _, { answer }) => answer === "keep" && keepPiece(context) !== undefined),
        ),
        target: ".route",
        actions: [ask(() => ({ kind: "consent" })), set((context) => keepPiece(context) ?? {})],
      },
      toHuman,
      { actions: [repeat(notUnderstood)] },
    ],
    another: [
      {
        guard: when((context, world) => moves.vehicleBefore(context, world) !== undefined),
        target: ".again",
        actions: [set(moves.another)],
      },
      { target: ".region", actions: [set(moves.greeted)] },
    ],
    "same-nik": [
      { guard: at("again"), target: ".route", actions: [set(moves.sameNik)] },
      toHuman,
      { actions: [repeat(notUnderstood)] },
    ],
    "last-vehicle": [
      {
        guard: when((context) => context.last !== undefined),
        target: ".route",
        actions: [
          set((context) => ({ answers: context.last?.answers ?? NO_ANSWERS, quote: undefined, overlay: undefined })),
        ],
      },
      { target: ".region", actions: [set(moves.greeted)] },
    ],
    "tell-when-open": {
      target: ".idle",
      actions: [
        set<"tell-when-open">((_, __, { product }) => ({ waitsFor: product })),
        timer("region", LOOK_AT_REGION),
        say<"tell-when-open">((_, __, { product }) => saying(part("region_wait", { region: regionName(product) }))),
        keepAnswers,
      ],
    },
    proof: {
      actions: [
        ask<"proof">(({ context, event }) => ({
          kind: "document",
          ref: event.ref,
          form: event.form,
          language: context.language,
        })),
      ],
    },
    erase: [
      {
        guard: when<"erase">((_, __, { sure }) => sure),
        target: ".idle",
        actions: [...forgetNik, set(forgotten), ask(() => ({ kind: "erase" }))],
      },
      { actions: [set(() => ({ overlay: undefined })), repeat(() => [part("not_erased", {})])] },
    ],
    erased: {
      actions: [
        set<"erased">((_, __, { busy }) => (busy === undefined ? { last: undefined, sent: [], offer: undefined } : {})),
        say<"erased">((_, __, { busy }) =>
          saying(busy === undefined ? part("erased", {}) : part("erase_busy", { ref: `TRX-${busy}` })),
        ),
      ],
    },
    thanks: [toHuman, { actions: [say(() => saying(part("thanks", {})))] }],
    media: [
      toHuman,
      { guard: when((context) => context.strange >= 2), target: ".human" },
      {
        actions: [
          say<"media">((context, world, event) => talk.mediaSay(context, world, event.media)),
          set((context) => ({ strange: context.strange + 1 })),
        ],
      },
    ],
    "no-such-choice": [
      toHuman,
      {
        actions: [
          say<"no-such-choice">((context, world, { choices }) =>
            talk.corrects([part("choice_invalid", { choices })], context, world),
          ),
          set((context) => ({ strange: context.strange + 1 })),
        ],
      },
    ],
    nonsense: [
      toHuman,
      {
        guard: when((context, world) => !context.greeted && world.place === "idle"),
        target: ".region",
        actions: [set(moves.greeted)],
      },
      {
        guard: when((context) => context.parked && context.overlay === undefined),
        actions: [say(resumeSay), set((context) => ({ strange: context.strange + 1 }))],
      },
      {
        actions: [
          say<"nonsense">((context, world, event) => talk.nonsense(context, world, event.text)),
          set((context) => ({ strange: context.strange + 1 })),
        ],
      },
    ],
    opened: [
      {
        guard: both(
          at("confirming"),
          when<"opened">((_, __, { result: is }) => is.kind === "opened" && is.state === "live"),
        ),
        target: ".watching",
        actions: [set<"opened">(moves.openedAs)],
      },
      {
        guard: both(
          opened("bill-too-old", "quotes-void"),
          when((context, world) => refreshable(context, world.at) !== undefined),
          at("confirming"),
        ),
        target: ".route",
        actions: [set<"opened">(moves.openedAs), set((context, world) => moves.resumed(context, world.at))],
      },
      {
        guard: both(at("confirming"), opened("opened")),
        target: ".idle",
        actions: [
          set<"opened">(moves.openedAs),
          say<"opened">((context, _, { nonce }) => sentSay(sentAs(context, { nonce }))),
        ],
      },
      {
        guard: at("confirming"),
        target: ".idle",
        actions: [
          set<"opened">(moves.openedAs),
          say<"opened">((_, world, event) => talk.notOpened(event.result, world)),
        ],
      },
      {
        guard: opened("opened"),
        actions: [set<"opened">(moves.openedAs)],
      },
      {
        actions: [
          set<"opened">(moves.openedAs),
          say<"opened">((_, world, event) => talk.notOpened(event.result, world)),
        ],
      },
    ],
    notice: [
      {
        guard: both(
          at("confirming", "watching"),
          when<"notice">((_, __, { notice }) => notice.kind === "withdrawn" && notice.why === "restart"),
          when((context, world) => freshKept(context, world.at) !== undefined),
        ),
        target: ".route",
        actions: [
          set<"notice">((context, _, { notice }) => heard(context, notice)),
          say<"notice">((context, world, { notice }) => noticeSay(notice, context, world)),
          set((context, world) => moves.resumed(context, world.at)),
        ],
      },
      {
        guard: both(
          at("confirming", "watching"),
          when<"notice">((context, _, { notice }) => isSettled(heard(context, notice))),
        ),
        target: ".idle",
        actions: [
          set<"notice">((context, _, { notice }) => heard(context, notice)),
          say<"notice">((context, world, { notice }) => noticeSay(notice, context, world)),
          sendProof,
        ],
      },
      {
        guard: at("confirming"),
        target: ".watching",
        actions: [
          set<"notice">((context, _, { notice }) => heard(context, notice)),
          say<"notice">((context, world, { notice }) => noticeSay(notice, context, world)),
          sendProof,
        ],
      },
      {
        actions: [
          set<"notice">((context, _, { notice }) => heard(context, notice)),
          say<"notice">((context, world, { notice }) => noticeSay(notice, context, world)),
          sendProof,
        ],
      },
    ],
    looked: {
      actions: [say<"looked">((_, world, event) => talk.lookedSay(event.result, world)), sendProof],
    },
    timer: [
      { guard: when<"timer">((_, __, { name }) => name === "forget"), actions: [...forgetNik] },
      {
        guard: when<"timer">(
          (context, world, { name }) => name === "region" && moves.regionOpened(context, world) !== undefined,
        ),
        actions: [say((context, world) => talk.regionOpenSay(context, world)), set(() => ({ waitsFor: undefined }))],
      },
      {
        guard: when<"timer">((context, _, { name }) => name === "region" && context.waitsFor !== undefined),
        actions: [timer("region", LOOK_AT_REGION)],
      },
    ],
    quiet: [
      { guard: silence("nudge"), actions: [say(nudgeSay), set(() => ({ nudged: true }))] },
      { guard: silence("park"), actions: [set(() => ({ parked: true, overlay: undefined }))] },
      { guard: silence("forget"), target: ".idle", actions: [...forgetNik, set(forgotten)] },
      {
        guard: silence("forget-all"),
        target: ".idle",
        actions: [set((context) => ({ ...forgotten(context), last: undefined, offer: undefined, sent: [] }))],
      },
    ],
  },
  states: {
    /** Nothing is asked. After a payment its proof and the next vehicle are on offer. Leaves by any answer or word. */
    idle: {},

    /** Where every answer goes: on to what is doubtful, then to what is missing, then to the bill. */
    route: {
      always: [
        { guard: when((context) => context.doubts.length > 0), target: "doubt" },
        { guard: when((context) => missing(context.answers) === "region"), target: "region" },
        { guard: when((context, world) => moves.isClosed(context, world)), target: "closed" },
        { guard: when((context) => missing(context.answers) === "nik"), target: "nik" },
        { guard: when((context) => missing(context.answers) === "chassis"), target: "chassis" },
        {
          guard: when((context, world) => limitedUntil(context, world) !== undefined),
          target: "idle",
          actions: [
            say((context, world) =>
              saying(part("rate_limited", { at: limitedUntil(context, world) ?? world.at, now: world.at })),
            ),
            keepAnswers,
          ],
        },
        { target: "inquiring" },
      ],
    },

    /** Asks for the region; `fill` leads on. */
    region: { entry: [asks("region")] },
    /** Asks for the KTP number. */
    nik: { entry: [asks("nik")] },
    /** Asks for the chassis number. */
    chassis: { entry: [asks("chassis")] },
    /** Asks about the first doubt; every answer to it leads back to `route`. */
    doubt: { entry: [asks("doubt")] },
    /** The region is shut: another one, or to be told when it opens. */
    closed: { entry: [asks("closed")] },

    /** The biller is asked. Leads to the bill, to what was wrong with the answers, or to waiting. */
    inquiring: {
      entry: [set(inquiring), ask(({ context }) => talk.inquireTask(context)), timer("slow", SLOW)],
      on: {
        inquired: [
          {
            guard: result("bill"),
            target: "bill",
            actions: [
              set<"inquired">((context, world, event) =>
                event.result.kind === "bill" ? quoted(context, event.result.bill, event.inquiredAt, world) : {},
              ),
              ...forgetNik,
            ],
          },
          {
            guard: result("not-found"),
            target: "notFound",
            actions: [
              set(notFound),
              say<"inquired">((context, world, event) =>
                asking("notFound", context, world, talk.notFoundParts(context, world, event.result)),
              ),
            ],
          },
          {
            guard: both(
              result("unavailable"),
              when((context, world) => moves.triesAgain(context, world) === "slow"),
              when<"inquired">((_, __, { result: is }) => is.kind === "unavailable" && is.why !== "login"),
            ),
            target: "slow",
            actions: [set((context, world) => moves.retried(context, "slow", world.at + TRY_SLOW))],
          },
          {
            guard: both(
              result("unavailable"),
              when((context, world) => moves.triesAgain(context, world) !== "no"),
            ),
            target: "down",
            actions: [set((context, world) => moves.retried(context, "down", world.at + TRY_DOWN))],
          },
          {
            guard: when<"inquired">((context, _, event) => event.number === context.inquiry),
            target: "idle",
            actions: [
              say<"inquired">((context, world, event) => talk.noBillSay(event.result, context, world)),
              keepAnswers,
              ...forgetNik,
            ],
          },
        ],
        timer: {
          guard: both(
            isTimer("slow"),
            when((context) => context.retry === undefined),
          ),
          actions: [say(() => saying(part("waiting", {})))],
        },
      },
    },

    /** The biller is slow: asked again by itself, for ten minutes. */
    slow: {
      entry: [onceAsking, ask(({ context, event }) => talk.pause(context, event.world.at, PAUSES))],
      on: { timer: { guard: isTimer("retry"), target: "inquiring" } },
    },
    /** The biller is down: asked again every quarter of an hour, for a day. */
    down: {
      entry: [onceAsking, ask(({ context, event }) => talk.pause(context, event.world.at, [PAUSE_DOWN]))],
      on: { timer: { guard: isTimer("retry"), target: "inquiring" } },
    },

    /** A bill is on offer. Only a confirmation that names it leads on to paying. */
    bill: {
      entry: [say(billSay), set(() => ({ refresh: undefined, retry: undefined }))],
    },
    /** No bill for these answers: one of them is to be typed again. */
    notFound: {},
    /** A second vehicle: with the same KTP number? */
    again: { entry: [asks("again")] },

    /** The confirmation is with the ledger. `opened` or a notice leads on. */
    confirming: {
      entry: [ask(({ context }) => talk.payTask(context)), set(confirmed)],
    },
    /** The view of what is under way. Its outcome is a notice; any answer starts the next vehicle meanwhile. */
    watching: {},

    /** A human has the chat; what is written is passed on. MENU leads back. */
    human: {
      entry: [
        ask(({ event }) => ({ kind: "human", text: event.world.text })),
        say((_, world) => talk.humanSay(world)),
        set((_, world) => ({ humanSince: world.at, overlay: undefined, strange: 0 })),
      ],
    },
  },
});

/** The version of the saved shape: states and context. A change of either raises it and brings a migration. */
export const VERSION = 1;
