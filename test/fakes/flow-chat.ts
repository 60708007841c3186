import type { Context, FlowEvent, InquiryResult, Language, Policy, Task } from "../../flows/index.ts";
import { advance, openOf, type Surroundings } from "../../src/conversation/advance.ts";
import type { Conversation, NewJob } from "../../src/conversation/conversation.ts";
import { type ConversationKey, conversationKey, type MediaKind } from "../../src/conversation/message.ts";
import { render } from "../../src/conversation/render.ts";
import { understand } from "../../src/conversation/understand.ts";
import type { Bill, Invoice } from "../../src/domain/bill.ts";
import { keepChassis } from "../../src/domain/chassis.ts";
import { keepNik } from "../../src/domain/nik.ts";
import type { Region } from "../../src/domain/region.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { clean } from "../../src/domain/text.ts";
import { plain } from "./plain.ts";

export const NIK = "3204123108900001";
export const CHASSIS = "MH1JFZ110HK123456";
/** 7 July 2026, 13.00 WIB. */
export const NOON = Date.UTC(2026, 6, 7, 6, 0);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

const region = (product: string, open: boolean): Region => ({
  product,
  code: product,
  debet: "tagihan+5000",
  cashback: rupiah(2000),
  open,
});

export const REGIONS: readonly Region[] = [
  region("SAMSAT_JABAR", true),
  region("SAMSAT_JATENG", false),
  region("SAMSAT_JAKARTA", false),
  region("SAMSAT_JATIM", false),
];

export const POLICY: Policy = {
  loket: "Loket Samsat",
  sandbox: false,
  mayPay: true,
  contact: "Budi 0812-3456-789",
  hours: { text: "08.00–20.00 WIB", from: 8 * 60, to: 20 * 60 },
  relayText: "",
  adminFee: rupiah(5000),
  payMax: rupiah(10_000_000),
  limits: { perHour: 5, perDay: 20 },
};

export function billOf(changes: Partial<Bill> = {}): Bill {
  const nik = keepNik(NIK);
  const chassis = keepChassis(CHASSIS);
  if (nik === undefined || chassis === undefined) throw new Error("the sample is no longer readable");
  return {
    product: "SAMSAT_JABAR",
    invoice: "11111111111" as Invoice,
    paymentCode: "322020060719000",
    nik,
    chassis,
    owner: "JORDAN",
    address: "KP CITAMIANG DUA",
    plate: "F 0001 Z",
    brand: "YAMAHA",
    model: "28D (AL115S/MIO)",
    color: "MERAH MARUN",
    year: "2010",
    pkb: rupiah(143_500),
    swdkllj: rupiah(35_000),
    bbn: rupiah(0),
    pkbPenalty: rupiah(0),
    swdklljPenalty: rupiah(0),
    bbnPenalty: rupiah(0),
    fee: rupiah(5000),
    total: rupiah(183_500),
    other: rupiah(0),
    billedAt: "2026-07-07 13:00:00",
    ...changes,
  };
}

export interface FlowChat {
  /** What the counter answers to this, paragraphs and all, without marks. */
  says(text: string): string;
  taps(label: string): string;
  tapsId(id: string): string;
  sends(media: MediaKind): string;
  /** The operator writes to this person himself; or something arrives that was written long ago. */
  gets(what: "operator" | "late"): string;
  /** The world answers. */
  hears(event: FlowEvent): string;
  /** The biller answers the inquiry that is under way. */
  billed(result: InquiryResult): string;
  /** Time passes; silences are answered and timers run as they come due. */
  waits(ms: number): string;
  readonly place: string;
  readonly context: Context;
  readonly tasks: readonly Task[];
  readonly buttons: readonly string[];
  readonly now: number;
  /** The tasks of the last step. */
  readonly last: readonly Task[];
  world: { policy: Policy; regions: readonly Region[] };
}

/** One step as it was made: `before` and `after` as the pure step gave them, before any store held them. */
export interface Watched {
  readonly before: Conversation | undefined;
  readonly event: FlowEvent;
  readonly around: Surroundings;
  readonly after: Conversation;
  readonly tasks: readonly Task[];
}

/** A conversation without a store or a channel: the pure steps alone, with their sentences. */
export function flowChat(
  options: {
    style?: "buttons" | "numbers";
    policy?: Partial<Policy>;
    language?: Language;
    at?: number;
    forgets?: boolean;
    /** Sees every step. */
    watch?: (step: Watched) => void;
  } = {},
): FlowChat {
  const style = options.style ?? "buttons";
  const key: ConversationKey = conversationKey("test", "1");
  const world = { policy: { ...POLICY, ...options.policy }, regions: REGIONS };
  let at = options.at ?? NOON;
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
  });

  const step = (event: FlowEvent, text = ""): string => {
    steps += 1;
    const world = around(text);
    const next = advance(key, conversation, event, world);
    // What a store drops or cannot hold must not be missed.
    conversation = JSON.parse(JSON.stringify(next.conversation)) as Conversation;
    last = next.tasks.map(({ task }) => task);
    tasks.push(...last);
    options.watch?.({ before: raw, event, around: world, after: next.conversation, tasks: last });
    raw = next.conversation;
    timers = [...timers, ...next.tasks.filter(({ queue }) => queue === "timer")];
    const said = last.flatMap((task) => (task.kind === "say" ? [render(task.say, task.language, style)] : []));
    for (const message of said) if (message.kind === "choices") buttons = message.rows.flat();
    return said.map((message) => ("text" in message ? plain(message.text) : "")).join("\n---\n");
  };

  const tell = (content: Parameters<typeof understand>[0], text = ""): string => {
    const open = openOf(conversation, around());
    return step(understand(content, open, { ...around(), place: open.place }, `m${++messages}`), text);
  };

  const chat: FlowChat = {
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
    billed: (result) => step({ type: "inquired", number: chat.context.inquiry, result, inquiredAt: at }),
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
      return openOf(conversation, around()).place;
    },
    get context() {
      return openOf(conversation, around()).context;
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
  return chat;
}
