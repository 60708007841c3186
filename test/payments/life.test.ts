import { describe, expect, it } from "vitest";
import type { Settlement } from "../../src/biller/biller.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import type { Happening, HappeningKind } from "../../src/payments/life/step.ts";
import { decide } from "../../src/payments/life.ts";
import type { Payment, PaymentState } from "../../src/payments/payment.ts";
import { receiptOf, said } from "../contract/ledger-samples.ts";
import { intended, lived, MINUTE, MORNING, SECOND, sending, step, suspect } from "./life-samples.ts";

const FAILURE: Settlement = { kind: "failure", reason: "Failure Invoice 11111111111!" };
const TIMEOUT: Settlement = { kind: "unknown", cause: "timeout", ok: false };
const confirm = (payment: Payment): Settlement => ({ kind: "paid", receipt: receiptOf(payment) });
const status = (settlement: Settlement, since: number) => said("status", settlement, MORNING + since);
const pay = (settlement: Settlement, since = SECOND) => said("pay", settlement, MORNING + since);

describe("the table of a payment's life", () => {
  const examples: { readonly [S in PaymentState]: Payment } = {
    intended: intended(),
    sending: sending(),
    suspect: suspect(),
    paid: lived(sending(), pay(confirm(intended()))),
    refunded: lived(sending(), pay({ kind: "refunded" }), status({ kind: "refunded" }, 70 * SECOND)),
    "not-charged": lived(sending(), pay({ kind: "not-sent", cause: "ECONNREFUSED" })),
    review: lived(intended(), { kind: "restored", at: MORNING }),
    withdrawn: lived(intended(), { kind: "withdraw", why: "cancelled", at: MORNING }),
  };
  const late = MORNING + 13 * MINUTE;
  const happenings: { readonly [K in HappeningKind]: Happening<K> } = {
    send: { kind: "send", at: late },
    withdraw: { kind: "withdraw", why: "cancelled", at: late },
    answer: said("status", { kind: "pending" }, late),
    found: { kind: "found", settlement: { kind: "pending" }, at: late, jitter: 0 },
    lost: { kind: "lost", at: late, jitter: 0 },
    due: { kind: "due", at: late, jitter: 0 },
    restored: { kind: "restored", at: late },
    escalate: { kind: "escalate", by: "ops", at: late },
    resolve: { kind: "resolve", outcome: { kind: "refunded" }, by: "ops", why: "phoned", at: late },
  };
  /** Where each possible thing leads; what is not here is impossible. */
  const edges: { readonly [S in PaymentState]: Partial<Record<HappeningKind, PaymentState>> } = {
    intended: { send: "sending", withdraw: "withdrawn", found: "suspect", restored: "review" },
    sending: { answer: "sending", lost: "suspect", due: "sending" },
    suspect: { answer: "suspect", due: "suspect", escalate: "review" },
    review: { answer: "review", due: "review", resolve: "refunded" },
    paid: { answer: "paid" },
    refunded: { answer: "review" },
    "not-charged": { answer: "review" },
    withdrawn: {},
  };
  for (const [state, payment] of Object.entries(examples) as [PaymentState, Payment][]) {
    it(`${state}: ${Object.keys(edges[state]).join(", ") || "nothing"} can happen, and nothing else`, () => {
      expect(payment.state).toBe(state);
      for (const happening of Object.values(happenings)) {
        const decided = decide(payment, happening);
        const to = edges[state][happening.kind];
        if (to === undefined) expect(decided, happening.kind).toMatchObject({ kind: "impossible" });
        else {
          expect(decided, happening.kind).toMatchObject({ kind: "step", next: { state: to } });
          expect(decided, happening.kind).toMatchObject({ next: { revision: payment.revision + 1 } });
        }
      }
    });
  }
});

