import { agentAccount } from "../../domain/staff.ts";
import type { Unsecured } from "../../payments/ledger.ts";
import { isSecured } from "../../payments/life/postings.ts";
import { HELD, type Request, type RequestChange } from "../../relay/request.ts";
import type { RequestRow } from "./request.ts";

/** Faults of the program: the change is not what it must be, whatever anybody did. Throws. */
export function mustFit(row: Pick<RequestRow, "state">, change: RequestChange): void {
  const { expect, next, opens, postings = [] } = change;
  const wrong = (what: string) => new Error(`request ${next.ref}: ${what}; nothing was written`);
  if (next.revision !== expect + 1) throw wrong(`a revision grows by one, not from ${expect} to ${next.revision}`);
  if (next.state === "paying" && row.state !== "paying" && opens === undefined)
    throw wrong("it pays, and opens nothing");
  const others = postings.flatMap(({ entries }) => entries).some(({ account }) => !isOfHolds(account));
  if (others) throw wrong("only agents' balances and what is held of them may be moved");
  if (opens === undefined) return;
  if (next.state !== "paying") throw wrong("only one in paying opens a payment");
  const same = opens.request === next.ref && opens.payer === next.customer.chat && opens.agent?.id === next.taken?.id;
  if (!same || opens.bill.total !== next.bill.total) throw wrong("its payment is another's, or another sum");
}

function isOfHolds(account: string): boolean {
  return account === "holds" || isSecured(account);
}

/** Whose day it counts for, if it does, and with how much. `spent`: what else he has confirmed and has in hand. */
export function cappedTake({ next, limits }: RequestChange, spent: number): Unsecured | undefined {
  const daily = limits?.daily;
  if (daily === undefined || !takes(next)) return undefined;
  return spent + next.bill.total > daily.max ? { kind: "capped" } : undefined;
}

/** An agent has it in hand, and its total is held of his balance. */
export function takes(next: Request): next is Request & { readonly taken: NonNullable<Request["taken"]> } {
  return next.taken !== undefined && HELD.includes(next.state);
}

/** The request as it then is. One that was withdrawn is opened again when the biller gives its invoice again. */
export function withPayment(next: Request, ref: Request["payments"][number]): Request {
  return { ...next, payments: [...next.payments.filter((tried) => tried !== ref), ref] };
}

/** What is held is what the state says (invariant I9): throws. A payment that is disputed has its hold elsewhere. */
export function mustHold({ ref, state, bill: { total }, taken }: Request, held: number): void {
  const may = HELD.includes(state) ? [total] : state === "paying" ? [0, total] : [0];
  if (may.includes(held)) return;
  const whose = taken === undefined ? "nobody" : agentAccount(taken.id);
  throw new Error(`request ${ref} is ${state}, of ${whose}, and holds ${held} of ${total}; nothing was written`);
}
