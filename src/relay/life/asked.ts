import { holdRequest } from "../postings.ts";
import type { NewRequest, Reached, Request } from "../request.ts";
import { type Pen, penFor } from "./letters.ts";
import { ANSWER_MS, AT_ONCE, askedDue, GIVE_UP_MS, handoverUntil, OFFER_MS, promised } from "./schedule.ts";
import { type Faces, type Happening, type Impossible, impossible, type Step, stepTo } from "./step.ts";
import { requestKey } from "./tasks.ts";

type Asking = Omit<NewRequest, "offers" | "dueAt">;

/** A request as it is asked: to the agent whom the customer chose, or to the first ones. `agents`: best first. */
export function asking(request: Asking, agents: readonly Reached[], at: number): NewRequest {
  const { wanted } = request;
  const chosen = agents.filter(({ id }) => wanted === undefined || id === wanted).slice(0, AT_ONCE);
  const wave = wanted === undefined ? at + OFFER_MS : undefined;
  return {
    ...request,
    offers: chosen.map((one) => offered(one, at)),
    dueAt: askedDue({ askedAt: at, reminders: 0 }, wave),
  };
}

/** R2 and the offers. */
export function askedLetters(request: Request, faces: Faces): ReturnType<Pen["gone"]> {
  const pen = penFor(request, faces);
  const agent = request.wanted === undefined ? undefined : pen.named(request.wanted);
  const nextAt = promised(request.askedAt, ANSWER_MS);
  return [
    pen.customer({ kind: "asked", agent, nextAt, ...pen.about }),
    ...request.offers.map((one) => pen.agent(one, { kind: "offer", ...pen.about })),
  ];
}

/** asked -> taken: the first who says so has it, and its total is held of his balance. */
export function taken(request: Request, { at, by }: Happening<"taken">, faces: Faces): Step | Impossible {
  const until = handoverUntil(at);
  if (by.suspended) return impossible("the agent is suspended");
  if (by.chats.includes(request.customer.chat)) return impossible("nobody is the agent of his own request");
  if (until === undefined) return impossible("it is too late today to hand money over");
  const { id, chat } = by;
  const change = { state: "taken", taken: { id, chat, at, until }, reminders: 0, dueAt: until } as const;
  const next = { ...request, ...change };
  const pen = penFor(next, faces);
  const handover = faces.get(id)?.handover ?? "";
  return stepTo(request, change, {
    postings: [holdRequest(request, id)],
    letters: [
      pen.customer({ kind: "taken", agent: pen.named(id), handover, until, ...pen.about }),
      pen.agent(by, { kind: "yours", until, ...pen.about }),
      ...pen.gone("taken", id),
    ],
  });
}

/** He does not want it. When nobody is left who may, the next ones are asked at once. */
export function skipped(request: Request, { at, by }: Happening<"skipped">): Step | Impossible {
  if (!request.offers.some(({ id, skipped }) => id === by && !skipped)) return impossible("it does not wait for him");
  const offers = request.offers.map((one) => (one.id === by ? { ...one, skipped: true } : one));
  const waits = offers.some(({ skipped }) => !skipped);
  return stepTo(request, { offers, dueAt: waits ? request.dueAt : at });
}

/** R5: whoever can may have it now. */
export function others(request: Request, { at }: Happening<"others">): Step {
  return stepTo(request, { wanted: undefined, dueAt: at });
}

export function cancelledAsked(request: Request, { at }: Happening<"cancelled">, faces: Faces): Step {
  return closedAsked(request, { at, why: "cancelled" }, faces);
}

/** The next ones are asked, the customer is asked, or nobody is waited for any more. */
export function askedDueNow(request: Request, { at, agents }: Happening<"due">, faces: Faces): Step {
  const lapsed = lapsedOf(request, at);
  if (at >= request.askedAt + GIVE_UP_MS) return { ...nobody(request, at, faces), lapsed };
  const reminders = asksNow(request, at);
  const isTime = waveDue(request, at);
  const fresh = isTime ? nextOnes(request, agents) : [];
  const wave = request.wanted === undefined ? (isTime ? at : lastWave(request)) + OFFER_MS : undefined;
  const dueAt = Math.max(at, askedDue({ askedAt: request.askedAt, reminders }, wave));
  const offers = [...request.offers, ...fresh.map((one) => offered(one, at))];
  const pen = penFor(request, faces);
  const agent = request.wanted === undefined ? undefined : pen.named(request.wanted);
  const asks = reminders > request.reminders ? [pen.customer({ kind: "no-answer", agent, ...pen.about })] : [];
  const letters = [...asks, ...fresh.map((one) => pen.agent(one, { kind: "offer", ...pen.about }))];
  return stepTo(request, { offers, reminders, dueAt }, { lapsed, letters });
}

/** R6. */
function nobody(request: Request, at: number, faces: Faces): Step {
  const step = closedAsked(request, { at, why: "nobody" }, faces);
  const { customer, about } = penFor(request, faces);
  return { ...step, letters: [customer({ kind: "nobody", ...about }), ...step.letters] };
}

/** How often the customer has been asked what to do, when he is asked now if it is time; at once when his agent said no. */
function asksNow(request: Request, at: number): number {
  const { askedAt, reminders, wanted } = request;
  const saysNo = wanted !== undefined && !request.offers.some(({ id, skipped }) => id === wanted && !skipped);
  const times = Math.floor((at - askedAt) / ANSWER_MS);
  return Math.max(reminders, times, saysNo ? 1 : 0);
}

/** Whether those who were asked last have had their time, or have all said no. */
function waveDue({ wanted, offers, askedAt }: Request, at: number): boolean {
  if (wanted !== undefined) return false;
  const last = lastWave({ offers, askedAt });
  return at >= last + OFFER_MS || offers.every((offer) => offer.at !== last || offer.skipped);
}

/** Never twice the same. */
function nextOnes({ offers }: Request, agents: readonly Reached[]): readonly Reached[] {
  const known = new Set(offers.map(({ id }) => id));
  return agents.filter(({ id }) => !known.has(id)).slice(0, AT_ONCE);
}

/** Whose time has come with this look: of a look that was for the last wave, or for the one whom the customer chose. */
function lapsedOf(request: Request, at: number): Step["lapsed"] {
  const { wanted, dueAt, askedAt, reminders } = request;
  const last = lastWave(request);
  const isTime = wanted === undefined ? dueAt === last + OFFER_MS : reminders === 0 && at >= askedAt + ANSWER_MS;
  if (!isTime) return [];
  return request.offers.filter((offer) => offer.at === last && !offer.skipped).map(({ id }) => id);
}

function lastWave({ offers, askedAt }: Pick<Request, "offers" | "askedAt">): number {
  return offers.at(-1)?.at ?? askedAt;
}

function closedAsked(
  request: Request,
  closed: { readonly at: number; readonly why: "cancelled" | "nobody" },
  faces: Faces,
): Step {
  const change = { state: "closed", closed, dueAt: undefined } as const;
  return stepTo(request, change, {
    letters: penFor(request, faces).gone("closed"),
    closes: [requestKey(request)],
  });
}

function offered({ id, chat }: Reached, at: number): Request["offers"][number] {
  return { id, chat, at, skipped: false };
}
