import { LIVE } from "../../payments/payment.ts";
import type { Staff } from "../../records/staff.ts";
import { MOST_UNANSWERED } from "../duty.ts";
import { penFor } from "../life/letters.ts";
import type { Happening, Step } from "../life/step.ts";
import type { Request } from "../request.ts";
import { agentsFor, countUnanswered, facesOf } from "./agents.ts";
import type { DeskDeps } from "./deps.ts";
import { askAnew } from "./fresh-bill.ts";
import { happenOnce } from "./happen.ts";

/** One look at a request whose time has come. When somebody else was quicker, or it is stopped, it is looked at again. */
export async function lookAt(deps: DeskDeps, request: Request, stop: AbortSignal): Promise<void> {
  if (request.state === "received") return void (await askAnew(deps, request, stop));
  const staff = await deps.records.staff.list("agent");
  const happening = await happeningOf(deps, request, staff);
  if (happening === undefined) return;
  const beside = ({ lapsed }: Step) => dutiesOver(request, lapsed, staff);
  const relayed = await happenOnce(deps, request, { make: () => happening, beside });
  if (relayed === "conflict" || relayed.kind !== "done") return;
  for (const one of staff) if (relayed.lapsed.includes(one.id)) await countUnanswered(deps, one);
}

async function happeningOf(
  deps: DeskDeps,
  request: Request,
  staff: readonly Staff[],
): Promise<Happening<"due" | "ended"> | undefined> {
  const at = deps.clock.now();
  const last = request.payments.at(-1);
  const payment = last === undefined ? undefined : await deps.ledger.load(last);
  const live = payment !== undefined && LIVE.includes(payment.state);
  const hasEnded = request.state === "paying" ? !live : request.state === "unpaid" && payment?.state === "paid";
  if (hasEnded && payment !== undefined) {
    const { ref, state, withdrawnWhy: why } = payment;
    return { kind: "ended", payment: ref, state, at, ...(why === undefined ? {} : { why }) };
  }
  if (request.state === "paying") return undefined;
  const agents = request.state === "asked" ? await agentsFor(deps, staff, request) : [];
  return { kind: "due", agents, live, at };
}

/** To those whose third offer in a row has gone by. */
function dutiesOver(request: Request, lapsed: Step["lapsed"], staff: readonly Staff[]): Step["letters"] {
  const pen = penFor(request, facesOf(staff));
  return staff
    .filter(({ id, duty }) => lapsed.includes(id) && duty.on && duty.unanswered + 1 >= MOST_UNANSWERED)
    .flatMap(({ id, chats }) =>
      chats.slice(0, 1).map((chat) => pen.agent({ id, chat }, { kind: "duty-over", ...pen.about })),
    );
}
