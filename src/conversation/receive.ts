import { createHash } from "node:crypto";
import { type FlowEvent, type Open, type PinEvent, type PinTyped, part, type Who } from "../../flows/index.ts";
import type { Clock } from "../clock.ts";
import { clean } from "../domain/text.ts";
import type { Log } from "../log.ts";
import type { Records } from "../records/records.ts";
import type { JudgePin } from "../records/staff.ts";
import { advance, openOf, type Surroundings } from "./advance.ts";
import type { JobId } from "./conversation.ts";
import { type Change, type Conversations, isAway } from "./conversations.ts";
import { save } from "./crew.ts";
import type { Crowd } from "./crowd.ts";
import type { ConversationKey, Inbound, Sender } from "./message.ts";
import { understand } from "./understand.ts";

/** What a step is given of the world: settings, regions, chance. The pure step takes nothing else. */
export type LookAround = (key: ConversationKey, sender: Sender | undefined) => Promise<Surroundings>;

export interface Room {
  readonly conversations: Conversations;
  readonly lookAround: LookAround;
}

/** What is saved with the step. */
export type Beside = Pick<Change, "seen" | "finish">;

/**
 * One event of one conversation, saved whole: next value, tasks, seen id, finished job. Nothing is locked: when another
 * step was quicker the event is taken again on top of it, which costs nothing, the step being pure.
 * "lost": the job's lease is no longer ours, and nothing was changed. "moot": no event came of what is there by now, and
 * nothing was changed.
 */
export async function take(
  room: Room,
  key: ConversationKey,
  eventOf: (open: Open, around: Surroundings) => FlowEvent | undefined | Promise<FlowEvent | undefined>,
  beside: Beside & { readonly sender?: Sender; readonly text?: string },
): Promise<"done" | "duplicate" | "lost" | "moot"> {
  const { seen, finish, sender, text = "" } = beside;
  // On what is remembered first: when it is old, the commit is a conflict.
  for (let known = room.conversations.recall?.(key); ; known = undefined) {
    const now = known ?? (await room.conversations.load(key));
    const seenAround = { ...(await room.lookAround(key, sender)), text };
    const event = await eventOf(openOf(now, seenAround), seenAround);
    if (event === undefined) return "moot";
    // A PIN is nobody's to keep.
    const around = event.type === "pin" ? { ...seenAround, text: "" } : seenAround;
    const step = advance(key, now, event, around);
    const expect = now?.revision ?? 0;
    const committed = await save(room.conversations, {
      at: around.at,
      ...(seen === undefined ? {} : { seen }),
      ...(finish === undefined ? {} : { finish }),
      conversation: { next: step.conversation, expect },
      enqueue: step.tasks,
    });
    if (committed !== "conflict") return committed;
    if (known !== undefined) continue;
    const again = await room.conversations.load(key);
    if ((again?.revision ?? 0) === expect) return "lost";
  }
}

/** What is kept of a person's words for a human, at most. */
const LONGEST_TEXT = 1000;
/** How often an inbound that throws is tried, and the pause between, ms. */
const TRIES = 5;
const PAUSE = 50;

export interface Receiver extends Room {
  readonly records: Records;
  readonly clock: Clock;
  readonly log: Log;
  readonly judgePin: JudgePin;
  /** Who counts what one address asks. */
  readonly crowd?: Pick<Crowd, "seen">;
}

/**
 * Takes one inbound message. Resolves when it is safe: saved with all that follows from it, known as a duplicate, or,
 * when it throws five times, kept sealed with an operator's task, so that those behind it are not held up. Rejects
 * when not even that could be saved, or the conversations' store is away: the channel then offers it again.
 */
export function makeReceive(receiver: Receiver): (inbound: Inbound) => Promise<void> {
  return async (inbound) => {
    if (await receiver.records.chats.isGone(inbound.key)) await receiver.records.chats.markHere(inbound.key);
    for (let attempt = 1; ; attempt += 1) {
      try {
        await receiveOnce(receiver, inbound);
        return;
      } catch (error) {
        if (attempt < TRIES) await receiver.clock.sleep(receiver.clock.now() + PAUSE * attempt, NEVER);
        else if (isAway(error)) throw error;
        else return keepPoison(receiver, inbound, error);
      }
    }
  };
}

const NEVER = new AbortController().signal;

async function receiveOnce(receiver: Receiver, inbound: Inbound): Promise<void> {
  const { key, id, content, sender, messageRef } = inbound;
  await receiver.crowd?.seen(key, sender.origin);
  // Once for each purpose, however often the step is taken again: a PIN that was set by this message is there by then.
  const judged = new Map<PinTyped["purpose"], PinEvent>();
  const judge = async (typed: PinTyped, who: Who) => {
    const event = judged.get(typed.purpose) ?? (await receiver.judgePin(who, typed, `${key} ${id}`));
    judged.set(typed.purpose, event);
    return event;
  };
  await take(
    receiver,
    key,
    async (open, around) => {
      const event = understand(content, open, { ...around, place: open.place }, messageRef);
      return event.type === "pin-typed" ? judge(event, around.who) : event;
    },
    {
      seen: { key, id },
      sender,
      text: content.kind === "text" ? clean(content.text, LONGEST_TEXT) : "",
    },
  );
}

async function keepPoison(receiver: Receiver, inbound: Inbound, error: unknown): Promise<void> {
  const { records, clock, log } = receiver;
  const at = clock.now();
  const why = error instanceof Error ? error.message : String(error);
  log.error({ error, inbound: inbound.id }, "a message could not be taken; it is kept for the operator");
  await records.poison.keep(inbound.key, inbound.id, JSON.stringify(inbound, withoutPicture), why, at);
  await records.tasks.add(
    {
      key: `poison:${inbound.key}:${inbound.id}`,
      kind: "message-poison",
      text: "A message could not be taken, five times. It is kept sealed. Report the error line of the log; answer the customer.",
      chat: inbound.key,
    },
    at,
  );
  await excuse(receiver, inbound, at);
}

/** What opens a picture is kept no longer than its way takes. */
function withoutPicture(name: string, value: unknown): unknown {
  return name === "picture" ? undefined : value;
}

/** Who wrote hears that it is our fault and not his. Outside the flow: what threw may well be the flow. */
async function excuse({ conversations }: Receiver, { key, id, sender }: Inbound, at: number): Promise<void> {
  const code = `E-${createHash("sha256").update(`${key} ${id}`).digest("hex").slice(0, 4).toUpperCase()}`;
  const say = { parts: [part("system", { code })], tail: [], choices: [], columns: 1, stays: false } as const;
  const task = { kind: "say", say, language: sender.language ?? "id" } as const;
  const job = { id: `${key}/poison/${id}` as JobId, key, queue: "say", lane: key, dueAt: at, task } as const;
  await save(conversations, { at, seen: { key, id }, enqueue: [job] });
}
