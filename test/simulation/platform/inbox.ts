import { type ConversationKey, channelOf, type Inbound } from "../../../src/conversation/message.ts";
import type { Sim } from "../sim.ts";
import type { Life } from "../timeline.ts";

interface Update {
  readonly inbound: Inbound;
  /** The next one may be offered while this one is still being taken. */
  readonly overtaken: boolean;
  offeredTo: Life | undefined;
  confirmed: boolean;
}

interface Listener {
  readonly receive: (inbound: Inbound) => Promise<void>;
  readonly life: Life;
  readonly stop: AbortSignal;
}

/** What people sent, until the program has confirmed that it is taken. Offered again to the next program otherwise. */
export interface Inbox {
  put(inbound: Inbound): void;
  listen(channel: string, listener: Listener): Promise<void>;
  /** All that the platform was told is safe. */
  confirmed(): readonly Inbound[];
  /** What nobody has taken. */
  waiting(): number;
}

export function inboxOf(sim: Sim): Inbox {
  const random = sim.random("updates");
  const chats = new Map<ConversationKey, Update[]>();
  const listeners = new Map<string, Listener>();
  const underWay = new Map<Listener, Set<Promise<void>>>();

  const listenerOf = (key: ConversationKey): Listener | undefined => {
    const listener = listeners.get(channelOf(key));
    return listener === undefined || listener.stop.aborted || !listener.life.alive ? undefined : listener;
  };
  const offer = (update: Update, listener: Listener) => {
    const { inbound } = update;
    const taking = listener.receive(inbound).then(
      () => {
        if (!listener.life.alive) return;
        if (!update.confirmed) sim.note(() => `${inbound.id} is taken`);
        update.confirmed = true;
        pump(inbound.key);
      },
      () => {
        sim.time.after(random.between(500, 3_000), undefined, () => {
          if (update.offeredTo === listener.life) update.offeredTo = undefined;
          pump(inbound.key);
        });
      },
    );
    const all = underWay.get(listener);
    all?.add(taking);
    void taking.finally(() => all?.delete(taking));
  };
  const pump = (key: ConversationKey) => {
    const listener = listenerOf(key);
    if (listener === undefined) return;
    for (const update of chats.get(key) ?? []) {
      if (update.confirmed) continue;
      const taken = update.offeredTo?.alive === true;
      if (!taken) {
        update.offeredTo = listener.life;
        // A program that stands still takes it when it wakes.
        sim.time.after(0, listener.life, () => offer(update, listener));
      }
      if (!update.overtaken) return;
    }
  };
  return {
    put(inbound) {
      const overtaken = sim.fault("update-overtaken", random);
      const update: Update = { inbound, overtaken, offeredTo: undefined, confirmed: false };
      chats.set(inbound.key, [...(chats.get(inbound.key) ?? []), update]);
      sim.time.after(random.between(5, 500), undefined, () => pump(inbound.key));
      if (!sim.fault("update-doubled", random)) return;
      sim.time.after(random.between(5, 60_000), undefined, () => {
        const listener = listenerOf(inbound.key);
        if (listener === undefined) return;
        sim.time.after(0, listener.life, () => void listener.receive(inbound).catch(() => undefined));
      });
    },
    async listen(channel, listener) {
      listeners.set(channel, listener);
      underWay.set(listener, new Set());
      for (const key of chats.keys()) if (channelOf(key) === channel) pump(key);
      if (!listener.stop.aborted) {
        await new Promise((resolve) => listener.stop.addEventListener("abort", resolve, { once: true }));
      }
      await Promise.all(underWay.get(listener) ?? []);
      underWay.delete(listener);
    },
    confirmed: () => [...chats.values()].flat().flatMap(({ confirmed, inbound }) => (confirmed ? [inbound] : [])),
    waiting: () => [...chats.values()].flat().filter(({ confirmed }) => !confirmed).length,
  };
}
