import { agentAccount, type StaffId } from "../domain/staff.ts";
import type { Posting } from "../payments/ledger.ts";
import { ACCOUNTS, moved } from "../payments/life/postings.ts";
import type { Request } from "./request.ts";

/** An agent takes it: its total is bound of his balance. `request` as it was before. */
export function holdRequest(request: Request, agent: StaffId): Posting {
  return posting(request, "hold", moved(agentAccount(agent), ACCOUNTS.holds, request.bill.total));
}

/** He lets it go, or the customer takes it back. `request` as it was before. */
export function releaseRequest(request: Request, agent: StaffId): Posting {
  return posting(request, "release", moved(ACCOUNTS.holds, agentAccount(agent), request.bill.total));
}

/** Of a revision there is one of each: what is released twice is released once. */
function posting(request: Request, what: string, entries: Posting["entries"]): Posting {
  return { id: `request.${request.ref}.${request.revision}.${what}`, what, entries };
}
