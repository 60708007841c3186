import { describe, expect, it } from "vitest";
import type { Settlement } from "../../src/biller/biller.ts";
import type { Notice } from "../../src/domain/notice.ts";
import { askDue, awake, promisedAt } from "../../src/payments/life/schedule.ts";
import { LIVE, type Payment } from "../../src/payments/payment.ts";
import type { NewOperatorTask } from "../../src/records/records.ts";
import { said } from "../contract/ledger-samples.ts";
import { HOUR, lived, MINUTE, MORNING, NIGHT, SECOND, sending, step, suspect } from "./life-samples.ts";

const PENDING: Settlement = { kind: "pending" };

interface Lived {
  /** When the status was asked, s after the call. */
  readonly asks: readonly number[];
  readonly notices: readonly { readonly at: number; readonly notice: Notice }[];
  readonly tasks: readonly { readonly at: number; readonly task: NewOperatorTask }[];
  readonly payment: Payment;
}

/** Looks at a payment whenever it is due, as the settler does, until it is due no more. */
function live(start: Payment, answer: Settlement, jitter = 0): Lived {
  const sentAt = start.sentAt ?? 0;
  const asks: number[] = [];
  const notices: { at: number; notice: Notice }[] = [];
  const tasks: { at: number; task: NewOperatorTask }[] = [];
  let payment = start;
  for (let turns = 0; LIVE.includes(payment.state) && payment.dueAt !== undefined && turns < 500; turns++) {
    const at = payment.dueAt;
    const asking = payment.state === "suspect" && askDue(payment, at);
    if (asking) asks.push((at - sentAt) / SECOND);
    const done = step(payment, asking ? { ...said("status", answer, at), jitter } : { kind: "due", at, jitter });
    notices.push(...done.notices.map((notice) => ({ at, notice })));
    tasks.push(...done.tasks.map((task) => ({ at, task })));
    payment = done.next;
  }
  return { asks, notices, tasks, payment };
}

const pendingAt = (at: number, jitter = 0) =>
  lived(sending(at), { ...said("pay", PENDING, at + SECOND), askedAt: at, jitter });

describe("rule 5: asking", () => {
  it("asks after 5, 15, 30, 70 s, 2, 4, 8, 13, 20, 29 min, then hourly to 24 h", () => {
    const { asks } = live(pendingAt(MORNING), PENDING);
    const first = [5, 15, 30, 70, 120, 240, 480, 780, 1200, 1740];
    expect(asks.slice(0, 10)).toEqual(first);
    expect(asks.slice(10, 33)).toEqual(Array.from({ length: 23 }, (_, hour) => 1740 + (hour + 1) * 3600));
    expect(asks.slice(33)).toEqual([(24 * 60 - 2) * 60]);
  });
  it("jitter makes each at most 3 % later, and the last still within 24 h", () => {
    const { asks } = live(pendingAt(MORNING, 0.03), PENDING, 0.03);
    expect(asks[0]).toBeCloseTo(5.15);
    expect(asks[9]).toBeCloseTo(1792.2);
    expect(Math.max(...asks)).toBeLessThanOrEqual((24 * 60 - 2) * 60);
  });
  it("a call that took its 65 s is asked about in the next place of the schedule", () => {
    const late = lived(sending(), { ...said("pay", PENDING, MORNING + 65 * SECOND), askedAt: MORNING });
    expect(live(late, PENDING).asks.slice(0, 3)).toEqual([70, 120, 240]);
  });
  it("after a long outage it is asked about at once, and a row that began is finished soon", () => {
    const found = lived(sending(), { kind: "lost", at: MORNING + 3 * HOUR, jitter: 0 });
    const { asks, payment } = live(found, { kind: "failure", reason: "" });
    expect(asks.map((second) => second - 3 * 3600)).toEqual([0, 70, 140]);
    expect(payment.state).toBe("not-charged");
  });
  it("is the operator's after 30 min, and in review after 24 h, whatever the hour", () => {
    for (const at of [MORNING, NIGHT]) {
      const { tasks, payment } = live(pendingAt(at), PENDING);
      expect(tasks[0]).toMatchObject({ at: at + 30 * MINUTE, task: { kind: "suspect" } });
      const review = tasks.find(({ task }) => task.kind === "review");
      expect(review?.at).toBe(at + 24 * HOUR);
      expect(payment.state).toBe("review");
    }
  });
});

