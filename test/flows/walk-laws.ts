import { expect } from "vitest";
import type { Context, Part, Task } from "../../flows/index.ts";
import { advance } from "../../src/conversation/advance.ts";
import type { Conversation } from "../../src/conversation/conversation.ts";
import { MINUTE, type Watched } from "../fakes/flow-chat.ts";
import { TASKS } from "./walk.ts";

/** What is held against every step of every walk. */
export type Law = (step: Watched, seen: Seen) => void;

/** What a walk has seen so far, from outside: what was shown, and what was sent to the ledger. */
export interface Seen {
  readonly shown: Map<string, Set<number>>;
  readonly paid: Map<string, number>;
}

export function newSeen(): Seen {
  return { shown: new Map(), paid: new Map() };
}

const contextOf = (conversation: Conversation) => conversation.context as Context;
/** What no person does. */
const WORLD: ReadonlySet<string> = new Set([
  ...["inquired", "opened", "not-cancelled", "notice", "looked", "erased", "enrolled", "timer", "quiet", "operator"],
  ...["requested", "customer-acted", "agent-acted", "handed-back"],
]);

const partsOf = (tasks: readonly Task[]): readonly Part[] =>
  tasks.flatMap((task) => (task.kind === "say" ? [...task.say.parts, ...task.say.tail] : []));

export const LAWS: Readonly<Record<string, Law>> = {
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

/** They try out what would come next: steps themselves, so that they cost as much as the walk. */
export const DEAR_LAWS: Readonly<Record<string, Law>> = {
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
    // What was confirmed is asked of the ledger, whose answer is said.
    expect(
      batal.tasks.some(({ task }) => ["say", "cancel", "customer-act"].includes(task.kind)),
      `batal at ${String(after.value)}`,
    ).toBe(true);
    if (after.quietAt === undefined) return;
    const quiet = next({ type: "quiet" }, Math.max(after.quietAt, around.at)).conversation;
    expect(quiet.quietAt ?? Number.POSITIVE_INFINITY, "the same silence again").toBeGreaterThan(after.quietAt);
  },
};

/** Which sums were shown under which button: the bill itself, or the sentence that repeats it. */
export function showBills({ tasks }: Watched, { shown }: Seen): void {
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
