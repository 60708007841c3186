import type { StaffId } from "../../domain/staff.ts";
import { holdRequest, releaseRequest } from "../postings.ts";
import { HELD, type Request } from "../request.ts";
import { penFor } from "./letters.ts";
import { HANDOVER_MS, handoverUntil, REMIND_MS } from "./schedule.ts";
import { type Faces, type Happening, type Impossible, impossible, type Step, stepTo } from "./step.ts";
import { type Held, isHandedOver } from "./taken.ts";
import { requestKey } from "./tasks.ts";

/** asked, taken, unpaid -> taken: the operator gives it to this agent, also when the money is handed over. */
export function given(request: Request, { at, to }: Happening<"given">, faces: Faces): Step | Impossible {
  const handedOver = isHandedOver(request);
  const until = handedOver ? at + HANDOVER_MS : handoverUntil(at);
  if (to.suspended) return impossible("the agent is suspended");
  if (to.chats.includes(request.customer.chat)) return impossible("nobody is the agent of his own request");
  if (request.taken?.id === to.id && request.state === "taken") return impossible("he has it already");
  if (until === undefined) return impossible("it is too late today to hand money over");
  const taken = { id: to.id, chat: to.chat, at, until };
  const said = request.said ?? (handedOver ? { at, photo: false } : undefined);
  const dueAt = handedOver ? at + REMIND_MS : until;
  const change = { state: "taken", taken, said, receivedAt: undefined, reminders: 0, dueAt } as const;
  return stepTo(request, change, {
    postings: [...release(request), holdRequest(request, to.id)],
    letters: [...fromLetters(request, to.id, faces), ...toLetters({ ...request, ...change }, faces)],
    closes: [requestKey(request)],
  });
}

/** To whom it is taken from. */
function fromLetters(request: Request, to: StaffId, faces: Faces): Step["letters"] {
  const { state, taken } = request;
  const pen = penFor(request, faces);
  if (state === "asked") return pen.gone("taken", to);
  return taken === undefined ? [] : [pen.agent(taken, { kind: "not-yours", why: "passed-on", ...pen.about })];
}

/** To the customer, who hands over money only if he has not, and to whose it is now. */
function toLetters(request: Held, faces: Faces): Step["letters"] {
  const { taken, said } = request;
  const pen = penFor(request, faces);
  const { until } = taken;
  const agent = pen.named(taken.id);
  const handover = faces.get(taken.id)?.handover ?? "";
  const yours = pen.agent(taken, { kind: "yours", until, ...pen.about });
  if (said === undefined) return [pen.customer({ kind: "taken", agent, handover, until, ...pen.about }), yours];
  const { at: saidAt, photo } = said;
  return [
    pen.customer({ kind: "passed-on", agent, ...pen.about }),
    yours,
    pen.agent(taken, { kind: "customer-paid", saidAt, photo, ...pen.about }),
  ];
}

/** Any that is not being paid -> closed. */
export function shut(request: Request, { at }: Happening<"shut">, faces: Faces): Step {
  const { taken, state } = request;
  const pen = penFor(request, faces);
  const agent = taken === undefined ? undefined : pen.named(taken.id);
  const change = { state: "closed", closed: { at, why: "operator" }, dueAt: undefined } as const;
  return stepTo(request, change, {
    postings: release(request),
    letters: [
      pen.customer({ kind: "shut", agent, ...pen.about }),
      ...(state === "asked" ? pen.gone("closed") : []),
      ...(taken === undefined ? [] : [pen.agent(taken, { kind: "not-yours", why: "shut", ...pen.about })]),
    ],
    closes: [requestKey(request)],
  });
}

function release(request: Request): Step["postings"] {
  const { taken, state } = request;
  return taken !== undefined && HELD.includes(state) ? [releaseRequest(request, taken.id)] : [];
}
