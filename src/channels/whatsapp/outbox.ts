import type { Clock } from "../../clock.ts";
import type { Outbound } from "../../conversation/message.ts";
import type { Delivery } from "../channel.ts";
import type { Acks } from "./acks.ts";
import type { Limits } from "./limits.ts";
import type { Line } from "./line.ts";
import type { Pace } from "./pace.ts";
import type { Rooms } from "./rooms.ts";
import { messageId, sendOver } from "./send.ts";

export interface OutboxOptions {
  readonly rooms: Rooms;
  readonly clock: Clock;
  readonly acks: Acks;
  readonly limits: Limits;
  readonly pace: Pace;
  readonly line: Line;
  /** How long the server's answer is waited for, ms. */
  readonly ackMs: number;
}

export interface Parcel {
  /** An identity of `PeopleRoom`. */
  readonly chat: string;
  readonly message: Outbound;
  readonly job: string;
}

/** How long a turn is waited for here, ms: one that is later is come back for, so that it holds up no other channel. */
const SHORT = 3000;
/** A send that takes longer is tried again, under the same id, ms. */
const LONGEST = 60_000;

/** What goes out: only to who has written, not faster than a person types, and each job once at the receiver. */
export async function deliver(options: OutboxOptions, { chat, message, job }: Parcel): Promise<Delivery> {
  const { rooms, clock, acks, limits, pace, line, ackMs } = options;
  // There is nothing to take off, and another person's message cannot be deleted.
  if (message.kind === "forget" || message.kind === "close") return { kind: "delivered", ref: "" };
  const jid = await rooms.people.answerTo(chat);
  if (jid === undefined) return { kind: "refused", reason: "this person never wrote to us" };
  const id = messageId(job);
  if (await isTaken(rooms, id)) return { kind: "delivered", ref: id };
  if ((await line.soon(SHORT)) === undefined) return { kind: "retry", reason: line.condition().detail };
  const closed = limits.newChatsWait();
  if (closed > 0 && !(await rooms.people.wasAnswered(chat))) {
    return { kind: "retry", afterMs: closed, reason: "WhatsApp limits new chats" };
  }
  const turn = pace.turn(jid, job);
  if (turn - clock.now() > SHORT) return { kind: "retry", afterMs: turn - clock.now(), reason: "not its turn yet" };
  await clock.sleep(turn, NEVER);
  pace.used(job);
  const socket = line.open();
  if (socket === undefined) return { kind: "retry", reason: line.condition().detail };
  const tools = { clock, sent: rooms.sent, acks, limits, turns: line.turns, ackMs };
  const delivery = await inTime(clock, sendOver(socket, tools, { chat, jid, message, id }));
  if (delivery.kind === "delivered") await rooms.people.markAnswered(chat);
  return delivery;
}

const NEVER = new AbortController().signal;

/** A repeat after a crash: the server has it already. */
async function isTaken({ sent }: Rooms, id: string): Promise<boolean> {
  const progress = await sent.progress(id);
  return progress === "accepted" || progress === "delivered" || progress === "read";
}

async function inTime(clock: Clock, sending: Promise<Delivery>): Promise<Delivery> {
  const done = new AbortController();
  const late = clock.sleep(clock.now() + LONGEST, done.signal).then((): Delivery => {
    return { kind: "retry", reason: "WhatsApp is too slow" };
  });
  try {
    return await Promise.race([sending, late]);
  } finally {
    done.abort();
  }
}
