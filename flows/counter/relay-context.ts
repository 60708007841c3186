import type { AgentNotice, CustomerNotice, Notice } from "../../src/domain/notice.ts";
import type { Rupiah } from "../../src/domain/rupiah.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import type { RequestRef } from "../../src/domain/staff.ts";
import type { World } from "../flow.ts";
import type { ActResult, CustomerAct, RequestedResult } from "../relay/events.ts";
import { KEEP } from "./answers.ts";
import { type Context, hasAny, missing, NO_ANSWERS, type Quote, type Shown } from "./context.ts";

/** How far a request has come, as the chat was told. */
export type Stage = "asking" | "asked" | "no-answer" | "taken" | "said" | "sum-moved" | "received" | "unpaid";

/** A request of this chat that is not over. */
export interface Requested {
  /** Of the bill that it was made of. */
  readonly nonce: string;
  readonly plate: string;
  readonly total: Rupiah;
  readonly markup: Rupiah;
  readonly stage: Stage;
  /** undefined until the desk has it: the bill is kept so long. */
  readonly ref: RequestRef | undefined;
  readonly quote: Quote | undefined;
  /** Who has it, or was chosen; empty: nobody. */
  readonly agent: string;
  /** How many pictures went to the agent. */
  readonly pictures?: number;
}

/** More than a transfer needs, and few enough that nobody can flood an agent. */
const PICTURES = 3;

/** The picture of an event where it may still be passed on for the request that is meant. */
export function passable(context: Context, { picture }: { readonly picture?: string }): string | undefined {
  const { pictures = 0 } = meantRequest(context, undefined) ?? {};
  return pictures < PICTURES ? picture : undefined;
}

/** One picture more. */
export function pictured(context: Context, event: { readonly picture?: string }): Context {
  const meant = meantRequest(context, undefined);
  if (meant === undefined || passable(context, event) === undefined) return context;
  const { pictures = 0 } = meant;
  const requests = requestsOf(context).map((one) => (one === meant ? { ...one, pictures: pictures + 1 } : one));
  return { ...context, requests };
}

export function requestsOf({ requests = [] }: Context): readonly Requested[] {
  return requests;
}

/** The request that is meant: by its name, else the one that waits for the customer, else the last. */
export function meantRequest(context: Context, ref: RequestRef | undefined): Requested | undefined {
  const requests = requestsOf(context);
  if (ref !== undefined) return requests.find((one) => one.ref === ref);
  const waits = requests.findLast(({ stage }) => stage === "taken" || stage === "sum-moved" || stage === "no-answer");
  return waits ?? requests.at(-1);
}

/** What a SUDAH means that no request waits for: what was confirmed last, if it is paid or being paid. */
export function saidLate({ bills }: Context): Shown | undefined {
  const last = bills.findLast(({ state }) => state !== "open");
  return last?.state === "paid" || last?.state === "live" || last?.state === "asked" ? last : undefined;
}

/** What the customer hands over. */
export function cashOf({ total, markup }: Pick<Requested, "total" | "markup">): Rupiah {
  return rupiah(total + markup);
}

/** The bill on offer goes to the desk. Its answers are kept for LANJUT, as with a payment. */
export function requesting(context: Context, world: World, agent: string): Context {
  const { quote, answers } = context;
  if (quote === undefined) return context;
  const { nonce, bill } = quote;
  const request: Requested = {
    ...{ nonce, plate: bill.plate, total: bill.total, markup: rupiah(0), agent },
    ...{ stage: "asking", ref: undefined, quote },
  };
  return {
    ...context,
    requests: [...requestsOf(context), request],
    bills: context.bills.map((one) =>
      one.nonce === nonce ? { ...one, state: "relayed", answers, at: world.at } : one,
    ),
    kept: { answers, at: world.at, first: false },
    answers: NO_ANSWERS,
    quote: undefined,
    refresh: undefined,
    overlay: undefined,
  };
}

/** What the desk said to it. When there is no request the bill is on offer again. */
export function requestedAs(
  context: Context,
  world: World,
  { nonce, result }: { readonly nonce: string; readonly result: RequestedResult },
): Context {
  const request = requestsOf(context).find((one) => one.nonce === nonce);
  if (request === undefined || request.stage !== "asking") return context;
  if ("ref" in result) {
    const stage = result.kind === "asked" ? "asked" : request.stage;
    const known = requestsOf(context).some(({ ref }) => ref === result.ref);
    const made = {
      ...request,
      ref: result.ref,
      quote: undefined,
      stage: stage === "asking" ? "asked" : stage,
    } as const;
    const others = requestsOf(context).filter((one) => one !== request);
    if (!known) return { ...context, requests: [...others, made] };
    // It is the request of an earlier bill: nothing will ever be heard of this one.
    const bills = context.bills.map((one): Shown => (one.nonce === nonce ? { ...one, state: "ended" } : one));
    return { ...context, requests: others, bills };
  }
  return offeredAgain(context, world, request);
}

