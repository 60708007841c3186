import type { Rupiah } from "../../domain/rupiah.ts";
import type { StaffId } from "../../domain/staff.ts";
import type { NewPayment } from "../../payments/payment.ts";
import { releaseRequest } from "../postings.ts";
import type { ClosedWhy, Request } from "../request.ts";
import { type Pen, penFor } from "./letters.ts";
import { ALARM_MS, ANSWER_MS, isPayable, laterWord, promised, promisedPaying, REMIND_MS } from "./schedule.ts";
import { type Extras, type Faces, type Happening, type Impossible, impossible, type Step, stepTo } from "./step.ts";
import { BARRED, requestKey, requestTask, SILENT, UNANSWERED, WANTS_BACK } from "./tasks.ts";

export type Held = Request & { readonly taken: NonNullable<Request["taken"]> };

export const NOT_HIS = "another agent has it";
const HANDED_OVER = "the money is handed over: only the operator gives it to another agent";

/** A step of one who has it. */
export function held<K extends { readonly at: number }>(
  make: (request: Held, happening: K, faces: Faces) => Step | Impossible,
): (request: Request, happening: K, faces: Faces) => Step | Impossible {
  return (request, happening, faces) => {
    const { taken } = request;
    // The store refuses such a row.
    if (taken === undefined) return impossible("it is in nobody's hand");
    return make({ ...request, taken }, happening, faces);
  };
}

/** Nobody but the operator gives away a request whose money was handed over. */
export function isHandedOver({ said, receivedAt }: Request): boolean {
  return said !== undefined || receivedAt !== undefined;
}

/** taken -> asked, with the customer told that nothing is to be handed over. The others are asked once more. */
export const letGo = held<Happening<"let-go">>((request, { at, by }, faces) => {
  if (request.taken.id !== by) return impossible(NOT_HIS);
  if (isHandedOver(request)) return impossible(HANDED_OVER);
  const { chat } = request.taken;
  const pen = penFor(request, faces);
  const offers = [
    ...request.offers.filter(({ id, skipped }) => skipped && id !== by),
    { id: by, chat, at, skipped: true },
  ];
  const change = { state: "asked", taken: undefined, wanted: undefined, askedAt: at, reminders: 0, dueAt: at } as const;
  const nextAt = promised(at, ANSWER_MS);
  return stepTo(
    request,
    { ...change, offers },
    {
      postings: [releaseRequest(request, by)],
      letters: [pen.customer({ kind: "let-go", agent: pen.named(by), nextAt, ...pen.about })],
    },
  );
});

/** taken -> closed: the customer's BATAL, before any money. */
export const cancelled = held<Happening<"cancelled">>((request, { at }, faces) => {
  if (isHandedOver(request)) return impossible("the money is handed over: it must be taken back");
  const pen = penFor(request, faces);
  return released(
    request,
    { at, why: "cancelled" },
    {
      letters: [pen.agent(request.taken, { kind: "customer-cancelled", ...pen.about })],
    },
  );
});

/** taken, received -> unpaid: the customer's BATAL, and the agent has his money, or may have. */
export const takenBack = held<Happening<"taken-back">>((request, { at }, faces) => {
  const { taken } = request;
  const said = request.said ?? { at, photo: false };
  const change = { state: "unpaid", said, receivedAt: undefined, reminders: 1, dueAt: laterWord(at).dueAt } as const;
  const pen = penFor(request, faces);
  const why = { why: "taken-back", tried: undefined } as const;
  return stepTo(request, change, {
    postings: [releaseRequest(request, taken.id)],
    letters: [
      pen.customer({ kind: "unpaid-with-agent", agent: pen.named(taken.id), ...why, ...pen.about }),
      pen.agent(taken, { kind: "unpaid", ...why, ...pen.about }),
    ],
    tasks: [requestTask(request, faces, WANTS_BACK)],
  });
});

/** SUDAH. A second one changes nothing, unless it brings a picture. */
export const said = held<Happening<"said">>((request, { at, photo }, faces) => {
  const before = request.said;
  if (request.receivedAt !== undefined) return impossible("the agent has said already that he has it");
  if (before !== undefined && (before.photo || !photo)) return impossible("he has said so already");
  const pen = penFor(request, faces);
  const saidAt = before?.at ?? at;
  const change = before === undefined ? { reminders: 0, dueAt: at + REMIND_MS } : {};
  return stepTo(
    request,
    { ...change, said: { at: saidAt, photo } },
    {
      letters: [pen.agent(request.taken, { kind: "customer-paid", saidAt, photo, ...pen.about })],
    },
  );
});

/** The money is in his hand: it is paid at once, or a fresh bill is asked for first. */
export const received = held<Happening<"received">>((request, { at, by, fresh }, faces) => {
  if (request.taken.id !== by) return impossible(NOT_HIS);
  if (request.receivedAt !== undefined) return impossible("the sum has moved, and the customer has not said yes to it");
  if (request.agreedTo !== undefined) return asksCustomer(request, request.agreedTo, { at, faces });
  const letters = [receivedLetter(penFor(request, faces), by, at)];
  if (!fresh && isPayable(request, at)) return paying(request, { at, letters });
  return stepTo(request, { state: "received", receivedAt: at, reminders: 0, dueAt: at }, { letters });
});

