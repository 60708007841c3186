import type { UnpaidHow, UnpaidWhy, WithdrawnWhy } from "../../domain/notice.ts";
import type { PaymentRef } from "../../domain/ref.ts";
import { holdRequest, releaseRequest } from "../postings.ts";
import { penFor } from "./letters.ts";
import { ALARM_MS, BILL_MS, billPause, HANDOVER_MS, isPayable, promised, REMIND_MS, unpaidDue } from "./schedule.ts";
import { type Extras, type Faces, type Happening, type Impossible, impossible, type Step, stepTo } from "./step.ts";
import { type Held, held, isHandedOver, NOT_HIS, paying, released } from "./taken.ts";
import { ODD_BILL, requestKey, requestTask, UNPAID } from "./tasks.ts";

/** received: a fresh bill. Of the same sum it is paid; else the customer is asked, and the hold follows the sum. */
export const freshBill = held<Happening<"bill">>((request, happening, faces) => {
  const { at, bill, inquiredAt, expiresAt, debit, cashback } = happening;
  if (!isPayable({ expiresAt }, at)) return noBill(request, { kind: "no-bill", at, why: "unavailable" }, faces);
  const next = { ...request, bill, inquiredAt, expiresAt, debit, cashback };
  const isAgreed = request.agreedTo === undefined && bill.total === request.bill.total;
  return isAgreed ? paying(next, { at }) : sumMoved(request, next, { at, faces });
});

function sumMoved(request: Held, next: Held, { at, faces }: { readonly at: number; readonly faces: Faces }): Step {
  const { taken, bill } = request;
  const dueAt = at + ALARM_MS;
  const pen = penFor(next, faces);
  const was = bill.total;
  const agent = pen.named(taken.id);
  const change = {
    ...({ state: "taken", reminders: 0, dueAt, receivedAt: request.receivedAt ?? at } as const),
    ...{ bill: next.bill, inquiredAt: next.inquiredAt, expiresAt: next.expiresAt },
    ...{ debit: next.debit, cashback: next.cashback, agreedTo: request.agreedTo ?? was },
  };
  return stepTo(request, change, {
    postings: [releaseRequest(request, taken.id), holdRequest(next, taken.id)],
    letters: [
      pen.customer({ kind: "sum-moved", agent, was, nextAt: promised(at, ALARM_MS), ...pen.about }),
      pen.agent(taken, { kind: "sum-asked", was, ...pen.about }),
    ],
  });
}

/** received: no bill. Tried again for a while when that may help; then it is unpaid, with the agent's word awaited. */
export const noBill = held<Happening<"no-bill">>((request, { at, why }, faces) => {
  const { receivedAt = at, reminders, taken } = request;
  if (why !== "unavailable") return unpaid(request, { at, why, tried: undefined }, faces);
  if (at >= receivedAt + BILL_MS) return unpaid(request, { at, why: "no-bill", tried: undefined }, faces);
  const pen = penFor(request, faces);
  const nextAt = promised(receivedAt, BILL_MS);
  const letters = [
    pen.customer({ kind: "bill-late", agent: pen.named(taken.id), nextAt, ...pen.about }),
    pen.agent(taken, { kind: "bill-wait", nextAt, ...pen.about }),
  ];
  const dueAt = Math.min(at + billPause(reminders), receivedAt + BILL_MS);
  return stepTo(request, { reminders: reminders + 1, dueAt }, { letters: reminders === 0 ? letters : [] });
});

/** paying: its payment is live no more; unpaid: it was paid after all. */
export const ended = held<Happening<"ended">>((request, { at, payment, state, why }, faces) => {
  if (request.payments.at(-1) !== payment) return impossible("that is not its last payment");
  switch (state) {
    case "paid":
      return stepTo(request, { state: "done", dueAt: undefined }, { closes: [requestKey(request)] });
    case "refunded":
    case "not-charged":
    case "withdrawn":
      if (request.state === "unpaid") return impossible("that is known");
      return unpaid(request, { at, why: "not-paid", tried: payment, ...howOf(state, why) }, faces);
    default:
      return impossible("its payment is live");
  }
});

