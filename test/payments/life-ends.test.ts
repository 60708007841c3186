import { describe, expect, it } from "vitest";
import type { Settlement } from "../../src/biller/biller.ts";
import { decide } from "../../src/payments/life.ts";
import type { Payment } from "../../src/payments/payment.ts";
import { receiptOf, said } from "../contract/ledger-samples.ts";
import { HOUR, intended, lived, MINUTE, MORNING, SECOND, sending, step, suspect } from "./life-samples.ts";

const FAILURE: Settlement = { kind: "failure", reason: "Failure Invoice 11111111111!" };
const TIMEOUT: Settlement = { kind: "unknown", cause: "timeout", ok: false };
const confirm = (payment: Payment): Settlement => ({ kind: "paid", receipt: receiptOf(payment) });
const status = (settlement: Settlement, since: number) => said("status", settlement, MORNING + since);
const pay = (settlement: Settlement, since = SECOND) => said("pay", settlement, MORNING + since);
const failures = (...since: readonly number[]) => since.map((ms) => status(FAILURE, ms));

describe("rule 6: what ends a suspect payment", () => {
  it("REFUND twice, at least 60 s apart; pay's own may be the first", () => {
    const once = lived(sending(), pay({ kind: "refunded" }));
    expect(lived(once, status({ kind: "refunded" }, 60 * SECOND)).state).toBe("suspect");
    const { next, notices, postings } = step(once, status({ kind: "refunded" }, 61 * SECOND));
    expect(next.state).toBe("refunded");
    expect(notices).toMatchObject([{ kind: "not-paid", how: "refunded" }]);
    expect(postings.map(({ what }) => what)).toEqual(["release"]);
  });
  it("REFUND counts from when it was asked, not from when the answer came", () => {
    const once = lived(suspect(), { ...status({ kind: "refunded" }, 2 * MINUTE), at: MORNING + 3 * MINUTE });
    const asked = { ...status({ kind: "refunded" }, 3 * MINUTE + 59 * SECOND), at: MORNING + 5 * MINUTE };
    expect(lived(once, asked).state).toBe("suspect");
  });
  it("another answer between two REFUNDs begins anew, a lost one does not", () => {
    const first = lived(suspect(), status({ kind: "refunded" }, 2 * MINUTE));
    const second = status({ kind: "refunded" }, 8 * MINUTE);
    expect(lived(first, status({ kind: "pending" }, 4 * MINUTE), second).state).toBe("suspect");
    expect(lived(first, status(FAILURE, 4 * MINUTE), second).state).toBe("suspect");
    expect(lived(first, status(TIMEOUT, 4 * MINUTE), second).state).toBe("refunded");
  });
  it("FAILURE three times in a row, the last more than 11 min after the call", () => {
    const twice = lived(suspect(), ...failures(4 * MINUTE, 8 * MINUTE));
    expect(lived(twice, ...failures(11 * MINUTE)).state).toBe("suspect");
    const { next, notices } = step(twice, status(FAILURE, 13 * MINUTE));
    expect(next.state).toBe("not-charged");
    expect(notices).toMatchObject([{ kind: "not-paid", how: "not-charged" }]);
  });
  it("INQUIRY counts as FAILURE", () => {
    const twice = lived(suspect(), ...failures(4 * MINUTE, 8 * MINUTE));
    expect(lived(twice, status({ kind: "unpaid" }, 13 * MINUTE)).state).toBe("not-charged");
  });
  it("two are not enough, however late", () => {
    expect(lived(suspect(), ...failures(5 * HOUR, 6 * HOUR)).state).toBe("suspect");
    expect(lived(suspect(), ...failures(5 * HOUR, 6 * HOUR, 7 * HOUR)).state).toBe("not-charged");
  });
  it("a FAILURE while the call may still run says nothing", () => {
    const early = lived(sending(), pay(TIMEOUT, 5 * SECOND), ...failures(15 * SECOND, 30 * SECOND, 70 * SECOND));
    expect(lived(early, ...failures(12 * MINUTE, 13 * MINUTE)).state).toBe("suspect");
    expect(lived(early, ...failures(12 * MINUTE, 13 * MINUTE, 20 * MINUTE)).state).toBe("not-charged");
  });
  it("anything between begins the row anew, a lost answer too", () => {
    for (const between of [TIMEOUT, { kind: "unknown", cause: "garbled", ok: false } as const]) {
      const broken = lived(suspect(), ...failures(4 * MINUTE, 8 * MINUTE), status(between, 13 * MINUTE));
      expect(lived(broken, ...failures(20 * MINUTE)).state).toBe("suspect");
      expect(lived(broken, ...failures(20 * MINUTE, 29 * MINUTE, 89 * MINUTE)).state).toBe("not-charged");
    }
  });
  it("is never not-charged once any answer was ok, however often it then says FAILURE", () => {
    const oks: readonly Settlement[] = [
      { kind: "pending" },
      { kind: "refunded" },
      { kind: "unknown", cause: "other-total", ok: true },
    ];
    for (const ok of oks) {
      const heard = lived(sending(), pay(ok));
      expect(lived(heard, ...failures(13 * MINUTE, 20 * MINUTE, 29 * MINUTE, HOUR, 2 * HOUR)).state).toBe("suspect");
    }
  });
  it("is never not-charged once pay said that the bill is paid", () => {
    const heard = lived(sending(), pay({ kind: "refused", reason: "sudah dibayar", saysPaid: true }));
    expect(lived(heard, ...failures(13 * MINUTE, 20 * MINUTE, 29 * MINUTE, HOUR)).state).toBe("suspect");
  });
  it("another refusal of pay may end as not-charged", () => {
    const heard = lived(sending(), pay({ kind: "refused", reason: "Saldo tidak cukup", saysPaid: false }));
    expect(lived(heard, ...failures(4 * MINUTE, 8 * MINUTE, 13 * MINUTE)).state).toBe("not-charged");
  });
  it("CONFIRM is paid whatever was said before", () => {
    const heard = lived(
      sending(),
      pay({ kind: "refunded" }),
      ...failures(4 * MINUTE),
      status({ kind: "pending" }, HOUR),
    );
    expect(lived(heard, status(confirm(heard), 2 * HOUR)).state).toBe("paid");
  });
});

