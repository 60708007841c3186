import type { Channel, Delivery, Style } from "../../../src/channels/channel.ts";
import { type Content, type ConversationKey, channelOf, type Outbound } from "../../../src/conversation/message.ts";
import type { Gate } from "../gate.ts";
import type { Random } from "../random.ts";
import type { Sim } from "../sim.ts";
import type { Life } from "../timeline.ts";
import { type Inbox, inboxOf } from "./inbox.ts";

/** A message that a chat holds. */
export interface Shown {
  readonly key: ConversationKey;
  /** Our own id of it: the job's. */
  readonly id: string;
  readonly at: number;
  readonly wall: number;
  readonly life: Life;
  readonly message: Extract<Outbound, { kind: "text" | "choices" | "document" | "image" }>;
}

/** What a try to send came to, as it really was. */
export interface Try {
  readonly key: ConversationKey;
  readonly id: string;
  readonly life: Life;
  readonly delivery: Delivery["kind"];
  readonly accepted: boolean;
}

export interface PlatformEvents {
  readonly onShown: (shown: Shown) => void;
  readonly onTry: (one: Try) => void;
  readonly onAct: (key: ConversationKey, content: Content) => void;
}

/** The messaging platforms: what they show to people, and what people send. They go on living when the program stops. */
export interface Platform {
  channels(life: Life, gate: Gate): readonly Channel[];
  /** A person does something. */
  sends(key: ConversationKey, content: Content): string;
  readonly inbox: Inbox;
}

const STYLES: Readonly<Record<string, Style>> = { telegram: "buttons", whatsapp: "numbers" };

export function platformOf(sim: Sim, events: PlatformEvents): Platform {
  const random = sim.random("platform");
  const inbox = inboxOf(sim);
  const state: State = { sim, random, events, blocked: new Set(), down: outages(sim), files: new Map() };
  let sent = 0;
  return {
    inbox,
    sends(key, content) {
      sent += 1;
      const id = `${key}#${sent}`;
      state.blocked.delete(key);
      events.onAct(key, content);
      sim.note(() => `${key} sends ${id}: ${contentOf(content)}`);
      inbox.put({ id, key, sender: {}, content, messageRef: id });
      return id;
    },
    channels: (life, gate) =>
      Object.entries(STYLES).map(
        ([name, style]): Channel => ({
          name,
          style,
          forgets: name === "telegram",
          listen: (receive, stop) => inbox.listen(name, { receive, life, stop }),
          send: (to, message, id) => gate.call("channel.send", () => send(state, life, { to, message, id })),
          typing: async () => undefined,
          state: () => ({ ready: true, detail: "" }),
        }),
      ),
  };
}

interface State {
  readonly sim: Sim;
  readonly random: Random;
  readonly events: PlatformEvents;
  readonly blocked: Set<ConversationKey>;
  readonly down: readonly { readonly from: number; readonly to: number }[];
  /** Files that a platform will never take. */
  readonly files: Map<string, boolean>;
}

interface Sending {
  readonly to: ConversationKey;
  readonly message: Outbound;
  readonly id: string;
}

/** On its way, taken or not, and the answer on its way back. */
function send(state: State, life: Life, sending: Sending): Promise<Delivery> {
  const { sim, random } = state;
  return new Promise((resolve) => {
    sim.time.after(random.between(5, 400), life, () => {
      const delivery = taken(state, life, sending);
      sim.time.after(random.between(5, 200), life, () => resolve(delivery));
    });
  });
}

function taken(state: State, life: Life, sending: Sending): Delivery {
  const { sim, events } = state;
  const { to: key, message, id } = sending;
  const { delivery, accepted } = fateOf(state, sending);
  sim.note(() => `${key} ${accepted ? "shows" : "does not take"} ${id} (${delivery.kind}): ${outboundOf(message)}`);
  events.onTry({ key, id, life, delivery: delivery.kind, accepted });
  if (accepted && message.kind !== "close" && message.kind !== "forget") {
    events.onShown({ key, id, at: sim.time.steady(), wall: sim.time.wall(), life, message });
  }
  return delivery;
}

function fateOf(state: State, { to, message, id }: Sending): { delivery: Delivery; accepted: boolean } {
  const { sim, random, blocked, down, files } = state;
  const now = sim.time.steady();
  if (down.some(({ from, to: until }) => from <= now && now < until)) return no({ kind: "retry", reason: "down" });
  if (sim.fault("chat-blocked", random)) blocked.add(to);
  if (blocked.has(to)) return no({ kind: "gone", reason: "blocked" });
  if (message.kind === "document" || message.kind === "image") {
    if (!files.has(id)) files.set(id, sim.fault("file-refused", random));
    if (files.get(id)) return no({ kind: "refused", reason: "file" });
  }
  if (sim.fault("not-taken", random)) {
    return no({
      kind: "retry",
      reason: "busy",
      ...(random.chance(0.5) ? { afterMs: random.between(1, 30) * 1000 } : {}),
    });
  }
  if (sim.fault("sent-and-ambiguous", random)) return no({ kind: "ambiguous", reason: "reset" });
  if (sim.fault("sent-answer-lost", random)) {
    return { delivery: { kind: "ambiguous", reason: "reset" }, accepted: true };
  }
  return { delivery: { kind: "delivered", ref: `m:${id}` }, accepted: true };
}

function no(delivery: Delivery) {
  return { delivery, accepted: false };
}

function outages(sim: Sim): State["down"] {
  const random = sim.random("platform-down");
  if (!sim.fault("platform-down", random)) return [];
  const from = random.between(0, 40 * 60_000);
  return [{ from, to: from + random.between(10_000, 30 * 60_000) }];
}

export function styleOf(key: ConversationKey): Style {
  return STYLES[channelOf(key)] ?? "buttons";
}

function contentOf(content: Content): string {
  return content.kind === "text" ? content.text : content.kind === "tap" ? `[${content.data}]` : content.kind;
}

function outboundOf(message: Outbound): string {
  const text = "text" in message ? message.text : "caption" in message ? `file: ${message.caption}` : message.kind;
  const buttons =
    message.kind === "choices"
      ? ` ${message.rows
          .flat()
          .map(({ id }) => `[${id}]`)
          .join("")}`
      : "";
  return `${text.replace(/\s+/g, " ").slice(0, 200)}${buttons}`;
}
