import { conversationKey } from "../../src/conversation/message.ts";
import { type Rupiah, rupiah } from "../../src/domain/rupiah.ts";
import { agentAccount, readStaffId, type StaffId } from "../../src/domain/staff.ts";
import type { FreePosting } from "../../src/payments/ledger.ts";
import { ACCOUNTS, moved } from "../../src/payments/life/postings.ts";
import type { NewRequest, Reached } from "../../src/relay/request.ts";
import { ANI, aBill, must } from "./bills.ts";

export const CIBINONG: Reached = { id: aStaffId("K7QM"), chat: conversationKey("telegram", "7001") };
export const PARUNG: Reached = { id: aStaffId("P3RG"), chat: conversationKey("whatsapp", "6281200007002") };

export function aStaffId(text: string): StaffId {
  return must(readStaffId(text), text);
}

/** Money that an agent paid in. */
export function aTopUp({ id }: Reached, sum: number, over: Partial<FreePosting> = {}): FreePosting {
  const entries = moved(ACCOUNTS.topups, agentAccount(id), rupiah(sum));
  return { id: `topup.${id}.${sum}`, what: "top-up", by: "ops", why: "transfer", entries, ...over };
}

/** Asked by Ani, of the document's own example, inquired a minute before `at`. */
export function aRequest(at: number, over: Partial<NewRequest> = {}): NewRequest {
  return {
    customer: { chat: ANI, language: "id" },
    bill: aBill(),
    inquiredAt: at - 60_000,
    expiresAt: at + 59 * 60_000,
    debit: rupiah(183_500),
    cashback: rupiah(2_000),
    markup: rupiah(5_000),
    wanted: undefined,
    offers: [],
    dueAt: at + 10 * 60_000,
    ...over,
  };
}

export const LIMITS = (credit: number): { readonly credit: Rupiah } => ({ credit: rupiah(credit) });
