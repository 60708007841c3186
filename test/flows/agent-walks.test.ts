import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AgentContext, type Policy, speak } from "../../flows/index.ts";
import { advance } from "../../src/conversation/advance.ts";
import type { Conversation } from "../../src/conversation/conversation.ts";
import { render } from "../../src/conversation/render.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { agentChat, billNumber, factsOf, PIN, REF } from "../fakes/agent-chat.ts";
import { NIK, NOON, type Watched } from "../fakes/flow-chat.ts";
import { AGENT_TASKS, walk } from "./agent-walk.ts";
import { chartOf, nameOf } from "./chart.ts";
import { HAND_WAYS } from "./hand-ways.ts";

const WALKS = 400;
const LENGTH = 45;
const EVERY = 4;

const chart = chartOf("agent");
const taking = new Set<string>();
let steps = 0;

describe("hundreds of walks through an agent's chart", () => {
  it("keep every law at every step", { timeout: 240_000 }, () => {
    const number = fc.noBias(fc.integer({ min: 0, max: 999_999 })).map((millionths) => millionths / 1_000_000);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: WORLDS.length * 2 - 1 }),
        fc.array(fc.tuple(number, number), { minLength: LENGTH, maxLength: LENGTH }),
        (kind, acts) => {
          const seen = newSeen();
          const { at = NOON, policy = {}, ...rest } = WORLDS[kind % WORLDS.length] ?? {};
          const chat = agentChat({
            ...rest,
            at,
            policy,
            style: kind < WORLDS.length ? "buttons" : "numbers",
            watch: (step) => watch(step, seen),
          });
          for (const [which, how] of acts) walk(chat, which, how);
        },
      ),
      { numRuns: WALKS, seed: 20_261_124, endOnFailure: true },
    );
  });

  it("and so do the ways that chance seldom finds", () => {
    for (const way of WAYS) {
      const seen = newSeen();
      way((options = {}) => agentChat({ ...options, watch: (step) => watch(step, seen) }));
    }
  });

  it("take every arrow of the chart", () => {
    expect(chart.arrows.map(nameOf).filter((name) => !taking.has(name))).toEqual([]);
  });
});

type Chat = ReturnType<typeof agentChat>;
type Way = (open: (options?: Parameters<typeof agentChat>[0]) => Chat) => void;

const chassis = (number: number) => `MH1JFZ110HK${200_000 + number}`;

/** A bill on the desk. */
function atBill(chat: Chat, number = 1, total?: number): Chat {
  chat.says(`Jawa Barat ${NIK} ${chassis(number)}`);
  chat.billed({ kind: "bill", bill: billNumber(number, total) });
  return chat;
}

function tap(chat: Chat, number = 1): void {
  const entry = chat.context.entries.find(({ answers }) => answers.chassis === chassis(number));
  chat.tapsId(`pay:${entry?.quote?.nonce}`);
}

/** A confirmation that waits for its PIN, and what the world is by the time that it comes. */
const BEFORE_PIN: readonly ((chat: Chat) => void)[] = [
  () => {},
  (chat) => chat.becomes({ suspended: true }),
  (chat) => chat.becomes({ balance: rupiah(0) }),
  (chat) => Object.assign(chat.world.policy, { payMax: rupiah(1) }),
  (chat) => Object.assign(chat.world.policy, { sellable: rupiah(0) }),
  (chat) => chat.becomes({ pin: "locked" }),
  // The operator takes it away, or it is set in another chat.
  (chat) => chat.becomes({ pin: "none" }),
  (chat) => chat.becomes({ pin: "set" }),
  (chat) => chat.says(`buang ${chat.code}`),
  (chat) => chat.says(`1. ${NIK} ${chassis(1)}\n2. ${NIK} ${chassis(2)}`),
];

/** In a minute the bill runs out; in two the confirmation is still meant. */
function runsOut(chat: Chat): void {
  chat.waits(59 * MINUTE);
  chat.says(chat.code);
}

