import { part, speak, type Task } from "../../flows/index.ts";
import type { Delivery } from "../channels/channel.ts";
import type { Job } from "../conversation/conversation.ts";
import { channelOf, type Outbound } from "../conversation/message.ts";
import { showRef } from "../domain/ref.ts";
import { proofText } from "../proof/text.ts";
import type { Deps } from "./deps.ts";
import { followed } from "./follow.ts";
import { proofOf } from "./proof-of.ts";
import { finishSaid, isLost, sendTo } from "./say.ts";

type DocumentTask = Extract<Task, { kind: "document" }>;

/** Sends the proof of a payment as a file. It is made once, from the biller's answer, and given again as it is. */
export async function handleDocument(deps: Deps, job: Job, task: DocumentTask): Promise<void> {
  const message = await messageOf(deps, job, task);
  const delivery = await sendTo(deps, job.key, message, job.id);
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
  if (delivery.kind === "delivered" && task.form === "pdf") {
    await deps.conversations.commit(followed(deps, job, { ref: task.ref, message: delivery.ref }));
  } else await finishSaid(deps, job, delivery);
}

async function messageOf(deps: Deps, job: Job, task: DocumentTask): Promise<Outbound> {
  const say = (text: Parameters<typeof speak>[0]): Outbound => ({
    kind: "text",
    text: speak(text, task.language, { style: deps.channels.get(channelOf(job.key))?.style ?? "buttons" }),
  });
  const payment = await deps.ledger.load(task.ref);
  const ref = showRef(task.ref);
  // Another chat's payment is as unknown as none (I13).
  if (payment === undefined || payment.payer !== job.key || payment.state !== "paid") {
    return say(part("proof_unknown", { ref }));
  }
  const proof = await proofOf(deps, payment);
  if (proof === undefined) return say(part("proof_erased", { ref }));
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

/** A file that the platform refuses goes out as text: the payer must have his proof. */
async function instead(deps: Deps, job: Job, task: DocumentTask): Promise<void> {
  const payment = await deps.ledger.load(task.ref);
  const proof = payment === undefined ? undefined : await proofOf(deps, payment);
  if (proof === undefined) return finishProof(deps, job, task, { kind: "refused", reason: "no proof" });
  const message = { kind: "text", text: proofText(proof) } as const;
  await finishProof(deps, job, task, await sendTo(deps, job.key, message, job.id));
}
