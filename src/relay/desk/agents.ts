import type { ConversationKey } from "../../conversation/message.ts";
import { agentAccount } from "../../domain/staff.ts";
import { closingAfter, startOfDay } from "../../domain/time.ts";
import type { Limits } from "../../payments/ledger.ts";
import type { Staff } from "../../records/staff.ts";
import { isOnDuty, MOST_UNANSWERED } from "../duty.ts";
import type { Faces, Taker } from "../life/step.ts";
import type { Reached, Request } from "../request.ts";
import type { DeskDeps } from "./deps.ts";

/** Everybody whom a letter may name. */
export function facesOf(staff: readonly Staff[]): Faces {
  return new Map(staff.map(({ id, name, handover, language }) => [id, { name, handover, language }]));
}

/** Him, as he writes from this chat. */
export function takerOf({ id, chats, state }: Staff, chat: ConversationKey): Taker {
  return { id, chat, chats, suspended: state === "suspended" };
}

/** Of what a request takes from his balance. */
export function limitsOf({ credit, daily }: Staff, at: number): Limits {
  return { credit, ...(daily === undefined ? {} : { daily: { since: startOfDay(at), max: daily } }) };
}

/**
 * To whom it may be offered: on duty, not the customer himself, with a balance that covers it. Best first: who answers,
 * then who has most, so that whoever has just taken one comes later.
 */
export async function agentsFor(
  deps: Pick<DeskDeps, "ledger" | "clock" | "hours">,
  staff: readonly Staff[],
  { bill, customer }: Pick<Request, "bill" | "customer">,
): Promise<readonly Reached[]> {
  const at = deps.clock.now();
  const here = staff.filter((one) => isOnDuty(one, deps.hours, at) && !one.chats.includes(customer.chat));
  const free = await Promise.all(
    here.map(async (one) => ({ one, free: (await deps.ledger.balance(agentAccount(one.id))) + one.credit })),
  );
  return free
    .filter((agent) => agent.free >= bill.total)
    .toSorted((a, b) => a.one.duty.unanswered - b.one.duty.unanswered || b.free - a.free)
    .flatMap(({ one: { id, chats } }) => chats.slice(0, 1).map((chat) => ({ id, chat })));
}

/** One more offer went by; the third in a row ends his duty. */
export async function countUnanswered({ records, clock }: DeskDeps, { id, duty }: Staff): Promise<void> {
  const unanswered = duty.unanswered + 1;
  const on = duty.on && unanswered < MOST_UNANSWERED;
  await records.staff.change(id, { duty: { ...duty, on, unanswered: on ? unanswered : 0 } }, clock.now());
}

/** He answers: the count begins anew. */
export async function countAnswer({ records, clock }: DeskDeps, { id, duty }: Staff): Promise<void> {
  if (duty.unanswered === 0) return;
  await records.staff.change(id, { duty: { ...duty, unanswered: 0 } }, clock.now());
}

/** Duties that a closing time has ended are taken off, so that everybody sees it. */
export async function endDuties({ records, clock, hours }: DeskDeps): Promise<void> {
  const at = clock.now();
  for (const one of await records.staff.list("agent")) {
    if (!one.duty.on || at < closingAfter(one.duty.since, hours.to)) continue;
    await records.staff.change(one.id, { duty: { ...one.duty, on: false, unanswered: 0 } }, at);
  }
}