const WAYS: readonly Way[] = [
  ...HAND_WAYS,
  (open) => open().says(`1. ${NIK}\n2. 3204123108900002`),
  (open) => {
    const chat = atBill(open());
    chat.says(chat.code);
    for (let tries = 0; tries < 5; tries += 1) chat.says("111222");
  },
  (open) => {
    const chat = open({ policy: { limits: { perHour: 1, perDay: 1 } } });
    for (let number = 1; number <= 120; number += 1) {
      chat.says(`Jawa Barat ${NIK} ${chassis(number)}`);
      chat.billed({ kind: "already-paid", reason: "" });
    }
    chat.says(`1. ${NIK} ${chassis(1)}\n2. ${NIK} ${chassis(2)}`);
  },
  (open) => open().hears({ type: "region-many", products: ["SAMSAT_JABAR", "SAMSAT_JAKARTA"], plate: "B 1 A" }),
  (open) => open().hears({ type: "agents-only" }),
  (open) => {
    const chat = open();
    chat.says(`Jawa Barat ${chassis(1)} 320412310890001`);
    chat.says(`${chassis(1)} 320412310890001`);
    chat.says("tetap");
    chat.says("320412310890001");
    chat.says("tetap");
  },
  (open) => {
    const chat = open();
    for (let number = 1; number <= 10; number += 1) chat.says(`Jawa Barat ${NIK} ${chassis(number)}`);
    chat.says(`${NIK} ${chassis(11)}`);
    chat.billed({ kind: "already-paid", reason: "" });
    chat.says("lanjut");
  },
  (open) => {
    const chat = open();
    for (let tries = 0; tries < 5; tries += 1) {
      chat.hears({ type: "looked", result: { what: "authentic", code: "7K2MQ-94QD" as never, found: undefined } });
    }
    chat.says("ASLI 7K2MQ-94QD");
  },
  (open) => {
    const chat = atBill(open());
    chat.says(chat.code);
    chat.says(PIN);
    tap(chat);
    chat.opens({ kind: "opened", ref: REF, state: "live" });
    chat.tells({ kind: "not-paid", how: "refunded", payment: factsOf({ plate: "F 1001 AB" }) });
    chat.tapsId(`retry:${REF}`);
    atBill(chat, 2);
    tap(chat, 2);
  },
  (open) => tap(atBill(open({ policy: { payMax: rupiah(1) } }))),
  (open) => {
    const chat = atBill(open({ policy: { sellable: rupiah(0) } }));
    tap(chat);
    chat.says(chat.code);
  },
  (open) => {
    const chat = open();
    chat.says("petugas");
    chat.hears({ type: "handed-back" });
  },
  (open) => tap(atBill(open({ agent: { balance: rupiah(1) } }))),
  (open) => tap(atBill(open({ agent: { pin: "none" } }))),
  (open) => {
    const chat = atBill(open({ agent: { pin: "none" } }));
    chat.says(chat.code);
    chat.becomes({ pin: "set" });
    chat.says("111222");
    chat.says(PIN);
  },
  (open) => {
    const chat = atBill(open({ agent: { pin: "none" } }));
    chat.says(chat.code);
    chat.becomes({ pin: "set" });
    chat.says(PIN.replace("2", "3"));
    chat.says("batal");
  },
  (open) => {
    const chat = atBill(open({ agent: { pin: "none" } }));
    chat.says(chat.code);
    chat.says("835201");
    chat.says("batal");
  },
  (open) => {
    const chat = atBill(open({ agent: { pin: "none" } }));
    chat.says(chat.code);
    chat.says("835201");
    for (let tries = 0; tries < 5; tries += 1) chat.says("111222");
  },
  (open) => {
    const chat = atBill(open({ policy: { payMax: rupiah(1) } }));
    chat.says(chat.code);
  },
  (open) => {
    const chat = open({ agent: { pin: "none" } });
    chat.hears({ type: "enrolled", result: "done" });
    chat.says("111111");
    chat.says("apa ini");
    chat.says("batal");
    atBill(chat);
    chat.says(chat.code);
    chat.says("835201");
    chat.says("apa ini");
    chat.says("835202");
    chat.says("835201");
    chat.says("batal");
    chat.says("835201");
    chat.waits(6 * MINUTE);
    chat.says("835201");
  },
  ...BEFORE_PIN.flatMap((change): readonly Way[] => [
    (open) => {
      const chat = atBill(open());
      chat.says(chat.code);
      change(chat);
      chat.says(PIN);
    },
    (open) => {
      const chat = atBill(open({ agent: { pin: "none" } }));
      chat.says(chat.code);
      chat.says("835201");
      change(chat);
      chat.says("835201");
    },
  ]),
  ...[undefined, "none" as const].map(
    (pin): Way =>
      (open) => {
        const chat = atBill(open(pin === undefined ? {} : { agent: { pin } }));
        runsOut(chat);
        if (pin === "none") chat.says("835201");
        chat.waits(2 * MINUTE);
        chat.says(pin === "none" ? "835201" : PIN);
      },
  ),
  ...[undefined, "none" as const].map(
    (pin): Way =>
      (open) => {
        const chat = open(pin === undefined ? {} : { agent: { pin } });
        chat.says("Jawa Barat");
        chat.says(`1. ${NIK} ${chassis(1)}\n2. ${NIK} ${chassis(2)}`);
        chat.billed({ kind: "bill", bill: billNumber(1) });
        chat.waits(21_000);
        chat.says(chat.code);
        chat.billed({ kind: "bill", bill: billNumber(2) });
        if (pin === "none") chat.says("835201");
        chat.says(pin === "none" ? "835201" : PIN);
      },
  ),
];

