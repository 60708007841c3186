import { saying } from "../counter/questions.ts";
import type { FlowEvent, World } from "../flow.ts";
import { type Part, part } from "../words/words.ts";
import { ask, type Of, say, set, when } from "./chart.ts";
import type { Named } from "./confirming.ts";
import type { Context } from "./context.ts";
import { type Hand, type HandVerdict, handSent, handVerdict, namedHand } from "./hands.ts";
import { handTask } from "./requests.ts";

/** Which request an event confirms the money of; undefined: none. */
type Naming<T extends FlowEvent["type"]> = (context: Context, world: World, event: Of<T>) => Named | undefined;

/** "Uang diterima": behind the PIN as any confirmation. Names no request: on to the bills. */
export function handConfirmation<T extends FlowEvent["type"]>(naming: Naming<T>) {
  const of = about(naming, false);
  const waits = set<T>((context, world, event) => {
    const name = naming(context, world, event);
    const nonce = name === undefined ? "" : (namedHand(context, name)?.nonce ?? "");
    return { act: { nonce, at: world.at } };
  });
  return [
    ...answered(of),
    {
      description: "money in the hand, and no PIN yet: it is set first",
      guard: of.is("no-pin"),
      target: ".pinNew" as const,
      actions: [waits, say<T>((_, { forgets }) => saying(part("pin_first", {}), part("pin_new", { forgets })))],
    },
    {
      description: "money in the hand: the PIN is asked for",
      guard: of.is("asks-pin"),
      target: ".pin" as const,
      actions: [waits, of.tells((hand, { forgets }) => part("pin_for", { total: hand.total, forgets }))],
    },
    { ...says(of), target: ".desk" as const },
  ];
}

/** The same behind the PIN. */
export function pinnedHand<T extends FlowEvent["type"]>(naming: Naming<T>) {
  const of = about(naming, true);
  return [...answered(of), says(of)].map((arrow) => ({
    ...arrow,
    target: "desk" as const,
    actions: [...arrow.actions, set(() => ({ act: undefined }))],
  }));
}

function about<T extends FlowEvent["type"]>(naming: Naming<T>, pinned: boolean) {
  const handNamed = (context: Context, world: World, event: Of<T>) => {
    const name = naming(context, world, event);
    return name === undefined ? undefined : namedHand(context, name);
  };
  return {
    is: (verdict: HandVerdict) =>
      when<T>((context, world, event) => {
        const name = naming(context, world, event);
        return name !== undefined && handVerdict(context, world, name, pinned) === verdict;
      }),
    tells: (make: (hand: Hand, world: World) => Part) =>
      say<T>((context, world, event) => {
        const hand = handNamed(context, world, event);
        return hand === undefined ? undefined : saying(make(hand, world));
      }),
    asks: ask<T>(({ context, event }) => {
      const hand = handNamed(context, event.world, event);
      return hand === undefined ? { kind: "nothing" } : handTask({ act: "received", ref: hand.ref }, event.world);
    }),
    sent: set<T>((context, world, event) => {
      const name = naming(context, world, event);
      return name === undefined ? {} : handSent(context, world, name);
    }),
  };
}

type About<T extends FlowEvent["type"]> = ReturnType<typeof about<T>>;

function answered<T extends FlowEvent["type"]>(of: About<T>) {
  return [
    {
      description: "money in the hand, and the customer has not said yes to the new sum",
      guard: of.is("waits-yes"),
      actions: [of.tells(({ ref }) => part("hand_waits_yes", { ref }))],
    },
    {
      description: "the money of a request that is said already, or over",
      guard: of.is("sent"),
      actions: [
        of.tells(({ ref, stage }) =>
          stage === "sent"
            ? part("hand_paying", { ref })
            : stage === "over"
              ? part("offer_closed", { ref })
              : part("hand_not_now", { ref }),
        ),
      ],
    },
    {
      description: "money in the hand, and the PIN is locked",
      guard: of.is("locked"),
      actions: [of.tells((_, world) => part("pin_locked", { contact: world.policy.contact }))],
    },
  ];
}

function says<T extends FlowEvent["type"]>(of: About<T>) {
  return { description: "money in the hand: the desk has it paid", guard: of.is("says"), actions: [of.asks, of.sent] };
}
