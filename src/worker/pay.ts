import type { OpenResult, Task } from "../../flows/index.ts";
import type { Job } from "../conversation/conversation.ts";
import { take } from "../conversation/receive.ts";
import { debitOf } from "../domain/region.ts";
import { type Rupiah, ZERO } from "../domain/rupiah.ts";
import { startOfDay } from "../domain/time.ts";
import type { Limits, Opened } from "../payments/ledger.ts";
import { LIVE, type NewPayment, type Secured } from "../payments/payment.ts";
import { FLAGS } from "../payments/settle/deps.ts";
import type { Deps } from "./deps.ts";

type PayTask = Extract<Task, { kind: "pay" }>;

/** A look at the list of regions that is good enough for the debit formula, ms. */
const FRESH = 10 * 60 * 1000;

/**
 * Hands a confirmation to the ledger. Safe to repeat: the invoice is unique there, so a second hand-over finds the
 * first. The ledger's own process pays; its news comes back as notices.
 */
export async function handlePay(deps: Deps, job: Job, task: PayTask): Promise<void> {
  const result = await opened(deps, job, task);
  await take(deps, job.key, () => ({ type: "opened", nonce: task.nonce, result }), {
    finish: { job: job.id, lease: job.lease, next: "done" },
  });
}

async function opened(deps: Deps, job: Job, task: PayTask): Promise<OpenResult> {
  const secured = await securing(deps, job, task);
  if (secured.kind !== "secured") return secured;
  const voidBefore = Number((await deps.records.flags.get(FLAGS.quotesVoidBefore)) ?? 0);
  if (task.inquiredAt < voidBefore) return { kind: "quotes-void" };
  const { bill, inquiredAt, expiresAt, language } = task;
  const { debit, cashback } = await takings(deps, task);
  const { by, limits } = secured;
  const payment = { payer: job.key, language, bill, inquiredAt, expiresAt, debit, cashback, ...by };
  const answer = await openedWithin(deps, payment, limits);
  return answer === "sales-paused" ? { kind: "sales-paused" } : openResult(answer, job);
}

/** The deposit may have been sold since the bill was shown: looked at once more, before anybody's money is bound. */
async function openedWithin(
  { ledger, clock, deposit }: Deps,
  payment: NewPayment,
  limits: Limits | undefined,
): Promise<Opened | "sales-paused"> {
  const open = () => ledger.open(payment, clock.now(), limits);
  if (deposit === undefined) return open();
  const answer = await deposit.within(payment.debit ?? payment.bill.total, open);
  if (answer !== "sales-paused") return answer;
  // A job that is done again finds what it has opened itself.
  const known = await ledger.check(payment, clock.now(), limits);
  return known.kind === "exists" ? open() : answer;
}

interface Securing {
  readonly kind: "secured";
  readonly by: Secured;
  readonly limits: Limits | undefined;
}

/** Whose money it is (money-rules: who may cause a debit): an agent's balance, or nobody's where the policy lets it. */
async function securing(deps: Deps, job: Job, { bill, by: confirmed }: PayTask): Promise<Securing | OpenResult> {
  const { policy, who, at } = await deps.lookAround(job.key, undefined);
  if (bill.total > policy.payMax) return { kind: "over-cap" };
  if (confirmed === undefined) {
    const by = { agent: undefined, request: undefined, markup: ZERO };
    return policy.mayPay ? { kind: "secured", by, limits: undefined } : { kind: "over-cap" };
  }
  // Who confirmed it may have lost the chat, or the right to pay, since.
  if (who.kind !== "agent" || who.agent.id !== confirmed.agent || who.agent.suspended) return { kind: "suspended" };
  const { id, credit, daily } = who.agent;
  return {
    kind: "secured",
    by: { agent: { id, chat: job.key }, request: undefined, markup: confirmed.markup },
    limits: { credit, ...(daily === undefined ? {} : { daily: { since: startOfDay(at), max: daily } }) },
  };
}

async function takings(deps: Deps, task: PayTask): Promise<{ debit: Rupiah | undefined; cashback: Rupiah }> {
  const look = await deps.biller.regions(FRESH);
  const region =
    look.kind === "regions" ? look.regions.find(({ product }) => product === task.bill.product) : undefined;
  return {
    debit: region === undefined ? undefined : debitOf(region.debet, task.bill),
    cashback: region?.cashback ?? ZERO,
  };
}

function openResult(answer: Opened, job: Job): OpenResult {
  switch (answer.kind) {
    case "opened":
    case "exists": {
      const { ref, state, payer } = answer.payment;
      // The same invoice in another chat: its news belong to that chat alone (I13).
      if (payer !== job.key) return { kind: "invoice-used" };
      return { kind: "opened", ref, state: LIVE.includes(state) ? "live" : state === "paid" ? "paid" : "ended" };
    }
    default:
      return answer;
  }
}
