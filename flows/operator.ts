import { newContext as newCounterContext } from "./counter/context.ts";
import { noticeSay } from "./counter/notices.ts";
import { saying } from "./counter/questions.ts";
import { proofOf } from "./counter/talk.ts";
import type { FlowEvent, GlobalWord, World } from "./flow.ts";
import { ask, both, chart, type Of, say, set, when } from "./operator/chart.ts";
import { type Context, changes, inSession, newContext, PATIENCE } from "./operator/context.ts";
import * as talk from "./operator/talk.ts";
import { type Part, part } from "./words/words.ts";

const word = (...names: readonly GlobalWord[]) => when<"word">((_, __, event) => names.includes(event.word));
const outcome = (...outcomes: readonly string[]) => when<"pin">((_, __, event) => outcomes.includes(event.outcome));
const hasPin = (pin: "none" | "set" | "locked") => when((_, world) => talk.operatorOf(world).pin === pin);
const changing = when<"command">((_, __, { command }) => changes(command));
const inTime = when((context, world) => inSession(context, world.at));
const strange = set((context) => ({ strange: context.strange + 1 }));
const waits = set<"command">((_, world, { command }) =>
  changes(command) ? { waiting: { command, at: world.at }, replyTo: undefined } : {},
);
const dropped = set(() => ({ waiting: undefined, replyTo: undefined }));

/** Says something, and then the question of this place. */
function repeat(...before: readonly Part[]) {
  return say((context, world) => talk.asking(context, world, before));
}

/** Says something, and then the question of the place to which it leads. */
function leadingTo(place: "pin" | "pinNew" | "pinAgain", ...before: readonly Part[]) {
  return say((context, world) => talk.asking(context, { ...world, place }, before));
}

const doIt = ask<"command">(({ event }) => ({ kind: "command", command: event.command }));

/** The message that held a PIN is deleted where the channel can. */
const forgetPin = ask<"pin" | "pin-unasked">(({ event: { messageRef, world } }) => ({
  kind: "forget",
  refs: world.forgets && messageRef !== undefined ? [messageRef] : [],
}));
const startSession = set((_, world) => ({ session: { since: world.at, last: world.at } }));
const waitingCommand = ({ waiting }: Context, { at }: Pick<World, "at">) =>
  waiting !== undefined && at - waiting.at < PATIENCE ? waiting.command : undefined;
/** What waited for the PIN is done. */
const doWaiting = ask(({ context, event }) => {
  const command = waitingCommand(context, event.world);
  return command === undefined ? { kind: "nothing" } : { kind: "command", command };
});
const hasWaiting = when((context, world) => waitingCommand(context, world) !== undefined);

/** A list whose numbers may be typed. */
const listed = <T extends FlowEvent["type"]>(
  make: (event: Of<T>, world: World) => ReturnType<typeof talk.resultSay>,
) => [
  say<T>((_, world, event) => make(event, world)),
  set<T>((_, world, event) => ({ list: make(event, world).choices.filter((choice) => choice.listed) })),
];

/** The PIN that was typed is right. */
const opens = [
  {
    description: "right: what waited for it is done",
    guard: both(outcome("right"), hasWaiting),
    target: "desk",
    actions: [forgetPin, startSession, doWaiting, dropped],
  },
  {
    description: "right, and nothing waits for it",
    guard: outcome("right"),
    target: "desk",
    actions: [forgetPin, startSession, dropped, say(() => saying(part("pin_done", {})))],
  },
  {
    description: "locked",
    guard: outcome("locked"),
    target: "desk",
    actions: [forgetPin, dropped, say(() => saying(part("op_pin_locked", {})))],
  },
];

/** Another operator has taken the PIN away: what waits for it is kept. */
const takenAway = {
  description: "taken away meanwhile: a new one is chosen",
  guard: outcome("none"),
  target: "pinNew",
  actions: [forgetPin, leadingTo("pinNew")],
};

const leaving = (left: Part) => ({
  description: "BATAL: it is not done",
  guard: word("cancel"),
  target: "desk",
  actions: [say((context) => saying(context.waiting === undefined ? left : part("op_cancelled", {}))), dropped],
});

