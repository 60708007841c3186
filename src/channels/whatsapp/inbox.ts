import type { Clock } from "../../clock.ts";
import { type Content, conversationKey, type Inbound } from "../../conversation/message.ts";
import { clean } from "../../domain/text.ts";
import type { Log } from "../../log.ts";
import type { Call } from "./ears.ts";
import { makeFlood } from "./flood.ts";
import { makeLanes } from "./lanes.ts";
import { makeOwnerWatch, TAKEOVER } from "./owner.ts";
import type { Reading } from "./read.ts";
import type { Rooms } from "./rooms.ts";

export interface InboxOptions {
  readonly rooms: Rooms;
  readonly clock: Clock;
  readonly log: Log;
  readonly receive: (inbound: Inbound) => Promise<void>;
  /** The blue ticks come when the message is safe, and not before. */
  readonly markRead: (jid: string, id: string) => Promise<void>;
}

/** What comes in, each chat in its order: WhatsApp gives nothing twice, so nothing is let go until it is saved. */
export interface Inbox {
  take(reading: Reading): void;
  takeCall(call: Call): void;
  /** The channel listens, the first time or again. */
  begun(): void;
  /** The program stops: resolves when what is under way now is saved. */
  settled(): Promise<void>;
  /** The same, and nothing new comes any more. */
  ended(): Promise<void>;
}

const HOUR = 60 * 60 * 1000;
/** What was written while we were away longer than this is not answered late, but once. */
const LATE = 6 * HOUR;

export function makeInbox(options: InboxOptions): Inbox {
  const { rooms, clock, log, receive, markRead } = options;
  const lanes = makeLanes(clock, log);
  const owner = makeOwnerWatch();
  const flood = makeFlood();

  const fromCustomer = async (reading: Reading, answer: string) => {
    const { addresses, at, id, name } = reading;
    const identity = await rooms.people.identify(addresses, answer);
    owner.heard(identity, at);
    if (flood.tooMany(identity, at)) {
      log.warn({ chat: identity }, "a storm of messages in one chat: it is not answered for a minute");
    } else {
      const content = clock.now() - at > LATE ? ({ kind: "late" } as const) : reading.content;
      await receive(inbound(identity, `m:${id}`, content, name));
    }
    void markRead(answer, reading.ref);
  };

  /** Only in a chat that there is: the counter never writes first, not even that a human took over. */
  const fromPhone = async (reading: Reading) => {
    const { addresses, at, id, content, name } = reading;
    if ((await rooms.sent.progress(id)) !== undefined || clock.now() - at > TAKEOVER) return;
    const identity = await rooms.people.known(addresses);
    const text = content.kind === "text" ? content.text : "";
    if (!owner.typed(identity ?? addresses[0] ?? "", text, at) || identity === undefined) return;
    await receive(inbound(identity, `m:${id}`, { kind: "operator" }, name));
  };

  return {
    take(reading) {
      const [answer = ""] = reading.addresses;
      lanes.run(answer, () => (reading.fromMe ? fromPhone(reading) : fromCustomer(reading, answer)));
    },
    takeCall({ id, addresses, at }) {
      const [answer = ""] = addresses;
      if (clock.now() - at > LATE) return;
      lanes.run(answer, async () => {
        const identity = await rooms.people.identify(addresses, answer);
        if (flood.tooMany(identity, at)) return;
        await receive(inbound(identity, `call:${id}`, { kind: "media", media: "call" }, ""));
      });
    },
    begun: lanes.begun,
    settled: lanes.settled,
    ended: lanes.ended,
  };
}

function inbound(identity: string, id: string, content: Content, name: string): Inbound {
  return { id, key: conversationKey("whatsapp", identity), sender: { name: clean(name) }, content };
}
