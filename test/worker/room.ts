import { onTestFinished } from "vitest";
import type { Policy, Say, Task } from "../../flows/index.ts";
import { part } from "../../flows/index.ts";
import type { Biller, Inquiry } from "../../src/biller/biller.ts";
import type { Channel, Delivery, Fetched } from "../../src/channels/channel.ts";
import type { JobId, NewJob } from "../../src/conversation/conversation.ts";
import { type ConversationKey, conversationKey, type Outbound } from "../../src/conversation/message.ts";
import { makeReceive } from "../../src/conversation/receive.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { silentLog } from "../../src/log.ts";
import { judgePins } from "../../src/staff/judge.ts";
import { openSqliteStores, type SqliteStores } from "../../src/store/sqlite/stores.ts";
import type { Deps } from "../../src/worker/deps.ts";
import { runWorker } from "../../src/worker/worker.ts";
import { type HandClock, handClock } from "../fakes/clock.ts";

export const ANI = conversationKey("telegram", "1");
export const BUDI = conversationKey("telegram", "2");

const LEAP = 10 * 60_000;

/** What the channel was given, and when. */
export interface Sent {
  readonly to: ConversationKey;
  readonly message: Outbound;
  readonly at: number;
  readonly delivery: Delivery;
}

/** A worker in a room of its own: real stores in memory, a clock moved by hand, a channel and a biller that are told what to answer. */
export interface WorkRoom {
  readonly clock: HandClock;
  readonly stores: SqliteStores;
  readonly deps: Deps;
  /** Sendings to a chat, oldest first, whatever became of them. */
  sent(to: ConversationKey): readonly Sent[];
  /** The next sendings to a chat end so; then all are delivered again. */
  deliver(to: ConversationKey, ...deliveries: readonly Delivery[]): void;
  /** All sendings to a chat are delivered again. */
  back(to: ConversationKey): void;
  /** What the biller says to the next inquiry; without it it never answers. */
  answer(inquiry: Inquiry): void;
  /** A photo that its channel has again as told, in order; then it is gone. */
  shows(key: ConversationKey, ...fetched: readonly Fetched[]): Promise<void>;
  readonly typed: ConversationKey[];
  /** What HAPUS DATA made the channel forget. */
  readonly erased: ConversationKey[];
  say(key: ConversationKey, text: string): Promise<void>;
  /** A button of the id `data`; `id` is the platform's id of the tap. */
  tap(key: ConversationKey, data: string, id: string): Promise<void>;
  enqueue(...jobs: readonly NewJob[]): Promise<void>;
  /** Lets everything run that waits for no time. */
  settle(): Promise<void>;
  /** Much time, in leaps (of ten minutes): `clock.advance` would stop at each look of the idle worker. */
  pass(ms: number, leap?: number): Promise<void>;
  openTasks(): Promise<readonly string[]>;
  /** As at SIGTERM. */
  stop(): Promise<void>;
}

/** What a room is made of, for what is made on top of it. */
export type Ground = Pick<Deps, "conversations" | "ledger" | "records" | "clock" | "lookAround">;

/** Must be called in a test; the worker runs until the test ends. `other`: what is not as usual. */
export function workRoom(other: Partial<Deps> | ((ground: Ground) => Partial<Deps>) = {}): WorkRoom {
  const clock = handClock();
  const stores = openSqliteStores({ databaseUrl: "sqlite::memory:", secret: "x".repeat(32), as: "program" });
  const sent: Sent[] = [];
  const orders = new Map<ConversationKey, Delivery[]>();
  const [typed, erased]: [ConversationKey[], ConversationKey[]] = [[], []];
  const answers: Inquiry[] = [];
  const pictures: Fetched[] = [];
  const channel = channelOver({ clock, sent, orders, typed, erased, pictures });
  const { conversations, ledger, records } = stores;
  const usual: Deps = {
    conversations,
    ledger,
    records,
    clock,
    log: silentLog,
    biller: billerOver(clock, answers),
    channels: new Map([[channel.name, channel]]),
    policyOf: () => POLICY,
    draw: { pdf: () => new TextEncoder().encode("%PDF-"), image: () => new Uint8Array([0x89]) },
    lookAround: async (_, sender) => ({
      at: clock.now(),
      style: channel.style,
      forgets: channel.forgets,
      language: sender?.language ?? "id",
      text: "",
      nonce: "nonce-of-12x",
      chance: 0.5,
      regions: REGIONS,
      policy: POLICY,
      who: { kind: "customer" } as const,
    }),
  };
  const deps: Deps = { ...usual, ...(typeof other === "function" ? other(usual) : other) };
  const stop = new AbortController();
  const work = runWorker(deps, stop.signal);
  const end = async () => {
    stop.abort();
    await settle();
    await work;
  };
  onTestFinished(async () => {
    await end();
    stores.close();
  });
  const receive = makeReceive({ ...deps, judgePin: judgePins(deps.records.staff, clock) });
  const settle = async () => {
    for (let turn = 0; turn < 10; turn++) await clock.settle();
  };
  let messages = 0;
  return {
    clock,
    stores,
    deps,
    typed,
    erased,
    sent: (to) => sent.filter((one) => one.to === to),
    deliver: (to, ...deliveries) => void orders.set(to, [...(orders.get(to) ?? []), ...deliveries]),
    back: (to) => void orders.delete(to),
    answer: (inquiry) => void answers.push(inquiry),
    async say(key, text) {
      const id = `m${++messages}`;
      const taken = receive({ id, key, sender: {}, content: { kind: "text", text }, messageRef: id });
      await clock.advance(1_000);
      await taken;
      await settle();
    },
    async shows(key, ...fetched) {
      pictures.push(...fetched);
      const content = { kind: "media", media: "photo", picture: "F1" } as const;
      await receive({ id: `m${++messages}`, key, sender: {}, content });
      await settle();
    },
    async tap(key, data, id) {
      await receive({ id, key, sender: {}, content: { kind: "tap", data, on: "1" } });
      await settle();
    },
    async enqueue(...jobs) {
      await conversations.commit({ at: clock.now(), enqueue: jobs });
      await settle();
    },
    settle,
    async pass(ms, leap = LEAP) {
      const end = clock.now() + ms;
      while (clock.now() < end) {
        await clock.freeze(Math.min(leap, end - clock.now()));
        await settle();
      }
    },
    stop: end,
    openTasks: async () => (await records.tasks.list("open", 99)).map(({ kind }) => kind),
  };
}

