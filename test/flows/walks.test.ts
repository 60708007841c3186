import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CounterView, Place, Policy } from "../../flows/index.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { type FlowChat, flowChat, MINUTE, NIK, NOON, type Watched } from "../fakes/flow-chat.ts";
import { ARROWS, nameOf, STATES, taken } from "./chart.ts";
import { COUNTERS, PLACES, relays, walkTo } from "./chats.ts";
import { RELAY_WAYS } from "./relay-ways.ts";
import { walker } from "./walk.ts";
import { DEAR_LAWS, LAWS, newSeen, type Seen, showBills } from "./walk-laws.ts";

const WALKS = 1000;
const LENGTH = 35;
/** The laws that try out what would come next are held against every third step: they are steps themselves. */
const EVERY = 3;

const taking = new Set<string>();
const reached = new Set<string>();
const left = new Set<string>();

describe("a thousand walks through the chart", () => {
  it("keep every law at every step", { timeout: 240_000 }, () => {
    const number = fc.noBias(fc.integer({ min: 0, max: 999_999 })).map((millionths) => millionths / 1_000_000);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 * WORLDS.length - 1 }),
        fc.constantFrom(...PLACES),
        fc.array(fc.tuple(number, number), { minLength: LENGTH, maxLength: LENGTH }),
        walk,
      ),
      { numRuns: WALKS, seed: 20_260_707, endOnFailure: true },
    );
  });

  it("also in a chat that is kept awake until its old bill is forgotten", () => {
    const seen = newSeen();
    const chat = flowChat({ watch: (step) => watch(step, seen) });
    walkTo(chat, "bill");
    const { code = "" } = chat.context.quote ?? {};
    for (const word of ["batal", "halo", "batal"]) {
      chat.waits(13 * 60 * MINUTE);
      chat.says(word);
    }
    expect(chat.says(`BAYAR ${code}`)).toContain("Tagihan itu sudah lama, jadi tidak kami bayar.");
  });

  it("also in a chat that asked for five proofs by codes that are none", () => {
    const seen = newSeen();
    const chat = flowChat({ watch: (step) => watch(step, seen) });
    const code = "7K2MQ-94QD" as never;
    const result = { what: "proof", found: undefined, asked: undefined, code } as const;
    for (let tries = 0; tries < 5; tries += 1) chat.hears({ type: "looked", result });
    chat.says("BUKTI 7K2MQ-94QD");
  });

  it("also in a chat that a human gives back", () => {
    const seen = newSeen();
    const chat = flowChat({ watch: (step) => watch(step, seen) });
    chat.says("petugas");
    expect(chat.hears({ type: "handed-back" })).toContain("Petugas sudah selesai");
  });

  it("and so do the ways of a request that chance seldom finds", () => {
    for (const way of RELAY_WAYS) {
      const seen = newSeen();
      way({ watch: (step) => watch(step, seen) });
    }
  });

  it("reach and leave every state", () => {
    expect(PLACES.filter((place) => !reached.has(place))).toEqual([]);
    expect(PLACES.filter((place) => !left.has(place))).toEqual([]);
    expect(STATES.map(({ name }) => name).sort()).toEqual([...PLACES, "choose", "route"].sort());
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
const NIGHT = Date.UTC(2026, 6, 7, 15, 45);
interface WalkWorld {
  readonly policy?: Partial<Policy>;
  readonly at?: number;
  /** Agents pay for customers here: those on duty. */
  readonly counters?: readonly CounterView[];
}
/** An odd number of them, so that each comes with buttons and with numbers. */
const WORLDS: readonly WalkWorld[] = [
  {},
  {},
  { at: EVENING },
  { policy: { limits: { perHour: 2, perDay: 4 } } },
  { policy: { limits: undefined } },
  { policy: { mayPay: false } },
  { policy: { payMax: rupiah(190_000) }, at: EVENING },
  { counters: COUNTERS },
  { counters: COUNTERS, at: NIGHT },
  { counters: COUNTERS.slice(2) },
  { counters: [] },
];

function walk(kind: number, start: Place, acts: readonly (readonly [number, number])[]): void {
  const seen = newSeen();
  const { policy = {}, at = NOON, counters } = WORLDS[kind % WORLDS.length] ?? {};
  const said: string[] = [];
  const chat: FlowChat = flowChat({
    style: kind % 2 === 0 ? "buttons" : "numbers",
    policy,
    at,
    watch: (step) => watch(step, seen),
  });
  // Some begin as new people, who may not pay here by themselves, the others in the middle.
  if (counters !== undefined) relays(chat, counters);
  if (kind > 1 && policy.mayPay !== false) walkTo(chat, startOf(start, counters));
  const { act } = walker(chat);
  for (const [which, how] of acts) {
    act(which, how);
    said.push(...chat.last.flatMap((task) => (task.kind === "human" ? [] : [JSON.stringify(task)])));
  }
  const leaked = said.filter((text) => text.includes('"say"') && text.includes(NIK));
  expect(leaked, "a NIK in a sentence").toEqual([]);
}

/** Where a bill leads depends on who pays. */
function startOf(start: Place, counters: readonly CounterView[] | undefined): Place {
  const direct = start === "confirming" || start === "watching";
  const relayed = start === "counters" || start === "nobody" || start === "requested";
  return (counters === undefined ? relayed : direct || relayed) ? "bill" : start;
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
