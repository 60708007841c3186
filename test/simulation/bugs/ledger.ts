import type { LedgerChange } from "../../../src/payments/ledger.ts";
import { toNotPaid } from "../../../src/payments/life/ends.ts";
import { CALL_OVER_MS } from "../../../src/payments/life/schedule.ts";
import { lettersOf } from "../../../src/payments/settle/happen.ts";
import { type Bug, changesWritten, withNext } from "./bug.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function heard(change: LedgerChange, over: Partial<LedgerChange["payment"]["next"]["heard"]>): LedgerChange {
  return withNext(change, { heard: { ...change.payment.next.heard, ...over } });
}

/** What is written of payments, and when. */
export const LEDGER_BUGS: readonly Bug[] = [
  changesWritten("PENDING, then FAILURE means not charged", (change) => heard(change, { everOk: false })),
  changesWritten("'already paid', then FAILURE means not charged", (change) => heard(change, { saidPaid: false })),
  changesWritten("the first REFUND is final", (change) => {
    const { refundAt } = change.payment.next.heard;
    return refundAt === undefined ? change : heard(change, { refundAt: refundAt - HOUR });
  }),
  changesWritten("one FAILURE after the call means not charged", (change) => {
    const { next } = change.payment;
    const failed = change.sighting?.from === "status" && change.sighting.settlement === "failure";
    if (!failed || next.state !== "suspect" || change.at - (next.sentAt ?? change.at) < CALL_OVER_MS) return change;
    const {
      next: ended,
      notices,
      postings,
    } = toNotPaid({ ...next, revision: next.revision - 1 }, "not-charged", change.at);
    return {
      ...change,
      payment: { ...change.payment, next: ended },
      notices: lettersOf(ended, notices),
      postings,
    };
  }),
  changesWritten("the day's cap is left out", ({ cap: _cap, ...change }) => change),
  changesWritten("a hold is not released", (change) => ({
    ...change,
    postings: (change.postings ?? []).filter(({ what }) => what !== "release"),
  })),
  changesWritten("the operator is not told after 30 min", (change) => ({
    ...change,
    tasks: (change.tasks ?? []).filter(({ kind }) => kind !== "suspect"),
  })),
  changesWritten("nobody asks after half an hour", (change) => {
    const { state, sentAt } = change.payment.next;
    const late = state === "suspect" && sentAt !== undefined && change.at - sentAt > HOUR / 2;
    return late ? withNext(change, { dueAt: undefined }) : change;
  }),
  changesWritten(
    "ends are not watched",
    (change) => {
      const { state } = change.payment.next;
      return state === "refunded" || state === "not-charged" ? withNext(change, { dueAt: undefined }) : change;
    },
    true,
  ),
  {
    name: "the intent is committed after the call",
    wrong: (parts) => {
      const late = new Map<string, LedgerChange>();
      return {
        ...parts,
        ledger: {
          ...parts.ledger,
          async commit(change) {
            const { next } = change.payment;
            const sends = next.state === "sending" && next.sentAt === change.at;
            if (!sends) return parts.ledger.commit(change);
            late.set(next.bill.invoice, change);
            return "done";
          },
        },
        biller: {
          ...parts.biller,
          async pay(order, mayGo) {
            const settlement = await parts.biller.pay(order, mayGo);
            const change = late.get(order.invoice);
            if (change !== undefined) await parts.ledger.commit(change);
            return settlement;
          },
        },
      };
    },
  },
  {
    name: "resend after a crash",
    wrong: (parts) => ({
      ...parts,
      ledger: {
        ...parts.ledger,
        async claim(now, leaseFor, limit) {
          const claimed = await parts.ledger.claim(now, leaseFor, limit);
          for (const { payment, takenOver } of claimed) {
            if (!takenOver || payment.state !== "sending") continue;
            await parts.biller.pay({ invoice: payment.bill.invoice, total: payment.bill.total }, () => true);
          }
          return claimed;
        },
      },
    }),
  },
  {
    name: "notices are written after the transaction",
    wrong: (parts) => ({
      ...parts,
      ledger: {
        ...parts.ledger,
        async commit({ notices = [], ...change }) {
          const done = await parts.ledger.commit(change);
          const { next } = change.payment;
          if (done !== "done" || notices.length === 0) return done;
          const again = { ...next, revision: next.revision + 1 };
          await parts.ledger.commit({
            at: change.at,
            payment: { next: again, expect: next.revision, lease: undefined },
            notices,
          });
          return done;
        },
      },
    }),
  },
  {
    name: "a restored database is not noticed",
    wrong: (parts) => ({
      ...parts,
      ledger: {
        ...parts.ledger,
        takeOver: async (now) => ({ ...(await parts.ledger.takeOver(now)), wentBack: false }),
      },
    }),
  },
  {
    name: "a bill older than the last payment is paid",
    wrong: (parts) => ({
      ...parts,
      ledger: { ...parts.ledger, open: (payment, at) => parts.ledger.open({ ...payment, inquiredAt: at }, at) },
    }),
  },
  {
    name: "a quote never ends",
    wrong: (parts) => ({
      ...parts,
      conversations: {
        ...parts.conversations,
        async load(key) {
          const found = await parts.conversations.load(key);
          const context = found?.context as { readonly quote?: { readonly expiresAt: number } } | undefined;
          if (found === undefined || context?.quote === undefined) return found;
          const quote = { ...context.quote, expiresAt: context.quote.expiresAt + DAY };
          return { ...found, context: { ...context, parked: false, quote } };
        },
      },
    }),
  },
];
