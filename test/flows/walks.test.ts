import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Context, Part, Place, Policy, Task } from "../../flows/index.ts";
import { advance } from "../../src/conversation/advance.ts";
import type { Conversation } from "../../src/conversation/conversation.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { type FlowChat, flowChat, MINUTE, NIK, NOON, type Watched } from "../fakes/flow-chat.ts";
import { ARROWS, nameOf, STATES, taken } from "./chart.ts";
import { PLACES, walkTo } from "./chats.ts";
import { TASKS, walker } from "./walk.ts";

const WALKS = 1000;
const LENGTH = 35;
/** The laws that try out what would come next are held against every third step: they are steps themselves. */
const EVERY = 3;

const taking = new Set<string>();
const reached = new Set<string>();
const left = new Set<string>();

/** What is held against every step of every walk. */
type Law = (step: Watched, seen: Seen) => void;

/** What a walk has seen so far, from outside: what was shown, and what was sent to the ledger. */
interface Seen {
  readonly shown: Map<string, Set<number>>;
  readonly paid: Map<string, number>;
}

const contextOf = (conversation: Conversation) => conversation.context as Context;
/** What no person does. */
const WORLD: ReadonlySet<string> = new Set([
  ...["inquired", "opened", "notice", "looked", "erased", "timer", "quiet", "operator"],
]);

const partsOf = (tasks: readonly Task[]): readonly Part[] =>
  tasks.flatMap((task) => (task.kind === "say" ? [...task.say.parts, ...task.say.tail] : []));

const LAWS: Readonly<Record<string, Law>> = {
  "asks the world for nothing but what it may": ({ tasks }) => {
    for (const { kind } of tasks) expect(TASKS.has(kind), kind).toBe(true);
  },

  "pays only what a confirmation names, fresh and as it was shown, and each bill once": (
    { before, event, around, tasks },
    seen,
  ) => {
    const pays = tasks.flatMap((task) => (task.kind === "pay" ? [task] : []));
    if (pays.length === 0) return;
    expect(pays).toHaveLength(1);
    const [pay] = pays;
    const { quote, parked } = contextOf(must(before));
    const named =
      event.type === "confirm"
        ? event.nonce === quote?.nonce
        : event.type === "confirm-code" && event.code === quote?.code;
    expect(named, `paid by ${event.type}`).toBe(true);
    expect(parked).toBe(false);
    expect(around.policy.mayPay).toBe(true);
    expect(around.at).toBeLessThan(pay?.expiresAt ?? 0);
    expect(pay?.bill.total).toBeLessThanOrEqual(around.policy.payMax);
    expect([...(seen.shown.get(pay?.nonce ?? "") ?? [])]).toEqual([pay?.bill.total]);
    const times = (seen.paid.get(pay?.nonce ?? "") ?? 0) + 1;
    seen.paid.set(pay?.nonce ?? "", times);
    expect(times).toBe(1);
  },

  "leaves no word of a person without an effect": ({ event, after, tasks }) => {
    if (WORLD.has(event.type) || (event.type === "late" && tasks.length === 0)) return;
    expect(tasks.length, `${event.type} at ${String(after.value)}`).toBeGreaterThan(0);
  },

  "says something in everything that it says": ({ tasks }) => {
    for (const task of tasks) if (task.kind === "say") expect(task.say.parts.length).toBeGreaterThan(0);
  },

  "does not move the place of nonsense": ({ before, event, after }) => {
    if (event.type !== "nonsense" || before === undefined || before.value === "idle") return;
    expect(after.value).toBe(before.value);
  },

  "never says that nothing is paid while something is": ({ before, tasks }) => {
    if (before === undefined) return;
    const live = contextOf(before).bills.some(({ state }) => state === "live" || state === "asked");
    for (const part of partsOf(tasks)) {
      if (part.key === "cancelled_nothing") expect(live).toBe(false);
      if (part.key === "cancelled" && part.values.paying === "no") expect(live).toBe(false);
    }
  },

  "asks the biller no more often than the chat may": ({ after, around }) => {
    const { limits } = around.policy;
    const { inquiries } = contextOf(after);
    if (limits === undefined) return expect(inquiries).toEqual([]);
    expect(inquiries.filter((at) => at > around.at - 60 * MINUTE).length).toBeLessThanOrEqual(limits.perHour);
    expect(inquiries.filter((at) => at > around.at - 24 * 60 * MINUTE).length).toBeLessThanOrEqual(limits.perDay);
  },

  "asks for an inquiry under the number that its answer must bear": ({ after, tasks }) => {
    for (const task of tasks) if (task.kind === "inquire") expect(task.number).toBe(contextOf(after).inquiry);
  },

  "tells a payer of every notice, in the words that the ledger waits for": ({ event, tasks }) => {
    if (event.type !== "notice") return;
    expect(tasks.filter((task) => task.kind === "say" && task.notice === event.id)).toHaveLength(1);
  },

  "keeps nothing that was typed for longer than a day of silence": ({ event, after, around }) => {
    const context = contextOf(after);
    if (event.type !== "quiet" || around.at - context.lastUserAt < 24 * 60 * MINUTE) return;
    const { last: _, ...rest } = context;
    expect(JSON.stringify(rest)).not.toMatch(/3204123108|MH1JFZ/);
  },
};

