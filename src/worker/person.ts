import type { Task } from "../../flows/index.ts";
import type { Job } from "../conversation/conversation.ts";
import { save } from "../conversation/crew.ts";
import { channelOf } from "../conversation/message.ts";
import { take } from "../conversation/receive.ts";
import type { PaymentRef } from "../domain/ref.ts";
import { LIVE } from "../payments/payment.ts";
import type { Deps } from "./deps.ts";
import { passOn } from "./operator/customer.ts";

/** The version of the sentence that a person agreed to. */
const CONSENT = "1";

export async function handleConsent(deps: Deps, job: Job): Promise<void> {
  await deps.records.consents.give(job.key, CONSENT, deps.clock.now());
  await done(deps, job);
}

/** A person wants a human: the operator gets a task, and what was written is kept for him, sealed. */
export async function handleHuman(deps: Deps, job: Job, task: Extract<Task, { kind: "human" }>): Promise<void> {
  const at = deps.clock.now();
  if (task.text !== "") await deps.records.letters.keep(job.key, task.text, at);
  const key = `human:${job.key}`;
  const isNew = await deps.records.tasks.add(
    {
      key,
      kind: "human-wanted",
      text: "A customer asks for a human. `npx loket tasks show` prints what was written. Answer in the chat, then close this task.",
      chat: job.key,
    },
    at,
  );
  // What he wrote first is told with the task itself.
  const open = isNew || task.text === "" ? undefined : await deps.records.tasks.open(key);
  if (open !== undefined) await passOn(deps, open, { text: task.text, id: job.id });
  await done(deps, job);
}

/** HAPUS DATA: all that may be erased goes now; a payment that is under way goes when it has ended. */
export async function handleErase(deps: Deps, job: Job): Promise<void> {
  const busy = await erasePerson(deps, job.key);
  await deps.channels.get(channelOf(job.key))?.erase?.(job.key);
  await take(deps, job.key, () => ({ type: "erased", busy }), {
    finish: { job: job.id, lease: job.lease, next: "done" },
  });
}

const ALL = 10_000;

export function eraseKey(key: Job["key"]): string {
  return `erase:${key}`;
}

/** The reference of a payment that may not be erased yet, if there is one. */
export async function erasePerson(deps: Deps, key: Job["key"]): Promise<PaymentRef | undefined> {
  const at = deps.clock.now();
  const payments = await deps.ledger.find({ payer: key, limit: ALL });
  const live = payments.find(({ state }) => LIVE.includes(state));
  for (const { ref, state } of payments) {
    if (LIVE.includes(state)) continue;
    await deps.ledger.forgetPerson(ref, at);
    await deps.records.proofs.erase(ref);
  }
  // One that is open is forgotten a day after its end.
  const requests = await deps.ledger.requests.find({ customer: key, limit: ALL });
  for (const { ref } of requests) await deps.ledger.requests.forgetPerson(ref, at);
  await deps.records.consents.withdraw(key);
  await deps.records.letters.erase(key);
  if (live !== undefined) {
    const text =
      "A customer asked to be erased while a payment was under way. The program does it when the payment has ended.";
    await deps.records.tasks.add({ key: eraseKey(key), kind: "erase-later", text, ref: live.ref, chat: key }, at);
  }
  return live?.ref;
}

async function done(deps: Deps, job: Job): Promise<void> {
  await save(deps.conversations, {
    at: deps.clock.now(),
    finish: { job: job.id, lease: job.lease, next: "done" },
  });
}
