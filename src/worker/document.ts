import { type Part, part, speak, type Task } from "../../flows/index.ts";
import type { Delivery } from "../channels/channel.ts";
import type { Job } from "../conversation/conversation.ts";
import { save } from "../conversation/crew.ts";
import { channelOf, type Outbound } from "../conversation/message.ts";
import { showRef } from "../domain/ref.ts";
import { LIVE, type Payment } from "../payments/payment.ts";
import { slip } from "../proof/slip.ts";
import { struk } from "../proof/struk.ts";
import { proofText } from "../proof/text.ts";
import type { Deps } from "./deps.ts";
import { followed } from "./follow.ts";
import { proofOf } from "./proof-of.ts";
import { finishSaid, isLost, sendTo } from "./say.ts";
import { mayHave } from "./whose.ts";

type DocumentTask = Extract<Task, { kind: "document" }>;

/** Sends the proof of a payment as a file. It is made once, from the biller's answer, and given again as it is. */
export async function handleDocument(deps: Deps, job: Job, task: DocumentTask): Promise<void> {
  const message = task.form === "slip" ? await slipOf(deps, job, task) : await messageOf(deps, job, task);
  // What it was to say is not so any more: better news have been told.
  if (message === undefined) return skipped(deps, job);
  const delivery = await sendTo(deps, job.key, message, job.id);
  if (task.form === "slip") return finishSaid(deps, job, delivery);
  if (delivery.kind === "refused" && message.kind !== "text") return instead(deps, job, task);
  await finishProof(deps, job, task, delivery);
}

/** A proof that never arrives is the operator's (I3), also when the chat was still there for the news of the payment. */
async function finishProof(deps: Deps, job: Job, task: DocumentTask, delivery: Delivery): Promise<void> {
  if (isLost(job, delivery) && delivery.kind !== "delivered") {
    const text = `The file of a proof could not be sent (${delivery.kind}: ${delivery.reason}). The customer gets it again with BUKTI ${task.ref}; tell him so another way, then close this task.`;
    const of = { key: `document:${task.ref}`, kind: "proof-undelivered", ref: task.ref, chat: job.key, text } as const;
    await deps.records.tasks.add(of, deps.clock.now());
  }
  if (delivery.kind === "delivered" && task.form !== "image") {
    await save(deps.conversations, followed(deps, job, { ref: task.ref, message: delivery.ref }));
  } else await finishSaid(deps, job, delivery);
}

async function messageOf(deps: Deps, job: Job, task: DocumentTask): Promise<Outbound> {
  const say = (text: Parameters<typeof speak>[0]): Outbound => ({
    kind: "text",
    text: speak(text, task.language, { style: deps.channels.get(channelOf(job.key))?.style ?? "buttons" }),
  });
  const payment = await deps.ledger.load(task.ref);
  const ref = showRef(task.ref);
  // Another chat's payment is as unknown as none.
  const may = payment !== undefined && (await mayHave(deps, payment, { chat: job.key, known: task.code }));
  if (!may || payment.state !== "paid") return say(part("proof_unknown", { ref }));
  if (payment.receipt === undefined) return say(decidedPart(deps, payment));
  const proof = await proofOf(deps, payment);
  if (proof === undefined) return say(part("proof_erased", { ref }));
  if (task.form === "struk") return { kind: "text", text: struk(proof) };
  const caption = speak(part("proof_caption", { ref, plate: payment.bill.plate }), task.language, { style: "buttons" });
  return task.form === "pdf"
    ? {
        kind: "document",
        bytes: deps.draw.pdf(proof),
        name: `Bukti-${ref}.pdf`,
        mime: "application/pdf",
        caption,
      }
    : { kind: "image", bytes: deps.draw.image(proof), name: `Bukti-${ref}.png`, mime: "image/png", caption };
}

/** The operator decided it as paid: what there is instead of a proof, and plainly none. */
function decidedPart({ policyOf }: Deps, { ref, bill, payer, decidedAs = "" }: Payment): Part {
  const { contact } = policyOf(payer);
  return part("proof_decided", { ref: showRef(ref), plate: bill.plate, reference: decidedAs, contact });
}

/** The temporary slip of a payment that is under way, for the agent to hand to his customer. */
async function slipOf(deps: Deps, job: Job, task: DocumentTask): Promise<Outbound | undefined> {
  const payment = await deps.ledger.load(task.ref);
  if (payment === undefined || !LIVE.includes(payment.state)) return undefined;
  if (!(await mayHave(deps, payment, { chat: job.key, known: undefined }))) return undefined;
  const staff = payment.agent === undefined ? undefined : await deps.records.staff.load(payment.agent.id);
  const { loket, contact, sandbox } = deps.policyOf(payment.payer);
  return { kind: "text", text: slip(payment, { agent: staff?.name ?? loket, contact, sandbox }) };
}

async function skipped(deps: Deps, job: Job): Promise<void> {
  const finish = { job: job.id, lease: job.lease, next: "done" } as const;
  await save(deps.conversations, { at: deps.clock.now(), finish });
}

/** A file that the platform refuses goes out as text: the payer must have his proof. */
async function instead(deps: Deps, job: Job, task: DocumentTask): Promise<void> {
  const payment = await deps.ledger.load(task.ref);
  const proof = payment === undefined ? undefined : await proofOf(deps, payment);
  if (proof === undefined) return finishProof(deps, job, task, { kind: "refused", reason: "no proof" });
  const message = { kind: "text", text: proofText(proof) } as const;
  await finishProof(deps, job, task, await sendTo(deps, job.key, message, job.id));
}
