import type { Task } from "../../flows/index.ts";
import type { Job, JobId, NewJob } from "../conversation/conversation.ts";
import type { Change } from "../conversation/conversations.ts";
import { save } from "../conversation/crew.ts";
import { channelOf } from "../conversation/message.ts";
import type { PaymentRef } from "../domain/ref.ts";
import { proofText } from "../proof/text.ts";
import type { Deps } from "./deps.ts";
import { proofOf } from "./proof-of.ts";
import { finishSaid, isLost, sendTo } from "./say.ts";

type FollowTask = Extract<Task, { kind: "follow" }>;

const MINUTE = 60 * 1000;
/** A proof that has not reached the phone is sent again as text, and then is the operator's (money rule 12), ms. */
const AGAIN = 15 * MINUTE;
const OPERATOR = 60 * MINUTE;

/** Ends the job that sent a proof; where the platform tells whether it arrived, that is looked at later. */
export function followed(
  deps: Deps,
  job: Job,
  { ref, message }: { readonly ref: PaymentRef; readonly message: string },
): Change {
  const at = deps.clock.now();
  const tells = deps.channels.get(channelOf(job.key))?.arrived !== undefined;
  const task: FollowTask = { kind: "follow", ref, sent: [message], since: at, next: "again" };
  return {
    at,
    finish: { job: job.id, lease: job.lease, next: "done", ref: message },
    enqueue: tells ? [nextJob(job, task, at + AGAIN)] : [],
  };
}

/** Looks whether the proof has arrived, and does what is next if not. */
export async function handleFollow(deps: Deps, job: Job, task: FollowTask): Promise<void> {
  if (!(await hasArrived(deps, job, task))) {
    if (task.next === "again") return sendAgain(deps, job, task);
    await tellOperator(deps, job, task);
  }
  await done(deps, job, []);
}

async function hasArrived(deps: Deps, job: Job, { sent }: FollowTask): Promise<boolean> {
  const channel = deps.channels.get(channelOf(job.key));
  for (const message of sent) if (await channel?.arrived?.(message)) return true;
  return false;
}

async function sendAgain(deps: Deps, job: Job, task: FollowTask): Promise<void> {
  const payment = await deps.ledger.load(task.ref);
  const proof = payment === undefined ? undefined : await proofOf(deps, payment);
  // Its person was erased meanwhile.
  if (proof === undefined) return done(deps, job, []);
  const delivery = await sendTo(deps, job.key, { kind: "text", text: proofText(proof) }, job.id);
  if (delivery.kind !== "delivered" && !isLost(job, delivery)) return finishSaid(deps, job, delivery);
  const sent = delivery.kind === "delivered" ? [...task.sent, delivery.ref] : task.sent;
  await done(deps, job, [nextJob(job, { ...task, sent, next: "operator" }, task.since + OPERATOR)]);
}

async function tellOperator(deps: Deps, job: Job, { ref }: FollowTask): Promise<void> {
  const text = `A proof was sent as a file and as text, and within an hour neither has reached the customer's phone. He gets it again with BUKTI ${ref}; tell him so another way, then close this task.`;
  const of = { key: `document:${ref}`, kind: "proof-undelivered", ref, chat: job.key, text } as const;
  await deps.records.tasks.add(of, deps.clock.now());
}

async function done(deps: Deps, job: Job, enqueue: readonly NewJob[]): Promise<void> {
  const finish = { job: job.id, lease: job.lease, next: "done" } as const;
  await save(deps.conversations, { at: deps.clock.now(), finish, enqueue });
}

function nextJob({ id, key }: Job, task: FollowTask, dueAt: number): NewJob {
  return { id: `${id}/${task.next}` as JobId, key, queue: "timer", lane: undefined, dueAt, task };
}
