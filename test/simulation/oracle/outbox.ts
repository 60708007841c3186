import type { Conversation } from "../../../src/conversation/conversation.ts";
import type { Change, Conversations } from "../../../src/conversation/conversations.ts";
import type { ConversationKey, Inbound } from "../../../src/conversation/message.ts";
import type { Shown, Try } from "../platform/platform.ts";
import type { Sim } from "../sim.ts";
import type { Running } from "./running.ts";

/** What went in and out of conversations (I7, I8), and whether people who confirmed heard something in time. */
export interface OutboxBook {
  tap(conversations: Conversations): Conversations;
  tried(one: Try): void;
  shown(shown: Shown): void;
  /** The program of this life died, or stopped in order. */
  ended(life: string, how: "crash" | "stop"): void;
  /** After a restore nothing of before counts. */
  forget(): void;
  /** I7, at the end: what the platform was told is safe has changed its conversation. */
  check(confirmed: readonly Inbound[], poisoned: readonly string[]): void;
  /** Somebody sent something. */
  acted(key: ConversationKey): void;
}

interface Sent {
  readonly life: string;
  readonly at: number;
  readonly delivery: Try["delivery"];
}

interface Waiting {
  readonly ran: number;
  readonly at: number;
}

/** A payer hears something so soon after he confirmed, ms of running time. */
const INFORMED = 75_000;

export function outboxBook(sim: Sim, running: Running): OutboxBook {
  const seen = new Set<string>();
  const before = new Set<string>();
  const accepted = new Map<string, Sent>();
  const last = new Map<ConversationKey, readonly [number, number]>();
  const crashed = new Set<string>();
  const messages = new Set<string>();
  const waiting = new Map<ConversationKey, Waiting>();
  const inOrder = (key: ConversationKey, id: string) => {
    const [revision = 0, place = 0] = id
      .slice(key.length + 1)
      .split("/")
      .map(Number);
    const [lastRevision, lastPlace] = last.get(key) ?? [0, -1];
    if (revision < lastRevision || (revision === lastRevision && place < lastPlace)) {
      sim.violate("order", `${id} was shown after ${lastRevision}/${lastPlace}`);
    }
    last.set(key, [revision, place]);
  };
  const acts = new Map<ConversationKey, number>();
  const changes = new Map<ConversationKey, number>();
  const lastUser = new Map<ConversationKey, number>();
  const flows = new Map<ConversationKey, string>();
  const values = new Map<ConversationKey, string>();
  const committed = (change: Change) => {
    const { seen: inbound, enqueue = [], finish, conversation } = change;
    if (inbound !== undefined) {
      const id = `${inbound.key} ${inbound.id}`;
      if (seen.has(id)) sim.violate("I7", `${inbound.id} changed its conversation again`);
      seen.add(id);
    }
    for (const { id, key, task } of enqueue) {
      // The slip of a payment that has ended meanwhile is left out.
      if (task.kind === "say" || (task.kind === "document" && task.form !== "slip")) messages.add(id);
      if (task.kind === "pay") waiting.set(key, { ran: running.ran(), at: sim.time.steady() });
    }
    if (conversation !== undefined) places(sim, change, values);
    if (conversation !== undefined) counted(conversation.next);
    if (finish?.next === "done" && messages.has(finish.job) && !accepted.has(finish.job)) {
      sim.violate("I8", `${finish.job} counts as said, and was never shown`);
    }
  };
  /** However it is deduplicated: a conversation is changed by its people as often as they did something. */
  const counted = ({ key, flow, context }: Conversation) => {
    const { lastUserAt } = context as { readonly lastUserAt: number };
    if (lastUserAt === lastUser.get(key)) return;
    lastUser.set(key, lastUserAt);
    const first = flows.get(key) ?? flow;
    const isNew = !flows.has(key);
    flows.set(key, first);
    // What an agent's chat hears first is news, before he ever wrote; a chat that became an agent's begins anew by itself.
    if (first !== flow || (isNew && flow !== "counter")) return;
    changes.set(key, (changes.get(key) ?? 0) + 1);
    if ((changes.get(key) ?? 0) > (acts.get(key) ?? 0))
      sim.violate("I7", `${key} was changed more often than it acted`);
  };
  return {
    acted: (key) => void acts.set(key, (acts.get(key) ?? 0) + 1),
    tap: (conversations) => ({
      ...conversations,
      async commit(change) {
        const result = await conversations.commit(change);
        if (result === "done") committed(change);
        return result;
      },
    }),
    tried({ key, id, life, delivery, accepted: taken }) {
      if (!messages.has(id)) return;
      if (delivery !== "delivered") waiting.delete(key);
      if (!taken) return;
      const earlier = accepted.get(id);
      if (earlier === undefined) inOrder(key, id);
      else if (!excused(earlier, life.name, crashed, running)) sim.violate("I8", `${id} was shown twice`);
      accepted.set(id, { life: life.name, at: sim.time.steady(), delivery });
    },
    shown({ key }) {
      const since = waiting.get(key);
      waiting.delete(key);
      if (since === undefined || running.excused(since.at)) return;
      const ms = running.ran() - since.ran;
      if (ms > INFORMED) sim.violate("informed", `${key} heard nothing for ${ms} ms after the confirmation`);
    },
    ended(life, how) {
      if (how === "crash") crashed.add(life);
      // The next program asks the biller before it says anything (money rule 8), and has as long for it.
      for (const [key, since] of waiting) waiting.set(key, { ...since, ran: running.ran() });
    },
    forget() {
      for (const id of seen) before.add(id);
      seen.clear();
      accepted.clear();
      last.clear();
      changes.clear();
      messages.clear();
      waiting.clear();
    },
    check(confirmed, poisoned) {
      for (const { key, id } of confirmed) {
        const name = `${key} ${id}`;
        if (seen.has(name) || before.has(name) || poisoned.includes(name)) continue;
        sim.violate("I7", `${id} was confirmed to its platform, and changed nothing`);
      }
    },
  };
}

/** A quote's end is close, ms. */
const CLOSE = 15_000;

/** The edges of the conversation, and who came first where two things race. */
function places(
  { cover }: Sim,
  { at, seen, enqueue = [], conversation }: Change,
  values: Map<ConversationKey, string>,
) {
  if (conversation === undefined) return;
  const { key, value, context } = conversation.next;
  const [from, to] = [values.get(key) ?? "new", String(value)];
  values.set(key, to);
  cover.count("places", `${from} -> ${to}`);
  if (seen === undefined || seen.id.startsWith("n:")) return;
  if (from === "inquiring" && to === "idle") cover.count("orders", "cancel, then bill");
  if (from === "bill" && to === "idle") cover.count("orders", "bill, then cancel");
  for (const { task } of enqueue) {
    if (task.kind === "pay" && task.expiresAt - at < CLOSE) cover.count("orders", "tap, then expiry");
  }
  const { refresh } = context as { readonly refresh?: { readonly why: string } };
  if (from === "bill" && to === "inquiring" && refresh?.why === "expired") cover.count("orders", "expiry, then tap");
}

/** A second showing is honest after a crash, an answer that was lost, a write that failed, a stand-still. */
function excused(earlier: Sent, life: string, crashed: ReadonlySet<string>, running: Running): boolean {
  if (earlier.delivery !== "delivered" || running.excused(earlier.at)) return true;
  return earlier.life !== life && crashed.has(earlier.life);
}
