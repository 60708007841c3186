import type { Job } from "../conversation/conversation.ts";
import { take } from "../conversation/receive.ts";
import { TASK } from "./backoff.ts";
import type { Deps } from "./deps.ts";
import { handleDocument } from "./document.ts";
import { handleFollow } from "./follow.ts";
import { handleInquire } from "./inquire.ts";
import { handleLook } from "./look.ts";
import { runNotices } from "./notices.ts";
import { handlePay } from "./pay.ts";
import { handleConsent, handleErase, handleHuman } from "./person.ts";
import { type QueueWork, runQueue } from "./queue.ts";
import { runRetention } from "./retention.ts";
import { handleClose, handleForget, handleSay } from "./say.ts";
import { runSilence } from "./silence.ts";

const SECOND = 1000;

/** The classes of jobs, each with workers of its own: a biller that hangs keeps nobody's sentences back. */
function works(deps: Deps): readonly QueueWork[] {
  const handle = (job: Job) => handleJob(deps, job);
  const gaveUp = (job: Job) => tellOfDead(deps, job);
  return [
    { queues: ["say"], limit: 32, leaseFor: 120 * SECOND, backoff: TASK, tries: 20, handle, gaveUp, atStop: "ends" },
    // An inquiry may take a minute, and asking again costs nothing: a restart does not wait for it.
    {
      queues: ["inquire"],
      limit: 16,
      leaseFor: 150 * SECOND,
      backoff: TASK,
      tries: 5,
      handle,
      gaveUp,
      atStop: "given-back",
    },
    {
      queues: ["pay", "look", "timer"],
      limit: 16,
      leaseFor: 90 * SECOND,
      backoff: TASK,
      tries: 20,
      handle,
      gaveUp,
      atStop: "ends",
    },
  ];
}

/** Nothing is stuck in silence: what failed at every try is the operator's. */
async function tellOfDead({ records, clock }: Deps, { id, key, task }: Job): Promise<void> {
  const text = `A task ("${task.kind}") of a chat failed again and again and was given up: the customer waits for it. This is a fault in the program: answer the customer, and report the log's line "a job failed".`;
  await records.tasks.add({ key: `job:${id}`, kind: "stuck", chat: key, text }, clock.now());
}

/** Does what was saved, until `stop` aborts; then lets what is under way end. */
export async function runWorker(deps: Deps, stop: AbortSignal): Promise<void> {
  await Promise.all([
    ...works(deps).map((work) => runQueue(deps, work, stop)),
    runNotices(deps, stop),
    runSilence(deps, stop),
    runRetention(deps, stop),
  ]);
}

/** One job. Total: a new task does not compile until it is handled. */
export async function handleJob(deps: Deps, job: Job): Promise<void> {
  const { task } = job;
  switch (task.kind) {
    case "say":
      return handleSay(deps, job, task);
    case "document":
      return handleDocument(deps, job, task);
    case "close":
      return handleClose(deps, job, task);
    case "forget":
      return handleForget(deps, job, task);
    case "inquire":
      return handleInquire(deps, job, task);
    case "pay":
      return handlePay(deps, job, task);
    case "look":
      return handleLook(deps, job, task);
    case "human":
      return handleHuman(deps, job, task);
    case "consent":
      return handleConsent(deps, job);
    case "erase":
      return handleErase(deps, job);
    case "follow":
      return handleFollow(deps, job, task);
    case "timer": {
      const { name, number } = task;
      await take(deps, job.key, () => ({ type: "timer", name, number }), {
        finish: { job: job.id, lease: job.lease, next: "done" },
      });
      return;
    }
  }
}
