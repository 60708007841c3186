import { startOfDay } from "../../domain/time.ts";
import { awake, promiseOf } from "../../payments/life/schedule.ts";
import type { Request } from "../request.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** To how many agents at once it is offered, and when to the next ones, ms. */
export const AT_ONCE = 3;
export const OFFER_MS = 2 * MINUTE;
/** When the customer is asked what to do (R5), and asked again, and when nobody is waited for any more (R6), ms. */
export const ANSWER_MS = 10 * MINUTE;
export const GIVE_UP_MS = 30 * MINUTE;

/** How long the money may be on its way, ms; and the last minute of the day in which it may be handed over. */
export const HANDOVER_MS = 30 * MINUTE;
const LAST_HANDOVER = 23 * 60 + 45;
/** Who takes it later than this before the last minute would send somebody in vain, ms. */
const SHORTEST_MS = 5 * MINUTE;

/** After SUDAH: when the silent agent is reminded; when the operator and the customer hear of it; and how often then, ms. */
export const REMIND_MS = 5 * MINUTE;
export const ALARM_MS = 15 * MINUTE;
const AGAIN_MS = 30 * MINUTE;

/** How soon something is heard after the money was received, ms. */
const PAYING_MS = 2 * MINUTE;
/** The pauses between tries to get a fresh bill, ms, and when it is given up, counted from the agent's word. */
const BILL_PAUSES = [10, 20, 40, 60].map((seconds) => seconds * SECOND);
export const BILL_MS = 10 * MINUTE;

/** With the customer's money and no payment: when the agent is reminded; when it is the operator's, too; looks after, ms. */
const UNPAID_MS = [30 * MINUTE, 120 * MINUTE];
const UNPAID_LOOK_MS = 360 * MINUTE;

/** A bill that ends within this is not sent any more, ms. */
const MARGIN_MS = MINUTE;

/** Until when the money is to be handed over; undefined when it is too late today. */
export function handoverUntil(at: number): number | undefined {
  const until = Math.min(at + HANDOVER_MS, startOfDay(at) + LAST_HANDOVER * MINUTE);
  return until - at < SHORTEST_MS ? undefined : until;
}

/** Whether its bill may still be sent to the biller at this time. */
export function isPayable({ expiresAt }: Pick<Request, "expiresAt">, at: number): boolean {
  return at + MARGIN_MS < expiresAt;
}

/** When a word that was promised is given, and what was promised: by day, but for what is urgent. */
export function laterWord(at: number): { readonly dueAt: number; readonly nextAt: number } {
  const dueAt = awake(at + AGAIN_MS);
  return { dueAt, nextAt: promiseOf(dueAt) };
}

export function promised(at: number, after: number): number {
  return promiseOf(at + after);
}

export function promisedPaying(at: number): number {
  return promised(at, PAYING_MS);
}

export function billPause(tries: number): number {
  return BILL_PAUSES[Math.min(tries, BILL_PAUSES.length - 1)] ?? MINUTE;
}

/** When an unpaid one is looked at next, `reminders` behind it. The first is counted from when it came to that. */
export function unpaidDue(at: number, reminders: number): number {
  const [first = 0, second = 0] = UNPAID_MS;
  if (reminders === 0) return at + first;
  return reminders === 1 ? at + second - first : at + UNPAID_LOOK_MS;
}

/** When an asked one is looked at next: the next wave, R5, R6. */
export function askedDue(request: Pick<Request, "askedAt" | "reminders">, wave: number | undefined): number {
  const { askedAt, reminders } = request;
  const answer = askedAt + ANSWER_MS * (reminders + 1);
  return Math.min(wave ?? Number.POSITIVE_INFINITY, Math.min(answer, askedAt + GIVE_UP_MS));
}
