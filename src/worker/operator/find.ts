import type { CommandResult } from "../../../flows/index.ts";
import type { ConversationKey } from "../../conversation/message.ts";
import { plateKey } from "../../domain/plate.ts";
import { readRef } from "../../domain/ref.ts";
import { type RequestRef, readStaffId } from "../../domain/staff.ts";
import type { Payment } from "../../payments/payment.ts";
import type { Staff } from "../../records/staff.ts";
import type { Request } from "../../relay/request.ts";
import type { Deps } from "../deps.ts";
import { numberOf } from "./people.ts";
import { briefOf, cardOf, requestBrief } from "./shown.ts";
import { storyOf } from "./story.ts";

/** How many payments and requests are looked through for the digits of a number, and how many are shown. */
const LOOKED = 1_000;
const SHOWN = 6;

interface Found {
  readonly payments: readonly Payment[];
  readonly requests: readonly Request[];
  readonly agents: readonly Staff[];
}

/** CARI: by number, plate, the last digits of a phone number, an agent's name or id, or a chat. */
export async function find(deps: Deps, asked: string): Promise<CommandResult> {
  const found = await byNumber(deps, asked);
  const { payments, requests, agents } = found ?? (await byWords(deps, asked));
  const [payment, request, agent] = [payments[0], requests[0], agents[0]];
  const count = payments.length + requests.length + agents.length;
  if (count === 0) return { kind: "nothing", asked: asked.slice(0, 40) };
  if (count === 1 && agent !== undefined) return agentResult(deps, agent);
  if (count === 1)
    return { kind: "story", story: await storyOf(deps, payment, request ?? (await ofPayment(deps, payment))) };
  return {
    kind: "found",
    payments: payments.slice(0, SHOWN).map(briefOf),
    requests: requests.slice(0, SHOWN).map(requestBrief),
    agents: await Promise.all(agents.slice(0, SHOWN).map((one) => cardOf(deps, one))),
  };
}

/** The request that a payment is the payment of. */
export async function ofPayment({ ledger }: Deps, payment: Payment | undefined): Promise<Request | undefined> {
  return payment?.request === undefined ? undefined : ledger.requests.load(payment.request);
}

/** TRX-7K2MQ, or a request's: the two are never called the same. */
async function byNumber({ ledger }: Deps, asked: string): Promise<Found | undefined> {
  const ref = readRef(asked);
  if (ref === undefined) return undefined;
  const payment = await ledger.load(ref);
  if (payment !== undefined) return { payments: [payment], requests: [], agents: [] };
  const request = await ledger.requests.load(ref as string as RequestRef);
  return request === undefined ? undefined : { payments: [], requests: [request], agents: [] };
}

async function byWords(deps: Deps, asked: string): Promise<Found> {
  const { ledger } = deps;
  const agents = (await peopleNamed(deps, asked)).filter(({ role }) => role === "agent");
  const plate = plateKey(asked);
  if (plate !== undefined) {
    const requests = await ledger.requests.find({ limit: LOOKED });
    const payments = await ledger.find({ plate: asked });
    return { payments, requests: alone(requests.filter(({ bill }) => plateKey(bill.plate) === plate)), agents };
  }
  const isChat = await chatTest(deps, asked);
  if (isChat === undefined) return { payments: [], requests: [], agents };
  const payments = await filtered(await ledger.find({ limit: LOOKED }), ({ payer }) => isChat(payer));
  const requests = await filtered(await ledger.requests.find({ limit: LOOKED }), ({ customer }) =>
    isChat(customer.chat),
  );
  return { payments, requests: alone(requests), agents };
}

/** Requests that a payment tells of as well are left to it. */
function alone(requests: readonly Request[]): readonly Request[] {
  return requests.filter(({ payments }) => payments.length === 0);
}

/** `telegram:4242`, or the last digits of a number: at least three. */
async function chatTest(deps: Deps, asked: string): Promise<((chat: ConversationKey) => Promise<boolean>) | undefined> {
  const typed = asked.trim();
  if (/^[a-z]+:\S+$/.test(typed)) return async (chat) => chat === typed;
  const digits = typed.replace(/[\s+.…-]/g, "").replace(/^0(?=\d{8})/, "");
  if (!/^\d{3,15}$/.test(digits)) return undefined;
  const known = new Map<ConversationKey, boolean>();
  return async (chat) => {
    const before = known.get(chat);
    if (before !== undefined) return before;
    const fits = (await numberOf(deps, chat)).endsWith(digits);
    known.set(chat, fits);
    return fits;
  };
}

async function filtered<T>(all: readonly T[], test: (one: T) => Promise<boolean>): Promise<readonly T[]> {
  const fits: T[] = [];
  for (const one of all) if (await test(one)) fits.push(one);
  return fits;
}

/** People of the counter by id, by name, or by a part of the name; a whole name goes before a part. */
export async function peopleNamed({ records }: Deps, asked: string): Promise<readonly Staff[]> {
  const all = await records.staff.list();
  const id = readStaffId(asked);
  const byId = all.filter((one) => one.id === id);
  if (byId.length > 0) return byId;
  const name = asked.trim().toLowerCase();
  if (name.length < 2) return [];
  const whole = all.filter((one) => one.name.toLowerCase() === name);
  return whole.length > 0 ? whole : all.filter((one) => one.name.toLowerCase().includes(name));
}

async function agentResult(deps: Deps, agent: Staff): Promise<CommandResult> {
  const payments = (await deps.ledger.find({ limit: LOOKED })).filter((one) => one.agent?.id === agent.id);
  return { kind: "agent", agent: await cardOf(deps, agent), payments: payments.slice(0, SHOWN).map(briefOf) };
}
