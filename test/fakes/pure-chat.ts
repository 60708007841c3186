import type {
  CounterView,
  FlowEvent,
  Language,
  Open,
  PinEvent,
  PinTyped,
  Policy,
  Task,
  Who,
} from "../../flows/index.ts";
import { advance, openOf, type Surroundings } from "../../src/conversation/advance.ts";
import type { Conversation, NewJob } from "../../src/conversation/conversation.ts";
import { type ConversationKey, conversationKey, type MediaKind } from "../../src/conversation/message.ts";
import { render } from "../../src/conversation/render.ts";
import { understand } from "../../src/conversation/understand.ts";
import type { Region } from "../../src/domain/region.ts";
import { clean } from "../../src/domain/text.ts";
import { plain } from "./plain.ts";

/** What the world of a chat holds, as a test sees and changes it. */
export interface ChatWorld {
  policy: Policy;
  regions: readonly Region[];
  who: Who;
  /** The agents on duty; without it customers' requests go to nobody. */
  counters?: readonly CounterView[];
}

export interface PureChat<Place, Context> {
  /** What the counter answers to this, paragraphs and all, without marks. */
  says(text: string): string;
  taps(label: string): string;
  tapsId(id: string): string;
  sends(media: MediaKind): string;
  /** The operator writes to this person himself; or something arrives that was written long ago. */
  gets(what: "operator" | "late"): string;
  /** The world answers. */
  hears(event: FlowEvent): string;
  /** Time passes; silences are answered and timers run as they come due. */
  waits(ms: number): string;
  readonly place: Place;
  readonly context: Context;
  readonly tasks: readonly Task[];
  readonly buttons: readonly string[];
  readonly now: number;
  /** The tasks of the last step. */
  readonly last: readonly Task[];
  readonly world: ChatWorld;
}

/** One step as it was made: `before` and `after` as the pure step gave them, before any store held them. */
export interface Watched {
  readonly before: Conversation | undefined;
  readonly event: FlowEvent;
  readonly around: Surroundings;
  readonly after: Conversation;
  readonly tasks: readonly Task[];
}

export interface ChatOptions {
  style?: "buttons" | "numbers";
  language?: Language;
  forgets?: boolean;
  /** Sees every step. */
  watch?: (step: Watched) => void;
}

interface Parts<Place, Context> {
  readonly options: ChatOptions;
  readonly world: ChatWorld;
  readonly at: number;
  /** Where it stands, if it is in the flow that is talked to. */
  readonly openAs: (open: Open) => { readonly place: Place; readonly context: Context };
  readonly judgePin?: (typed: PinTyped) => PinEvent;
}

/** A conversation without a store or a channel: the pure steps alone, with their sentences. */
export function pureChat<Place, Context>(parts: Parts<Place, Context>): PureChat<Place, Context> {
  const { options, world, openAs } = parts;
  const style = options.style ?? "buttons";
  const key: ConversationKey = conversationKey("test", "1");
  let at = parts.at;
  let conversation: Conversation | undefined;
  let raw: Conversation | undefined;
  let timers: NewJob[] = [];
  let buttons: readonly { readonly id: string; readonly label: string }[] = [];
  const tasks: Task[] = [];
  let last: Task[] = [];
  let steps = 0;
  let messages = 0;

  const around = (text = ""): Surroundings => ({
    at,
    style,
    forgets: options.forgets ?? true,
    language: options.language ?? "id",
    text,
    nonce: `nonce${String(steps).padStart(7, "0")}`,
    chance: ((steps * 137) % 1000) / 1000,
    regions: world.regions,
    policy: world.policy,
    who: world.who,
    ...(world.counters === undefined ? {} : { counters: world.counters }),
  });

  const step = (event: FlowEvent, text = ""): string => {
    steps += 1;
    const surroundings = around(text);
    const next = advance(key, conversation, event, surroundings);
    // What a store drops or cannot hold must not be missed.
    conversation = JSON.parse(JSON.stringify(next.conversation)) as Conversation;
    last = next.tasks.map(({ task }) => task);
    tasks.push(...last);
    options.watch?.({ before: raw, event, around: surroundings, after: next.conversation, tasks: last });
    raw = next.conversation;
    timers = [...timers, ...next.tasks.filter(({ queue }) => queue === "timer")];
    const said = last.flatMap((task) => (task.kind === "say" ? [render(task.say, task.language, style)] : []));
    for (const message of said) if (message.kind === "choices") buttons = message.rows.flat();
    return said.map((message) => ("text" in message ? plain(message.text) : "")).join("\n---\n");
  };

  const tell = (content: Parameters<typeof understand>[0], text = ""): string => {
    const open = openOf(conversation, around());
    const event = understand(content, open, { ...around(), place: open.place }, `m${++messages}`);
    if (event.type !== "pin-typed") return step(event, text);
    if (parts.judgePin === undefined) throw new Error("nobody judges PINs here");
    return step(parts.judgePin(event), "");
  };

  return {
    world,
    says: (text) => tell({ kind: "text", text }, clean(text, 1000)),
    taps(label) {
      const button = buttons.find((one) => one.label === label);
      if (button === undefined)
        throw new Error(`no button "${label}" among: ${buttons.map((one) => one.label).join(", ")}`);
      return tell({ kind: "tap", data: button.id, on: "1" });
    },
    tapsId: (id) => tell({ kind: "tap", data: id, on: "1" }),
    sends: (media) => tell({ kind: "media", media }),
    gets: (what) => tell({ kind: what }),
    hears: (event) => step(event),
    waits(ms) {
      const until = at + ms;
      const heard: string[] = [];
      for (;;) {
        const timer = timers.filter(({ dueAt }) => dueAt <= until).sort((a, b) => a.dueAt - b.dueAt)[0];
        const quietAt = conversation?.quietAt;
        const due = Math.min(timer?.dueAt ?? Infinity, quietAt ?? Infinity);
        if (due > until) break;
        at = Math.max(at, due);
        if (timer !== undefined && timer.dueAt === due) {
          timers = timers.filter((one) => one !== timer);
          if (timer.task.kind !== "timer") throw new Error("not a timer");
          heard.push(step({ type: "timer", name: timer.task.name, number: timer.task.number }));
        } else heard.push(step({ type: "quiet" }));
      }
      at = until;
      return heard.filter((text) => text !== "").join("\n---\n");
    },
    get place() {
      return openAs(openOf(conversation, around())).place;
    },
    get context() {
      return openAs(openOf(conversation, around())).context;
    },
    get tasks() {
      return tasks;
    },
    get last() {
      return last;
    },
    get buttons() {
      return buttons.map(({ label }) => label);
    },
    get now() {
      return at;
    },
  };
}
