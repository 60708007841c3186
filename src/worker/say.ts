import type { Task } from "../../flows/index.ts";
import type { Delivery } from "../channels/channel.ts";
import type { Job } from "../conversation/conversation.ts";
import { isAway } from "../conversation/conversations.ts";
import { save } from "../conversation/crew.ts";
import { type ConversationKey, channelOf, type Outbound } from "../conversation/message.ts";
import { render } from "../conversation/render.ts";
import { pauseAfter, SAY, SAY_TRIES } from "./backoff.ts";
import type { Deps } from "./deps.ts";

type SayTask = Extract<Task, { kind: "say" }>;

/** A message whose fate is unclear is sent again this often: arriving twice is better than never. */
const AMBIGUOUS_TRIES = 4;
/** What only makes a chat tidier is not worth more tries than this. */
const TIDY_TRIES = 3;

/** Says it. What was owed to a payer is told only when the platform took it. */
export async function handleSay(deps: Deps, job: Job, task: SayTask): Promise<void> {
  const channel = deps.channels.get(channelOf(job.key));
  const message = render(task.say, task.language, channel?.style ?? "buttons");
  const delivery = await sendTo(deps, job.key, message, job.id);
  if (task.notice !== undefined) await settleNotice(deps, task.notice, job, delivery);
  await finishSaid(deps, job, delivery);
}

/** Takes the keyboard off a message of ours, once its own sending is known. */
export async function handleClose(deps: Deps, job: Job, task: Extract<Task, { kind: "close" }>): Promise<void> {
  const ref = await deps.conversations.sent(task.job as Job["id"]);
  const close = async (of: string) => [await sendTo(deps, job.key, { kind: "close", ref: of }, job.id)];
  await finishTidied(deps, job, ref === undefined ? [] : await close(ref));
}

/** Deletes the user's messages that hold a NIK. */
export async function handleForget(deps: Deps, job: Job, task: Extract<Task, { kind: "forget" }>): Promise<void> {
  const deliveries: Delivery[] = [];
  // What was deleted already is deleted again without harm, so all are tried together.
  for (const ref of task.refs) deliveries.push(await sendTo(deps, job.key, { kind: "forget", ref }, job.id));
  await finishTidied(deps, job, deliveries);
}

async function finishTidied(deps: Deps, job: Job, deliveries: readonly Delivery[]): Promise<void> {
  const again = deliveries.find(({ kind }) => kind === "retry" || kind === "ambiguous");
  if (again === undefined || job.attempt >= TIDY_TRIES) return finish(deps, job, "done");
  await finish(deps, job, { retryAt: retryAt(deps, job, again) });
}

/** Sends, and remembers a chat that takes nothing any more. */
export async function sendTo(deps: Deps, key: ConversationKey, message: Outbound, id: string): Promise<Delivery> {
  const channel = deps.channels.get(channelOf(key));
  if (channel === undefined) return { kind: "retry", afterMs: 60_000, reason: "the channel is off" };
  const delivery = await channel.send(key, message, id, deps.ours);
  if (delivery.kind === "gone") await deps.records.chats.markGone(key, deps.clock.now());
  if (delivery.kind !== "delivered") {
    deps.log.warn({ chat: key, delivery: delivery.kind, reason: delivery.reason }, "a message was not delivered");
  }
  return delivery;
}

/** Saves what became of a message: done, to be tried again, or given up. */
export async function finishSaid(deps: Deps, job: Job, delivery: Delivery): Promise<void> {
  if (delivery.kind === "delivered") return finish(deps, job, "done", delivery.ref);
  await finish(deps, job, isLost(job, delivery) ? "dead" : { retryAt: retryAt(deps, job, delivery) });
}

/** Whether nobody tries any more. */
export function isLost(job: Job, delivery: Delivery): boolean {
  switch (delivery.kind) {
    case "delivered":
      return false;
    case "gone":
    case "refused":
      return true;
    case "ambiguous":
      return job.attempt >= AMBIGUOUS_TRIES;
    case "retry":
      return job.attempt >= SAY_TRIES;
  }
}

function retryAt(deps: Deps, job: Job, delivery: Delivery): number {
  const asked = delivery.kind === "retry" ? (delivery.afterMs ?? 0) : 0;
  return deps.clock.now() + Math.max(asked, pauseAfter(job.attempt, SAY));
}

async function finish(
  deps: Deps,
  job: Job,
  next: "done" | "dead" | { readonly retryAt: number },
  ref?: string,
): Promise<void> {
  await save(deps.conversations, {
    at: deps.clock.now(),
    finish: { job: job.id, lease: job.lease, next, ...(ref === undefined ? {} : { ref }) },
  });
}

/** The ledger owes a notice until a platform took it, or a human has it (money rule 12). */
async function settleNotice(deps: Deps, notice: string, job: Job, delivery: Delivery): Promise<void> {
  const at = deps.clock.now();
  if (delivery.kind === "delivered") return insist(deps, () => deps.ledger.told(notice, delivery.ref, at));
  if (!isLost(job, delivery)) return;
  const text = `A payer could not be told of a payment (${delivery.kind}: ${delivery.reason}). Tell him another way, then close this task.`;
  await deps.ledger.untellable(notice, { key: `notice:${notice}`, kind: "proof-undelivered", text, chat: job.key }, at);
}

/** How soon a ledger that is away is asked again, ms. */
const LEDGER_AWAY = 500;
const NEVER = new AbortController().signal;

/**
 * The platform has the message: giving up here because the ledger is away would send it a second time. So it is tried for
 * as long as the job is ours.
 */
async function insist({ clock, ours = () => false }: Deps, work: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isAway(error) || !ours()) throw error;
      await clock.sleep(clock.now() + LEDGER_AWAY, NEVER);
    }
  }
}