describe("rule 2: the intent first", () => {
  it("sending is saved with the word under way and a time for who finds it", () => {
    const { next, notices, postings } = step(intended(), { kind: "send", at: MORNING });
    expect(next).toMatchObject({ state: "sending", sentAt: MORNING, dueAt: MORNING + MINUTE });
    expect(notices).toMatchObject([{ kind: "under-way", nextAt: MORNING + 65 * SECOND }]);
    // The total is held since it was opened.
    expect(postings).toEqual([]);
  });
  it("what was sent before, or whose quote has ended, is not sent", () => {
    expect(decide({ ...intended(), sentAt: MORNING }, { kind: "send", at: MORNING }).kind).toBe("impossible");
    const at = intended().expiresAt;
    expect(decide(intended(), { kind: "send", at }).kind).toBe("impossible");
    expect(decide(intended(), { kind: "send", at: at - 1 }).kind).toBe("step");
  });
});

describe("rule 4: reading pay's answer", () => {
  it("CONFIRM is paid, with the receipt, the proof's notice and the sale", () => {
    const { next, notices, postings, sighting } = step(sending(), pay(confirm(intended())));
    expect(next).toMatchObject({ state: "paid", receipt: { reference: "5A834FE7" }, paidAt: MORNING + SECOND });
    expect(next.dueAt).toBeUndefined();
    expect(notices).toMatchObject([{ kind: "paid", payment: { reference: "5A834FE7", code: next.code } }]);
    expect(postings.map(({ what }) => what)).toEqual(["paid"]);
    expect(sighting).toMatchObject({ from: "pay", settlement: "paid" });
  });
  it("CONFIRM with another total or without a reference is not paid, and never not-charged", () => {
    const receipts = [
      { ...receiptOf(intended()), total: rupiah(183_499) },
      { ...receiptOf(intended()), reference: " " },
    ];
    for (const receipt of receipts) {
      const heard = lived(sending(), pay({ kind: "paid", receipt }));
      expect(heard).toMatchObject({ state: "suspect", heard: { everOk: true } });
    }
  });
  it("not sent is surely not charged, at once", () => {
    const { next, notices, postings } = step(sending(), pay({ kind: "not-sent", cause: "mayGo" }));
    expect(next.state).toBe("not-charged");
    expect(notices).toMatchObject([{ kind: "not-paid", how: "not-charged" }]);
    expect(postings.map(({ what }) => what)).toEqual(["release"]);
  });
  const doubtful: readonly Settlement[] = [
    { kind: "pending" },
    { kind: "refunded" },
    { kind: "refused", reason: "Saldo tidak cukup", saysPaid: false },
    { kind: "refused", reason: "Tagihan sudah dibayar", code: "0054", saysPaid: true },
    FAILURE,
    { kind: "unpaid" },
    TIMEOUT,
    { kind: "unknown", cause: "garbled", ok: false },
    { kind: "unknown", cause: "other-total", ok: true },
  ];
  for (const settlement of doubtful) {
    it(`${settlement.kind}${"cause" in settlement ? ` (${settlement.cause})` : ""} is suspect, and nobody is told`, () => {
      const { next, notices, postings } = step(sending(), pay(settlement, 61 * SECOND));
      expect(next.state).toBe("suspect");
      expect(notices.filter(({ kind }) => kind !== "still-asking")).toEqual([]);
      expect(postings).toEqual([]);
      expect(next.refused).toBe(settlement.kind === "refused");
    });
  }
  it("a late answer of pay counts when others have declared the call dead", () => {
    expect(lived(suspect(), pay(confirm(intended()), 70 * SECOND)).state).toBe("paid");
    expect(lived(suspect(), pay({ kind: "not-sent", cause: "mayGo" }, 70 * SECOND)).state).toBe("suspect");
  });
});

it("what is kept of the biller's sentence holds no KTP number", () => {
  const reason = "Data 3204110101800001 rangka MH1JFZ110HK123456 ditolak";
  const { sighting } = step(sending(), pay({ kind: "refused", reason, saysPaid: false }));
  expect(sighting?.detail).toMatch(/ditolak/);
  expect(sighting?.detail).not.toMatch(/3204110101800001|MH1JFZ110HK123456/);
});
