import { regionName } from "../src/domain/region.ts";
import type { StaffId } from "../src/domain/staff.ts";
import { addsOnlyPlate, fill, fits, freshKept, KEEP, problem, rememberPiece, saysMore } from "./counter/answers.ts";
import {
  asksAgent,
  billSay,
  cancelledSay,
  confirmed,
  confirms,
  confirmsInVain,
  isStale,
  mismatch,
  type Named,
  nothingToCancelSay,
  quoted,
  quoteName,
  refreshable,
  refreshed,
  sentAs,
  sentSay,
  shownAs,
} from "./counter/bills.ts";
import { ask, both, chart, type Of, say, set, when } from "./counter/chart.ts";
import { type Context, hasAny, liveBill, missing, newContext } from "./counter/context.ts";
import { answersDoubt, keepPiece, settleDoubt } from "./counter/doubts.ts";
import { inquiring, isOurRepeat, limitedUntil, notFound } from "./counter/limits.ts";
import * as misread from "./counter/misread.ts";
import * as moves from "./counter/moves.ts";
import { ended, heard, isAskedAgain, isSettled, noticeSay } from "./counter/notices.ts";
import { asking, type Place, saying, shownRef } from "./counter/questions.ts";
import {
  actedAs,
  meantRequest,
  passable,
  pictured,
  requestedAs,
  requesting,
  requestsOf,
  saidLate,
} from "./counter/relay-context.ts";
import { hasPlaces, inTheWay, isAskable, isNight, opensAt, valuesOf } from "./counter/relay-question.ts";
import { actedSay, actTask, requestsSay } from "./counter/relay-talk.ts";
import { erased, forgotten, forgottenAll, notUnderstood, nudgeSay, resumeSay, silenceNow } from "./counter/silence.ts";
import * as talk from "./counter/talk.ts";
import type { Asked, FlowEvent, GlobalWord, World } from "./flow.ts";
import type { CustomerAct } from "./relay/events.ts";
import { type Part, part } from "./words/words.ts";
import { codesRestUntil, countingCodes } from "./wrong-codes.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** After this silence of the biller the user is told that we are asking (M5). */
const SLOW = 3 * SECOND;
/** How long a slow biller is tried before it counts as down, ms. */
const TRY_SLOW = 10 * MINUTE;
/** A biller that is down is tried until this long before the answers are forgotten, ms: then there is a last word. */
const LAST_WORD = 60 * MINUTE;
/** The pauses between tries, ms; the last one goes on. */
const PAUSES = [20 * SECOND, 40 * SECOND, MINUTE, 2 * MINUTE] as const;
const PAUSE_DOWN = 15 * MINUTE;
/** How long a message with a NIK stays at most (script rule 7), and how often a closed region is looked at. */
const FORGET = 15 * MINUTE;
const LOOK_AT_REGION = 30 * MINUTE;

/** Asks the question of a state. */
const asks = (place: Place) => say((context, world) => asking(place, context, world));

/** Says something, and then the open question again: no state is left, no place lost. */
function repeat<T extends FlowEvent["type"]>(
  before: (context: Context, world: World, event: Of<T>) => readonly Part[] = () => [],
) {
  return say<T>((context, world, event) => asking(world.place as Place, context, world, before(context, world, event)));
}

const word = (name: GlobalWord) => when<"word">((_, __, event) => event.word === name);
const hasAnswers = when((context) => hasAny(context.answers));
const hasQuote = when((context) => context.quote !== undefined);
const noOverlay = when((context) => context.overlay === undefined);
const overlaid = (name: Context["overlay"]) => when((context) => context.overlay === name);
const resumesFirst = when((context, world) => moves.resumesFirst(context, world.at));
/** A tap is meant for the counter, also while a human has the chat. */
const typed = when((_, world) => world.text !== "");
const result = (kind: string) =>
  when<"inquired">((context, _, event) => event.number === context.inquiry && event.result.kind === kind);
const opened = (...kinds: readonly string[]) => when<"opened">((_, __, event) => kinds.includes(event.result.kind));
const live = when<"opened">((_, __, event) => event.result.kind === "opened" && event.result.state === "live");
const silence = (stage: string) => when((context, world) => silenceNow(world.place, context, world.at) === stage);
const isTimer = (name: string) =>
  when<"timer">((context, _, event) => event.name === name && event.number === context.inquiry);
const isRegionTimer = when<"timer">(
  (context, _, event) => event.name === "region" && event.number === context.waitsFor?.since,
);

const keepAnswers = set((context, world) => moves.left(context, world.at));
const greet = set(moves.greeted);
const closeOverlay = set(() => ({ overlay: undefined }));
/** One more in a row that could not be read. */
const strange = set((context) => ({ strange: context.strange + 1 }));
const puzzled = [repeat(notUnderstood), strange];
const resume = set((context, world) => moves.resumed(context, world.at));

const forgetNik = [
  ask(({ context, event }) => ({ kind: "forget", refs: event.world.forgets ? context.nikMessages : [] })),
  set(() => ({ nikMessages: [] })),
];
/** A message with a NIK is deleted after a while, whatever becomes of the chat. */
const forgetLater = ask<"fill">(({ context, event }) =>
  event.world.forgets && event.messageRef !== undefined && context.nikMessages.includes(event.messageRef)
    ? { kind: "timer", name: "forget", number: context.inquiry, at: event.world.at + FORGET }
    : { kind: "nothing" },
);
/** Who waits for the first answer of the biller hears after a while that we are asking. */
const announceLater = ask(({ context, event }) =>
  context.retry === undefined
    ? { kind: "timer", name: "slow", number: context.inquiry, at: event.world.at + SLOW }
    : { kind: "nothing" },
);
const lookAtRegion = ask(({ context, event }) =>
  context.waitsFor === undefined
    ? { kind: "nothing" }
    : { kind: "timer", name: "region", number: context.waitsFor.since, at: event.world.at + LOOK_AT_REGION },
);