function howOf(state: UnpaidHow | "withdrawn", why: WithdrawnWhy | undefined): { readonly how?: UnpaidHow } {
  const how = state === "withdrawn" ? why : state;
  return how === undefined ? {} : { how };
}

interface Unpaid {
  readonly why: UnpaidWhy;
  readonly tried: PaymentRef | undefined;
  readonly how?: UnpaidHow;
}

/** N1 and N2. In paying its payment has released the hold. */
function unpaid(request: Held, { at, ...said }: Unpaid & { readonly at: number }, faces: Faces): Step {
  const { taken, state } = request;
  const pen = penFor(request, faces);
  const extras: Extras = {
    postings: state === "paying" ? [] : [releaseRequest(request, taken.id)],
    letters: [
      pen.customer({ kind: "unpaid-with-agent", agent: pen.named(taken.id), ...said, ...pen.about }),
      pen.agent(taken, { kind: "unpaid", ...said, ...pen.about }),
    ],
    tasks: said.why === "already-paid" ? [requestTask(request, faces, ODD_BILL)] : [],
  };
  return stepTo(request, { state: "unpaid", reminders: 0, dueAt: unpaidDue(at, 0) }, extras);
}

/**
 * Coba lagi: held again, and the agent says once more that he has the money. What was sent is never sent again: its bill
 * is over, so that a fresh one is asked for then.
 */
export const again = held<Happening<"again">>((request, { at, by }, faces) => {
  const no = notAgain(request, by);
  if (no !== undefined) return impossible(no);
  const until = at + HANDOVER_MS;
  const taken = { ...request.taken, at, until };
  const said = request.said ?? { at, photo: false };
  const waits = { receivedAt: undefined, reminders: 0, dueAt: at + REMIND_MS };
  const pen = penFor(request, faces);
  return stepTo(
    request,
    { state: "taken", taken, said, expiresAt: Math.min(request.expiresAt, at), ...waits },
    { postings: [holdRequest(request, by)], letters: [pen.agent(taken, { kind: "yours", until, ...pen.about })] },
  );
});

function notAgain({ taken, receivedAt }: Held, by: Happening<"again">["by"]): string | undefined {
  if (taken.id !== by) return NOT_HIS;
  return receivedAt === undefined ? "the customer wants his money back" : undefined;
}

/** The agent says that the customer has his money back. */
export const returned = held<Happening<"returned">>((request, { at, by }, faces) => {
  if (request.taken.id !== by) return impossible(NOT_HIS);
  if (request.state === "taken" && !isHandedOver(request)) return impossible("no money was handed over: let it go");
  const pen = penFor(request, faces);
  const letters = [pen.customer({ kind: "returned", agent: pen.named(by), ...pen.about })];
  const closed = { at, why: "returned" } as const;
  if (request.state === "taken" || request.state === "received") return released(request, closed, { letters });
  const change = { state: "closed", closed, dueAt: undefined } as const;
  return stepTo(request, change, { letters, closes: [requestKey(request)] });
});

/** The agent is reminded, then it is the operator's. */
export const unpaidDueNow = held<Happening<"due">>((request, { at, live }, faces): Step | Impossible => {
  const { reminders, taken, receivedAt } = request;
  if (live) return stepTo(request, { dueAt: unpaidDue(at, 0) });
  const change = { reminders: reminders + 1, dueAt: unpaidDue(at, reminders + 1) };
  if (reminders > 1) return stepTo(request, change);
  const pen = penFor(request, faces);
  const why = receivedAt === undefined ? "taken-back" : "not-paid";
  const tried = request.payments.at(-1);
  return stepTo(request, change, {
    letters: [pen.agent(taken, { kind: "unpaid", why, tried, ...pen.about })],
    tasks: reminders === 1 ? [requestTask(request, faces, UNPAID)] : [],
  });
});