/**
 * The operator's conversation: what he asks and commands, what needs him, and the PIN that a command may wait for. Rights
 * are looked at once more where a command is done. docs/flows/operator.md is made from the descriptions here.
 */
export const machine = chart.createMachine({
  id: "operator",
  context: newContext("id", 0),
  initial: "desk",
  on: {
    command: [
      {
        description: "shows something",
        guard: (seen) => !changing(seen),
        actions: [doIt, set(() => ({ replyTo: undefined }))],
      },
      {
        description: "changes something, and the PIN is locked",
        guard: hasPin("locked"),
        actions: [say(() => saying(part("op_pin_locked", {})))],
      },
      {
        description: "changes something, and there is no PIN yet: it waits",
        guard: hasPin("none"),
        target: ".pinNew",
        actions: [waits, leadingTo("pinNew", part("op_pin_first", {}))],
      },
      {
        description: "changes something, and the PIN was typed lately",
        guard: inTime,
        target: ".desk",
        actions: [doIt, dropped],
      },
      {
        description: "changes something: it waits for the PIN",
        target: ".pin",
        actions: [waits, leadingTo("pin")],
      },
    ],
    commanded: {
      description: "what became of it",
      actions: listed<"commanded">(({ result }, world) => talk.resultSay(result, world)),
    },
    "command-unclear": {
      description: "a command that lacks something: how it is typed",
      actions: [say<"command-unclear">((_, __, { usage }) => saying(part("op_usage", { usage })))],
    },
    "command-sums": {
      description: "a sum that may mean thousands: which",
      actions: listed<"command-sums">(({ commands }) => talk.sumsSay(commands)),
    },
    "reply-to": {
      description: "what is written next goes to a customer",
      target: ".desk",
      actions: [
        set<"reply-to">((_, world, { id }) => ({ replyTo: { id, at: world.at }, waiting: undefined })),
        say<"reply-to">((_, __, { id }) => saying(part("op_reply_to", { id }))),
      ],
    },
    alert: {
      description: "something needs him",
      actions: [say<"alert">((_, __, { alert }) => talk.alertSay(alert))],
    },
    "desk-news": {
      description: "another operator was quicker, a customer wrote on, the evening's summary",
      actions: [say<"desk-news">((_, __, { news }) => talk.newsSay(news))],
    },
    notice: {
      description: "news of a payment that was confirmed in this chat",
      actions: [
        ask<"notice">(({ context, event: { id, notice, world } }) => ({
          kind: "say",
          say: noticeSay(notice, newCounterContext(context.language, world.at), world),
          language: context.language,
          // The ledger owes this sentence until it was delivered.
          notice: id,
        })),
        ask<"notice">(({ context, event }) => proofOf(event, newCounterContext(context.language, event.world.at))),
      ],
    },
    enrol: {
      description: "DAFTAR in a chat that is one's already",
      actions: [ask<"enrol">(({ event }) => ({ kind: "enrol", code: event.code }))],
    },
    enrolled: [
      {
        description: "a new operator's chat: a PIN is set first",
        guard: both(
          when<"enrolled">((_, __, { result }) => result === "done"),
          hasPin("none"),
        ),
        target: ".pinNew",
        actions: [say((_, world) => talk.welcomeSay(world)), leadingTo("pinNew")],
      },
      {
        description: "one more chat of an operator",
        guard: when<"enrolled">((_, __, { result }) => result === "done"),
        actions: [say((_, world) => talk.welcomeSay(world))],
      },
      {
        description: "a code that does not hold",
        actions: [
          say<"enrolled">((_, __, { result }) =>
            saying(
              result === "taken"
                ? part("enrol_taken", {})
                : result === "rest"
                  ? part("enrol_rest", {})
                  : part("enrol_wrong", {}),
            ),
          ),
        ],
      },
    ],
    lock: {
      description: "KUNCI",
      target: ".desk",
      actions: [set(() => ({ session: undefined })), dropped, say(() => saying(part("op_session_locked", {})))],
    },
    word: [
      {
        description: "BATAL: what was to be written to a customer is not",
        guard: both(
          word("cancel"),
          when((context) => context.replyTo !== undefined),
        ),
        actions: [dropped, say(() => saying(part("op_cancelled", {})))],
      },
      {
        description: "BATAL with nothing open",
        guard: word("cancel"),
        actions: [set(() => ({ list: [] })), say(() => saying(part("op_nothing_waiting", {})))],
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
        description: "BANTUAN, MENU",
        guard: word("help", "menu", "restart", "back"),
        actions: [repeat(part("op_menu", {}))],
      },
      { description: "a customer's word", actions: [repeat(part("op_not_understood", {}))] },
    ],
    greets: { description: "a greeting: what he can do", actions: [repeat(part("op_menu", {}))] },
    thanks: { description: "thanks", actions: [say(() => saying(part("thanks", {})))] },
    media: { description: "cannot be read", actions: [repeat(part("op_media", {}))] },
    late: {
      description: "written while we were away: once",
      actions: [say((context) => (context.late ? undefined : saying(part("op_back_online", {}))))],
    },
    "old-tap": { description: "a button that we no longer know", actions: [say(() => saying(part("tap_old", {})))] },
    "no-such-choice": {
      description: "a number that the list does not have",
      actions: [say<"no-such-choice">((_, __, { choices }) => saying(part("choice_invalid", { choices }))), strange],
    },
    nonsense: { description: "not understood", actions: [repeat(part("op_not_understood", {})), strange] },
    "pin-unasked": {
      description: "six digits where no PIN is asked for",
      actions: [forgetPin, say((_, world) => saying(part("pin_unasked", { forgets: world.forgets })))],
    },
    pin: { description: "a PIN that nothing asks for any more", actions: [forgetPin] },
    quiet: {
      description: "10 min: what waited for the PIN is dropped",
      target: ".desk",
      actions: [
        say((context) => (context.waiting === undefined ? undefined : saying(part("op_pin_lapsed", {})))),
        dropped,
      ],
    },
  },
  states: {
    desk: { description: "Commands are taken, and what needs him is told." },
    pinNew: {
      description: "A PIN is to be set.",
      on: {
        word: leaving(part("op_pin_later", {})),
        pin: [
          {
            description: "too weak",
            guard: outcome("weak"),
            actions: [forgetPin, say(() => saying(part("pin_weak", {})))],
          },
          {
            description: "once more, to be sure",
            guard: outcome("new"),
            target: "pinAgain",
            actions: [forgetPin, leadingTo("pinAgain")],
          },
          {
            description: "there is one by now, set in another chat: that one is asked for",
            target: "pinAgain",
            actions: [forgetPin, say((_, { forgets }) => saying(part("pin_there", { forgets })))],
          },
        ],
        nonsense: { description: "no six digits", actions: [repeat()] },
      },
    },
    pinAgain: {
      description: "The PIN once more.",
      on: {
        word: leaving(part("op_pin_later", {})),
        pin: [
          ...opens,
          takenAway,
          {
            description: "another one: the first is set, and asked for again",
            guard: outcome("wrong"),
            actions: [
              forgetPin,
              say<"pin">((_, { forgets }, { left }) => saying(part("pin_differs", { left, forgets }))),
            ],
          },
        ],
        nonsense: { description: "no six digits", actions: [repeat()] },
      },
    },
    pin: {
      description: "A command waits for the PIN.",
      on: {
        word: leaving(part("op_cancelled", {})),
        pin: [
          ...opens,
          takenAway,
          {
            description: "wrong: asked again",
            guard: outcome("wrong"),
            actions: [
              forgetPin,
              say<"pin">((_, world, { left }) => saying(part("pin_wrong", { left, forgets: world.forgets }))),
            ],
          },
        ],
        nonsense: { description: "no six digits", actions: [repeat()] },
      },
    },
  },
});

/** The version of the saved shape: states and context. A change of either raises it and brings a migration. */
export const VERSION = 1;