/** The sum moved while another agent had it, and the customer has said yes to the old one alone. */
function asksCustomer(request: Held, was: Rupiah, { at, faces }: { readonly at: number; readonly faces: Faces }): Step {
  const { taken } = request;
  const pen = penFor(request, faces);
  const nextAt = promised(at, ALARM_MS);
  return stepTo(
    request,
    { receivedAt: at, reminders: 0, dueAt: at + ALARM_MS },
    {
      letters: [
        pen.customer({ kind: "sum-moved", agent: pen.named(taken.id), was, nextAt, ...pen.about }),
        pen.agent(taken, { kind: "sum-asked", was, ...pen.about }),
      ],
    },
  );
}

/** A suspended agent causes no debit; where the money is only the operator finds out. */
export const barred = held<Happening<"barred">>((request, { at, by }, faces) => {
  if (request.taken.id !== by) return impossible(NOT_HIS);
  const known = isHandedOver(request);
  const change = known ? {} : { said: { at, photo: false }, reminders: 0, dueAt: at + REMIND_MS };
  return stepTo(request, change, { tasks: [requestTask(request, faces, BARRED)] });
});

/** Yes to the sum that moved: the agent says once more that he has it. */
export const agreed = held<Happening<"agreed">>((request, { at, sum }, faces) => {
  const { agreedTo, receivedAt } = request;
  if (agreedTo === undefined && receivedAt === undefined) return impossible("no sum has moved");
  if (request.bill.total !== sum) return impossible("it was another sum that he said yes to");
  const pen = penFor(request, faces);
  const change = { said: { at, photo: false }, receivedAt: undefined, reminders: 0, dueAt: at + REMIND_MS };
  return stepTo(
    request,
    { ...change, agreedTo: undefined },
    {
      letters: [pen.agent(request.taken, { kind: "sum-agreed", ...pen.about })],
      closes: [requestKey(request)],
    },
  );
});

/** The time to hand over has passed, or somebody is silent. */
export const takenDue = held<Happening<"due">>((request, { at }, faces) => {
  if (!isHandedOver(request)) return expired(request, at, faces);
  return request.receivedAt === undefined ? silentAgent(request, at, faces) : silentCustomer(request, at, faces);
});

function expired(request: Held, at: number, faces: Faces): Step {
  const pen = penFor(request, faces);
  const { taken } = request;
  if (at < taken.until) return stepTo(request, { dueAt: taken.until });
  return released(
    request,
    { at, why: "expired" },
    {
      letters: [
        pen.customer({ kind: "expired", agent: pen.named(taken.id), ...pen.about }),
        pen.agent(taken, { kind: "not-yours", why: "expired", ...pen.about }),
      ],
    },
  );
}

/** Reminded first; then it is the operator's, and the customer hears of it again and again (R8). */
function silentAgent(request: Held, at: number, faces: Faces): Step {
  const { taken, reminders } = request;
  const saidAt = request.said?.at ?? at;
  const pen = penFor(request, faces);
  // Who has it since later, or again, is given his time anew.
  const since = Math.max(saidAt, taken.at);
  if (reminders === 0 && at < since + ALARM_MS) {
    return stepTo(
      request,
      { reminders: 1, dueAt: since + ALARM_MS },
      {
        letters: [pen.agent(taken, { kind: "reminder", saidAt, ...pen.about })],
      },
    );
  }
  const { dueAt, nextAt } = laterWord(at);
  const letter = pen.customer({ kind: "silent-agent", agent: pen.named(taken.id), saidAt, nextAt, ...pen.about });
  const tasks = [requestTask(request, faces, SILENT)];
  return stepTo(request, { reminders: reminders + 1, dueAt }, { letters: [letter], tasks });
}

/** The agent has the money, and the customer has not said yes to the sum that moved. */
function silentCustomer(request: Held, at: number, faces: Faces): Step {
  const { taken, reminders } = request;
  const { dueAt, nextAt } = laterWord(at);
  const pen = penFor(request, faces);
  const agent = pen.named(taken.id);
  return stepTo(
    request,
    { reminders: reminders + 1, dueAt },
    {
      letters: [pen.customer({ kind: "sum-moved", agent, was: undefined, nextAt, ...pen.about })],
      tasks: [requestTask(request, faces, UNANSWERED)],
    },
  );
}

/** Out of the agent's hand, with no payment: closed, and the hold released. */
export function released(
  request: Held,
  closed: { readonly at: number; readonly why: ClosedWhy },
  extras: Extras,
): Step {
  const change = { state: "closed", closed, dueAt: undefined } as const;
  const postings = [releaseRequest(request, request.taken.id)];
  return stepTo(request, change, { postings, closes: [requestKey(request)], ...extras });
}

/** R4. */
export function receivedLetter(pen: Pen, by: StaffId, at: number): ReturnType<Pen["customer"]> {
  const nextAt = promisedPaying(at);
  return pen.customer({ kind: "received", agent: pen.named(by), receivedAt: at, nextAt, ...pen.about });
}

/** It becomes a payment, in the same transaction. Its hold goes over to that. */
export function paying(request: Held, { at, letters }: Extras & { readonly at: number }): Step {
  const change = { state: "paying", receivedAt: request.receivedAt ?? at, reminders: 0, dueAt: undefined } as const;
  return stepTo(request, change, { opens: paymentOf(request), letters: letters ?? [], closes: [requestKey(request)] });
}

function paymentOf({ ref, customer, bill, inquiredAt, expiresAt, debit, cashback, markup, taken }: Held): NewPayment {
  const { chat: payer, language } = customer;
  const agent = { id: taken.id, chat: taken.chat };
  return { payer, language, bill, inquiredAt, expiresAt, debit, cashback, agent, request: ref, markup };
}