describe("rule 7: ends are watched", () => {
  const ended = lived(sending(), pay({ kind: "not-sent", cause: "mayGo" }, 0));
  it("after 1, 6, 24 and 72 h", () => {
    const looks: (number | undefined)[] = [];
    let payment = ended;
    while (payment.dueAt !== undefined && looks.length < 9) {
      looks.push((payment.dueAt - MORNING) / HOUR);
      payment = lived(payment, said("status", FAILURE, payment.dueAt));
    }
    expect(looks).toEqual([1, 6, 24, 72]);
    expect(payment).toMatchObject({ state: "not-charged", watched: 4 });
  });
  it("a look between, before a new payment, takes none of them away", () => {
    expect(lived(ended, status(FAILURE, 10 * MINUTE))).toMatchObject({ watched: 0, dueAt: MORNING + HOUR });
  });
  it("a biller that does not answer is asked again soon, and after four days the operator is told", () => {
    expect(lived(ended, status(TIMEOUT, HOUR))).toMatchObject({ dueAt: MORNING + HOUR + 10 * MINUTE });
    const { next, tasks } = step(ended, status(TIMEOUT, 97 * HOUR));
    expect(next.dueAt).toBeUndefined();
    expect(tasks).toMatchObject([{ kind: "stuck" }]);
  });
  const lies: readonly Settlement[] = [
    confirm(intended()),
    { kind: "pending" },
    { kind: "unknown", cause: "other-total", ok: true, saysDebit: true },
  ];
  for (const settlement of lies) {
    it(`${settlement.kind} after the end locks the vehicle, tells payer and operator, and is disputed`, () => {
      const { next, notices, tasks, postings } = step(ended, status(settlement, HOUR));
      expect(next).toMatchObject({ state: "review", endedAt: ended.endedAt });
      expect(next.dueAt).toBeUndefined();
      expect(notices).toMatchObject([{ kind: "changed-its-word" }]);
      expect(tasks).toMatchObject([{ kind: "review" }]);
      expect(postings).toMatchObject([{ what: "dispute", entries: [{}, { account: "disputed", amount: 183_500 }] }]);
    });
  }
  it("an ok that cannot be read opens no end again: it is the operator's task, once, and asked about soon", () => {
    const garbage = { kind: "unknown", cause: "bad-field", ok: true } as const;
    const { next, notices, postings, tasks } = step(ended, status(garbage, HOUR));
    expect(next).toMatchObject({ state: "not-charged", dueAt: MORNING + HOUR + 10 * MINUTE });
    expect([notices, postings]).toEqual([[], []]);
    expect(tasks).toMatchObject([{ kind: "review", key: "unreadable:7K2MQ" }]);
    expect(step(next, status(garbage, HOUR + 10 * MINUTE)).tasks).toEqual([]);
    expect(lived(next, status({ kind: "pending" }, HOUR + 20 * MINUTE)).state).toBe("review");
  });
  it("REFUND of one that was not charged is no debit, but the operator looks at it", () => {
    const { next, tasks } = step(ended, status({ kind: "refunded" }, HOUR));
    expect(next.state).toBe("not-charged");
    expect(tasks).toMatchObject([{ kind: "review", key: "odd:7K2MQ" }]);
  });
  it("a dispute is undone by the operator's decision, either way", () => {
    const disputed = lived(ended, status(confirm(ended), HOUR));
    const resolve = { kind: "resolve", by: "ops", why: "phoned", at: MORNING + 2 * HOUR } as const;
    const paid = step(disputed, { ...resolve, outcome: { kind: "paid", reference: "x" } });
    expect(paid.next).toMatchObject({ state: "paid", receipt: { reference: "5A834FE7" } });
    expect(paid.postings[0]?.entries).toContainEqual({ account: "disputed", amount: -183_500 });
    const refunded = step(disputed, { ...resolve, outcome: { kind: "refunded" } });
    expect(refunded.next).toMatchObject({ state: "refunded", dueAt: MORNING + 3 * HOUR, watched: 0 });
    expect(refunded.postings[0]?.entries).toContainEqual({ account: "disputed", amount: -183_500 });
  });
});

