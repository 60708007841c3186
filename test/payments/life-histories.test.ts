import fc from "fast-check";
import { expect, it } from "vitest";
import type { Settlement } from "../../src/biller/biller.ts";
import { rupiah, ZERO } from "../../src/domain/rupiah.ts";
import { agentAccount } from "../../src/domain/staff.ts";
import type { Answer } from "../../src/payments/life/answers.ts";
import { hold } from "../../src/payments/life/postings.ts";
import type { Happening, Step } from "../../src/payments/life/step.ts";
import { decide } from "../../src/payments/life.ts";
import { LIVE, type Payment, type Secured } from "../../src/payments/payment.ts";
import { receiptOf, said } from "../contract/ledger-samples.ts";
import { CIBINONG } from "../fakes/agents.ts";
import { intended, MINUTE, MORNING, SECOND } from "./life-samples.ts";

const DIRECT: Secured = { agent: undefined, request: undefined, markup: ZERO };
const BY_AGENT: Secured = { agent: CIBINONG, request: undefined, markup: rupiah(5_000) };

const RECEIPT = receiptOf(intended());

const settlements = fc.constantFrom<Settlement>(
  { kind: "paid", receipt: RECEIPT },
  { kind: "paid", receipt: { ...RECEIPT, total: rupiah(1) } },
  { kind: "pending" },
  { kind: "refunded" },
  { kind: "refunded" },
  { kind: "refused", reason: "Saldo tidak cukup", saysPaid: false },
  { kind: "refused", reason: "sudah dibayar", saysPaid: true },
  { kind: "failure", reason: "Failure" },
  { kind: "failure", reason: "Failure" },
  { kind: "failure", reason: "Failure" },
  { kind: "unpaid" },
  { kind: "not-sent", cause: "mayGo" },
  { kind: "unknown", cause: "timeout", ok: false },
  { kind: "unknown", cause: "garbled", ok: false },
  { kind: "unknown", cause: "bad-field", ok: true },
  { kind: "unknown", cause: "other-total", ok: true, saysDebit: true },
);

/** How long after the one before something happens, ms: within seconds, minutes or hours. */
const waits = fc.oneof(
  fc.integer({ min: 0, max: 70 * SECOND }),
  fc.integer({ min: 0, max: 15 * MINUTE }),
  fc.integer({ min: 0, max: 30 * 60 * MINUTE }),
);

type Sketch = (at: number, asked: number) => Happening;

const jitter = fc.double({ min: 0, max: 0.03, noNaN: true });

const answers = fc
  .record({
    from: fc.constantFrom("pay" as const, "status" as const, "status" as const),
    settlement: settlements,
    jitter,
  })
  .map(
    (said): Sketch =>
      (at, asked) => ({ kind: "answer", ...said, askedAt: Math.max(MORNING, at - asked), at }),
  );

