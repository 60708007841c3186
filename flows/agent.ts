import { showRef } from "../src/domain/ref.ts";
import { agentOf } from "./agent/balance.ts";
import { shown, tableSay } from "./agent/batch.ts";
import { answered, billSay, isTriedAgain, nextTry, noBillSay } from "./agent/bills.ts";
import { ask, askAll, both, chart, type Of, say, set, when } from "./agent/chart.ts";
import { confirmation, pinnedConfirmation } from "./agent/confirmation.ts";
import { waitingAct } from "./agent/confirming.ts";
import { batchOf, type Context, entryOf, newContext } from "./agent/context.ts";
import { hasDraft } from "./agent/draft.ts";
import { afterDrop, dropped, dropSay } from "./agent/dropping.ts";
import { asksFor, isAsked } from "./agent/entries.ts";
import type { AgentWord } from "./agent/events.ts";
import { handConfirmation, pinnedHand } from "./agent/hand-confirmation.ts";
import { actedOn, wanting } from "./agent/hands.ts";
import * as moves from "./agent/moves.ts";
import { fileOf, heard, noticeSay, reported } from "./agent/notices.ts";
import { nameOf } from "./agent/open.ts";
import { askedAs, notOpenedSay, openedAs } from "./agent/opened.ts";
import { actedSay, handParts, handsSay, handTask } from "./agent/requests.ts";
import { forgotten } from "./agent/silence.ts";
import { answering, beginning, leadsTo, several, slowTimer, starting } from "./agent/taking.ts";
import * as talk from "./agent/talk.ts";
import { canRetry, isOfDesk, retried, returned, settled, unpaidPlate } from "./agent/unpaid.ts";
import { saying } from "./counter/questions.ts";
import { enrolledSay, humanSay, lookedSay, proofLook } from "./counter/talk.ts";
import type { GlobalWord, World } from "./flow.ts";
import { type Part, part } from "./words/words.ts";
import { codesRestUntil, countingCodes } from "./wrong-codes.ts";

const MINUTE = 60 * 1000;
/** While a human has the chat, what is no command is meant for him, ms since his last word. */
const HUMAN = 30 * MINUTE;

const word = (name: GlobalWord) => when<"word">((_, __, event) => event.word === name);
const agentWord = (name: AgentWord) => when<"agent-word">((_, __, event) => event.word === name);
const strange = set((context) => ({ strange: context.strange + 1 }));
const noAct = set(() => ({ act: undefined }));
const noDraft = set(() => ({ draft: undefined, pending: undefined }));
const noDuty = set(() => ({ dutySince: undefined }));
const humanGone = set(() => ({ humanAt: undefined }));

/** Says something, and then what is open: no place is lost. */
function repeat(...before: readonly Part[]) {
  return say((context, world) => talk.asking(context, world, before));
}

/** The message that held a PIN is deleted where the channel can. */
const forgetPin = ask<"pin" | "pin-unasked">(({ event: { messageRef, world } }) => ({
  kind: "forget",
  refs: world.forgets && messageRef !== undefined ? [messageRef] : [],
}));
const outcome = (...outcomes: readonly string[]) => when<"pin">((_, __, event) => outcomes.includes(event.outcome));

const forgetNik = [
  ask(({ context, event }) => ({ kind: "forget" as const, refs: event.world.forgets ? context.nikMessages : [] })),
  set(() => ({ nikMessages: [] })),
];

/** The vehicle of an inquiry that is waited for. */
const waited = (context: Context, number: number) => {
  const entry = entryOf(context, number);
  return entry?.state === "asking" ? entry : undefined;
};
const isRow = when<"inquired">((context, _, { number }) => waited(context, number)?.batch !== undefined);
const takesAnswer = set<"inquired">((context, world, event) => answered(context, event, world));
/** A table whose last row has come is shown, under a new code. */
const tableOf = (context: Context, event: Of<"inquired">) => {
  const next = answered(context, event, event.world);
  const number = moves.completedBy(context, next, event.number);
  return number === undefined ? undefined : shown(next, number, event.world);
};

