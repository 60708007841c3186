import fc from "fast-check";
import { expect, it } from "vitest";
import { rupiah } from "../../src/domain/rupiah.ts";
import { agentAccount } from "../../src/domain/staff.ts";
import type { PaymentState } from "../../src/payments/payment.ts";
import type { Happening, HappeningKind, Step, Taker } from "../../src/relay/life/step.ts";
import { decide } from "../../src/relay/life.ts";
import { HELD, type Request } from "../../src/relay/request.ts";
import { ANI } from "../fakes/bills.ts";
import {
  asked,
  bills,
  CIBINONG,
  COUNTERS,
  FACES,
  HOUR,
  MINUTE,
  MORNING,
  SECOND,
  told,
  written,
} from "./life-samples.ts";

type Sketch = (at: number, request: Request) => Happening;

const anybody = fc.constantFrom<Taker>(
  ...COUNTERS,
  { ...CIBINONG, chats: [CIBINONG.chat, ANI] },
  { ...CIBINONG, suspended: true },
);
const somebody = fc.constantFrom(...COUNTERS);
const sums = fc.constantFrom(183_500, 183_500, 196_300, 170_000);
const states = fc.constantFrom<PaymentState>("paid", "refunded", "not-charged", "withdrawn", "review");
const sketch = <T>(from: fc.Arbitrary<T>, make: (value: T, at: number, request: Request) => Happening) =>
  from.map(
    (value): Sketch =>
      (at, request) =>
        make(value, at, request),
  );
/** Mostly who has it, if somebody has. */
const his = (one: (typeof COUNTERS)[number], request: Request) => request.taken?.id ?? one.id;

const sketches: fc.Arbitrary<Sketch> = fc.oneof(
  { weight: 4, arbitrary: sketch(anybody, (by, at) => ({ kind: "taken", by, at })) },
  { weight: 1, arbitrary: sketch(somebody, ({ id: by }, at) => ({ kind: "skipped", by, at })) },
  { weight: 1, arbitrary: sketch(somebody, (one, at, request) => ({ kind: "let-go", by: his(one, request), at })) },
  { weight: 1, arbitrary: sketch(fc.constantFrom("others", "cancelled", "taken-back"), (kind, at) => ({ kind, at })) },
  { weight: 1, arbitrary: sketch(sums, (sum, at) => ({ kind: "agreed", sum: rupiah(sum), at })) },
  { weight: 1, arbitrary: sketch(fc.constant("shut" as const), (kind, at) => ({ kind, at })) },
  { weight: 2, arbitrary: sketch(fc.boolean(), (photo, at) => ({ kind: "said", photo, at })) },
  {
    weight: 4,
    arbitrary: sketch(fc.boolean(), (fresh, at, request) => {
      return { kind: "received", by: request.taken?.id ?? CIBINONG.id, fresh, at };
    }),
  },
  { weight: 1, arbitrary: sketch(somebody, ({ id: by }, at) => ({ kind: "received", by, fresh: false, at })) },
  { weight: 1, arbitrary: sketch(somebody, (one, at, request) => ({ kind: "barred", by: his(one, request), at })) },
  { weight: 4, arbitrary: sketch(sums, (sum, at) => bills(sum, at)) },
  {
    weight: 1,
    arbitrary: sketch(
      fc.constantFrom("unavailable" as const, "no-bill" as const, "already-paid" as const),
      (why, at) => {
        return { kind: "no-bill", why, at };
      },
    ),
  },
  {
    weight: 4,
    arbitrary: sketch(states, (state, at, request) => {
      const payment = request.payments.at(-1);
      return payment === undefined ? { kind: "shut", at } : { kind: "ended", payment, state, at };
    }),
  },
  { weight: 2, arbitrary: sketch(somebody, (one, at, request) => ({ kind: "again", by: his(one, request), at })) },
  { weight: 1, arbitrary: sketch(somebody, (one, at, request) => ({ kind: "returned", by: his(one, request), at })) },
  { weight: 5, arbitrary: sketch(fc.boolean(), (live, at) => ({ kind: "due", agents: COUNTERS, live, at })) },
  { weight: 1, arbitrary: sketch(anybody, (to, at) => ({ kind: "given", to, at })) },
);

/** How long after the one before something happens, ms: at once, within minutes, or within hours. */
const waits = fc.oneof(
  fc.integer({ min: 0, max: 10 * SECOND }),
  fc.integer({ min: 0, max: 12 * MINUTE }),
  fc.integer({ min: 0, max: 3 * HOUR }),
);

const histories = fc.array(fc.record({ wait: waits, sketch: sketches }), { minLength: 10, maxLength: 60 });

/** A run that never went one of these ways has shown nothing of it. */
const EDGES = [
  "asked closed",
  "asked taken",
  "paying done",
  "paying unpaid",
  "received closed",
  "received paying",
  "received taken",
  "received unpaid",
  "taken asked",
  "taken closed",
  "taken paying",
  "taken received",
  "taken unpaid",
  "unpaid closed",
  "unpaid done",
  "unpaid taken",
];

