import type { AgentNotice, BalanceNotice } from "../../src/domain/notice.ts";
import type { Say, World } from "../flow.ts";
import { part } from "../words/words.ts";
import { saying } from "./questions.ts";

/** News for an agent in a chat that is his no more: said all the same, since the ledger owes it until it was. */
export function strayNoticeSay(notice: AgentNotice | BalanceNotice, { policy: { contact } }: World): Say {
  if (notice.kind === "balance") {
    return saying(part("stray_balance", { what: notice.what, amount: notice.amount, contact }));
  }
  const { ref, plate } = notice.request;
  return saying(part("stray_request", { ref, plate, money: mayHaveMoney(notice.kind), contact }));
}

/** Whether the customer's money may be where the news was meant to go. */
function mayHaveMoney(kind: AgentNotice["kind"]): boolean {
  switch (kind) {
    case "offer":
    case "offer-gone":
    case "duty-over":
      return false;
    case "yours":
    case "customer-paid":
    case "reminder":
    case "customer-cancelled":
    case "not-yours":
    case "sum-asked":
    case "sum-agreed":
    case "bill-wait":
    case "unpaid":
      return true;
  }
}