/** The greeting with the conditions comes before anything that a new person sends is used. */
const greetFirst = [
  say((context, world) => (context.greeted ? undefined : saying(...(moves.greeted(context, world).preface ?? [])))),
  set(() => ({ greeted: true })),
];

/** Who sends a NIK has agreed to what is said of it: kept beside the conversation, once. */
function consents(context: Context, event: Of<"fill">): Asked {
  const sendsNik = event.nik !== undefined && event.nik.kind !== "none";
  return sendsNik && !context.consented ? { kind: "consent" } : { kind: "nothing" };
}

/** What is written while a human has the chat goes to the human. */
const passOn = ask(({ event }) => ({ kind: "human", text: event.world.text }));
const toHuman = { description: "typed: passed on to the human", guard: typed, actions: [passOn] };

const take = set<"notice">((context, world, { notice }) => heard(context, notice, world));
/** The news in words, what LANJUT means from now on, and the proof behind it. */
const tell = [
  ask<"notice">(({ context, event: { id, notice, world } }) => ({
    kind: "say",
    say: noticeSay(notice, context, world),
    language: context.language,
    // The ledger owes this sentence until it was delivered.
    notice: id,
  })),
  set<"notice">((context, world, { notice }) => ended(context, notice, world.at)),
  ask(({ context, event }) => talk.proofOf(event, context)),
];

/** Waiting is announced when it begins, not at each try. */
const onceAsking = say((context, world) =>
  context.retry?.tries === 0 ? asking(context.retry.phase, { ...context, overlay: undefined }, world) : undefined,
);

/** KEMBALI: one question back. A list that lies over the question is closed first (below, for every state). */
const back = (field: "region" | "nik" | "chassis") => ({
  description: `KEMBALI: asks for the ${field} again`,
  guard: both(word("back"), noOverlay),
  target: "route",
  actions: [set(moves.changes(field))],
});

/** What was typed again changes nothing that the biller is asked: a plate is compared with the bill, no more. */
const plateOnly = {
  description: "nothing new but perhaps a plate",
  guard: when<"fill">((context, _, event) => addsOnlyPlate(context, event)),
  actions: [
    set<"fill">((context, _, event) => ({
      answers: { ...context.answers, plate: event.plate ?? context.answers.plate },
    })),
    closeOverlay,
    repeat<"fill">((_, __, event) => (event.plate === undefined ? [] : [part("got_plate", { plate: event.plate })])),
  ],
};

/** A stale confirmation: a fresh inquiry at once, and it never pays by itself (script rule 10). */
const again = <T extends FlowEvent["type"]>(name: (context: Context, event: Of<T>) => Named) => ({
  guard: when<T>((context, world, event) => refreshable(context, world, name(context, event)) !== undefined),
  target: ".route",
  actions: [set<T>((context, world, event) => refreshed(context, world, name(context, event)))],
});

/** The bill that names itself by its button or code is not to be paid here: how else. */
const inVain = {
  description: "names the bill on offer, which may not be paid here: how else",
  actions: [say((context, world) => ({ ...asking("bill", context, world), parts: mismatch(context, world) }))],
};

/** A confirmation is with the ledger, or a payment under way. What was not sent yet can be stopped, and nothing else. */
const underWay = [
  {
    description: "BATAL: stopped if it was not sent yet",
    guard: word("cancel"),
    actions: [
      ask(({ context }) => talk.cancelTask(context)),
      say((context, world) => (liveBill(context) === undefined ? nothingToCancelSay(context, world) : undefined)),
    ],
  },
  {
    description: "LANJUT: it goes on by itself",
    guard: both(word("resume"), (seen) => !resumesFirst(seen)),
    actions: [repeat()],
  },
];
const noCode = {
  description: "no code of this chat: it goes on by itself",
  guard: when<"confirm-code">((context, _, { code }) => shownAs(context, { code }) === undefined),
  actions: [repeat()],
};
const cannotChange = {
  description: "cannot be changed any more",
  actions: [say((context) => saying(part("sent_already", { ref: shownRef(liveBill(context)) })))],
};

/** The bill on offer is given to the desk, for the counter that was chosen, or any. */
function request<T extends FlowEvent["type"]>(chosen: (event: Of<T>) => StaffId | undefined) {
  return [
    ask<T>(({ context, event }) => {
      const { quote, language } = context;
      if (quote === undefined) return { kind: "nothing" };
      const { bill, nonce, inquiredAt, expiresAt } = quote;
      return { kind: "request", nonce, bill, inquiredAt, expiresAt, wanted: chosen(event), language };
    }),
    set<T>((context, world, event) => {
      const wanted = chosen(event);
      const name = world.counters?.find(({ id }) => id === wanted)?.name ?? "";
      return requesting(context, world, name);
    }),
  ];
}

const isCounter = when<"counter">((_, world, { agent }) => {
  return agent === undefined || world.counters?.some(({ id }) => id === agent) === true;
});
const askableNow = when((context, world) => context.quote !== undefined && isAskable(context.quote, world));
const hasRequest = when((context) => requestsOf(context).length > 0);
const stage = (...stages: readonly string[]) =>
  when((context) => stages.includes(meantRequest(context, undefined)?.stage ?? ""));
const acts = (act: CustomerAct) => ask(({ context }) => actTask(context, { act, ref: undefined }));
/** It goes to the agent with SUDAH. Not in the middle of another vehicle: there it may be a picture of a KTP. */
const transferPicture = {
  description: "a picture of the transfer: as SUDAH, passed on to the agent, and kept nowhere",
  guard: both(
    stage("taken", "said", "sum-moved"),
    when<"media">((_, __, { media }) => media === "photo"),
  ),
  actions: [
    ask<"media">(({ context, event }) =>
      actTask(context, { act: "said-with-photo", ref: undefined, picture: passable(context, event) }),
    ),
    set<"media">((context, _, event) => pictured(context, event)),
  ],
};
/** What became of a request that was to be made; only while it is waited for. */
const requestedWas = (...kinds: readonly string[]) =>
  when<"requested">((context, _, { nonce, result: { kind } }) => {
    return kinds.includes(kind) && requestsOf(context).some((one) => one.nonce === nonce && one.stage === "asking");
  });