const timer = (name: string) => when<"timer">((_, __, event) => event.name === name);
const humanHas = when((context, { at }) => context.humanAt !== undefined && at - context.humanAt < HUMAN);
const talksToHuman = set((_, world) => ({ humanAt: world.at }));

const codesRest = when<"word">((context, world, { code }) => {
  return code !== undefined && codesRestUntil(context, world) !== undefined;
});

const hasAct = when((context, world) => waitingAct(context, world) !== undefined);
const startSession = set((_, world) => ({ session: { since: world.at, last: world.at } }));
/** The PIN was right: the confirmation that waited for it goes on, or is told why not. */
const pinnedAct = (context: Context, world: World, event: Of<"pin">) =>
  event.outcome === "right" ? waitingAct(context, world) : undefined;
const pinRight = [...pinnedHand<"pin">(pinnedAct), ...pinnedConfirmation<"pin">(pinnedAct)].map((arrow) => ({
  ...arrow,
  actions: [forgetPin, startSession, ...arrow.actions],
}));

/** No PIN opens anything any more, or there is none: the operator has taken it away. */
const pinElse = [
  {
    description: "locked: the operator opens it; the bill is kept",
    guard: outcome("locked"),
    target: "desk" as const,
    actions: [forgetPin, say((_, world) => saying(part("pin_locked", { contact: world.policy.contact }))), noAct],
  },
  {
    description: "taken away meanwhile: a new one is chosen",
    guard: outcome("none"),
    target: "pinNew" as const,
    actions: [forgetPin, say((_, { forgets }) => saying(part("pin_new", { forgets })))],
  },
];

/** While a PIN is being chosen: leaving it, and what is none. */
const laterPin = {
  word: {
    description: "BATAL: later, when it is needed",
    guard: word("cancel"),
    target: "desk" as const,
    actions: [say(() => saying(part("pin_later", {}))), noAct],
  },
  nonsense: { description: "no PIN: asked again", actions: [repeat()] },
};

/** The news in words, and the file behind it. */
const tell = [
  set<"notice">((context, world, { notice }) => heard(context, notice, world)),
  ask<"notice">(({ context, event: { id, notice, world } }) => ({
    kind: "say",
    say: noticeSay(notice, context, world),
    language: context.language,
    // The ledger owes this sentence until it was delivered.
    notice: id,
  })),
  set<"notice">((context, _, { notice }) => reported(context, notice)),
  ask<"notice">(({ context, event }) => fileOf(event.notice, context, event.world)),
];

/** BUKTI and ASLI, in a chat whose wrong codes are too many. */
const codeRests = {
  description: "after five wrong codes in an hour: none is looked at",
  guard: codesRest,
  actions: [
    say((context, world) =>
      saying(part("code_rest", { at: codesRestUntil(context, world) ?? world.at, now: world.at })),
    ),
  ],
};

/**
 * An agent's conversation: the desk, where vehicles are typed, bills wait for their confirmation, and payments are told
 * of, all at once; and the PIN, which a confirmation may wait for. docs/flows/agent.md is made from the descriptions here.
 */
