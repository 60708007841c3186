import type { AgentNotice, Notice, RequestFacts } from "../../src/domain/notice.ts";
import { type Rupiah, rupiah } from "../../src/domain/rupiah.ts";
import type { RequestRef } from "../../src/domain/staff.ts";
import { newCode } from "../counter/bills.ts";
import type { World } from "../flow.ts";
import type { ActResult, AgentAct } from "../relay/events.ts";
import { agentOf } from "./balance.ts";
import { inSession, type Named } from "./confirming.ts";
import type { Context, Question } from "./context.ts";

/** A request as this chat was told of it. `sent`: the agent said that he has the money. */
export interface Hand {
  readonly ref: RequestRef;
  readonly plate: string;
  readonly total: Rupiah;
  readonly markup: Rupiah;
  readonly stage: "offered" | "taken" | "waits-yes" | "sent" | "unpaid" | "over";
  /** What says that the money is in the hand: of this sum, and changed with it. Empty until it is his. */
  readonly nonce: string;
  readonly code: string;
  /** When its stage changed last, ms. */
  readonly at: number;
  /** He wants to take it, and the desk has not answered: whoever is too late hears it by the news alone. */
  readonly wants?: true;
}

/** So many are remembered; those that are over go first. */
const MOST = 20;

export function handsOf({ hands = [] }: Context): readonly Hand[] {
  return hands;
}

export function handOf(context: Context, ref: RequestRef): Hand | undefined {
  return handsOf(context).find((hand) => hand.ref === ref);
}

/** What the customer hands over. */
export function cashOf({ total, markup }: Pick<Hand, "total" | "markup">): Rupiah {
  return rupiah(total + markup);
}

/** What is remembered of news about a request. */
export function heardOfHand(context: Context, notice: Notice, world: World): Context {
  if ("payment" in notice && notice.kind === "paid") return paidOne(context, notice.payment.plate, world.at);
  if (!("request" in notice)) return context;
  const stage = stageAfter(notice.kind);
  if (stage === undefined) return context;
  const hand = handOf(context, notice.request.ref);
  // The same sum keeps its code, so that the one that was shown goes on to mean it; another one, or another try, has none.
  const same = hand !== undefined && hand.code !== "" && hand.total === notice.request.total && stage === hand.stage;
  const named = stage === "taken" && !same;
  const code = named ? newCode(codesOf(context), world.chance) : (hand?.code ?? "");
  const nonce = named ? world.nonce : (hand?.nonce ?? "");
  const wants = stage === "over" && hand?.wants === true ? { wants: hand.wants } : {};
  const next = { ...factsOf(notice.request), stage, nonce, code, at: world.at, ...wants };
  const after = withHand(context, next);
  return asking({ ...after, codes: named ? [...context.codes, code].slice(-MOST) : context.codes }, next, notice);
}

function factsOf({ ref, plate, total, markup }: RequestFacts) {
  return { ref, plate, total, markup };
}

function codesOf(context: Context): readonly string[] {
  const open = context.entries.flatMap(({ quote }) => (quote === undefined ? [] : [quote.code]));
  return [...open, ...context.codes, ...handsOf(context).map(({ code }) => code)].filter((code) => code !== "");
}

function withHand(context: Context, hand: Hand): Context {
  const others = handsOf(context).filter(({ ref }) => ref !== hand.ref);
  const kept = others.length < MOST ? others : others.toSorted((a, b) => rank(a) - rank(b)).slice(1);
  return { ...context, hands: [...kept, hand] };
}

function rank({ stage }: Pick<Hand, "stage">): number {
  return stage === "over" ? 0 : stage === "offered" ? 1 : 2;
}

/** An unpaid one asks what becomes of the customer's money, until that was said. */
function asking(context: Context, { ref, plate, stage }: Hand, notice: Notice): Context {
  const questions = context.questions.filter((one) => one.about !== "request" || one.ref !== ref);
  if (stage !== "unpaid") return { ...context, questions };
  const again = notice.kind !== "unpaid" || (notice.why !== "taken-back" && notice.why !== "already-paid");
  const question: Question = { about: "request", ref, plate, again };
  return { ...context, questions: [...questions, question] };
}

function paidOne(context: Context, plate: string, at: number): Context {
  const hands = handsOf(context);
  if (!hands.some((hand) => hand.plate === plate)) return context;
  const questions = context.questions.filter((one) => one.about !== "request" || one.plate !== plate);
  return {
    ...context,
    questions,
    hands: hands.map((one) => (one.plate === plate ? { ...one, stage: "over", at } : one)),
  };
}

