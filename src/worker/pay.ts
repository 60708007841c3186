import type { OpenResult, Task } from "../../flows/index.ts";
import type { Job } from "../conversation/conversation.ts";
import { take } from "../conversation/receive.ts";
import { debitOf } from "../domain/region.ts";
import { type Rupiah, ZERO } from "../domain/rupiah.ts";
import type { Opened } from "../payments/ledger.ts";
import { LIVE } from "../payments/payment.ts";
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
  const policy = deps.policyOf(job.key);
  if (!policy.mayPay || task.bill.total > policy.payMax) return { kind: "over-cap" };
  const voidBefore = Number((await deps.records.flags.get(FLAGS.quotesVoidBefore)) ?? 0);
  if (task.inquiredAt < voidBefore) return { kind: "quotes-void" };
  const { bill, inquiredAt, expiresAt, language } = task;
  const { debit, cashback } = await takings(deps, task);
  const answer = await deps.ledger.open(
    { payer: job.key, language, bill, inquiredAt, expiresAt, debit, cashback },
    deps.clock.now(),
  );
  return openResult(answer, job);
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
