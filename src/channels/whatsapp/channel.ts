import type { WASocket } from "@whiskeysockets/baileys";
import type { Clock } from "../../clock.ts";
import { chatOf, conversationKey, type Inbound } from "../../conversation/message.ts";
import { clean } from "../../domain/text.ts";
import type { Log } from "../../log.ts";
import type { Channel, Delivery } from "../channel.ts";
import { makeAcks } from "./acks.ts";
import { makeEars } from "./ears.ts";
import { makeLanes } from "./lanes.ts";
import { makeLine } from "./line.ts";
import { makeOwnerWatch } from "./owner.ts";
import { makePace } from "./pace.ts";
import { type Reading, readMessage } from "./read.ts";
import type { Rooms } from "./rooms.ts";
import { sendOver } from "./send.ts";

export interface WhatsappOptions {
  readonly rooms: Rooms;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  /** Another endpoint than WhatsApp's own, for tests. */
  readonly wsUrl?: string;
  readonly keepAliveMs?: number;
  /** A code for the owner's phone to scan, as text. */
  readonly onQr: (qr: string) => void;
  /** The operator must act. The same key is the same matter. */
  readonly alarm: (key: string, text: string) => void;
  readonly pace?: { readonly perChat: readonly [number, number]; readonly perMinute: number };
  readonly ackMs?: number;
}

export interface WhatsappChannel extends Channel {
  /** Whether the receiver's phone has a message that was delivered to the server. */
  arrived(ref: string): Promise<boolean>;
}

const HOUR = 60 * 60 * 1000;
/** What was written while we were away longer than this is not answered late, but once. */
const LATE = 6 * HOUR;
const KEEP_SENT = 48 * HOUR;
/** A person types about one message in a second or two. */
const PACE = { perChat: [700, 1600], perMinute: 60 } as const;
const ACK = 20_000;
/** How long a send waits when the line is down, ms. */
const DOWN = 5000;
/** After "you write to too many strangers" nobody new is answered for this long, ms. */
const NO_NEW_CHATS = HOUR;

/** WhatsApp, by one linked number: one process at a time may drive it. */
export function whatsappChannel(options: WhatsappOptions): WhatsappChannel {
  const { rooms, clock, log, random, alarm } = options;
  const acks = makeAcks(clock);
  const owner = makeOwnerWatch();
  const pace = makePace({ clock, random, ...(options.pace ?? PACE) });
  const lanes = makeLanes(clock, log);
  const known = new Set<string>();
  let receive: ((inbound: Inbound) => Promise<void>) | undefined;
  let noNewBefore = 0;

  const take = (reading: Reading, upsert: "notify" | "append") => {
    const { addresses, fromMe, at } = reading;
    const [answer = ""] = addresses;
    lanes.run(answer, async () => {
      const identity = await rooms.people.identify(addresses, answer);
      if (fromMe) return ownMessage(reading, identity, upsert);
      owner.heard(identity, at);
      known.add(identity);
      const late = upsert === "append" && clock.now() - at > LATE;
      await receive?.(inboundOf(reading, identity, late));
      await markRead(line.open(), reading, answer);
    });
  };

  const ownMessage = async (reading: Reading, identity: string, upsert: "notify" | "append") => {
    if (upsert !== "notify" || (await rooms.sent.progress(reading.id)) !== undefined) return;
    const text = reading.content.kind === "text" ? reading.content.text : "";
    if (!owner.typed(identity, text, reading.at)) return;
    await receive?.({ ...inboundOf(reading, identity, false), content: { kind: "operator" } });
  };

  const ears = makeEars({ rooms, acks, log, take, read: readMessage, onCall: (call) => void onCall(call) });
  const onCall = async (call: { readonly id: string; readonly from: string }) => {
    lanes.run(call.from, async () => {
      const identity = await rooms.people.identify([call.from], call.from);
      const content = { kind: "media", media: "call" } as const;
      await receive?.({ id: `call:${call.id}`, key: conversationKey("whatsapp", identity), sender: {}, content });
    });
  };

  const line = makeLine({
    ...options,
    onQr: (qr) => options.onQr(qr),
    onSocket: ears.listen,
    onClose: acks.end,
  });

  return {
    name: "whatsapp",
    style: "numbers",
    forgets: false,
    async listen(receiver, stop) {
      receive = receiver;
      const pruning = prune(rooms, clock, stop);
      await line.run(stop);
      if (!stop.aborted) await clock.sleep(Number.MAX_SAFE_INTEGER, stop);
      await Promise.all([lanes.ended(), pruning]);
    },
    async send(to, message, id): Promise<Delivery> {
      const identity = chatOf(to);
      const jid = await rooms.people.answerTo(identity);
      // Only answers, never the first word.
      if (jid === undefined) return { kind: "refused", reason: "this person never wrote to us" };
      const socket = line.open();
      if (socket === undefined) return { kind: "retry", afterMs: DOWN, reason: line.condition().detail };
      if (!known.has(identity) && clock.now() < noNewBefore) {
        return { kind: "retry", afterMs: noNewBefore - clock.now(), reason: "WhatsApp limits new chats" };
      }
      await pace.turn(jid, NEVER);
      const delivery = await sendOver(
        socket,
        { clock, sent: rooms.sent, acks, ackMs: options.ackMs ?? ACK },
        { jid, message, id },
      );
      if (delivery.kind === "refused" && /\((?:463|429)\)/.test(delivery.reason)) {
        noNewBefore = clock.now() + NO_NEW_CHATS;
        alarm(
          "whatsapp:limited",
          `${delivery.reason}: the number writes too much for WhatsApp's taste. New chats wait an hour; answer by hand, and look at the number's state on the phone.`,
        );
      }
      return delivery;
    },
    async typing(to) {
      const jid = await rooms.people.answerTo(chatOf(to));
      if (jid !== undefined)
        await line
          .open()
          ?.sendPresenceUpdate("composing", jid)
          .catch(() => {});
    },
    state: () => line.condition(),
    async arrived(ref) {
      const progress = await rooms.sent.progress(ref);
      return progress === "delivered" || progress === "read";
    },
  };
}

const NEVER = new AbortController().signal;

function inboundOf(reading: Reading, identity: string, late: boolean): Inbound {
  return {
    id: `m:${reading.id}`,
    key: conversationKey("whatsapp", identity),
    sender: { name: clean(reading.name) },
    content: late ? { kind: "late" } : reading.content,
  };
}

/** The blue ticks come when the message is safe, and not before. */
async function markRead(socket: WASocket | undefined, reading: Reading, jid: string): Promise<void> {
  await socket?.readMessages([{ remoteJid: jid, id: reading.id, fromMe: false }]).catch(() => {});
}

async function prune(rooms: Rooms, clock: Clock, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    await rooms.sent.prune(clock.now() - KEEP_SENT).catch(() => {});
    await clock.sleep(clock.now() + HOUR, stop);
  }
}