const DEAR_LAWS: Readonly<Record<string, Law>> = {
  "is plain JSON, and a store that drops what is undefined changes nothing": (step) => {
    const { before, event, around, after, tasks } = step;
    const kept = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;
    expect(kept(kept(after))).toEqual(kept(after));
    expect(kept(after)).toEqual(JSON.parse(JSON.stringify(after)));
    const again = advance(after.key, before && (kept(before) as Conversation), event, around);
    expect(kept(again.conversation)).toEqual(kept(after));
    expect(kept(again.tasks.map(({ task }) => task))).toEqual(kept(tasks));
  },

  "answers nonsense, BATAL and silence in every state": ({ after, around }) => {
    const next = (event: Parameters<typeof advance>[2], at = around.at) =>
      advance(after.key, after, event, { ...around, at, text: "" });
    const nonsense = next({ type: "nonsense", text: "" });
    expect(
      nonsense.tasks.some(({ task }) => task.kind === "say"),
      `nonsense at ${String(after.value)}`,
    ).toBe(true);
    const batal = next({ type: "word", word: "cancel" });
    expect(
      batal.tasks.some(({ task }) => task.kind === "say"),
      `batal at ${String(after.value)}`,
    ).toBe(true);
    if (after.quietAt === undefined) return;
    const quiet = next({ type: "quiet" }, Math.max(after.quietAt, around.at)).conversation;
    expect(quiet.quietAt ?? Number.POSITIVE_INFINITY, "the same silence again").toBeGreaterThan(after.quietAt);
  },
};

describe("a thousand walks through the chart", () => {
  it("keep every law at every step", { timeout: 240_000 }, () => {
    const number = fc.noBias(fc.integer({ min: 0, max: 999_999 })).map((millionths) => millionths / 1_000_000);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 13 }),
        fc.constantFrom(...PLACES),
        fc.array(fc.tuple(number, number), { minLength: LENGTH, maxLength: LENGTH }),
        walk,
      ),
      { numRuns: WALKS, seed: 20_260_707, endOnFailure: true },
    );
  });

  it("also in a chat that is kept awake until its old bill is forgotten", () => {
    const seen: Seen = { shown: new Map(), paid: new Map() };
    const chat = flowChat({ watch: (step) => watch(step, seen) });
    walkTo(chat, "bill");
    const { code = "" } = chat.context.quote ?? {};
    for (const word of ["batal", "halo", "batal"]) {
      chat.waits(13 * 60 * MINUTE);
      chat.says(word);
    }
    expect(chat.says(`BAYAR ${code}`)).toContain("Tagihan itu sudah lama, jadi tidak kami bayar.");
  });

  it("reach and leave every state", () => {
    expect(PLACES.filter((place) => !reached.has(place))).toEqual([]);
    expect(PLACES.filter((place) => !left.has(place))).toEqual([]);
    expect(STATES.map(({ name }) => name).sort()).toEqual([...PLACES, "route"].sort());
  });

  it("take every arrow of the chart", () => {
    const names = ARROWS.map(nameOf);
    expect(
      names.filter((name, index) => names.indexOf(name) !== index),
      "arrows of one name",
    ).toEqual([]);
    expect(names.filter((name) => !taking.has(name))).toEqual([]);
  });

  it("and every arrow says what it is", () => {
    expect(ARROWS.filter(({ description }) => description === "").map(nameOf)).toEqual([]);
    expect(STATES.filter(({ description }) => description === "")).toEqual([]);
  });
});