/** Where another vehicle was begun meanwhile, its answers stay, and LANJUT means this bill. */
function offeredAgain(context: Context, world: World, request: Requested): Context {
  const requests = requestsOf(context).filter((one) => one !== request);
  const answers = context.bills.find(({ nonce }) => nonce === request.nonce)?.answers ?? NO_ANSWERS;
  const bills = context.bills.map((one): Shown => (one.nonce === request.nonce ? { ...one, state: "open" } : one));
  const base = { ...context, requests, bills };
  if (world.place !== "requested" || hasAny(context.answers)) {
    return { ...base, kept: { answers, at: world.at, first: true } };
  }
  return { ...base, answers, quote: request.quote };
}

/** What is remembered of news about a request; one that is over is forgotten, its answers are LANJUT's. */
export function heardOfRequest(context: Context, notice: Notice, world: World): Context {
  if (!("request" in notice)) return ofPayment(context, notice);
  const stage = stageAfter(notice.kind);
  if (stage === undefined) return context;
  if (stage === "over") return over(context, notice.request.ref, world.at);
  const { ref, plate, total, markup } = notice.request;
  const requests = requestsOf(context);
  const before =
    requests.find((one) => one.ref === ref) ?? requests.find((one) => one.ref === undefined && one.plate === plate);
  const named = "agent" in notice && notice.agent !== undefined ? notice.agent.name : "";
  const agent = stage === "asked" || stage === "no-answer" || named !== "" ? named : (before?.agent ?? "");
  const nonce = before?.nonce ?? "";
  const { pictures = 0 } = before ?? {};
  const now: Requested = { nonce, plate, total, markup, ref, stage, agent, quote: undefined, pictures };
  return {
    ...context,
    requests: [...requests.filter((one) => one !== before), now],
    bills: stage === "unpaid" ? relayedAgain(context.bills, nonce) : context.bills,
  };
}

/** Its payment came to nothing: another one may follow, of the same bill as this chat knows it. */
function relayedAgain(bills: readonly Shown[], nonce: string): readonly Shown[] {
  return bills.map((one) => (one.nonce === nonce ? { ...one, state: "relayed", ref: undefined } : one));
}

/** Its payment was paid: nothing of it is open. */
function ofPayment(context: Context, notice: Notice): Context {
  if (notice.kind !== "paid") return context;
  const { plate } = notice.payment;
  const isPaid = (one: Requested) => one.plate === plate;
  return requestsOf(context).some(isPaid)
    ? { ...context, requests: requestsOf(context).filter((one) => !isPaid(one)) }
    : context;
}

/** News of a request is the customer's, or an agent's. */
export function isCustomers(notice: CustomerNotice | AgentNotice): notice is CustomerNotice {
  return stageAfter(notice.kind) !== undefined;
}

function stageAfter(kind: Notice["kind"]): Stage | "over" | undefined {
  switch (kind) {
    case "asked":
    case "let-go":
      return "asked";
    case "no-answer":
      return "no-answer";
    case "taken":
      return "taken";
    case "silent-agent":
    case "passed-on":
      return "said";
    case "received":
    case "bill-late":
      return "received";
    case "sum-moved":
      return "sum-moved";
    case "unpaid-with-agent":
      return "unpaid";
    case "nobody":
    case "expired":
    case "returned":
    case "shut":
      return "over";
    default:
      return undefined;
  }
}

/** The request is over without a payment: LANJUT means its vehicle. */
export function over(context: Context, ref: RequestRef, at: number): Context {
  const request = requestsOf(context).find((one) => one.ref === ref);
  if (request === undefined) return context;
  const shown = context.bills.find(({ nonce }) => nonce === request.nonce);
  const isKnown = shown !== undefined && missing(shown.answers) === undefined && at - shown.at <= KEEP;
  return {
    ...context,
    requests: requestsOf(context).filter((one) => one !== request),
    bills: context.bills.map(
      (one): Shown => (one.nonce === request.nonce && one.state === "relayed" ? { ...one, state: "ended" } : one),
    ),
    kept: isKnown ? { answers: shown.answers, at, first: true } : context.kept,
    overlay: context.overlay === "handed" ? undefined : context.overlay,
  };
}

/** What his own act made of it. */
export function actedAs(
  context: Context,
  world: World,
  { act, ref, result }: { readonly act: CustomerAct; readonly ref: RequestRef; readonly result: ActResult },
): Context {
  const gone = result.kind === "unknown" || result.request.state === "done" || result.request.state === "closed";
  if (gone) return over(context, ref, world.at);
  const stage = result.kind === "done" ? STAGE_AFTER[act] : undefined;
  const { total, markup, agent } = result.request;
  return {
    ...context,
    requests: requestsOf(context).map((one) =>
      one.ref === ref ? { ...one, total, markup, agent: agent || one.agent, stage: stage ?? one.stage } : one,
    ),
  };
}

const STAGE_AFTER: Readonly<Record<CustomerAct, Stage>> = {
  others: "asked",
  cancelled: "asked",
  "taken-back": "unpaid",
  said: "said",
  "said-with-photo": "said",
  yes: "said",
};