const EVENING = Date.UTC(2026, 6, 7, 16, 40);
const WORLDS: readonly { readonly policy?: Partial<Policy>; readonly at?: number; readonly forgets?: boolean }[] = [
  {},
  {},
  { forgets: false },
  { at: EVENING },
  { policy: { payMax: rupiah(190_000) } },
  { policy: { limits: { perHour: 5, perDay: 20 } } },
];

interface Seen {
  /** Which sum stood under which code or button when it was shown last. */
  readonly shown: Map<string, number>;
  readonly paid: Set<string>;
  /** A PIN that was right, since the conversation or KUNCI. */
  pinAt: number | undefined;
}

function newSeen(): Seen {
  return { shown: new Map(), paid: new Set(), pinAt: undefined };
}

function watch(step: Watched, seen: Seen): void {
  for (const arrow of chart.taken(step)) taking.add(nameOf(arrow));
  steps += 1;
  for (const [name, law] of Object.entries(steps % EVERY === 0 ? { ...LAWS, ...DEAR_LAWS } : LAWS)) {
    try {
      law(step, seen);
    } catch (error) {
      throw new Error(`the law "${name}" is broken by ${JSON.stringify(step.event)}`, { cause: error });
    }
  }
}

type Law = (step: Watched, seen: Seen) => void;

const contextOf = (conversation: Conversation | undefined) => conversation?.context as AgentContext | undefined;
const MINUTE = 60_000;

/** What no person does. */
const WORLD: ReadonlySet<string> = new Set([
  ...[
    "inquired",
    "opened",
    "notice",
    "looked",
    "erased",
    "timer",
    "quiet",
    "operator",
    "enrolled",
    "accounted",
    "wished",
    "agent-acted",
    "customer-acted",
    "requested",
  ],
  ...["not-cancelled"],
]);

