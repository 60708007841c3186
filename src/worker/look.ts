import type { LookResult, PaymentLine, Task } from "../../flows/index.ts";
import type { Job } from "../conversation/conversation.ts";
import type { ConversationKey } from "../conversation/message.ts";
import { take } from "../conversation/receive.ts";
import { type AuthenticityCode, type PaymentRef, refOfCode } from "../domain/ref.ts";
import { promiseOf, tellTime } from "../payments/life/schedule.ts";
import { LIVE, type Payment } from "../payments/payment.ts";
import type { Deps } from "./deps.ts";
import { mayHave } from "./whose.ts";

type LookTask = Extract<Task, { kind: "look" }>;

/** How many payments RIWAYAT lists. */
const LINES = 10;

/** Looks something up for the conversation. A chat sees only what was made in it (I13). */
export async function handleLook(deps: Deps, job: Job, task: LookTask): Promise<void> {
  const result = await look(deps, job.key, task);
  await take(deps, job.key, () => ({ type: "looked", result }), {
    finish: { job: job.id, lease: job.lease, next: "done" },
  });
}

async function look(deps: Deps, key: ConversationKey, task: LookTask): Promise<LookResult> {
  const line = (payment: Payment) => lineOf(payment, deps.clock.now());
  const until = await restsUntil(deps, key, task);
  if (until !== undefined) return { what: "crowded", until };
  switch (task.what) {
    case "status":
    case "history": {
      const payments = await deps.ledger.find({ payer: key, limit: LINES });
      return { what: task.what, payments: payments.filter(({ state }) => state !== "withdrawn").map(line) };
    }
    case "proof": {
      const { ref: asked, code } = task;
      const payment = asked === undefined ? await lastPaid(deps, key) : await seenPayment(deps, key, { asked, code });
      const found = payment === undefined ? undefined : line(payment);
      return { what: "proof", found, asked, ...(code === undefined ? {} : { code }) };
    }
    case "authentic": {
      const payment = await deps.ledger.load(refOfCode(task.code));
      // What the operator decided as paid has no proof: whatever bears its code is none.
      const genuine = payment?.code === task.code && payment.state === "paid" && payment.receipt !== undefined;
      return { what: "authentic", code: task.code, found: genuine ? line(payment) : undefined };
    }
  }
}

/** A code opens a proof in any chat, and a new chat costs nothing on the web: those of one address are counted together. */
async function restsUntil(deps: Deps, key: ConversationKey, task: LookTask): Promise<number | undefined> {
  const isByCode = "code" in task && task.code !== undefined;
  if (!isByCode || deps.policyOf(key).limits === undefined) return undefined;
  return deps.crowd?.enter(key, deps.clock.now(), "code");
}

async function lastPaid({ ledger }: Deps, payer: ConversationKey): Promise<Payment | undefined> {
  const [last] = await ledger.find({ payer, states: ["paid"], limit: 1 });
  return last;
}

/** The payment of that reference, if this chat may see it. */
async function seenPayment(
  deps: Deps,
  chat: ConversationKey,
  { asked, code }: { readonly asked: PaymentRef; readonly code: AuthenticityCode | undefined },
): Promise<Payment | undefined> {
  const payment = await deps.ledger.load(asked);
  if (payment === undefined || payment.state === "withdrawn") return undefined;
  return (await mayHave(deps, payment, { chat, known: code })) ? payment : undefined;
}

export function lineOf(payment: Payment, now: number): PaymentLine {
  const { ref, bill, state, openedAt, paidAt } = payment;
  return {
    ref,
    plate: bill.plate,
    total: bill.total,
    state: LIVE.includes(state) ? "live" : state === "paid" ? "paid" : state === "refunded" ? "refunded" : "not-paid",
    at: paidAt ?? openedAt,
    nextAt: LIVE.includes(state) ? promisedAt(payment, now) : undefined,
  };
}

/** When the payer of an open payment hears next; undefined while nothing was sent, or when a human has it. */
function promisedAt(payment: Payment, now: number): number | undefined {
  const tell = tellTime(payment, now);
  return tell === undefined ? undefined : promiseOf(tell);
}
