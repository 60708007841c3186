import { setMaxListeners } from "node:events";
import type { Task } from "../../flows/index.ts";
import type { Job } from "../conversation/conversation.ts";
import { take } from "../conversation/receive.ts";
import { handleAccount, handleDuty, handleProofForm, handleWish } from "./agent.ts";
import { SAY, SAY_TRIES, TASK } from "./backoff.ts";
import { handleCancel } from "./cancel.ts";
import type { Deps } from "./deps.ts";
import { handleDocument } from "./document.ts";
import { handleEnrol } from "./enrol.ts";
import { handleFollow } from "./follow.ts";
import { handleInquire } from "./inquire.ts";
import { handleLook } from "./look.ts";
import { runNotices } from "./notices.ts";
import { runAlerts } from "./operator/alerts.ts";
import { handleCommand } from "./operator.ts";
import { handlePay } from "./pay.ts";
import { handleConsent, handleErase, handleHuman } from "./person.ts";
import { handlePicture } from "./picture.ts";
import { type QueueWork, runQueue } from "./queue.ts";
import { handleReport, handleReportFile } from "./report.ts";
import { handleAgentAct, handleCustomerAct, handleRequest } from "./request.ts";
import { runRetention } from "./retention.ts";
import { handleClose, handleForget, handleSay } from "./say.ts";
import { runSilence } from "./silence.ts";

const SECOND = 1000;

/** The classes of jobs, each with workers of its own: a biller that hangs keeps nobody's sentences back. */
function works(deps: Deps): readonly QueueWork[] {
  const handle = (job: Job, ours: () => boolean) => handleJob({ ...deps, ours }, job);
  const gaveUp = (job: Job) => tellOfDead(deps, job);
  return [
    // A failure of ours counts among the tries that a platform took it in none of: one more must not be the last.
    {
      queues: ["say"],
      limit: 32,
      // A little longer than the slowest send: what a process that died had in hand is said by another one after that.
      leaseFor: 75 * SECOND,
      backoff: SAY,
      tries: SAY_TRIES,
      handle,
      gaveUp,
      atStop: "ends",
    },
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

/** More loops than there are. */
const LOOPS = 50;

/** Does what was saved, until `stop` aborts; then lets what is under way end. */
export async function runWorker(deps: Deps, stop: AbortSignal): Promise<void> {
  // Each loop and each wait listens to it once, and Node takes the eleventh for a leak.
  setMaxListeners(LOOPS, stop);
  await Promise.all([
    ...works(deps).map((work) => runQueue(deps, work, stop)),
    runNotices(deps, stop),
    runSilence(deps, stop),
    runRetention(deps, stop),
    deps.deposit?.run(stop),
    ...(deps.operators === undefined ? [] : [runAlerts(deps, stop)]),
  ]);
}

type Handlers = {
  readonly [K in Task["kind"]]: (deps: Deps, job: Job, task: Extract<Task, { kind: K }>) => Promise<void>;
};

/** Total: a new task does not compile until it is handled. */
const HANDLERS: Handlers = {
  say: handleSay,
  document: handleDocument,
  close: handleClose,
  forget: handleForget,
  inquire: handleInquire,
  pay: handlePay,
  cancel: handleCancel,
  look: handleLook,
  human: handleHuman,
  consent: handleConsent,
  erase: handleErase,
  enrol: handleEnrol,
  account: handleAccount,
  report: handleReport,
  "report-file": handleReportFile,
  "top-up-wish": handleWish,
  "proof-form": handleProofForm,
  duty: handleDuty,
  command: handleCommand,
  request: handleRequest,
  "customer-act": handleCustomerAct,
  "agent-act": handleAgentAct,
  picture: handlePicture,
  follow: handleFollow,
  timer: async (deps, { key, id, lease }, { name, number }) => {
    await take(deps, key, () => ({ type: "timer", name, number }), { finish: { job: id, lease, next: "done" } });
  },
};

/** One job. */
export async function handleJob(deps: Deps, job: Job): Promise<void> {
  await handleTask(deps, job, job.task);
}

async function handleTask<K extends Task["kind"]>(
  deps: Deps,
  job: Job,
  task: Extract<Task, { kind: K }>,
): Promise<void> {
  const handle: Handlers[K] = HANDLERS[task.kind as K];
  await handle(deps, job, task);
}