const LAWS: Readonly<Record<string, Law>> = {
  "asks the world for nothing but what it may": ({ tasks }) => {
    for (const { kind } of tasks) expect(AGENT_TASKS.has(kind), kind).toBe(true);
  },

  "pays only what a confirmation names, as it was shown, fresh, secured, with a PIN, and each bill once": (
    step,
    seen,
  ) => {
    const { before, event, around, tasks } = step;
    if (event.type === "pin" && event.outcome === "right") seen.pinAt = around.at;
    if (event.type === "agent-word" && event.word === "lock") seen.pinAt = undefined;
    // What the ledger did not take may be confirmed again.
    const kept = ["short", "capped", "suspended", "sales-paused"];
    if (event.type === "opened" && kept.includes(event.result.kind)) seen.paid.delete(event.nonce);
    const pays = tasks.flatMap((task) => (task.kind === "pay" ? [task] : []));
    if (pays.length > 0) {
      const context = contextOf(before);
      const agent = around.who.kind === "agent" ? around.who.agent : undefined;
      const total = pays.reduce((sum, { bill }) => sum + bill.total, 0);
      const byPin = event.type === "pin" && event.outcome === "right";
      const named =
        event.type === "confirm-code"
          ? event.code
          : event.type === "confirm"
            ? event.nonce
            : byPin
              ? (context?.act?.nonce ?? "no act")
              : `a ${event.type}`;
      expect(seen.shown.get(named), `named by ${named}`).toBe(total);
      expect(agent?.suspended).toBe(false);
      expect(agent?.pin).toBe("set");
      expect(total).toBeLessThanOrEqual((agent?.balance ?? 0) + (agent?.credit ?? 0));
      expect(around.at - (seen.pinAt ?? 0)).toBeLessThan(240 * MINUTE);
      expect(byPin || total < (agent?.pinAlways ?? 0)).toBe(true);
      for (const { nonce, bill, expiresAt } of pays) {
        expect(seen.paid.has(nonce), "paid twice").toBe(false);
        seen.paid.add(nonce);
        expect(around.at).toBeLessThan(expiresAt);
        expect(bill.total).toBeLessThanOrEqual(around.policy.payMax);
      }
    }
    remember(step, seen);
  },

  "leaves no word of a person without an effect": ({ event, after, tasks }) => {
    if (WORLD.has(event.type) || (event.type === "late" && tasks.length === 0)) return;
    expect(tasks.length, `${event.type} at ${String(after.value)}`).toBeGreaterThan(0);
  },

  "says something in everything that it says, in at most 4096 characters, with labels that fit": ({
    tasks,
    around,
  }) => {
    for (const task of tasks) {
      if (task.kind !== "say") continue;
      const message = render(task.say, task.language, around.style);
      const text = "text" in message ? message.text : "";
      expect(text.length).toBeGreaterThan(0);
      expect(text.length).toBeLessThanOrEqual(4096);
      for (const { label } of task.say.choices) {
        expect(speak(label, task.language, { style: around.style }).length).toBeLessThanOrEqual(20);
      }
    }
  },

  "tells of every notice, in the words that the ledger waits for": ({ event, tasks }) => {
    if (event.type !== "notice") return;
    expect(tasks.filter((task) => task.kind === "say" && task.notice === event.id)).toHaveLength(1);
  },

  "loses no bill that is open or under way but by its agent, its answer, or a day": ({ before, event, after }) => {
    const kept = new Set(contextOf(after)?.entries.map(({ quote, number }) => quote?.nonce ?? String(number)));
    const may = new Set(["drop", "entries", "quiet", "fill"]);
    for (const { quote, state } of contextOf(before)?.entries ?? []) {
      if (quote === undefined || kept.has(quote.nonce)) continue;
      const isAskedAgain = ["confirm", "confirm-code", "opened", "pin", "retry", "doubt", "word"].includes(event.type);
      expect(may.has(event.type) || isAskedAgain, `a bill that was ${state} is gone by ${event.type}`).toBe(true);
    }
  },

  "has ten bills open at most, with codes that are all their own": ({ after, around }) => {
    const { entries = [], batches = [] } = contextOf(after) ?? {};
    const open = entries.filter(({ state, quote }) => {
      return state === "asking" || state === "waiting" || (state === "open" && (quote?.expiresAt ?? 0) > around.at);
    });
    expect(open.length).toBeLessThanOrEqual(12);
    const codes = [
      ...open.map(({ quote }) => quote?.code ?? ""),
      ...batches.map(({ code, state }) => (state === "shown" ? code : "")),
    ];
    const shown = codes.filter((code) => code !== "");
    expect(new Set(shown).size).toBe(shown.length);
  },

  "asks for an inquiry under the number that its answer must bear": ({ after, tasks }) => {
    const numbers = contextOf(after)
      ?.entries.filter(({ state }) => state === "asking")
      .map(({ number }) => number);
    for (const task of tasks) if (task.kind === "inquire") expect(numbers).toContain(task.number);
  },

  "says no NIK, and keeps no PIN": ({ after, tasks }) => {
    const said = tasks.filter(({ kind }) => kind === "say" || kind === "human");
    expect(JSON.stringify(said)).not.toMatch(new RegExp(`${NIK}|${PIN}`));
    expect(JSON.stringify(after.context)).not.toContain(PIN);
  },

  "keeps nothing that was typed for longer than a day of silence": ({ event, after, around }) => {
    const context = contextOf(after);
    if (event.type !== "quiet" || around.at - (context?.lastUserAt ?? 0) < 48 * 60 * MINUTE) return;
    const old = context?.entries.filter(({ at }) => around.at - at > 24 * 60 * MINUTE);
    expect(JSON.stringify([old, context?.draft, context?.pending])).not.toMatch(/3204123108|MH1JFZ/);
  },
};

