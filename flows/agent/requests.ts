import type { AgentNotice } from "../../src/domain/notice.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { named } from "../counter/choices.ts";
import { saying } from "../counter/questions.ts";
import type { Asked, Choice, FlowEvent, Say, World } from "../flow.ts";
import { agentChoice } from "../relay/choices.ts";
import type { ActResult, AgentAct } from "../relay/events.ts";
import { unpaidKey } from "../unpaid-why.ts";
import { type Part, part } from "../words/words.ts";
import { agentOf, availableTo } from "./balance.ts";
import type { Context } from "./context.ts";
import { type Hand, handOf, handsOf } from "./hands.ts";
import { askedChoices } from "./question.ts";

/** News of a request, with what may be answered to it. `context` knows of it already. */
export function handNoticeSay(notice: AgentNotice, context: Context, world: World): Say {
  const { ref } = notice.request;
  const hand = handOf(context, ref);
  const said = saying(noticePart(notice, hand, world));
  if (notice.kind === "unpaid") return { ...said, ...askedChoices(context, world, ref) };
  const choices = hand === undefined ? [] : choicesOf(hand, notice.kind);
  return { ...said, choices, columns: 2, stays: true };
}

/** Only what pays nothing by itself; that the money is in the hand is a bill's confirmation, named by its nonce. */
function choicesOf({ ref, stage, nonce }: Hand, told: AgentNotice["kind"]): readonly Choice[] {
  if (stage === "offered") {
    return [
      named(agentChoice("take", ref), part("label_take", {})),
      named(agentChoice("skip", ref), part("label_skip", {})),
    ];
  }
  if (stage !== "taken") return [];
  const here = named(`pay:${nonce}`, part("label_money_here", {}));
  const letGo = named(agentChoice("let-go", ref), part("label_let_go", {}));
  return told === "yours" ? [here, letGo] : [here];
}

function noticePart(notice: AgentNotice, hand: Hand | undefined, world: World): Part {
  const { ref, plate, vehicle, total, markup } = notice.request;
  const code = hand?.code ?? "";
  const cash = rupiah(total + markup);
  const now = world.at;
  switch (notice.kind) {
    case "offer":
      return part("offer", { ref, plate, vehicle, total, markup, free: availableTo(world) });
    case "offer-gone":
      return notice.why === "taken" ? part("offer_gone", { ref }) : part("offer_closed", { ref });
    case "yours":
      return part("hand_yours", { ref, plate, total, cash, until: notice.until, now, code });
    case "customer-paid":
      return part("hand_customer_paid", { ref, plate, cash, photo: notice.photo, code });
    case "reminder":
      return part("hand_reminder", { ref, cash, saidAt: notice.saidAt, now, code });
    case "customer-cancelled":
      return part("hand_cancelled", { ref, total });
    case "not-yours":
      return part(NOT_YOURS[notice.why], { ref, total });
    case "sum-asked":
      return part("hand_sum_asked", { ref, plate, was: notice.was, total });
    case "sum-agreed":
      return part("hand_sum_agreed", { ref, plate, cash, code });
    case "bill-wait":
      return part("hand_bill_wait", { ref, plate, nextAt: notice.nextAt, now });
    case "unpaid":
      return unpaidPart(notice, { ref, plate, total, cash });
    case "duty-over":
      return part("duty_over", {});
  }
}

const NOT_YOURS = { expired: "hand_expired", "passed-on": "hand_passed_on", shut: "hand_shut" } as const;

/** N2. */
function unpaidPart(
  { why, tried, how }: Extract<AgentNotice, { kind: "unpaid" }>,
  values: Pick<Hand, "plate" | "total"> & { readonly ref: string; readonly cash: Hand["total"] },
): Part {
  switch (why) {
    case "already-paid":
      return part("hand_paid_elsewhere", values);
    case "balance":
      return part("hand_balance", values);
    case "taken-back":
      return part("hand_taken_back", values);
    default:
      return part("hand_unpaid", {
        ...values,
        ref: tried === undefined ? values.ref : `TRX-${tried}`,
        why: unpaidKey({ why, how }),
      });
  }
}

