import type { Clock } from "../../clock.ts";
import { chatOf, type Inbound } from "../../conversation/message.ts";
import type { Log } from "../../log.ts";
import type { Channel } from "../channel.ts";
import { makeAcks } from "./acks.ts";
import { listenTo } from "./ears.ts";
import { pauseBefore } from "./ends.ts";
import { fencedKeys } from "./fence.ts";
import { makeInbox } from "./inbox.ts";
import { makeLimits } from "./limits.ts";
import { type Line, makeLine } from "./line.ts";
import { deliver } from "./outbox.ts";
import { makePace } from "./pace.ts";
import { pictureOf } from "./picture.ts";
import type { Rooms } from "./rooms.ts";
import { KEEP_OPENED } from "./signal.ts";
import { makeTyping } from "./typing.ts";

export interface WhatsappOptions {
  readonly rooms: Rooms;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  /** Another endpoint than WhatsApp's own, for tests. */
  readonly wsUrl?: string;
  readonly keepAliveMs?: number;
  /** Whether this process drives the number: asked in the tick of each write, to WhatsApp and of its keys. */
  readonly mayWrite?: () => boolean;
  /** A code for the owner's phone to scan, as text. */
  readonly onQr: (qr: string) => void;
  /** The operator must act. The same key is the same matter. */
  readonly alarm: (key: string, text: string) => void;
  readonly pace?: { readonly perChat: readonly [number, number]; readonly perMinute: number };
  readonly ackMs?: number;
}

const HOUR = 60 * 60 * 1000;
const KEEP_SENT = 48 * HOUR;
/** A person types about one message in a second or two. */
const PACE = { perChat: [700, 1600], perMinute: 60 } as const;
const ACK = 20_000;
/** How long a connection that is being opened is waited for, ms. */
const OPENING = 3000;

/** WhatsApp, by one linked number: one process at a time may drive it. It sends over the line on which it listens. */
export function whatsappChannel(given: WhatsappOptions): Channel {
  const options = fenced(given);
  const { rooms, clock } = options;
  const { hearWith, inbox, line, outbox, typing } = partsOf(options);
  return {
    name: "whatsapp",
    style: "numbers",
    forgets: false,
    async listen(receive, stop) {
      hearWith(receive);
      inbox.begun();
      const hangUp = new AbortController();
      const running = Promise.all([keepUp(options, line, hangUp.signal), prune(options, hangUp.signal)]);
      await clock.sleep(Number.MAX_SAFE_INTEGER, stop);
      // What comes until the line is down was confirmed by Baileys, and is taken; what is being taken may answer.
      await inbox.settled();
      hangUp.abort();
      await running;
      await inbox.ended();
    },
    send: (to, message, job) => deliver(outbox, { chat: chatOf(to), message, job }).catch(unsent),
    async typing(to) {
      const jid = await rooms.people.answerTo(chatOf(to)).catch(() => undefined);
      const socket = line.open();
      if (jid !== undefined && socket !== undefined) await typing.sign(socket, jid).catch(() => {});
    },
    picture: pictureOf({ clock, soon: line.soon }),
    erase: (chat) => rooms.sent.erase(chatOf(chat)),
    state: line.condition,
    async arrived(ref) {
      const progress = await rooms.sent.progress(ref);
      return progress === "delivered" || progress === "read";
    },
  };
}

function fenced(options: WhatsappOptions): WhatsappOptions {
  const { rooms, mayWrite } = options;
  return mayWrite === undefined ? options : { ...options, rooms: { ...rooms, keys: fencedKeys(rooms.keys, mayWrite) } };
}

function partsOf(options: WhatsappOptions) {
  const { rooms, clock, log, random, alarm, ackMs = ACK } = options;
  const acks = makeAcks(clock);
  const limits = makeLimits(clock, alarm);
  const pace = makePace({ clock, random, ...(options.pace ?? PACE) });
  const typing = makeTyping(clock);
  let receive: (inbound: Inbound) => Promise<void> = async () => {
    throw new Error("nobody listens yet");
  };
  const inbox = makeInbox({
    ...options,
    receive: (inbound) => receive(inbound),
    async markRead(remoteJid, id) {
      const socket = await line.soon(OPENING);
      await socket?.readMessages([{ remoteJid, id, fromMe: false }]).catch(() => {});
    },
  });
  const ears = { sent: rooms.sent, acks, limits, log, take: inbox.take, takeCall: inbox.takeCall };
  const line = makeLine({
    ...options,
    onSocket: (socket) => listenTo(socket, ears),
    onClose: () => {
      acks.end();
      typing.end();
    },
  });
  const hearWith = (receiver: typeof receive) => {
    receive = receiver;
  };
  return { hearWith, inbox, line, typing, outbox: { rooms, clock, acks, limits, pace, line, ackMs } };
}

/** The store was away: nothing was sent. */
function unsent(error: unknown) {
  return { kind: "retry", reason: error instanceof Error ? error.name : "it could not be sent" } as const;
}

/** A device that was removed shows a new QR; any other end that is over waits for a human and a new start. */
async function keepUp({ clock, random }: WhatsappOptions, line: Line, stop: AbortSignal): Promise<void> {
  for (let ends = 1; ; ends += 1) {
    const end = await line.run(stop);
    if (end === "stopped") return;
    await clock.sleep(end.links ? clock.now() + pauseBefore(ends, random()) : Number.MAX_SAFE_INTEGER, stop);
  }
}

async function prune({ rooms, clock, log }: WhatsappOptions, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const now = clock.now();
    await Promise.all([rooms.sent.prune(now - KEEP_SENT), rooms.opened.prune(now - KEEP_OPENED)]).catch(
      (error: unknown) => log.error({ error }, "what WhatsApp was sent could not be pruned"),
    );
    await clock.sleep(clock.now() + HOUR, stop);
  }
}
