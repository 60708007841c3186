import { startOfDay } from "../../domain/time.ts";
import type { Payment } from "../payment.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The longest that a call may wait between the commit of `sending` and its first byte (money rule 3). */
export const MAY_GO_MS = 10 * SECOND;
/** When the call is reset, counted from its first byte: the biller's 60 s and 5 more. */
const RESET_MS = 65 * SECOND;
/** Counted from the commit: by then the call is surely over. */
export const CALL_OVER_MS = MAY_GO_MS + RESET_MS;
/**
 * A pay that was not applied within 10 min of our reset never is (assumed of the biller). Rule 6 says 11 min after the
 * call; counted from the commit, which is what is known after a crash, it is this.
 */
export const SURELY_DEAD_MS = CALL_OVER_MS + 10 * MINUTE;
/** The second REFUND comes at least so long after the first (money rule 6). */
export const REFUND_GAP_MS = 60 * SECOND;
/** An `intended` that has not moved on by then is withdrawn (money rule 1). */
export const INTENDED_MS = 2 * MINUTE;
/** When the operator gets a task, and when the payment is his. */
export const ALARM_MS = 30 * MINUTE;
export const REVIEW_MS = 24 * HOUR;

/** When the status is asked, counted from the call (money rule 5); the last one so that its answer comes within 24 h. */
const ASKS: readonly number[] = [
  ...[5, 15, 30, 70].map((seconds) => seconds * SECOND),
  ...[2, 4, 8, 13, 20, 29].map((minutes) => minutes * MINUTE),
  ...Array.from({ length: 23 }, (_, hour) => 29 * MINUTE + (hour + 1) * HOUR),
  23 * HOUR + 58 * MINUTE,
];
/** A row of answers that began when the asks are hourly (after a long outage) is finished soon. */
const ROW_GAP_MS = 70 * SECOND;

/** When an ended payment is asked about again, counted from its end (money rule 7). */
const WATCH = [1, 6, 24, 72].map((hours) => hours * HOUR);
const WATCH_AGAIN_MS = 10 * MINUTE;
/** The watch of a biller that does not answer is given up then, and the operator is told. */
export const WATCH_END_MS = 96 * HOUR;

/** What the payer hears while nothing is certain, and when, counted from the call (money rule 5). */
export const STAGES = [
  { stage: "minute", after: MINUTE },
  { stage: "half-hour", after: 30 * MINUTE },
  { stage: "three-hours", after: 3 * HOUR },
  { stage: "day", after: 24 * HOUR },
] as const;

/** A promise is a little later than the word that keeps it. */
const SLACK_MS = 5 * SECOND;
/** A word that is late by less is still sent after 21.00. */
const GRACE_MS = MINUTE;

/** From 21.00 to 07.00 WIB people hear only results: the next time that is not in that night. */
export function awake(at: number): number {
  const day = startOfDay(at);
  if (at < day + 7 * HOUR) return day + 7 * HOUR;
  return at < day + 21 * HOUR ? at : day + 31 * HOUR;
}

/** When the payer hears next of a payment that was told `told` stages, ms; undefined after the last. */
export function tellAt(sentAt: number, told: number): number | undefined {
  const stage = STAGES[told];
  return stage === undefined ? undefined : awake(sentAt + stage.after);
}

/** What the payer is told of the time of the next word. */
export function promiseOf(tell: number): number {
  return tell + SLACK_MS;
}

/** When the payer of an open payment was promised the next word, ms; undefined when nothing was promised. */
export function promisedAt({ sentAt, told }: Payment): number | undefined {
  const tell = sentAt === undefined ? undefined : tellAt(sentAt, told);
  return tell === undefined ? undefined : promiseOf(tell);
}

/** The stage to tell now, as its place in STAGES: the last one whose time has come; undefined when none is due. */
export function stageDue(payment: Payment, at: number): number | undefined {
  if (payment.sentAt === undefined) return undefined;
  const next = tellAt(payment.sentAt, payment.told);
  if (next === undefined || next > at) return undefined;
  if (awake(at) !== at && at - next >= GRACE_MS) return undefined;
  const since = at - payment.sentAt;
  return STAGES.findLastIndex(({ after }) => after <= since);
}

/** Whether a time to ask has come since the status was asked last. */
export function askDue(payment: Payment, at: number): boolean {
  const { sentAt, heard } = payment;
  if (sentAt === undefined) return false;
  const slot = ASKS.findLast((after) => sentAt + after <= at);
  if (slot === undefined) return false;
  return heard.askedAt === undefined || heard.askedAt < sentAt + slot || rowDue(payment, at);
}

/** When a suspect payment is to be looked at again. `jitter`: 0 to 0.03, so that many are not asked about at once. */
export function suspectDue(payment: Payment, at: number, jitter: number): number {
  const sentAt = payment.sentAt ?? at;
  const review = sentAt + REVIEW_MS;
  const slot = ASKS.find((after) => sentAt + after > at);
  const last = sentAt + (ASKS.at(-1) ?? 0);
  const ask = slot === undefined ? review : Math.min(sentAt + slot * (1 + jitter), Math.max(last, at));
  const alarm = sentAt + ALARM_MS;
  const times = [ask, tellTime(payment, at), alarm > at ? alarm : undefined, review, rowTime(payment)];
  return Math.max(at, Math.ceil(Math.min(...times.filter((time) => time !== undefined))));
}

/** When the payer of an open payment is to hear next, not before `at`. */
export function tellTime(payment: Payment, at: number): number | undefined {
  if (payment.sentAt === undefined) return undefined;
  const tell = tellAt(payment.sentAt, payment.told);
  return tell === undefined ? undefined : tell > at ? tell : awake(at);
}

/** How many of the looks at an ended payment are behind it, and when the next one is. */
export function watchOf(endedAt: number, at: number): { readonly watched: number; readonly dueAt: number | undefined } {
  const watched = WATCH.filter((after) => endedAt + after <= at).length;
  const next = WATCH[watched];
  return { watched, dueAt: next === undefined ? undefined : endedAt + next };
}

/** When to ask again about an end of which the biller said nothing; undefined when the watch is over. */
export function watchAgain(endedAt: number, at: number): number | undefined {
  return at - endedAt < WATCH_END_MS ? at + WATCH_AGAIN_MS : undefined;
}

function rowDue(payment: Payment, at: number): boolean {
  const time = rowTime(payment);
  return time !== undefined && time <= at;
}

function rowTime({ sentAt, heard }: Payment): number | undefined {
  if (sentAt === undefined || heard.askedAt === undefined || heard.askedAt < sentAt + ALARM_MS) return undefined;
  // After a restart, or when the clock was set, the payment's own time is behind: FAILURE does not count yet.
  const young = heard.sureAt !== undefined && heard.sureAt - sentAt < SURELY_DEAD_MS;
  const failing = (heard.failures > 0 || young) && !heard.everOk && !heard.saidPaid;
  return failing || heard.refundAt !== undefined ? heard.askedAt + ROW_GAP_MS : undefined;
}
