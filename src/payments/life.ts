import { escalate, lost, payAnswered, reviewDue, sendingDue, suspectAnswered, suspectDueNow } from "./life/asking.ts";
import { found, restored, send, withdraw } from "./life/begin.ts";
import { endAnswered, paidAnswered, resolve, reviewAnswered } from "./life/ends.ts";
import { type Happening, type HappeningKind, type Impossible, impossible, type Step } from "./life/step.ts";
import type { Payment, PaymentState } from "./payment.ts";

/**
 * Money's law: what becomes of a payment when something happens to it (money-rules.md). Pure and total; time, jitter and
 * the biller's words arrive in the happening. The settler reads and writes, this decides.
 */
export function decide<K extends HappeningKind>(payment: Payment, happening: Happening<K>): Step | Impossible {
  const cell: Cell<K> = LIFE[payment.state][happening.kind];
  return typeof cell === "string" ? impossible(cell) : cell(payment, happening);
}

/** What happens, or why it cannot. */
type Cell<K extends HappeningKind> = string | ((payment: Payment, happening: Happening<K>) => Step | Impossible);

type Row = { readonly [K in HappeningKind]: Cell<K> };

const NOT_INTENDED = "it is intended no more";
const NOT_SENDING = "no call is under way";
const NOTHING_DUE = "nothing is due";
const NOT_ASKED = "it is not being asked about";
const NOT_IN_REVIEW = "it is not in review";
const NEVER_SENT = "it was never sent, so there is nothing to hear";
const NEVER_AGAIN = "an invoice that was ever sent is never sent again";
const TOO_LATE = "it was sent, and that cannot be stopped";

/** From a payment that was sent, whatever became of it. */
const SENT = {
  send: NEVER_AGAIN,
  withdraw: TOO_LATE,
  found: NOT_INTENDED,
  restored: NOT_INTENDED,
  lost: NOT_SENDING,
  escalate: NOT_ASKED,
  resolve: NOT_IN_REVIEW,
} as const satisfies Partial<Row>;

const ENDED: Row = { ...SENT, answer: endAnswered, due: NOTHING_DUE };

const LIFE: { readonly [S in PaymentState]: Row } = {
  intended: {
    send,
    withdraw,
    found,
    restored,
    answer: NEVER_SENT,
    lost: NOT_SENDING,
    due: NOTHING_DUE,
    escalate: NOT_ASKED,
    resolve: NOT_IN_REVIEW,
  },
  sending: { ...SENT, answer: payAnswered, lost, due: sendingDue },
  suspect: { ...SENT, answer: suspectAnswered, due: suspectDueNow, escalate },
  review: { ...SENT, answer: reviewAnswered, due: reviewDue, resolve },
  paid: { ...SENT, answer: paidAnswered, due: NOTHING_DUE },
  refunded: ENDED,
  "not-charged": ENDED,
  withdrawn: {
    ...SENT,
    send: NOT_INTENDED,
    withdraw: NOT_INTENDED,
    answer: NEVER_SENT,
    due: NOTHING_DUE,
  },
};
