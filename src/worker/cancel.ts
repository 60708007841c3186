import type { Task } from "../../flows/index.ts";
import type { Job } from "../conversation/conversation.ts";
import { save } from "../conversation/crew.ts";
import { take } from "../conversation/receive.ts";
import type { Payment } from "../payments/payment.ts";
import { cancelPayment } from "../payments/settle/cancel.ts";
import type { Deps } from "./deps.ts";

type CancelTask = Extract<Task, { kind: "cancel" }>;

const NEWEST = 20;

/**
 * BATAL after the confirmation. What is withdrawn is told by its own notice; what is not, because it was sent, or its
 * confirmation has not come to the ledger yet, goes on, and that is said. Safe to repeat.
 */
export async function handleCancel(deps: Deps, job: Job, task: CancelTask): Promise<void> {
  const payment = await meant(deps, job, task);
  const stopped = payment !== undefined && (await isStopped(deps, payment));
  const finish = { job: job.id, lease: job.lease, next: "done" } as const;
  if (stopped) await save(deps.conversations, { at: deps.clock.now(), finish });
  else await take(deps, job.key, () => ({ type: "not-cancelled" }), { finish });
}

/** The payment that this confirmation became. An older one of the same bill, cancelled before, is not meant. */
async function meant({ ledger }: Deps, { key }: Job, task: CancelTask): Promise<Payment | undefined> {
  const { plate, total, since } = task;
  const payments = await ledger.find({ payer: key, limit: NEWEST });
  return payments.find(({ bill, openedAt }) => openedAt >= since && bill.plate === plate && bill.total === total);
}

async function isStopped(deps: Deps, { ref, state, withdrawnWhy }: Payment): Promise<boolean> {
  if (state === "withdrawn") return withdrawnWhy === "cancelled";
  return (await cancelPayment(deps, ref)) === "withdrawn";
}