describe("rule 8: after a crash", () => {
  it("a call that stood still for half an hour is the operator's task at once, whatever comes first", () => {
    const late = MORNING + 33 * MINUTE;
    for (const happening of [
      { kind: "lost", at: late, jitter: 0 },
      { kind: "due", at: late, jitter: 0 },
      pay(TIMEOUT, 33 * MINUTE),
    ] as const) {
      expect(step(sending(), happening).tasks).toMatchObject([{ kind: "suspect", key: "suspect:7K2MQ" }]);
    }
    expect(step(sending(), pay(TIMEOUT, 29 * MINUTE)).tasks).toEqual([]);
  });
  it("a sending is only ever asked about, at once", () => {
    const lost = lived(sending(), { kind: "lost", at: MORNING + 20 * SECOND, jitter: 0 });
    expect(lost).toMatchObject({ state: "suspect", dueAt: MORNING + 20 * SECOND });
    const young = lived(sending(), { kind: "lost", at: MORNING + SECOND, jitter: 0 });
    expect(young.dueAt).toBe(MORNING + 5 * SECOND);
  });
  it("a kill before the first byte ends as not charged, after the eleven minutes", () => {
    const lost = lived(sending(), { kind: "lost", at: MORNING + SECOND, jitter: 0 });
    expect(lived(lost, ...failures(5 * SECOND, 4 * MINUTE, 8 * MINUTE, 13 * MINUTE)).state).toBe("not-charged");
  });
  it("an intended is withdrawn unless the biller knows of a pay", () => {
    const found = (settlement: Settlement) => step(intended(), { kind: "found", settlement, at: MORNING, jitter: 0 });
    const noneKnown: readonly Settlement[] = [FAILURE, { kind: "unpaid" }, TIMEOUT];
    for (const settlement of noneKnown) {
      expect(found(settlement)).toMatchObject({ next: { state: "withdrawn", withdrawnWhy: "restart" } });
      expect(found(settlement).notices).toMatchObject([{ kind: "withdrawn", why: "restart" }]);
      expect(found(settlement).postings).toMatchObject([{ what: "release" }]);
    }
    const known: readonly Settlement[] = [{ kind: "pending" }, { kind: "refunded" }, confirm(intended())];
    for (const settlement of known) {
      const { next, notices, postings } = found(settlement);
      expect(next).toMatchObject({ state: "suspect", heard: { everOk: true }, dueAt: MORNING + 5 * SECOND });
      expect(notices).toMatchObject([{ kind: "under-way" }]);
      expect(postings).toEqual([]);
    }
  });
  it("after a restore an intended is the operator's", () => {
    const { next, tasks, notices } = step(intended(), { kind: "restored", at: MORNING });
    expect(next).toMatchObject({ state: "review", sentAt: MORNING });
    expect(tasks).toMatchObject([{ kind: "review" }]);
    expect(notices).toEqual([]);
  });
});

describe("the operator's decision", () => {
  const resolve = { kind: "resolve", by: "ops", why: "phoned", at: MORNING + 25 * HOUR } as const;
  const review = lived(suspect(), { kind: "due", at: MORNING + 24 * HOUR, jitter: 0 });
  it("is kept with name and reason", () => {
    const { sighting } = step(review, { ...resolve, outcome: { kind: "not-charged" } });
    expect(sighting).toMatchObject({ from: "operator", settlement: "resolved" });
    expect(sighting?.detail).toContain("by ops: phoned");
  });
  it("paid without a CONFIRM has no receipt, so no proof, and a task says so", () => {
    const { next, notices, tasks } = step(review, { ...resolve, outcome: { kind: "paid", reference: "BJB-1" } });
    expect(next.receipt).toBeUndefined();
    expect(notices).toMatchObject([{ kind: "paid", payment: { reference: "BJB-1", decided: true } }]);
    expect(tasks).toMatchObject([{ kind: "proof-undelivered" }]);
  });
  it("nothing that the biller says takes it out of his hands", () => {
    const heard = lived(review, status(confirm(review), 25 * HOUR));
    expect(heard).toMatchObject({ state: "review", receipt: { reference: "5A834FE7" } });
  });
  it("a suspect one can be taken over only when the call is surely dead", () => {
    const early = decide(suspect(), { kind: "escalate", by: "ops", at: MORNING + 11 * MINUTE });
    expect(early.kind).toBe("impossible");
    const late = step(suspect(), { kind: "escalate", by: "ops", at: MORNING + 12 * MINUTE });
    expect(late.next).toMatchObject({ state: "review", dueAt: expect.any(Number) });
  });
});