export const machine = chart.createMachine({
  id: "agent",
  context: newContext("id", 0),
  initial: "desk",
  on: {
    fill: [
      {
        description: "the region of several vehicles that wait for it: each is asked for",
        guard: when<"fill">(moves.answersPending),
        actions: beginning,
      },
      {
        description: "a vehicle that is not whole, or not read: what is missing or wrong",
        guard: leadsTo("fill", "unfit", "asks"),
        actions: answering("fill"),
      },
      { description: "the region is closed", guard: leadsTo("fill", "closed"), actions: answering("fill") },
      {
        description: "its bill is on the desk, or its payment under way",
        guard: leadsTo("fill", "there"),
        actions: answering("fill"),
      },
      {
        description: "ten bills are open, or the biller was asked too often",
        guard: leadsTo("fill", "full", "limited"),
        actions: answering("fill"),
      },
      { description: "a whole vehicle: asked for at once", actions: starting("fill") },
    ],
    entries: several,
    "region-many": {
      description: "fits several regions",
      actions: [
        say<"region-many">((_, world, event) => ({
          ...saying(part("region_many", {})),
          choices: moves.amongRegions(event, world),
          columns: 2 as const,
        })),
        set<"region-many">(moves.withPlate),
      ],
    },
    drop: [
      {
        description: "BUANG of nothing that is there: what is open",
        guard: when<"drop">((context, _, event) => dropped(context, event).length === 0),
        actions: [say((context, world) => talk.openSay(context, world, [part("drop_none", {})]))],
      },
      {
        description: "BUANG: dropped, and the table without it",
        actions: [say<"drop">(dropSay), set<"drop">((context, world, event) => afterDrop(context, event, world))],
      },
    ],
    confirm: [
      ...handConfirmation<"confirm">((_, __, { nonce }) => ({ nonce })),
      ...confirmation<"confirm">((_, __, { nonce }) => ({ nonce })),
    ],
    "confirm-code": [
      ...handConfirmation<"confirm-code">((_, __, { code }) => ({ code })),
      ...confirmation<"confirm-code">((_, __, { code }) => ({ code })),
    ],
    "agent-act": {
      description: "AMBIL, LEWATI, LEPAS, Coba lagi, Uang dikembalikan of a request: the desk decides",
      actions: [
        ask<"agent-act">(({ event }) => handTask(event, event.world)),
        set<"agent-act">((context, _, event) => wanting(context, event)),
      ],
    },
    "agent-acted": {
      description: "what became of it",
      actions: [
        say<"agent-acted">((context, world, event) => actedSay(context, world, event)),
        set<"agent-acted">((context, world, event) => actedOn(context, world, event)),
      ],
    },
    counter: { description: "a customer's old button", actions: [repeat(part("tap_old", {}))] },
    "tell-on-duty": { description: "a customer's old button", actions: [repeat(part("tap_old", {}))] },
    "customer-act": { description: "a customer's old button", actions: [repeat(part("tap_old", {}))] },
    requested: { description: "what became of a request before this was an agent's chat" },
    "customer-acted": { description: "what a customer did before this was an agent's chat" },
    "wants-to-pay": {
      description: "names no bill: nothing is paid, and how to",
      actions: [
        say((context, world) => {
          // Who has a request in his hand is not told that nothing is open.
          const hands = [part("desk_name_it", {}), ...handParts(context)];
          const isAll = hands.length > 1 && !talk.hasOpen(context, world);
          return isAll ? saying(...hands) : talk.openSay(context, world, hands);
        }),
      ],
    },
    word: [
      {
        description: "BATAL: what was typed of a vehicle goes",
        guard: both(
          word("cancel"),
          when((context, world) => hasDraft(context, world.at)),
        ),
        actions: [say(() => saying(part("desk_cancelled", {}))), noDraft, ...forgetNik],
      },
      {
        description: "BATAL with nothing typed: what is open, and how it is dropped",
        guard: word("cancel"),
        actions: [say(talk.cancelSay)],
      },
      {
        description: "MENU",
        guard: word("menu"),
        actions: [humanGone, say((context, world) => talk.menuSay(context, world))],
      },
      { description: "BANTUAN", guard: word("help"), actions: [say((context, world) => talk.menuSay(context, world))] },
      {
        description: "MULAI LAGI: what was typed goes, and the menu",
        guard: word("restart"),
        actions: [noDraft, humanGone, say((context, world) => talk.menuSay(context, world)), ...forgetNik],
      },
      { description: "KEMBALI: what is open", guard: word("back"), actions: [humanGone, repeat()] },
      {
        description: "LANJUT: the vehicle that was typed, if it is whole",
        guard: both(word("resume"), leadsTo("word", "starts")),
        actions: starting("word"),
      },
      {
        description: "LANJUT: what is missing of the vehicle that was typed",
        guard: both(word("resume"), leadsTo("word", "asks", "closed", "there", "full", "limited")),
        actions: answering("word"),
      },
      {
        description: "LANJUT with nothing typed: what is open",
        guard: word("resume"),
        actions: [say((context, world) => talk.openSay(context, world))],
      },
      {
        description: "STATUS: what is open, and what is under way",
        guard: word("status"),
        actions: [
          say((context) => handsSay(context)),
          say(talk.statusSay),
          ask(() => ({ kind: "look", what: "status" })),
        ],
      },
      { description: "RIWAYAT", guard: word("history"), actions: [ask(() => ({ kind: "look", what: "history" }))] },
      { ...codeRests, guard: both((seen) => word("proof")(seen) || word("authentic")(seen), codesRest) },
      {
        description: "BUKTI",
        guard: word("proof"),
        actions: [ask<"word">(({ event }) => proofLook(event))],
      },
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
      { description: "ASLI", guard: word("authentic"), actions: [say(() => saying(part("authentic_how", {})))] },
      {
        description: "PETUGAS: what is no command goes to a human for a while",
        guard: word("human"),
        actions: [
          ask(({ event }) => ({ kind: "human", text: event.world.text })),
          say((_, world) => humanSay(world, false)),
          talksToHuman,
        ],
      },
      {
        description: "PRIVASI",
        guard: word("privacy"),
        actions: [say((_, world) => saying(part("privacy", { loket: world.policy.loket })))],
      },
      {
        description: "HAPUS DATA: not from an agent's chat",
        guard: word("erase"),
        actions: [say(() => saying(part("desk_erase", {})))],
      },
      {
        description: "ENGLISH",
        guard: word("english"),
        actions: [set(() => ({ language: "en" })), repeat(part("language_now", {}))],
      },
      {
        description: "INDONESIA",
        guard: word("indonesian"),
        actions: [set(() => ({ language: "id" })), repeat(part("language_now", {}))],
      },
      {
        description: "where the chassis number stands",
        guard: word("where-chassis"),
        actions: [say(() => saying(part("where_chassis", {})))],
      },
    ],
    "agent-word": [
      { description: "SALDO", guard: agentWord("balance"), actions: [ask(talk.accountTask("balance"))] },
      { description: "MUTASI", guard: agentWord("lines"), actions: [ask(talk.accountTask("lines"))] },
      {
        description: "KUNCI: the PIN is asked for again",
        guard: agentWord("lock"),
        actions: [set(() => ({ session: undefined })), say(() => saying(part("session_locked", {})))],
      },
      {
        description: "TUGAS",
        guard: agentWord("on-duty"),
        actions: [
          ask(talk.dutyTask(true)),
          say(() => saying(part("duty_on", {}))),
          set((_, world) => ({ dutySince: world.at })),
          ask(talk.closingTimer),
        ],
      },
      {
        description: "ISTIRAHAT",
        guard: agentWord("off-duty"),
        actions: [ask(talk.dutyTask(false)), say(() => saying(part("duty_off", {}))), noDuty],
      },
    ],
    "top-up": [
      {
        description: "ISI without a sum: how it is typed",
        guard: when<"top-up">((_, __, { readings }) => readings.length === 0),
        actions: [say(() => saying(part("wish_how", {})))],
      },
      {
        description: "ISI with a sum that is a guess: asked",
        guard: when<"top-up">((_, __, { sure, readings }) => !sure || readings.length > 1),
        actions: [
          set<"top-up">((context, _, { readings }) => moves.asksWish(context, readings, false)),
          say((context, world) => talk.wishQuestion(context, world, part("wish_which", {}))),
        ],
      },
      {
        description: "ISI: the operator is asked",
        actions: [
          ask<"top-up">(({ event: { readings, again, world } }) => talk.wishTask(readings, again, world)),
          set((context) => moves.noWish(context)),
        ],
      },
    ],
    "no-top-up": {
      description: "no wish after all",
      actions: [set((context) => moves.noWish(context)), say(() => saying(part("wish_none", {})))],
    },
    report: [
      {
        description: "LAP of a time that is not clear: how it is typed",
        guard: when<"report">((_, __, { range }) => range === undefined),
        actions: [say(() => saying(part("report_how", {})))],
      },
      {
        description: "LAP: what was paid in that time",
        actions: [
          ask<"report">(({ context, event }) =>
            talk.reportTask("report", event.range, { context, world: event.world }),
          ),
        ],
      },
    ],
    "proof-form": {
      description: "BUKTI STRUK, PDF, GAMBAR: how proofs come from now on",
      actions: [
        ask<"proof-form">(({ event: { form, world } }) => ({ kind: "proof-form", agent: agentOf(world).id, form })),
        say<"proof-form">((_, __, { form }) => saying(part("proof_form", { form }))),
      ],
    },
    retry: [
      {
        description: "Coba lagi: the same vehicle is asked for anew",
        guard: when<"retry">((context, _, event) => canRetry(context, event)),
        actions: [
          ...askAll<"retry">(({ context, event }) => asksFor(context, retried(context, event, event.world.at))),
          ask(({ context, event }) => slowTimer(context.inquiry + 1, event.world)),
          say<"retry">((context, _, event) => saying(part("desk_checking", { which: unpaidPlate(context, event) }))),
          set<"retry">((context, world, event) => retried(context, event, world.at)),
        ],
      },
      {
        description: "Coba lagi of a vehicle whose numbers are forgotten, or that was tried already",
        actions: [
          set<"retry">((context, _, event) => settled(context, event)),
          say((context, world) => talk.openSay(context, world, [part("desk_gone", {})])),
        ],
      },
    ],
    returned: {
      description: "Uang dikembalikan: written down",
      actions: [
        say<"returned">((context, world, event) =>
          isOfDesk(context, event)
            ? saying(part("desk_returned", { plate: unpaidPlate(context, event), ref: showRef(event.ref) }))
            : talk.asking(context, world, [part("tap_old", {})]),
        ),
        set<"returned">((context, world, event) => returned(context, event, world.at)),
      ],
    },
    greets: {
      description: "a greeting: as MENU",
      actions: [humanGone, say((context, world) => talk.menuSay(context, world))],
    },
    change: { description: "UBAH: how a vehicle is corrected", actions: [say(() => saying(part("desk_correct", {})))] },
    doubt: [
      {
        description: "TETAP at 15 digits, and the vehicle is whole",
        guard: leadsTo("doubt", "starts"),
        actions: starting("doubt"),
      },
      {
        description: "TETAP at 15 digits",
        guard: leadsTo("doubt", "asks", "closed", "there", "full", "limited"),
        actions: answering("doubt"),
      },
      { description: "TETAP where nothing is doubtful", actions: [repeat(part("not_understood", {})), strange] },
    ],
    another: { description: "the next vehicle: it is simply typed", actions: [repeat()] },
    "same-nik": { description: "a customer's old button", actions: [repeat(part("tap_old", {}))] },
    "last-vehicle": { description: "a customer's old button", actions: [repeat(part("tap_old", {}))] },
    "tell-when-open": { description: "a customer's old button", actions: [repeat(part("tap_old", {}))] },
    erase: {
      description: "a customer's old button: nothing is erased",
      actions: [say(() => saying(part("desk_erase", {})))],
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
    enrol: { description: "DAFTAR", actions: [ask<"enrol">(({ event }) => ({ kind: "enrol", code: event.code }))] },
    "agents-only": { description: "an agent's word", actions: [repeat()] },
    "pin-unasked": {
      description: "six digits where no PIN is asked for",
      actions: [forgetPin, say((_, { forgets }) => saying(part("pin_unasked", { forgets })))],
    },
    pin: {
      description: "a PIN that was asked for until a moment ago",
      actions: [forgetPin, say((_, { forgets }) => saying(part("pin_unasked", { forgets })))],
    },
    thanks: { description: "thanks", actions: [say(() => saying(part("thanks", {})))] },
    media: {
      description: "cannot be read: what to type instead",
      actions: [say<"media">((_, world, { media }) => talk.mediaSay(media, world)), strange],
    },
    "no-such-choice": {
      description: "a number that the list does not have",
      actions: [
        say<"no-such-choice">((context, world, { choices }) => ({
          ...saying(part("choice_invalid", { choices })),
          ...talk.numbers(context, world),
        })),
        strange,
      ],
    },
    operator: { description: "the operator writes himself: he has the chat", actions: [talksToHuman] },
    "handed-back": {
      description: "SELESAI of the operator: the desk alone answers again, and what is open",
      guard: when((context) => context.humanAt !== undefined),
      actions: [humanGone, repeat(part("desk_handed_back", {}))],
    },
    late: {
      description: "written while we were away: said once",
      actions: [
        say((context, world) => (context.late ? undefined : talk.asking(context, world, [part("back_online", {})]))),
        set(() => ({ late: true })),
      ],
    },
    "old-tap": { description: "a button that we no longer know", actions: [repeat(part("tap_old", {}))] },
    nonsense: [
      {
        description: "no command, while a human has the chat: passed on",
        guard: humanHas,
        actions: [ask(({ event }) => ({ kind: "human", text: event.world.text })), talksToHuman],
      },
      {
        description: "not understood: what the desk takes",
        actions: [
          say((context, world) =>
            talk.asking(context, world, [
              part("not_understood", {}),
              ...(context.strange >= 2 ? [part("look_again", {})] : []),
            ]),
          ),
          strange,
        ],
      },
    ],
    inquired: [
      {
        description: "nobody waits for it any more",
        guard: when<"inquired">((context, _, { number }) => waited(context, number) === undefined),
      },
      {
        description: "no answer: tried again by itself",
        guard: when<"inquired">((context, world, event) => isTriedAgain(context, event, world.at)),
        actions: [
          takesAnswer,
          say<"inquired">((context, world, { number }) => moves.slowSay(entryOf(context, number), world.at)),
          ask<"inquired">(({ context, event }) => {
            const entry = entryOf(context, event.number);
            return entry === undefined ? { kind: "nothing" } : nextTry(entry, event.world.at);
          }),
        ],
      },
      {
        description: "the last row of a table: it is shown",
        guard: both(
          isRow,
          when<"inquired">((context, world, event) => tableOf(context, { ...event, world }) !== undefined),
        ),
        actions: [
          say<"inquired">((context, world, event) => {
            const next = tableOf(context, { ...event, world });
            const batch = next && batchOf(next, entryOf(next, event.number)?.batch);
            return next === undefined || batch === undefined ? undefined : tableSay(next, batch.number, world);
          }),
          set<"inquired">((context, world, event) => tableOf(context, { ...event, world }) ?? context),
          ...forgetNik,
        ],
      },
      { description: "a row of a table: others are still missing", guard: isRow, actions: [takesAnswer] },
      {
        description: "a bill: on the desk from now on",
        guard: when<"inquired">((_, __, { result }) => result.kind === "bill"),
        actions: [
          takesAnswer,
          say<"inquired">((context, world, { number }) => {
            const entry = entryOf(context, number);
            return entry === undefined ? undefined : billSay(entry, world);
          }),
          ...forgetNik,
        ],
      },
      {
        description: "no bill: why, and what may be corrected",
        actions: [
          takesAnswer,
          say<"inquired">((context, world, { number, result }) => {
            const entry = entryOf(context, number);
            return entry === undefined ? undefined : noBillSay(entry, result, world);
          }),
          ...forgetNik,
        ],
      },
    ],
    opened: [
      {
        description: "the bill is too old for the ledger: asked for again",
        guard: when<"opened">((context, _, { nonce, result }) => {
          const isOld = result.kind === "bill-too-old" || result.kind === "quotes-void";
          return isOld && askedAs(context, nonce) !== undefined;
        }),
        actions: [
          ...askAll<"opened">(({ context, event }) => asksFor(context, openedAs(context, event.world, event))),
          say(() => saying(part("desk_stale", {}))),
          set<"opened">((context, world, event) => openedAs(context, world, event)),
        ],
      },
      {
        description: "opened: its news comes as a notice",
        guard: when<"opened">((_, __, { result }) => result.kind === "opened" && result.state !== "ended"),
        actions: [set<"opened">((context, world, event) => openedAs(context, world, event))],
      },
      {
        description: "not opened: why, and whether the bill is kept",
        actions: [
          set<"opened">((context, world, event) => openedAs(context, world, event)),
          say<"opened">((context, world, event) => notOpenedSay(context, world, event)),
        ],
      },
    ],
    "not-cancelled": {
      description: "what was to be stopped goes on",
      actions: [say(() => saying(part("sent_already", { ref: "" })))],
    },
    notice: { description: "news of a payment, or of the balance", actions: tell },
    looked: {
      description: "what was looked up",
      actions: [
        set<"looked">(countingCodes),
        say<"looked">((_, world, event) => lookedSay(event.result, world)),
        ask<"looked">(({ context, event }) => talk.proofTask(event.result, context, event.world)),
      ],
    },
    accounted: {
      description: "SALDO, MUTASI, LAP: the answer, and the file of a report",
      actions: [
        say<"accounted">((_, __, { result }) => talk.accountSay(result)),
        ask<"accounted">(({ context, event: { result, world } }) =>
          result.what === "report" && result.report.count > 0
            ? talk.reportTask("report-file", result.report, { context, world })
            : { kind: "nothing" },
        ),
      ],
    },
    wished: [
      {
        description: "ISI: the same sum is asked for already: once more?",
        guard: when<"wished">((_, __, { result }) => result === "twice"),
        actions: [
          set<"wished">((context, _, { amount }) => moves.asksWish(context, [amount], true)),
          say<"wished">((context, world, { amount, since }) =>
            talk.wishQuestion(context, world, part("topup_twice", { amount, since, now: world.at })),
          ),
        ],
      },
      {
        description: "ISI: the operator has it",
        actions: [say<"wished">((_, __, { amount }) => saying(part("wish_sent", { amount })))],
      },
    ],
    erased: {
      description: "what was erased before this was an agent's chat",
      actions: [say(() => saying(part("erased", {})))],
    },
    enrolled: [
      {
        description: "this is an agent's chat from now on: his first PIN",
        guard: when<"enrolled">((_, world, { result }) => result === "done" && agentOf(world).pin === "none"),
        target: ".pinNew",
        actions: [say((_, world) => talk.welcomeSay(world, [part("pin_new", { forgets: world.forgets })]))],
      },
      {
        description: "this is an agent's chat from now on, one more of his",
        guard: when<"enrolled">((_, __, { result }) => result === "done"),
        target: ".desk",
        actions: [say((_, world) => talk.welcomeSay(world, []))],
      },
      {
        description: "DAFTAR with a code that does not count here",
        actions: [say<"enrolled">((_, __, { result }) => enrolledSay(result))],
      },
    ],
    timer: [
      {
        description: "a message with a NIK was there long enough",
        guard: timer("forget"),
        actions: [...forgetNik],
      },
      {
        description: "the counter closes, and with it his duty ends",
        guard: both(
          timer("duty"),
          when<"timer">((context, _, { number }) => number === context.dutySince),
        ),
        actions: [say(() => saying(part("duty_closed", {}))), noDuty],
      },
      {
        description: "after 3 s: that we are asking",
        guard: both(
          timer("slow"),
          when<"timer">((context, _, { number }) => {
            const entry = waited(context, number);
            return entry !== undefined && entry.tries === 0 && entry.batch === undefined;
          }),
        ),
        actions: [
          say<"timer">((context, _, { number }) => {
            const entry = entryOf(context, number);
            return entry === undefined ? undefined : saying(part("desk_checking", { which: nameOf(entry) }));
          }),
        ],
      },
      {
        description: "the next try of a biller that gave no answer",
        guard: both(
          timer("retry"),
          when<"timer">((context, _, { number }) => entryOf(context, number)?.state === "waiting"),
        ),
        actions: [
          ...askAll<"timer">(({ context, event }) => asksFor(context, moves.triedAgain(context, event.number))),
          set<"timer">((context, _, { number }) => moves.triedAgain(context, number)),
        ],
      },
      {
        description: "after 20 s: the table, with what is still missing",
        guard: both(
          timer("batch"),
          when<"timer">((context, _, { number }) => {
            const isWaiting = context.entries.some((entry) => entry.batch === number && isAsked(entry));
            return batchOf(context, number)?.state === "collecting" && isWaiting;
          }),
        ),
        actions: [
          set<"timer">((context, world, { number }) => shown(context, number, world)),
          say<"timer">((context, world, { number }) => tableSay(context, number, world)),
        ],
      },
    ],
    quiet: {
      description: "24 h: drafts and open bills are forgotten",
      actions: [...forgetNik, set((context, world) => forgotten(context, world.at))],
    },
  },
  states: {
    desk: { description: "Vehicles, bills and payments, all at once. Nothing is waited for." },
    pinNew: {
      description: "A new PIN of six digits is asked for.",
      on: {
        pin: [
          {
            description: "saved: once more, to be sure of it",
            guard: outcome("new"),
            target: "pinAgain",
            actions: [forgetPin, say((_, { forgets }) => saying(part("pin_again", { forgets })))],
          },
          {
            description: "too easy to guess, or not six digits",
            guard: outcome("weak"),
            actions: [forgetPin, say(() => saying(part("pin_weak", {})))],
          },
          {
            description: "there is one by now, set in another chat: that one is asked for",
            target: "pinAgain",
            actions: [forgetPin, say((_, { forgets }) => saying(part("pin_there", { forgets })))],
          },
        ],
        ...laterPin,
      },
    },
    pinAgain: {
      description: "The new PIN once more.",
      on: {
        pin: [
          {
            description: "the same, and nothing waits for it",
            guard: both(outcome("right"), (seen) => !hasAct(seen)),
            target: "desk",
            actions: [forgetPin, startSession, say(() => saying(part("pin_done", {})))],
          },
          ...pinRight,
          ...pinElse,
          {
            description: "another one: the first is set, and asked for again",
            actions: [
              forgetPin,
              say<"pin">((_, { forgets }, { left }) => saying(part("pin_differs", { left, forgets }))),
            ],
          },
        ],
        ...laterPin,
      },
    },
    pin: {
      description: "The PIN is asked for. What it is for is kept.",
      on: {
        pin: [
          {
            description: "right, and what it was for is too long ago",
            guard: both(outcome("right"), (seen) => !hasAct(seen)),
            target: "desk",
            actions: [
              forgetPin,
              startSession,
              say((context, world) => talk.openSay(context, world, [part("pin_right_late", {})])),
              noAct,
            ],
          },
          ...pinRight,
          ...pinElse,
          {
            description: "wrong: so many are left",
            actions: [
              forgetPin,
              say<"pin">((_, { forgets }, { left }) => saying(part("pin_wrong", { left, forgets }))),
            ],
          },
        ],
        word: {
          description: "BATAL: nothing is paid, and the bill is kept",
          guard: word("cancel"),
          target: "desk",
          actions: [say((context, world) => talk.openSay(context, world, [part("desk_not_paid", {})])), noAct],
        },
        nonsense: { description: "no PIN: asked again", actions: [repeat()] },
      },
    },
  },
});

/** The version of the saved shape: states and context. A change of either raises it and brings a migration. */
export const VERSION = 1;