const takeRequested = set<"requested">((context, world, event) => requestedAs(context, world, event));
const lateNight = say((_, world) => {
  const opens = opensAt(world) ?? world.at;
  return saying(part("late_night", { opens, now: world.at }));
});
const DUTY_LOOK = 5 * MINUTE;
const DUTY_WAIT = 24 * 60 * MINUTE;
const lookAtDuty = ask(({ context, event }) =>
  context.dutyWait === undefined
    ? { kind: "nothing" }
    : { kind: "timer", name: "duty", number: context.dutyWait, at: event.world.at + DUTY_LOOK },
);
const someoneOnDuty = when((_, world) => inTheWay(world) !== "nobody");
const isDutyTimer = when<"timer">((context, _, { name, number }) => name === "duty" && number === context.dutyWait);
const onDutyNow = when((_, { counters = [], at }) => counters.length > 0 && !isNight(at));

/** The request of this chat: BATAL, what its number means, and news of it. */
const requestWords = [
  {
    description: "BATAL while nobody has it: taken back",
    guard: both(word("cancel"), stage("asked", "no-answer")),
    actions: [acts("cancelled")],
  },
  {
    description: "BATAL once an agent has it: was the money handed over?",
    guard: both(word("cancel"), stage("taken", "said", "sum-moved")),
    actions: [set(() => ({ overlay: "handed" })), repeat()],
  },
  {
    description: "BATAL of what is being paid, or has come to nothing: how it stands",
    guard: word("cancel"),
    actions: [closeOverlay, repeat()],
  },
];

/** News that ends the view of what is under way. */
const settling = [
  {
    description: "the program stopped before it was sent: the bill is asked for again",
    guard: when<"notice">((context, world, { notice }) => isAskedAgain(heard(context, notice, world), notice, world)),
    target: "route",
    actions: [take, ...tell, resume],
  },
  {
    description: "nothing is under way any more",
    guard: when<"notice">((context, world, { notice }) => isSettled(heard(context, notice, world))),
    target: "idle",
    actions: [take, ...tell],
  },
];

/**
 * The customer's conversation: region, KTP number, chassis number, doubts, bill, confirmation, and the view of what is
 * under way. No I/O, no clock, no `invoke`: it asks by `task`, and everything that it knows of the world comes with the
 * event. A payment stands beside it: its outcome is a notice, taken in every state. docs/flows/counter.md is made from
 * the descriptions here.
 */
