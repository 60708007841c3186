import { part, speak, type Task } from "../../flows/index.ts";
import type { Fetched } from "../channels/channel.ts";
import type { Job, JobId } from "../conversation/conversation.ts";
import { save } from "../conversation/crew.ts";
import { channelOf, type Outbound } from "../conversation/message.ts";
import { PICTURE_LIMIT, pictureMime } from "../domain/picture.ts";
import { addRupiah } from "../domain/rupiah.ts";
import type { Relayed } from "../relay/desk/happen.ts";
import type { Request } from "../relay/request.ts";
import type { Deps } from "./deps.ts";
import { finishSaid, sendTo } from "./say.ts";

type PictureTask = Extract<Task, { kind: "picture" }>;

/** After so many tries, some three minutes, the agent hears that there was one. */
const TRIES = 8;
/** It may have arrived: so often in all, and not again and again. */
const AMBIGUOUS_TRIES = 2;

interface Passing {
  readonly task: Extract<Task, { kind: "customer-act" }>;
  readonly relayed: Relayed | undefined;
}

/** Puts it on its way to the agent who has the request; whether it is. Safe to repeat: the same job is the same. */
export async function passPictureOn(deps: Deps, job: Job, { task, relayed }: Passing): Promise<boolean> {
  const { picture, ref } = task;
  if (picture === undefined || relayed === undefined || relayed.kind === "unknown") return false;
  const { request } = relayed;
  const { taken, bill, markup } = request;
  if (taken === undefined || !waits(request) || !leads(deps, { from: job.key, to: taken.chat })) return false;
  const staff = await deps.records.staff.load(taken.id);
  const passed: PictureTask = {
    ...{ kind: "picture", picture, from: channelOf(job.key), ref, plate: bill.plate },
    ...{ cash: addRupiah(bill.total, markup), language: staff?.language ?? "id" },
  };
  const at = deps.clock.now();
  const id = `${job.id}/picture` as JobId;
  const next = { id, key: taken.chat, queue: "say", lane: undefined, dueAt: at, task: passed } as const;
  await save(deps.conversations, { at, enqueue: [next] });
  return true;
}

/** From a channel that can have it to one that stores no files. */
function leads({ channels }: Deps, { from, to }: { readonly from: Job["key"]; readonly to: Job["key"] }): boolean {
  const target = channels.get(channelOf(to));
  return channels.get(channelOf(from))?.picture !== undefined && target !== undefined && !target.keepsFiles;
}

/** The agent looks for money: not while it is paid, nor when all is over. */
function waits({ state }: Request): boolean {
  return state === "taken" || state === "received" || state === "unpaid";
}

/**
 * Has it from the channel that it came by, and sends it to the agent. The bytes are in memory for that long; what names
 * it goes with the job. What cannot be had or taken in good time is a sentence instead.
 */
export async function handlePicture(deps: Deps, job: Job, task: PictureTask): Promise<void> {
  const fetched = await fetchedFor(deps, job, task);
  if (fetched.kind === "retry") return finishSaid(deps, job, fetched);
  const message = fetched.kind === "bytes" ? shown(fetched.bytes, task) : undefined;
  const delivery = message === undefined ? undefined : await sendTo(deps, job.key, message, job.id);
  const isOver = delivery?.kind === "ambiguous" && job.attempt >= AMBIGUOUS_TRIES;
  if (delivery !== undefined && delivery.kind !== "refused" && !isOver) return finishSaid(deps, job, delivery);
  await sayInstead(deps, job, task);
}

/** A job of its own: what names the picture goes with this one. */
async function sayInstead({ conversations, clock }: Deps, job: Job, task: PictureTask): Promise<void> {
  const parts = [part("hand_picture_lost", task)];
  const say = { kind: "say", say: { parts, tail: [], choices: [], columns: 1, stays: false } } as const;
  const at = clock.now();
  const id = `${job.id}/words` as JobId;
  const next = { id, key: job.key, queue: "say", lane: job.key, dueAt: at } as const;
  await save(conversations, {
    at,
    finish: { job: job.id, lease: job.lease, next: "done" },
    enqueue: [{ ...next, task: { ...say, language: task.language } }],
  });
}

async function fetchedFor({ channels }: Deps, job: Job, { from, picture }: PictureTask): Promise<Fetched> {
  if (job.attempt > TRIES) return { kind: "gone", reason: "it took too long" };
  const fetched = await channels.get(from)?.picture?.(picture, PICTURE_LIMIT);
  return fetched ?? { kind: "gone", reason: "its channel is off" };
}

/** Undefined for bytes that are no picture, whatever they were called. */
function shown(bytes: Uint8Array, task: PictureTask): Outbound | undefined {
  const mime = pictureMime(bytes);
  if (mime === undefined) return undefined;
  const caption = speak(part("hand_picture", task), task.language, { style: "buttons" });
  return { kind: "image", bytes, name: `${task.ref}.${mime.slice("image/".length)}`, mime, caption };
}