describe("what the payer hears while nothing is certain", () => {
  it("a word after 60 s, 30 min, 3 h and 24 h, each promising the next", () => {
    const { notices } = live(pendingAt(MORNING), PENDING);
    // 24 h after 10.00 is 10.00; the three hours end at 13.00.
    const told = notices.map(({ at, notice }) => [at - MORNING, notice.kind === "still-asking" && notice.stage]);
    expect(told).toEqual([
      [MINUTE, "minute"],
      [30 * MINUTE, "half-hour"],
      [3 * HOUR, "three-hours"],
      [24 * HOUR, "day"],
    ]);
  });
  it("hears the minute's word while the call still runs", () => {
    const { next, notices } = step(sending(), { kind: "due", at: MORNING + MINUTE, jitter: 0 });
    expect(next).toMatchObject({ state: "sending", told: 1 });
    expect(notices).toMatchObject([{ stage: "minute", nextAt: MORNING + 30 * MINUTE + 5 * SECOND }]);
  });
  const hours = Array.from({ length: 48 }, (_, half) => MORNING + half * 30 * MINUTE + 17 * SECOND);
  it("at whatever hour it began, each promise is kept by the next word", () => {
    for (const at of hours) {
      const first = step({ ...sending(at), state: "intended", sentAt: undefined, dueAt: at }, { kind: "send", at });
      const { notices } = live(pendingAt(at), PENDING);
      const words = [...first.notices.map((notice) => ({ at, notice })), ...notices];
      for (const [place, { at: now, notice }] of words.entries()) {
        const next = words[place + 1];
        if (notice.kind !== "under-way" && notice.kind !== "still-asking") continue;
        if (next === undefined) continue;
        expect(next.at, new Date(at).toISOString()).toBeLessThanOrEqual(notice.nextAt);
        expect(notice.nextAt).toBeGreaterThan(now);
      }
      expect(words.at(-1)?.notice).toMatchObject({ stage: "day" });
    }
  });
  it("from 21.00 to 07.00 only results: the next word is promised for 07.00", () => {
    const first = step({ ...sending(NIGHT), state: "intended", sentAt: undefined }, { kind: "send", at: NIGHT });
    expect(first.notices).toMatchObject([{ kind: "under-way", nextAt: NIGHT + 9 * HOUR + 5 * SECOND }]);
    for (const at of hours) {
      const { notices } = live(pendingAt(at), PENDING);
      for (const word of notices) expect(awake(word.at), new Date(word.at).toISOString()).toBe(word.at);
    }
    const { notices } = live(pendingAt(NIGHT), PENDING);
    expect(notices.map(({ at }) => at)).toEqual([NIGHT + 9 * HOUR, NIGHT + 33 * HOUR]);
    expect(notices[0]?.notice).toMatchObject({ stage: "three-hours" });
  });
  it("a result is told at night, too", () => {
    const paid = step(pendingAt(NIGHT), {
      ...said("status", { kind: "refunded" }, NIGHT + 2 * MINUTE),
    });
    expect(paid.notices).toEqual([]);
    const second = step(paid.next, said("status", { kind: "refunded" }, NIGHT + 4 * MINUTE));
    expect(second.notices).toMatchObject([{ kind: "not-paid" }]);
  });
  it("a word that comes a few seconds after 21.00 is still sent, one that is much later waits", () => {
    const before = MORNING + 11 * HOUR - 61 * SECOND;
    const payment = lived(sending(before), { kind: "lost", at: before + 10 * SECOND, jitter: 0 });
    const slightly = step(payment, { kind: "due", at: before + 63 * SECOND, jitter: 0 });
    expect(slightly.notices).toMatchObject([{ stage: "minute" }]);
    const much = step(payment, { kind: "due", at: before + 5 * MINUTE, jitter: 0 });
    expect(much.notices).toEqual([]);
  });
  it("can be asked when the next word was promised", () => {
    expect(promisedAt(sending())).toBe(MORNING + 65 * SECOND);
    expect(promisedAt(lived(suspect(), { kind: "due", at: MORNING + 70 * SECOND, jitter: 0 }))).toBe(
      MORNING + 30 * MINUTE + 5 * SECOND,
    );
  });
  it("one that the operator took over keeps its promises", () => {
    const taken = lived(suspect(), { kind: "escalate", by: "ops", at: MORNING + 20 * MINUTE });
    const { notices, payment } = live(taken, PENDING);
    expect(notices.map(({ at }) => (at - MORNING) / MINUTE)).toEqual([30, 180, 1440]);
    expect(payment.dueAt).toBeUndefined();
  });
});