/** STATUS: what is in his hand; nothing when nothing is. */
export function handsSay(context: Context): Say | undefined {
  const open = handParts(context);
  return open.length === 0 ? undefined : saying(...open);
}

/** What is in his hand, a sentence each. */
export function handParts(context: Context): readonly Part[] {
  const open = handsOf(context).filter(({ stage }) => stage === "taken" || stage === "waits-yes" || stage === "unpaid");
  return open.map(({ ref, plate, total, stage, code }) =>
    part("hand_open", { ref, plate, total, code, how: stage === "unpaid" ? "unpaid" : "taken" }),
  );
}

export function handTask({ act, ref }: { readonly act: AgentAct; readonly ref: Hand["ref"] }, world: World): Asked {
  return { kind: "agent-act", act, ref, agent: agentOf(world).id };
}

/** What became of his act; nothing where its news says it. */
export function actedSay(
  context: Context,
  world: World,
  { act, result, ref }: Extract<FlowEvent, { type: "agent-acted" }>,
): Say | undefined {
  if (result.kind === "unknown") return saying(part("offer_unknown", { ref }));
  switch (result.kind) {
    case "short":
      return saying(part("hand_short", { ref, missing: result.missing }));
    case "capped":
      return saying(part("hand_capped", { ref }));
    case "sales-paused":
      return saying(part("hand_paused", { ref }));
    case "suspended":
      return saying(part("hand_suspended", { ref, contact: world.policy.contact }));
    case "done":
      return doneSay(act, result);
    case "impossible":
      return notDoneSay(handOf(context, ref), act, result);
  }
}

function doneSay(act: AgentAct, { request: { ref, total } }: Exclude<ActResult, { kind: "unknown" }>): Say | undefined {
  switch (act) {
    case "skip":
      return saying(part("offer_skipped", { ref }));
    case "let-go":
      return saying(part("hand_let_go", { ref, total }));
    case "received":
      return saying(part("hand_paying", { ref }));
    case "returned":
      return saying(part("hand_returned", { ref }));
    case "take":
    case "again":
      return undefined;
  }
}

type NotDone = Exclude<ActResult, { kind: "unknown" }>["request"];

/** It could not be: how it stands. An act that is done again after a crash is answered as the first time. */
function notDoneSay(
  hand: Hand | undefined,
  act: AgentAct,
  { request }: Exclude<ActResult, { kind: "unknown" }>,
): Say | undefined {
  const { ref, state, mine, closed } = request;
  if (state === "asked") return saying(letGoAgain(hand, act, request));
  if (state === "closed" && act === "returned" && mine && closed === "returned") {
    return saying(part("hand_returned", { ref }));
  }
  // That another was quicker, or that it is closed, is news of its own to whom it was offered.
  if ((state === "closed" || !mine) && act === "take" && hand?.wants === true) return undefined;
  if (state === "closed") return saying(part("offer_closed", { ref }));
  return saying(mine ? his(hand, act, request) : part("offer_gone", { ref }));
}

/** Nobody has it: whether he let it go, or did not want it. */
function letGoAgain(hand: Hand | undefined, act: AgentAct, { ref, total, declined }: NotDone): Part {
  if (!declined || (act !== "let-go" && act !== "skip")) return part("offer_unknown", { ref });
  const had = act === "let-go" && hand?.stage !== "offered";
  return had ? part("hand_let_go", { ref, total }) : part("offer_skipped", { ref });
}

/** He has it. */
function his(hand: Hand | undefined, act: AgentAct, request: NotDone): Part {
  const { ref, plate, total, state, received, said } = request;
  const { code = "" } = hand ?? {};
  switch (state) {
    case "received":
    case "paying":
      return act === "take" || act === "received" ? part("hand_paying", { ref }) : part("hand_not_now", { ref });
    case "done":
      return part("hand_done", { ref, plate });
    case "unpaid":
      return part("hand_open", { ref, plate, total, code, how: "unpaid" });
    default:
      if (act === "let-go" && (said || received)) return part("hand_after_said", { ref });
      if (received) return part("hand_waits_yes", { ref });
      return part("hand_open", { ref, plate, total, code, how: "taken" });
  }
}