interface Past {
  readonly request: Request;
  readonly accounts: ReadonlyMap<string, number>;
  readonly postings: ReadonlySet<string>;
  /** What the customer has confirmed: by asking, or by saying yes. */
  readonly confirmed: number;
}

it("whatever happens in whatever order, the rules of the relay hold", () => {
  const edges = new Set<string>();
  fc.assert(
    fc.property(histories, (history) => {
      const request = asked();
      let at = MORNING;
      let past: Past = { request, accounts: new Map(), postings: new Set(), confirmed: request.bill.total };
      for (const { wait, sketch } of history) {
        at += wait;
        const happening = sketch(at, past.request);
        const decided = decide(past.request, happening, FACES);
        if (decided.kind !== "step") continue;
        if (decided.next.state !== past.request.state) edges.add(`${past.request.state} ${decided.next.state}`);
        past = lawful(past, happening, decided);
      }
    }),
    { numRuns: 6_000 },
  );
  expect([...edges].toSorted()).toEqual(EDGES);
});

function lawful(past: Past, happening: Happening, step: Step): Past {
  const before = past.request;
  const { next } = step;
  expect(next.revision).toBe(before.revision + 1);
  expect(["done", "closed"], "what is over moves no more").not.toContain(before.state);
  for (const { id } of step.postings) expect(past.postings, "no posting twice").not.toContain(id);
  const accounts = posted(past, step, happening);
  holdsWhatItSays(next, accounts);
  looksAhead(next, happening);
  saysNothingToHandOver(step);
  const confirmed = happening.kind === "agreed" ? next.bill.total : past.confirmed;
  if (step.opens !== undefined) opensLawfully(before, step, happening, confirmed);
  if (before.said !== undefined || before.receivedAt !== undefined) keptByItsAgent(before, happening.kind, next);
  const postings = new Set([...past.postings, ...step.postings.map(({ id }) => id)]);
  return { request: written(step), accounts, postings, confirmed };
}

/** With what the payment posts: it releases, or takes, as it ends. */
function posted({ request, accounts }: Past, step: Step, happening: Happening): ReadonlyMap<string, number> {
  const next = new Map(accounts);
  const add = (account: string, amount: number) => next.set(account, (next.get(account) ?? 0) + amount);
  for (const { entries } of step.postings) {
    expect(entries.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
    for (const { account, amount } of entries) add(account, amount);
  }
  if (request.state === "paying" && happening.kind === "ended" && request.taken !== undefined) {
    add("holds", -request.bill.total);
    add(happening.state === "paid" ? "sales" : agentAccount(request.taken.id), request.bill.total);
  }
  return next;
}

/** The hold is what the state says, and nobody but its agent is short of it. */
function holdsWhatItSays({ state, bill, taken }: Request, accounts: ReadonlyMap<string, number>): void {
  const bound = HELD.includes(state) || state === "paying";
  expect(accounts.get("holds") ?? 0, state).toBe(bound ? bill.total : 0);
  for (const { id } of COUNTERS) {
    const balance = accounts.get(agentAccount(id)) ?? 0;
    if (bound) expect(balance, `${state} ${id}`).toBe(taken?.id === id ? -bill.total : 0);
    else if (state !== "done") expect(balance, `${state} ${id}`).toBe(0);
  }
}

/** Nothing is stuck in silence. In paying the payment's own end makes it due. */
function looksAhead({ state, dueAt, taken, closed }: Request, { kind, at }: Happening): void {
  const over = state === "done" || state === "closed";
  if (over || state === "paying") expect(dueAt, state).toBeUndefined();
  else expect(dueAt, state).toBeGreaterThan(kind === "due" ? at : MORNING - 1);
  expect(closed !== undefined).toBe(state === "closed");
  if (state === "asked") expect(taken).toBeUndefined();
  else if (state !== "closed") expect(taken).toBeDefined();
}

/** "Hand the money over" is said by R3 alone, when it is in an agent's hand and no money was handed over. */
function saysNothingToHandOver(step: Step): void {
  const { next } = step;
  for (const line of told(step)) {
    if (line === "customer: taken")
      expect([next.state, next.said, next.receivedAt]).toEqual(["taken", undefined, undefined]);
  }
}

function opensLawfully(before: Request, step: Step, happening: Happening, confirmed: number): void {
  const { opens, next } = step;
  expect(next.state).toBe("paying");
  expect(["taken", "received"], "never while one is live").toContain(before.state);
  expect(opens?.bill.total, "what was confirmed, and no other sum").toBe(confirmed);
  expect(opens?.bill.total).toBe(next.bill.total);
  expect(opens?.agent?.id, "its agent's").toBe(before.taken?.id);
  expect(opens?.agent?.chat).not.toBe(before.customer.chat);
  expect(happening.at, "in time").toBeLessThan(opens?.expiresAt ?? 0);
  if (happening.kind === "received") expect(happening.by, "by its agent's word").toBe(before.taken?.id);
}

/** Once the money is handed over nobody but the operator gives it to another agent. */
function keptByItsAgent(before: Request, kind: HappeningKind, next: Request): void {
  if (kind !== "given") expect(next.taken?.id, kind).toBe(before.taken?.id);
  expect(next.state).not.toBe("asked");
}