const REGIONS = [
  { product: "SAMSAT_JABAR", code: "SAMSAT_JABAR", debet: "tagihan+5000", cashback: rupiah(2_000), open: true },
];

const POLICY: Policy = {
  loket: "Loket Samsat",
  sandbox: false,
  mayPay: true,
  contact: "",
  hours: { text: "08.00–20.00 WIB", from: 480, to: 1200 },
  relayText: "",
  adminFee: rupiah(5_000),
  payMax: rupiah(10_000_000),
  limits: undefined,
};

interface Scripted {
  readonly clock: HandClock;
  readonly sent: Sent[];
  readonly orders: Map<ConversationKey, Delivery[]>;
  readonly typed: ConversationKey[];
  readonly erased: ConversationKey[];
  readonly pictures: Fetched[];
}

function channelOver({ clock, sent, orders, typed, erased, pictures }: Scripted): Channel {
  return {
    name: "telegram",
    style: "buttons",
    forgets: true,
    listen: async () => {},
    async send(to, message) {
      const delivery = orders.get(to)?.shift() ?? { kind: "delivered", ref: String(sent.length + 1) };
      sent.push({ to, message, at: clock.now(), delivery });
      return delivery;
    },
    typing: async (to) => void typed.push(to),
    picture: async () => pictures.shift() ?? { kind: "gone", reason: "no more" },
    erase: async (chat) => void erased.push(chat),
    state: () => ({ ready: true, detail: "reached" }),
  };
}

/** Its clock-bound answers come after ten seconds, so that the typing sign can be seen. */
function billerOver(clock: HandClock, answers: Inquiry[]): Biller {
  const never = new Promise<never>(() => {});
  return {
    regions: async () => ({ kind: "regions", regions: REGIONS, at: clock.now() }),
    async inquire() {
      const answer = answers.shift();
      if (answer === undefined) return never;
      await clock.sleep(clock.now() + 10_000, new AbortController().signal);
      return answer;
    },
    pay: () => never,
    status: () => never,
  };
}

/** Says `Wilayah "text" belum kami kenali …`; `heard` gives the text. */
export function aSay(text: string, over: Partial<Extract<Task, { kind: "say" }>> = {}): Task {
  const parts = [part("region_unknown", { typed: text })];
  const say: Say = { parts, tail: [], choices: [], columns: 1, stays: false };
  return { kind: "say", say, language: "id", ...over };
}

export function aJob(id: string, key: ConversationKey, task: Task): NewJob {
  const inOrder = ["say", "document", "close"].includes(task.kind);
  return { id: id as JobId, key, queue: "say", lane: inOrder ? key : undefined, dueAt: 0, task };
}

/** The words of what was delivered, in order. */
export function heard(room: WorkRoom, key: ConversationKey): readonly string[] {
  return room
    .sent(key)
    .filter(({ delivery }) => delivery.kind === "delivered")
    .map(({ message }) => textOf(message));
}

/** The same without what only tidies. */
export function words(room: WorkRoom, key: ConversationKey): readonly string[] {
  return heard(room, key).filter((text) => !/^(forget|close) /.test(text));
}

function textOf(message: Outbound): string {
  switch (message.kind) {
    case "text":
    case "choices":
      return /^Wilayah "(.+)" belum kami kenali/.exec(message.text)?.[1] ?? message.text;
    case "document":
    case "image":
      return message.caption;
    case "forget":
    case "close":
      return `${message.kind} ${message.ref}`;
  }
}