/** They try out what would come next: steps themselves, so that they cost as much as the walk. */
const DEAR_LAWS: Readonly<Record<string, Law>> = {
  "is plain JSON, and a store that drops what is undefined changes nothing": ({
    before,
    event,
    around,
    after,
    tasks,
  }) => {
    const kept = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;
    const again = advance(after.key, before && (kept(before) as Conversation), event, around);
    expect(kept(again.conversation)).toEqual(kept(after));
    expect(kept(again.tasks.map(({ task }) => task))).toEqual(kept(tasks));
  },

  "answers nonsense, BATAL and silence in every state": ({ after, around }) => {
    const next = (event: Parameters<typeof advance>[2], at = around.at) =>
      advance(after.key, after, event, { ...around, at, text: "" });
    const nonsense = next({ type: "nonsense", text: "" }).tasks.map(({ task }) => task.kind);
    expect(nonsense.some((kind) => kind === "say" || kind === "human")).toBe(true);
    expect(next({ type: "word", word: "cancel" }).tasks.some(({ task }) => task.kind === "say")).toBe(true);
    if (after.quietAt === undefined) return;
    const quiet = next({ type: "quiet" }, Math.max(after.quietAt, around.at)).conversation;
    expect(quiet.quietAt ?? Number.POSITIVE_INFINITY, "the same silence again").toBeGreaterThan(after.quietAt);
  },
};

/** What a code or a button named when it was shown: the sum that its sentence or button said. */
function remember({ after, tasks }: Watched, { shown }: Seen): void {
  for (const task of tasks) {
    if (task.kind !== "say") continue;
    for (const part of task.say.parts) if (part.key === "desk_bill") shown.set(part.values.code, part.values.total);
    const head = task.say.parts.find(({ key }) => key === "table_head");
    const ask = task.say.parts.find(({ key }) => key === "table_ask");
    const short = task.say.parts.find(({ key }) => key === "desk_short");
    if (head?.key === "table_head" && ask?.key === "table_ask") shown.set(ask.values.code, head.values.total);
    if (head?.key === "table_head" && short?.key === "desk_short") shown.set(short.values.code, head.values.total);
    const button = task.say.choices.find(({ id }) => id.startsWith("pay:"));
    if (button?.label.key === "label_pay") shown.set(button.id.slice(4), button.label.values.total);
  }
  // What was shown when it could not be paid yet has no button: its code is what was shown.
  const { entries = [], batches = [] } = contextOf(after) ?? {};
  for (const { nonce, code } of [...entries.flatMap(({ quote }) => quote ?? []), ...batches]) {
    if (!shown.has(nonce) && shown.has(code)) shown.set(nonce, shown.get(code) ?? 0);
  }
}