export const machine = chart.createMachine({
  id: "counter",
  // `advance` brings its own. As a value, for xstate begins a machine anew at each pure step before it takes the event.
  context: newContext("id", 0),
  initial: "idle",
  on: {
    fill: [
      {
        description: "an answer that fits a field, whatever the open question",
        guard: when<"fill">((context, _, event) => fits(context, event)),
        target: ".route",
        actions: [
          ...greetFirst,
          ask<"fill">(({ context, event }) => consents(context, event)),
          set<"fill">((context, world, event) => fill(context, event, world)),
          forgetLater,
        ],
      },
      {
        description: "an answer that does not fit: what is wrong with it",
        actions: [
          say<"fill">((context, world, event) => misread.unfit(problem(context, event), context, world)),
          set<"fill">((context, _, event) => rememberPiece(context, event)),
          strange,
          forgetLater,
        ],
      },
    ],
    "region-many": {
      description: "fits several regions",
      target: ".region",
      actions: [set<"region-many">((context, world, event) => moves.chooseAmong(context, world, event))],
    },
    confirm: [
      {
        description: "names the bill on offer",
        guard: when<"confirm">((context, world, { nonce }) => confirms(context, world, { nonce })),
        target: ".confirming",
      },
      {
        description: "names the bill on offer, which goes to an agent",
        guard: when<"confirm">((context, world, { nonce }) => asksAgent(context, world, { nonce })),
        target: ".choose",
      },
      { ...inVain, guard: when<"confirm">((context, world, { nonce }) => confirmsInVain(context, world, { nonce })) },
      {
        description: "was confirmed before, or its vehicle is being paid: how that stands",
        guard: when<"confirm">((context, _, { nonce }) => sentAs(context, { nonce }) !== undefined),
        actions: [say<"confirm">((context, _, { nonce }) => sentSay(sentAs(context, { nonce })))],
      },
      { description: "an old bill: asked for again", ...again<"confirm">((_, { nonce }) => ({ nonce })) },
      {
        description: "an unknown bill, while another is on offer: that one",
        guard: hasQuote,
        actions: [say((context, world) => asking("bill", context, world, [part("button_stale", {})])), closeOverlay],
      },
      { description: "an unknown bill: too old", actions: [say(() => saying(part("stale_nothing", {})))] },
    ],
    "confirm-code": [
      {
        description: "names the bill on offer",
        guard: when<"confirm-code">((context, world, { code }) => confirms(context, world, { code })),
        target: ".confirming",
      },
      {
        description: "names the bill on offer, which goes to an agent",
        guard: when<"confirm-code">((context, world, { code }) => asksAgent(context, world, { code })),
        target: ".choose",
      },
      {
        ...inVain,
        guard: when<"confirm-code">((context, world, { code }) => confirmsInVain(context, world, { code })),
      },
      {
        description: "was confirmed before, or its vehicle is being paid: how that stands",
        guard: when<"confirm-code">((context, _, { code }) => sentAs(context, { code }) !== undefined),
        actions: [say<"confirm-code">((context, _, { code }) => sentSay(sentAs(context, { code })))],
      },
      { description: "an old bill: asked for again", ...again<"confirm-code">((_, { code }) => ({ code })) },
      {
        description: "another number at a bill: nothing was paid, and how to pay",
        guard: hasQuote,
        actions: [say((context, world) => ({ ...asking("bill", context, world), parts: mismatch(context, world) }))],
      },
      {
        description: "the code of a bill that is forgotten",
        guard: when<"confirm-code">((context, _, { code }) => shownAs(context, { code }) !== undefined),
        actions: [say(() => saying(part("stale_nothing", {})))],
      },
      { description: "a number that is no code", actions: puzzled },
    ],
    "wants-to-pay": [
      {
        description: "at an old bill: asked for again",
        ...again<"wants-to-pay">(quoteName),
        guard: when((context, world) => {
          return isStale(context, world) && refreshable(context, world, quoteName(context)) !== undefined;
        }),
      },
      {
        description: "at a bill: nothing was paid, and how to pay",
        actions: [say((context, world) => ({ ...asking("bill", context, world), parts: mismatch(context, world) }))],
      },
    ],
    word: [
      {
        description: "BATAL at HAPUS DATA: nothing is erased",
        guard: both(word("cancel"), overlaid("erase")),
        actions: [closeOverlay, repeat(() => [part("not_erased", {})])],
      },
      {
        description: "BATAL: the answers are kept for LANJUT",
        guard: both(word("cancel"), when(moves.isBusy)),
        target: ".idle",
        actions: [say(cancelledSay), keepAnswers, ...forgetNik],
      },
      {
        description: "BATAL with nothing open",
        guard: word("cancel"),
        target: ".idle",
        actions: [say(nothingToCancelSay), keepAnswers, ...forgetNik],
      },
      {
        description: "MENU",
        guard: word("menu"),
        target: ".region",
        actions: [keepAnswers, ...forgetNik, greet],
      },
      {
        description: "MULAI LAGI",
        guard: word("restart"),
        target: ".region",
        actions: [set(moves.restarted), ...forgetNik],
      },
      {
        description: "KEMBALI elsewhere: the open question again",
        guard: word("back"),
        actions: [closeOverlay, repeat()],
      },
      {
        description: "LANJUT after a payment that came to nothing: its vehicle",
        guard: both(word("resume"), resumesFirst),
        target: ".route",
        actions: [resume],
      },
      {
        description: "LANJUT while a question is open: that question",
        guard: both(word("resume"), hasAnswers),
        actions: [closeOverlay, repeat()],
      },
      {
        description: "LANJUT: the answers of before",
        guard: both(
          word("resume"),
          when((context, world) => freshKept(context, world.at) !== undefined),
        ),
        target: ".route",
        actions: [resume],
      },
      {
        description: "LANJUT without answers",
        guard: word("resume"),
        target: ".region",
        actions: [set(moves.nothingKept)],
      },
      { description: "BANTUAN", guard: word("help"), actions: [set(() => ({ overlay: "help" })), repeat()] },
      {
        description: "STATUS of a request",
        guard: both(word("status"), hasRequest, (seen) => !stage("received")(seen)),
        actions: [say(requestsSay)],
      },
      { description: "STATUS", guard: word("status"), actions: [ask(() => ({ kind: "look", what: "status" }))] },
      { description: "RIWAYAT", guard: word("history"), actions: [ask(() => ({ kind: "look", what: "history" }))] },
      {
        description: "BUKTI, ASLI after five wrong codes in an hour: none is looked at",
        guard: when<"word">(
          (context, world, { code }) => code !== undefined && codesRestUntil(context, world) !== undefined,
        ),
        actions: [
          say((context, world) =>
            saying(part("code_rest", { at: codesRestUntil(context, world) ?? world.at, now: world.at })),
          ),
        ],
      },
      { description: "BUKTI", guard: word("proof"), actions: [ask<"word">(({ event }) => talk.proofLook(event))] },
      {
        description: "ASLI with a code",
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
      {
        description: "ASLI",
        guard: word("authentic"),
        actions: [say(() => saying(part("authentic_how", {})))],
      },
      { description: "PETUGAS", guard: word("human"), target: ".human" },
      {
        description: "PRIVASI",
        guard: word("privacy"),
        actions: [say((_, world) => saying(part("privacy", { loket: world.policy.loket })))],
      },
      { description: "HAPUS DATA", guard: word("erase"), actions: [set(() => ({ overlay: "erase" })), repeat()] },
      {
        description: "ENGLISH",
        guard: word("english"),
        actions: [set(() => ({ language: "en" })), repeat(() => [part("language_now", {})])],
      },
      {
        description: "INDONESIA",
        guard: word("indonesian"),
        actions: [set(() => ({ language: "id" })), repeat(() => [part("language_now", {})])],
      },
      {
        description: "where the chassis number stands",
        guard: word("where-chassis"),
        actions: [closeOverlay, say(misread.whereChassisSay)],
      },
    ],
    greets: {
      description: "a greeting: as MENU",
      target: ".region",
      actions: [keepAnswers, ...forgetNik, greet],
    },
    change: [
      {
        description: "UBAH: which part",
        guard: both(
          when<"change">((_, __, event) => event.field === "unsaid"),
          hasAnswers,
        ),
        actions: [set(() => ({ overlay: "fix" })), repeat()],
      },
      {
        description: "UBAH one part",
        guard: when((context, world) => moves.changeable(context, world) !== undefined),
        target: ".route",
        actions: [
          set((context, world) => ({ answers: moves.changeable(context, world) ?? context.answers })),
          set<"change">((context, _, { field }) => moves.changes(field === "unsaid" ? "region" : field)(context)),
        ],
      },
      { description: "UBAH without answers", target: ".region", actions: [greet] },
    ],
    doubt: [
      {
        description: "TETAP at 15 digits",
        guard: when<"doubt">((context, _, { answer }) => answer === "keep" && keepPiece(context) !== undefined),
        target: ".route",
        actions: [ask(() => ({ kind: "consent" })), set((context) => keepPiece(context) ?? {})],
      },
      {
        description: "a button of a doubt that is settled",
        guard: when<"doubt">((_, __, { number }) => number !== undefined),
        actions: [repeat(() => [part("tap_old", {})])],
      },
      { description: "TETAP where nothing is doubtful", actions: puzzled },
    ],
    another: [
      {
        description: "the next vehicle, with something of the last",
        guard: when((context, world) => moves.vehicleBefore(context, world) !== undefined),
        target: ".again",
        actions: [set(moves.another)],
      },
      { description: "the next vehicle", target: ".region", actions: [keepAnswers, greet] },
    ],
    "same-nik": { description: "a button of an old question", actions: [repeat(() => [part("tap_old", {})])] },
    "last-vehicle": [
      {
        description: "the vehicle that was paid last",
        guard: when((context) => context.last !== undefined),
        target: ".route",
        actions: [set(moves.lastAgain)],
      },
      { description: "no vehicle is known any more", target: ".region", actions: [greet] },
    ],
    "tell-when-open": {
      description: "Kabari saat buka",
      target: ".idle",
      actions: [
        set<"tell-when-open">((_, world, { product }) => ({ waitsFor: { product, since: world.at } })),
        lookAtRegion,
        say<"tell-when-open">((_, __, { product }) => saying(part("region_wait", { region: regionName(product) }))),
        keepAnswers,
        ...forgetNik,
      ],
    },
    proof: {
      description: "a button of a proof",
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
        description: "an old button: asked again",
        guard: both(
          when<"erase">((_, __, { sure }) => sure),
          (seen) => !overlaid("erase")(seen),
        ),
        actions: [set(() => ({ overlay: "erase" })), repeat()],
      },
      {
        description: "sure: all that may go",
        guard: when<"erase">((_, __, { sure }) => sure),
        target: ".idle",
        actions: [...forgetNik, set(forgotten), ask(() => ({ kind: "erase" }))],
      },
      { description: "not erased", actions: [closeOverlay, repeat(() => [part("not_erased", {})])] },
    ],
    erased: {
      description: "what was erased",
      actions: [
        set<"erased">((context, _, { busy }) => erased(context, busy)),
        say<"erased">((_, __, { busy }) =>
          saying(busy === undefined ? part("erased", {}) : part("erase_busy", { ref: `TRX-${busy}` })),
        ),
      ],
    },
    enrol: { description: "DAFTAR", actions: [ask<"enrol">(({ event }) => ({ kind: "enrol", code: event.code }))] },
    enrolled: {
      description: "what became of DAFTAR",
      actions: [say<"enrolled">((_, __, event) => talk.enrolledSay(event.result))],
    },
    "agents-only": {
      description: "an agent's word, of somebody who is none",
      actions: [say(() => saying(part("agent_only", {})))],
    },
    counter: { description: "a button of an old question", actions: [repeat(() => [part("tap_old", {})])] },
    "tell-on-duty": { description: "a button of an old question", actions: [repeat(() => [part("tap_old", {})])] },
    "agent-act": { description: "an agent's button", actions: [repeat(() => [part("tap_old", {})])] },
    "agent-acted": { description: "what an agent did before this was a customer's chat" },
    "customer-act": [
      {
        description: "SUDAH at the question whether it was: it was",
        guard: both(
          overlaid("handed"),
          when<"customer-act">((_, __, { act }) => act === "said"),
        ),
        actions: [closeOverlay, acts("taken-back")],
      },
      {
        description: "10 minutes more",
        guard: both(
          hasRequest,
          when<"customer-act">((_, __, { act }) => act === "wait"),
        ),
        actions: [
          say<"customer-act">((context, _, { ref }) => {
            const request = meantRequest(context, ref);
            return request === undefined ? undefined : saying(part("request_wait_on", valuesOf(request)));
          }),
        ],
      },
      {
        description: "SUDAH, Ke loket lain, Setuju, or the answer whether the money was handed over: the desk decides",
        guard: when<"customer-act">((context, _, event) => actTask(context, event).kind !== "nothing"),
        actions: [ask<"customer-act">(({ context, event }) => actTask(context, event)), closeOverlay],
      },
      {
        description: "SUDAH of what is paid, or being paid: how that stands",
        guard: when<"customer-act">((context, _, { act }) => act === "said" && saidLate(context) !== undefined),
        actions: [closeOverlay, say((context) => sentSay(saidLate(context)))],
      },
      {
        description: "no request is open: no money to anybody",
        actions: [closeOverlay, say(() => saying(part("request_none", {})))],
      },
    ],
    "customer-acted": {
      description: "what became of it",
      actions: [
        say<"customer-acted">((_, world, event) => actedSay(world, event)),
        set<"customer-acted">((context, world, event) => actedAs(context, world, event)),
      ],
    },
    requested: [
      {
        description: "there is a request; its news comes as a notice",
        guard: requestedWas("asked"),
        actions: [takeRequested],
      },
      {
        description: "there was one before",
        guard: requestedWas("exists"),
        actions: [
          say<"requested">((_, __, { result: is }) =>
            "ref" in is ? saying(part("request_exists", { ref: is.ref })) : undefined,
          ),
          takeRequested,
        ],
      },
      {
        description: "no request, where another vehicle was begun meanwhile: why",
        guard: requestedWas("late", "nobody", "not-that-one"),
        actions: [
          say<"requested">((_, world, { result: is }) =>
            saying(
              is.kind === "not-that-one"
                ? part("not_that_counter", {})
                : part("nobody_on_duty", { opens: opensAt(world), now: world.at }),
            ),
          ),
          takeRequested,
        ],
      },
    ],
    thanks: { description: "thanks", actions: [say(() => saying(part("thanks", {})))] },
    media: [
      {
        description: "the third voice note, picture or call in a row",
        guard: when((context) => context.media >= 2),
        target: ".human",
      },
      {
        description: "cannot be read: what to type instead",
        actions: [
          say<"media">((context, world, event) => misread.mediaSay(context, world, event.media)),
          strange,
          set((context) => ({ media: context.media + 1 })),
        ],
      },
    ],
    "no-such-choice": {
      description: "a number that the list does not have",
      actions: [
        say<"no-such-choice">((context, world, { choices }) =>
          misread.corrects([part("choice_invalid", { choices }), ...notUnderstood(context).slice(1)], context, world),
        ),
        strange,
      ],
    },
    operator: { description: "the operator writes himself", target: ".human" },
    late: {
      description: "written while we were away: the open question, once",
      actions: [
        say((context, world) =>
          context.late ? undefined : asking(world.place as Place, context, world, [part("back_online", {})]),
        ),
        set(() => ({ late: true })),
      ],
    },
    "old-tap": { description: "a button that we no longer know", actions: [repeat(() => [part("tap_old", {})])] },
    nonsense: [
      {
        description: "in a parked chat: the way on",
        guard: both(
          when((context) => context.parked),
          noOverlay,
        ),
        actions: [say(resumeSay), strange],
      },
      {
        description: "the open question again",
        actions: [
          say<"nonsense">((context, world, event) => misread.nonsense(context, world, event.text)),
          strange,
          set(() => ({ among: [] })),
        ],
      },
    ],
    opened: [
      {
        description: "remembered; its news comes as a notice",
        guard: opened("opened"),
        actions: [set<"opened">(moves.openedAs)],
      },
      {
        description: "not opened: why",
        actions: [
          set<"opened">(moves.openedAs),
          say<"opened">((context, world, event) => talk.notOpened(event.result, context, world)),
        ],
      },
    ],
    "not-cancelled": { description: "BATAL came too late", actions: [say(nothingToCancelSay)] },
    notice: { description: "news of a payment", actions: [take, ...tell] },
    looked: {
      description: "what was looked up",
      actions: [
        set<"looked">(countingCodes),
        say<"looked">((_, world, event) => talk.lookedSay(event.result, world)),
        ask(({ context, event }) => talk.proofOf(event, context)),
      ],
    },
    timer: [
      {
        description: "a message with a NIK was there long enough",
        guard: when<"timer">((_, __, { name }) => name === "forget"),
        actions: [...forgetNik],
      },
      {
        description: "the region that the user waits for is open",
        guard: both(
          isRegionTimer,
          when((context, world) => moves.regionOpened(context, world) !== undefined),
        ),
        actions: [say((context, world) => talk.regionOpenSay(context, world)), set(() => ({ waitsFor: undefined }))],
      },
      { description: "the region is still closed", guard: isRegionTimer, actions: [lookAtRegion] },
      {
        description: "a counter is on duty",
        guard: both(isDutyTimer, onDutyNow),
        actions: [say(() => saying(part("duty_open", {}))), set(() => ({ dutyWait: undefined }))],
      },
      {
        description: "a day without a counter on duty: not waited for any more",
        guard: both(
          isDutyTimer,
          when((context, { at }) => at >= (context.dutyWait ?? at) + DUTY_WAIT && !isNight(at)),
        ),
        actions: [say(() => saying(part("duty_wait_over", {}))), set(() => ({ dutyWait: undefined }))],
      },
      { description: "still no counter on duty", guard: isDutyTimer, actions: [lookAtDuty] },
    ],
    quiet: [
      {
        description: "30 min after the operator's last word: the counter is back",
        guard: silence("hand-back"),
        target: ".idle",
        actions: [keepAnswers],
      },
      {
        description: "10 min at a number: one nudge",
        guard: silence("nudge"),
        actions: [say(nudgeSay), set(() => ({ nudged: true }))],
      },
      {
        description: "30 min: parked",
        guard: silence("park"),
        actions: [set(() => ({ parked: true, overlay: undefined }))],
      },
      {
        description: "24 h: what was typed is forgotten",
        guard: silence("forget"),
        target: ".idle",
        actions: [...forgetNik, set(forgotten)],
      },
      {
        description: "90 days: the rest is forgotten",
        guard: silence("forget-all"),
        target: ".idle",
        actions: [set(forgottenAll)],
      },
    ],
  },
  states: {
    idle: {
      description: "Nothing is asked. After a payment its proof and the next vehicle are on offer.",
      on: {
        "wants-to-pay": { description: "BAYAR with nothing to pay yet", target: "region", actions: [greet] },
        nonsense: {
          description: "the first message of a new person",
          guard: when((context) => !context.greeted),
          target: "region",
          actions: [greet],
        },
        late: {
          description: "a new person wrote while we were away",
          guard: when((context) => !context.greeted),
          target: "region",
          actions: [greet],
        },
        "old-tap": {
          description: "a tap of a person whom we forgot",
          guard: when((context) => !context.greeted),
          target: "region",
          actions: [greet],
        },
        media: {
          description: "a new person sends a picture or a voice note",
          guard: when((context) => !context.greeted),
          target: "region",
          actions: [
            set<"media">((context, world, { media }) => {
              const opening = moves.greeted(context, world);
              const said = misread.mediaPart(context, world, media);
              return { ...opening, preface: [said, ...(opening.preface ?? [])], media: 1 };
            }),
          ],
        },
      },
    },

    route: {
      description: "Where every answer goes: to what is doubtful, then to what is missing, then to the bill.",
      always: [
        { description: "something is doubtful", guard: when((context) => context.doubts.length > 0), target: "doubt" },
        {
          description: "no region",
          guard: when((context) => missing(context.answers) === "region"),
          target: "region",
        },
        { description: "the region is closed", guard: when(moves.isClosed), target: "closed" },
        { description: "no NIK", guard: when((context) => missing(context.answers) === "nik"), target: "nik" },
        {
          description: "no chassis number",
          guard: when((context) => missing(context.answers) === "chassis"),
          target: "chassis",
        },
        {
          description: "too many inquiries",
          guard: when((context, world, event) => {
            return !isOurRepeat(context, event) && limitedUntil(context, world) !== undefined;
          }),
          target: "idle",
          actions: [
            say((context, world) =>
              saying(part("rate_limited", { at: limitedUntil(context, world) ?? world.at, now: world.at })),
            ),
            keepAnswers,
          ],
        },
        { description: "all is there", target: "inquiring" },
      ],
    },

    region: { description: "Asks for the region.", entry: [asks("region")] },
    nik: { description: "Asks for the KTP number.", entry: [asks("nik")], on: { word: back("region") } },
    chassis: { description: "Asks for the chassis number.", entry: [asks("chassis")], on: { word: back("nik") } },
    doubt: {
      description: "Asks about the first doubt; every answer leads back to route.",
      entry: [asks("doubt")],
      on: {
        word: {
          description: "KEMBALI: typed again",
          guard: both(word("back"), noOverlay),
          target: "route",
          actions: [set((context) => settleDoubt(context, "retype"))],
        },
        doubt: {
          description: "settled",
          guard: when<"doubt">(
            (context, _, { number, answer }) =>
              (number === undefined || number === context.doubtNumber) && answersDoubt(context, answer),
          ),
          target: "route",
          actions: [set<"doubt">((context, _, { answer }) => settleDoubt(context, answer))],
        },
      },
    },
    closed: {
      description: "The region is shut: another one, or to be told when it opens.",
      entry: [asks("closed")],
      on: { word: back("region") },
    },

    inquiring: {
      description: "The biller is asked.",
      entry: [
        // What was taken beside the last answer is said at once; the bill is the answer to that one.
        say((context) => (saysMore(context) ? saying(...context.preface, part("checking", {})) : undefined)),
        set(inquiring),
        ask(({ context }) => talk.inquireTask(context)),
        announceLater,
      ],
      on: {
        fill: plateOnly,
        word: back("chassis"),
        inquired: [
          {
            description: "a bill",
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
            description: "nothing found",
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
            description: "no answer: tried again soon",
            guard: both(
              result("unavailable"),
              when((context, world) => moves.triesAgain(context, world) === "slow"),
              when<"inquired">((_, __, { result: is }) => is.kind === "unavailable" && is.why !== "login"),
            ),
            target: "slow",
            actions: [set((context, world) => moves.retried(context, "slow", world.at + TRY_SLOW))],
          },
          {
            description: "no answer for long: tried for a day",
            guard: both(
              result("unavailable"),
              when((context, world) => moves.triesAgain(context, world) !== "no"),
            ),
            target: "down",
            actions: [set((context) => moves.retried(context, "down", context.lastUserAt + KEEP - LAST_WORD))],
          },
          {
            description: "no bill, and nothing to be typed again",
            guard: when<"inquired">((context, _, event) => event.number === context.inquiry),
            target: "idle",
            actions: [
              set<"inquired">((_, __, event) => moves.withoutBill(event.result)),
              say<"inquired">((context, world, event) => talk.noBillSay(event.result, context, world)),
              keepAnswers,
              ...forgetNik,
            ],
          },
        ],
        timer: {
          description: "after 3 s: that we are asking",
          guard: isTimer("slow"),
          actions: [say(() => saying(part("waiting", {})))],
        },
      },
    },

    slow: {
      description: "The biller is slow: asked again by itself, for ten minutes.",
      entry: [onceAsking, ask(({ context, event }) => talk.pause(context, event.world.at, PAUSES))],
      on: {
        fill: plateOnly,
        word: back("chassis"),
        timer: { description: "the next try", guard: isTimer("retry"), target: "inquiring" },
      },
    },
    down: {
      description: "The biller is down: asked again every quarter of an hour, for a day.",
      entry: [onceAsking, ask(({ context, event }) => talk.pause(context, event.world.at, [PAUSE_DOWN]))],
      on: {
        fill: plateOnly,
        word: back("chassis"),
        timer: { description: "the next try", guard: isTimer("retry"), target: "inquiring" },
      },
    },

    bill: {
      description: "A bill is on offer. Only a confirmation that names it leads on to paying.",
      entry: [say(billSay), set(() => ({ refresh: undefined, retry: undefined }))],
      on: {
        fill: { ...plateOnly, guard: both(plateOnly.guard, (seen) => !when(isStale)(seen)) },
        word: [
          back("chassis"),
          {
            description: "LANJUT at an old bill: asked for again",
            guard: both(word("resume"), when(isStale), (seen) => !resumesFirst(seen)),
            target: "route",
            actions: [set((context, world) => refreshed(context, world, quoteName(context)))],
          },
        ],
      },
    },
    notFound: {
      description: "No bill for these answers: one of them is to be typed again.",
      on: { word: back("chassis") },
    },
    again: {
      description: "A second vehicle: with the same KTP number?",
      entry: [asks("again")],
      on: {
        word: { description: "KEMBALI", guard: both(word("back"), noOverlay), target: "region", actions: [greet] },
        "same-nik": { description: "the same NIK", target: "route", actions: [set(moves.sameNik)] },
      },
    },

    confirming: {
      description: "The confirmation is with the ledger.",
      entry: [ask(({ context }) => talk.payTask(context)), set(confirmed)],
      on: {
        word: underWay,
        change: cannotChange,
        "confirm-code": noCode,
        "wants-to-pay": { description: "a second tap", actions: [repeat()] },
        opened: [
          {
            description: "the payment is under way",
            guard: live,
            target: "watching",
            actions: [set<"opened">(moves.openedAs)],
          },
          {
            description: "the bill is too old: asked for again",
            guard: both(
              opened("bill-too-old", "quotes-void"),
              when<"opened">((context, world, { nonce }) => {
                const { answers } = { ...context, ...moves.askedAgain(context, world, { nonce }) };
                return missing(answers) === undefined;
              }),
            ),
            target: "route",
            actions: [set<"opened">(moves.openedAs), set<"opened">(moves.askedAgain)],
          },
          {
            description: "it has ended before",
            guard: opened("opened"),
            target: "idle",
            actions: [
              set<"opened">(moves.openedAs),
              say<"opened">((context, _, { nonce }) => sentSay(sentAs(context, { nonce }))),
            ],
          },
          {
            description: "not opened: why",
            target: "idle",
            actions: [
              set<"opened">(moves.openedAs),
              say<"opened">((context, world, event) => talk.notOpened(event.result, context, world)),
            ],
          },
        ],
        notice: [...settling, { description: "news of a payment", target: "watching", actions: [take, ...tell] }],
      },
    },
    watching: {
      description: "The view of what is under way. Any answer starts the next vehicle meanwhile.",
      on: {
        word: underWay,
        change: cannotChange,
        "confirm-code": noCode,
        "wants-to-pay": { description: "a second tap", actions: [repeat()] },
        opened: {
          description: "not opened, and nothing else is under way",
          guard: both(
            (seen) => !opened("opened")(seen),
            when<"opened">((context, world, event) =>
              isSettled({ ...context, ...moves.openedAs(context, world, event) }),
            ),
          ),
          target: "idle",
          actions: [
            set<"opened">(moves.openedAs),
            say<"opened">((context, world, event) => talk.notOpened(event.result, context, world)),
          ],
        },
        notice: settling,
      },
    },

    choose: {
      description: "Where a bill goes that an agent is to pay.",
      always: [
        {
          description: "after 23.15: not any more today",
          guard: when((_, world) => inTheWay(world) === "late"),
          target: "idle",
          actions: [lateNight, keepAnswers],
        },
        {
          description: "nobody is on duty",
          guard: when((_, world) => inTheWay(world) === "nobody"),
          target: "nobody",
        },
        {
          description: "there are counters to choose from",
          guard: when((_, world) => hasPlaces(world)),
          target: "counters",
        },
        { description: "agents without a place: any", target: "requested", actions: request(() => undefined) },
      ],
    },
    counters: {
      description: "At which counter is the money handed over?",
      entry: [asks("counters")],
      on: {
        counter: [
          {
            description: "the bill has run out of time: asked for again",
            guard: (seen) => !askableNow(seen),
            target: "route",
            actions: [set((context, world) => refreshed(context, world, quoteName(context)))],
          },
          {
            description: "a counter: the desk has the request",
            guard: isCounter,
            target: "requested",
            actions: request<"counter">(({ agent }) => agent),
          },
          {
            description: "is on duty no more: who is",
            target: "choose",
            actions: [say(() => saying(part("not_that_counter", {})))],
          },
        ],
        word: { description: "KEMBALI: the bill", guard: both(word("back"), noOverlay), target: "bill" },
      },
    },
    nobody: {
      description: "Nobody is on duty: told before anything is asked.",
      entry: [asks("nobody")],
      on: {
        "tell-on-duty": {
          description: "Kabari saat buka",
          target: "idle",
          actions: [
            set((_, world) => ({ dutyWait: world.at })),
            lookAtDuty,
            say(() => saying(part("duty_wait", {}))),
            keepAnswers,
          ],
        },
        word: [
          { description: "KEMBALI: the bill", guard: both(word("back"), noOverlay), target: "bill" },
          {
            description: "LANJUT, and somebody is on duty by now: the bill",
            guard: both(word("resume"), (seen) => !resumesFirst(seen) && someoneOnDuty(seen)),
            target: "bill",
          },
        ],
      },
    },
    requested: {
      description: "The view of a request: nobody, an agent, or a payment has it. Any answer starts the next vehicle.",
      on: {
        word: requestWords,
        media: transferPicture,
        "wants-to-pay": { description: "a second tap", actions: [repeat()] },
        requested: [
          { description: "there is a request", guard: requestedWas("asked"), actions: [takeRequested] },
          {
            description: "not that counter: the others",
            guard: requestedWas("not-that-one"),
            target: "choose",
            actions: [takeRequested, say(() => saying(part("not_that_counter", {})))],
          },
          {
            description: "nobody on duty can have it",
            guard: requestedWas("nobody"),
            target: "nobody",
            actions: [takeRequested],
          },
          {
            description: "too late today",
            guard: requestedWas("late"),
            target: "idle",
            actions: [takeRequested, lateNight, keepAnswers],
          },
        ],
        "customer-acted": [
          {
            description: "it is over, and nothing else is open",
            guard: when<"customer-acted">((context, world, event) => isSettled(actedAs(context, world, event))),
            target: "idle",
            actions: [
              say<"customer-acted">((_, world, event) => actedSay(world, event)),
              set<"customer-acted">((context, world, event) => actedAs(context, world, event)),
            ],
          },
        ],
        notice: settling.slice(1),
      },
    },

    human: {
      description: "A human has the chat; what is written is passed on.",
      entry: [
        // An operator who writes himself needs no call.
        ask(({ event }) =>
          event.type === "operator" ? { kind: "nothing" } : { kind: "human", text: event.world.text },
        ),
        say((_, world, event) => talk.humanSay(world, event.type === "operator")),
        set((_, world, event) => ({
          overlay: undefined,
          retry: undefined,
          strange: 0,
          media: 0,
          operatorAt: event.type === "operator" ? world.at : undefined,
        })),
      ],
      on: {
        fill: toHuman,
        "region-many": toHuman,
        change: toHuman,
        doubt: toHuman,
        another: toHuman,
        thanks: toHuman,
        "agents-only": toHuman,
        nonsense: toHuman,
        greets: {
          description: "a greeting: passed on, and how to come back",
          actions: [passOn, repeat()],
        },
        "confirm-code": {
          description: "no code of this chat: passed on",
          guard: when<"confirm-code">((context, _, { code }) => shownAs(context, { code }) === undefined),
          actions: [passOn],
        },
        operator: {
          description: "the operator writes on",
          actions: [set((_, world) => ({ operatorAt: world.at }))],
        },
        "handed-back": {
          description: "SELESAI of the operator: the counter is back",
          target: "idle",
          actions: [keepAnswers, say(() => saying(part("handed_back", {})))],
        },
        late: { description: "the human sees it himself" },
        media: {
          description: "not passed on: what to do instead",
          actions: [say<"media">((context, world, event) => misread.mediaSay(context, world, event.media))],
        },
        word: [
          {
            description: "KEMBALI, LANJUT: to where the answers led",
            guard: both(
              when<"word">((_, __, event) => event.word === "back" || event.word === "resume"),
              noOverlay,
              hasAnswers,
            ),
            target: "route",
          },
          {
            description: "KEMBALI: to the answers of before",
            guard: both(
              word("back"),
              noOverlay,
              when((context, world) => freshKept(context, world.at) !== undefined),
            ),
            target: "route",
            actions: [resume],
          },
          { description: "KEMBALI", guard: both(word("back"), noOverlay), target: "region", actions: [greet] },
        ],
      },
    },
  },
});

/** The version of the saved shape: states and context. A change of either raises it and brings a migration. */
export const VERSION = 1;
