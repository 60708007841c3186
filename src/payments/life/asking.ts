import type { Payment } from "../payment.ts";
import { type Answer, hear, judge, sightingOf } from "./answers.ts";
import { toNotPaid, toPaid } from "./ends.ts";
import { stillAsking } from "./notices.ts";
import {
  ALARM_MS,
  askDue,
  CALL_OVER_MS,
  REVIEW_MS,
  SURELY_DEAD_MS,
  stageDue,
  suspectDue,
  tellTime,
} from "./schedule.ts";
import { type Happening, type Impossible, impossible, type Step, stepTo } from "./step.ts";
import { reviewTask, suspectKey, suspectTask } from "./tasks.ts";

/** What pay said. Only "not sent" is a no, only CONFIRM a yes; everything else has to be asked about. */
export function payAnswered(payment: Payment, happening: Happening<"answer">): Step {
  const { at, settlement, from, jitter } = happening;
  if (settlement.kind === "not-sent" && from === "pay") {
    const said = { ...payment, heard: hear(payment, happening) };
    return withSighting(toNotPaid(said, "not-charged", at), happening);
  }
  const ended = ending(payment, happening);
  if (ended?.next.state === "paid") return ended;
  const heard = heardOf(payment, happening);
  // While the call runs, a status that was asked by hand only adds to what is known.
  if (from === "status") return stepTo(payment, heard, { sighting: sightingOf(happening) });
  const suspect = { ...payment, ...heard, state: "suspect" } as const;
  const extras = { sighting: sightingOf(happening), tasks: alarm(payment, at) };
  return stepTo(payment, { ...suspect, dueAt: suspectDue(suspect, at, jitter) }, extras);
}

/** What was said of a suspect payment. A late answer of pay itself counts as any other. */
export function suspectAnswered(payment: Payment, happening: Happening<"answer">): Step {
  const { at, jitter } = happening;
  const ended = ending(payment, happening);
  if (ended !== undefined) return ended;
  const asked = { ...payment, ...heardOf(payment, happening) };
  return withSighting(stillSuspect(payment, asked, { at, jitter }), happening);
}

/** sending -> suspect: whoever made the call is gone, and only the status can say what became of it. */
export function lost(payment: Payment, { at, jitter }: Happening<"lost">): Step {
  const suspect = { ...payment, state: "suspect" } as const;
  const dueAt = askDue(suspect, at) ? at : suspectDue(suspect, at, jitter);
  return stepTo(payment, { ...suspect, dueAt }, { tasks: alarm(payment, at) });
}

/** A promised word while the call still runs. */
export function sendingDue(payment: Payment, { at }: Happening<"due">): Step {
  const { told, notices } = words(payment, at);
  return stepTo(
    payment,
    { told, dueAt: Math.max(at, (payment.sentAt ?? at) + CALL_OVER_MS) },
    { notices, tasks: alarm(payment, at) },
  );
}

export function suspectDueNow(payment: Payment, { at, jitter }: Happening<"due">): Step {
  return stillSuspect(payment, payment, { at, jitter });
}

/** In review nothing is asked any more; the payer still hears what he was promised. */
export function reviewDue(payment: Payment, { at }: Happening<"due">): Step {
  const { told, notices } = words(payment, at);
  return stepTo(payment, { told, dueAt: tellTime({ ...payment, told }, at) }, { notices });
}

/** Not before the biller can no longer apply the call: a vehicle that was let go too early could be paid twice. */
export function escalate(payment: Payment, { at, by }: Happening<"escalate">): Step | Impossible {
  if (at - (payment.sentAt ?? at) >= SURELY_DEAD_MS) return toReview(payment, at, `${by} took it over.`);
  return impossible("the biller may still carry out the call: wait until 12 minutes after it");
}

/** Still nothing certain: the word that is due, the operator's alarm after 30 min, his review after 24 h. */
function stillSuspect(payment: Payment, known: Payment, now: { readonly at: number; readonly jitter: number }): Step {
  const { at, jitter } = now;
  const since = at - (payment.sentAt ?? at);
  if (since >= REVIEW_MS) {
    const why = "for 24 h the biller has not said for certain what became of it.";
    return toReview(known, at, why);
  }
  const { told, notices } = words(payment, at);
  const dueAt = suspectDue({ ...known, told }, at, jitter);
  return stepTo(payment, { ...known, told, dueAt }, { notices, tasks: alarm(payment, at) });
}

/** After half an hour, also of a call whose process stood still: its next look may be an hour away. */
function alarm(payment: Payment, at: number): Step["tasks"] {
  return at - (payment.sentAt ?? at) >= ALARM_MS ? [suspectTask(payment)] : [];
}

function toReview(payment: Payment, at: number, why: string): Step {
  const { told, notices } = words(payment, at);
  const dueAt = tellTime({ ...payment, told }, at);
  const tasks = [reviewTask(payment, why)];
  return stepTo(
    payment,
    { ...payment, state: "review", told, dueAt },
    { notices, tasks, closes: [suspectKey(payment)] },
  );
}

/** The end that an answer makes certain, if it does. */
function ending(payment: Payment, answer: Answer): Step | undefined {
  const known = { ...payment, ...heardOf(payment, answer) };
  const verdict = judge(payment, known.heard, answer);
  if (verdict.kind === "open") return undefined;
  const step =
    verdict.kind === "paid" ? toPaid(known, verdict.receipt, answer.at) : toNotPaid(known, verdict.kind, answer.at);
  return withSighting(step, answer);
}

function heardOf(payment: Payment, answer: Answer): Pick<Payment, "heard" | "refused"> {
  const refused = payment.refused || (answer.from === "pay" && answer.settlement.kind === "refused");
  return { heard: hear(payment, answer), refused };
}

function words(payment: Payment, at: number): { readonly told: number; readonly notices: Step["notices"] } {
  const stage = stageDue(payment, at);
  if (stage === undefined) return { told: payment.told, notices: [] };
  const notice = stillAsking(payment, payment.sentAt ?? at, stage);
  return { told: stage + 1, notices: notice === undefined ? [] : [notice] };
}

function withSighting(step: Step, answer: Answer): Step {
  return { ...step, sighting: sightingOf(answer) };
}