const CHEAP_LAWS = Object.entries(LAWS);
const ALL_LAWS = Object.entries({ ...LAWS, ...DEAR_LAWS });
let steps = 0;

/** Before midnight bills run out soon; few inquiries are soon too many. */
const EVENING = Date.UTC(2026, 6, 7, 16, 40);
const WORLDS: readonly { readonly policy?: Partial<Policy>; readonly at?: number }[] = [
  {},
  {},
  { at: EVENING },
  { policy: { limits: { perHour: 2, perDay: 4 } } },
  { policy: { limits: undefined } },
  { policy: { mayPay: false } },
  { policy: { payMax: rupiah(190_000) }, at: EVENING },
];

function walk(kind: number, start: Place, acts: readonly (readonly [number, number])[]): void {
  const seen: Seen = { shown: new Map(), paid: new Map() };
  const { policy = {}, at = NOON } = WORLDS[kind % WORLDS.length] ?? {};
  const said: string[] = [];
  const chat: FlowChat = flowChat({
    style: kind % 2 === 0 ? "buttons" : "numbers",
    policy,
    at,
    watch: (step) => watch(step, seen),
  });
  // Some begin as new people, who may not pay here by themselves, the others in the middle.
  if (kind > 1 && policy.mayPay !== false) walkTo(chat, start);
  const { act } = walker(chat);
  for (const [which, how] of acts) {
    act(which, how);
    said.push(...chat.last.flatMap((task) => (task.kind === "human" ? [] : [JSON.stringify(task)])));
  }
  const leaked = said.filter((text) => text.includes('"say"') && text.includes(NIK));
  expect(leaked, "a NIK in a sentence").toEqual([]);
}

function watch(step: Watched, seen: Seen): void {
  look(step);
  showBills(step, seen);
  steps += 1;
  for (const [name, law] of steps % EVERY === 0 ? ALL_LAWS : CHEAP_LAWS) {
    try {
      law(step, seen);
    } catch (error) {
      throw new Error(`the law "${name}" is broken by ${JSON.stringify(step.event)}`, { cause: error });
    }
  }
}

function look(step: Watched): void {
  for (const arrow of taken(step)) taking.add(nameOf(arrow));
  reached.add(String(step.after.value));
  if (step.before !== undefined && step.before.value !== step.after.value) left.add(String(step.before.value));
}

/** Which sums were shown under which button: the bill itself, or the sentence that repeats it. */
function showBills({ tasks }: Watched, { shown }: Seen): void {
  for (const task of tasks) {
    if (task.kind !== "say") continue;
    const button = task.say.choices.find(({ id }) => id.startsWith("pay:"))?.id.slice(4);
    if (button === undefined) continue;
    for (const part of task.say.parts) {
      const total =
        part.key === "bill" || part.key === "bill_expired"
          ? part.values.total
          : part.key === "bill_changed"
            ? part.values.to
            : undefined;
      if (total !== undefined) shown.set(button, (shown.get(button) ?? new Set()).add(total));
    }
  }
}

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("a step before was expected");
  return value;
}