function stageAfter(kind: Notice["kind"]): Hand["stage"] | undefined {
  switch (kind) {
    case "offer":
      return "offered";
    case "yours":
    case "customer-paid":
    case "reminder":
    case "sum-agreed":
      return "taken";
    case "sum-asked":
      return "waits-yes";
    case "bill-wait":
      return "sent";
    case "unpaid":
      return "unpaid";
    case "offer-gone":
    case "customer-cancelled":
    case "not-yours":
      return "over";
    default:
      return undefined;
  }
}

/** News of a request is an agent's, or the customer's. */
export function isAgents(notice: { readonly kind: Notice["kind"] }): notice is AgentNotice {
  return stageAfter(notice.kind) !== undefined || notice.kind === "duty-over";
}

/** What a confirmation of the money leads to; undefined: it names no request. Only "says" has it paid. */
export type HandVerdict = "waits-yes" | "sent" | "locked" | "no-pin" | "asks-pin" | "says";

/** The request that is confirmed by name. */
export function namedHand(context: Context, named: Named): Hand | undefined {
  return handsOf(context).findLast(({ nonce, code }) => {
    return "nonce" in named ? nonce !== "" && nonce === named.nonce : code !== "" && code === named.code;
  });
}

export function handVerdict(context: Context, world: World, named: Named, pinned: boolean): HandVerdict | undefined {
  const hand = namedHand(context, named);
  if (hand === undefined) return undefined;
  if (hand.stage === "waits-yes") return "waits-yes";
  if (hand.stage !== "taken") return "sent";
  const agent = agentOf(world);
  // The desk writes down that a suspended agent has the money, and pays nothing.
  if (agent.suspended) return "says";
  if (agent.pin === "locked") return "locked";
  if (agent.pin === "none") return "no-pin";
  return pinned || (inSession(context, world) && hand.total < agent.pinAlways) ? "says" : "asks-pin";
}

/** It is with the desk. */
export function handSent(context: Context, world: World, named: Named): Context {
  const sent = namedHand(context, named);
  const hands = handsOf(context).map((one): Hand => (one === sent ? { ...one, stage: "sent", at: world.at } : one));
  return { ...context, act: undefined, hands };
}

/** AMBIL of what was offered to him: the desk is asked. */
export function wanting(
  context: Context,
  { act, ref }: { readonly act: AgentAct; readonly ref: RequestRef },
): Partial<Context> {
  const hand = handOf(context, ref);
  if (act !== "take" || hand?.stage !== "offered") return {};
  return { hands: handsOf(context).map((one): Hand => (one === hand ? { ...one, wants: true } : one)) };
}

interface Acted {
  readonly act: AgentAct;
  readonly ref: RequestRef;
  readonly result: ActResult;
}

/** What his own act made of it. The news of it may be quicker, and says more. */
export function actedOn(before: Context, world: World, { act, ref, result }: Acted): Context {
  const context = act === "take" ? answered(before, ref) : before;
  const hand = handOf(context, ref);
  const over = result.kind === "done" ? OVER.has(act) : isOver(result, act);
  if (hand !== undefined && over) {
    const questions = context.questions.filter((one) => one.about !== "request" || one.ref !== ref);
    return withHand({ ...context, questions }, { ...hand, stage: "over", at: world.at });
  }
  // Not paid for now: what was confirmed may be confirmed again.
  const back = hand?.stage === "sent" && act === "received" && result.kind !== "done" && "request" in result;
  return back && result.request.state === "taken"
    ? withHand(context, { ...hand, stage: "taken", at: world.at })
    : context;
}

function answered(context: Context, ref: RequestRef): Context {
  const hands = handsOf(context).map(
    ({ wants, ...one }): Hand => (one.ref === ref || !wants ? one : { ...one, wants }),
  );
  return handOf(context, ref) === undefined ? context : { ...context, hands };
}

const OVER: ReadonlySet<AgentAct> = new Set(["skip", "let-go", "returned"]);

function isOver(result: ActResult, act: AgentAct): boolean {
  if (result.kind === "unknown") return true;
  const { state, mine, declined } = result.request;
  // It was written down, and a crash came before the answer.
  if (state === "asked") return declined && OVER.has(act);
  return state === "closed" || state === "done" || (!mine && act !== "received");
}

/** Offers, and what is over, are forgotten after a day; what is in his hand stays. */
export function handsLeft(context: Context, before: number): Context {
  const hands = handsOf(context);
  if (hands.length === 0) return context;
  return { ...context, hands: hands.filter(({ stage, at }) => rank({ stage }) === 2 || at > before) };
}