const sketches: fc.Arbitrary<Sketch> = fc.oneof(
  { weight: 12, arbitrary: answers },
  { weight: 3, arbitrary: fc.constant<Sketch>((at) => ({ kind: "send", at })) },
  {
    weight: 3,
    arbitrary: jitter.map(
      (of): Sketch =>
        (at) => ({ kind: "due", at, jitter: of }),
    ),
  },
  {
    weight: 2,
    arbitrary: jitter.map(
      (of): Sketch =>
        (at) => ({ kind: "lost", at, jitter: of }),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Sketch>((at) => ({ kind: "withdraw", why: "cancelled", at })) },
  {
    weight: 1,
    arbitrary: settlements.map(
      (settlement): Sketch =>
        (at) => ({ kind: "found", settlement, at, jitter: 0 }),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Sketch>((at) => ({ kind: "restored", at })) },
  { weight: 1, arbitrary: fc.constant<Sketch>((at) => ({ kind: "escalate", by: "ops", at })) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(
        { kind: "refunded" as const },
        { kind: "not-charged" as const },
        { kind: "paid" as const, reference: "R" },
      )
      .map(
        (outcome): Sketch =>
          (at) => ({ kind: "resolve", outcome, by: "ops", why: "phoned", at }),
      ),
  },
);

interface Moment {
  readonly wait: number;
  readonly asked: number;
  readonly sketch: Sketch;
}

const moment: fc.Arbitrary<Moment> = fc.record({
  wait: waits,
  asked: fc.integer({ min: 0, max: 65 * SECOND }),
  sketch: sketches,
});

/** By chance alone three FAILUREs in a row would hardly ever come. */
const failures: readonly Moment[] = [2, 4, 9].map((minutes) => ({
  wait: minutes * MINUTE,
  asked: 0,
  sketch: (at) => ({ ...said("status", { kind: "failure", reason: "Failure" }, at) }),
}));

const histories: fc.Arbitrary<readonly Moment[]> = fc
  .array(
    fc.oneof({ weight: 9, arbitrary: moment.map((one) => [one]) }, { weight: 1, arbitrary: fc.constant(failures) }),
    {
      maxLength: 40,
    },
  )
  .map((moments) => moments.flat());

interface Past {
  readonly payment: Payment;
  readonly answers: readonly Answer[];
  readonly accounts: Readonly<Record<string, number>>;
  readonly sent: number;
}

/** Every edge of the life: a run that never went one of these ways has shown nothing of it. */
const EDGES = [
  "intended sending",
  "intended withdrawn",
  "intended suspect",
  "intended review",
  "sending paid",
  "sending suspect",
  "sending not-charged",
  "suspect paid",
  "suspect refunded",
  "suspect not-charged",
  "suspect review",
  "review paid",
  "review refunded",
  "review not-charged",
  "refunded review",
  "not-charged review",
];

it("whatever happens in whatever order, the rules of money hold", () => {
  const edges = new Set<string>();
  fc.assert(
    fc.property(fc.constantFrom(DIRECT, BY_AGENT), histories, (secured, history) => {
      let at = MORNING;
      const opened = { ...intended(), ...secured };
      let past: Past = { payment: opened, answers: [], accounts: posted({}, [hold(opened)]), sent: 0 };
      for (const { wait, asked, sketch } of history) {
        at += wait;
        const happening = sketch(at, asked);
        const decided = decide(past.payment, happening);
        if (decided.kind !== "step") continue;
        if (decided.next.state !== past.payment.state) edges.add(`${past.payment.state} ${decided.next.state}`);
        past = lawful(past, happening, decided);
      }
    }),
    { numRuns: 5_000 },
  );
  expect([...edges].toSorted()).toEqual(EDGES.toSorted());
});

function lawful(past: Past, happening: Happening, step: Step): Past {
  const before = past.payment;
  const { next } = step;
  const heard = [...past.answers, ...answerIn(happening)];
  expect(next.revision).toBe(before.revision + 1);
  expect(next.told).toBeGreaterThanOrEqual(before.told);
  if (before.state === "paid") expect(next.state).toBe("paid");
  if (next.state !== before.state) arrived(before, happening, step, heard);
  const sent = past.sent + (next.state === "sending" && before.state !== "sending" ? 1 : 0);
  expect(sent).toBeLessThanOrEqual(1);
  looksAhead(next);
  const accounts = posted(past.accounts, step.postings);
  const { agent, bill, markup, state } = next;
  const open = LIVE.includes(state);
  expect((accounts.holds ?? 0) + (accounts.disputed ?? 0)).toBe(open ? bill.total : 0);
  expect(accounts.sales ?? 0).toBe(state === "paid" ? bill.total : 0);
  const source = agent === undefined ? "unsecured" : agentAccount(agent.id);
  expect(accounts[source] ?? 0).toBe(open || state === "paid" ? -bill.total : 0);
  expect(accounts.markup ?? 0).toBe(state === "paid" ? markup : 0);
  return { payment: next, answers: heard, accounts, sent };
}

function answerIn(happening: Happening): readonly Answer[] {
  if (happening.kind === "answer") return [happening];
  return happening.kind === "found" ? [{ ...happening, from: "status", askedAt: happening.at }] : [];
}

/** What must be true when a state is entered. */
function arrived(before: Payment, happening: Happening, { next, notices }: Step, heard: readonly Answer[]): void {
  const kinds = notices.map(({ kind }) => kind);
  expect(kinds.includes("paid")).toBe(next.state === "paid");
  expect(kinds.includes("not-paid")).toBe(next.state === "refunded" || next.state === "not-charged");
  if (happening.kind !== "answer") return;
  const { settlement } = happening;
  if (next.state === "paid") expect(settlement).toEqual({ kind: "paid", receipt: RECEIPT });
  if (next.state === "refunded") expect(refundedTwice(heard)).toBe(true);
  if (next.state === "not-charged") expect(surelyNot(before, happening, heard)).toBe(true);
  if (next.state === "review") expect(["suspect", "refunded", "not-charged"]).toContain(before.state);
}

function refundedTwice(heard: readonly Answer[]): boolean {
  const refunds = heard.filter(({ settlement }) => settlement.kind === "refunded");
  const last = refunds.at(-1);
  return last === heard.at(-1) && refunds.some(({ at }) => (last?.askedAt ?? 0) - at >= MINUTE);
}

/** Told again, in other words than the program's: no answer ever hinted at money, and the last three were all FAILURE. */
function surelyNot(before: Payment, happening: Happening<"answer">, heard: readonly Answer[]): boolean {
  if (before.state === "sending" && happening.from === "pay" && happening.settlement.kind === "not-sent") return true;
  const hints = heard.some(({ settlement }) => {
    if (settlement.kind === "unknown") return settlement.ok;
    if (settlement.kind === "refused") return settlement.saysPaid;
    return ["paid", "pending", "refunded"].includes(settlement.kind);
  });
  const [first, second, third] = heard.slice(-3);
  if (hints || first === undefined || second === undefined || third === undefined) return false;
  const row = [first, second, third].every(
    ({ from, settlement }) => from === "status" && ["failure", "unpaid"].includes(settlement.kind),
  );
  const sentAt = before.sentAt ?? 0;
  return row && first.askedAt - sentAt >= 65 * SECOND && third.askedAt - sentAt >= 11 * MINUTE;
}

/** Nothing is silently stuck: whatever is not over has a time at which it is looked at, or is the operator's. */
function looksAhead({ state, dueAt, endedAt }: Payment): void {
  if (state === "sending" || state === "suspect") expect(dueAt).toBeDefined();
  if (state === "paid" || state === "withdrawn") expect(dueAt).toBeUndefined();
  if (state === "refunded" || state === "not-charged") expect(endedAt).toBeDefined();
}

function posted(accounts: Past["accounts"], postings: Step["postings"]): Record<string, number> {
  const next = { ...accounts };
  for (const { entries } of postings) {
    expect(entries.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
    for (const { account, amount } of entries) next[account] = (next[account] ?? 0) + amount;
  }
  return next;
}
