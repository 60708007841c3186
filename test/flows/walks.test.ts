import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Place, Policy } from "../../flows/index.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { type FlowChat, flowChat, MINUTE, NIK, NOON, type Watched } from "../fakes/flow-chat.ts";
import { ARROWS, nameOf, STATES, taken } from "./chart.ts";
import { PLACES, walkTo } from "./chats.ts";
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
        fc.integer({ min: 0, max: 13 }),
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
  const seen = newSeen();
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
