import type { AgentNotice } from "../../src/domain/notice.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { named } from "../counter/choices.ts";
import { saying } from "../counter/questions.ts";
import type { Asked, Choice, FlowEvent, Say, World } from "../flow.ts";
import { agentChoice } from "../relay/choices.ts";
import type { ActResult, AgentAct } from "../relay/events.ts";
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
  { why, tried }: Extract<AgentNotice, { kind: "unpaid" }>,
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
      return part("hand_unpaid", { ...values, ref: tried === undefined ? values.ref : `TRX-${tried}` });
  }
}

/** STATUS: what is in his hand; nothing when nothing is. */
export function handsSay(context: Context): Say | undefined {
  const open = handsOf(context).filter(({ stage }) => stage === "taken" || stage === "waits-yes" || stage === "unpaid");
  if (open.length === 0) return undefined;
  return saying(
    ...open.map(({ ref, plate, total, stage, code }) =>
      part("hand_open", { ref, plate, total, code, how: stage === "unpaid" ? "unpaid" : "taken" }),
    ),
  );
}

export function handTask({ act, ref }: { readonly act: AgentAct; readonly ref: Hand["ref"] }, world: World): Asked {
  return { kind: "agent-act", act, ref, agent: agentOf(world).id };
}

/** What became of his act; nothing where its news says it. */
export function actedSay(
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
      return saying(notDone(act, result));
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

const WRITTEN_DOWN: ReadonlySet<string> = new Set(["received", "paying", "done"]);

function notDone(act: AgentAct, { request }: Exclude<ActResult, { kind: "unknown" }>): Part {
  const { ref, state, mine, received, said } = request;
  if (state === "closed") return part("offer_closed", { ref });
  if (state === "asked") return part("offer_unknown", { ref });
  if (!mine) return part("offer_gone", { ref });
  if (act === "let-go" && (said || received)) return part("hand_after_said", { ref });
  if (act === "received" && state === "taken" && received) return part("hand_waits_yes", { ref });
  // It was written down, and a crash came before the answer: so it is what was asked.
  if (act === "received" && WRITTEN_DOWN.has(state)) return part("hand_paying", { ref });
  return part("hand_not_now", { ref });
}
