import { type Rupiah, rupiah, showRupiah } from "../domain/rupiah.ts";
import { agentAccount } from "../domain/staff.ts";
import type { Ledger } from "../payments/ledger.ts";
import { ACCOUNTS, moved } from "../payments/life/postings.ts";
import type { Records } from "../records/records.ts";
import type { Staff } from "../records/staff.ts";

/** The same sum again within so long may be one that was sent twice, ms. */
const TWICE_MS = 60_000;

export interface BalanceDeps {
  readonly ledger: Pick<Ledger, "balance" | "post" | "lines">;
  readonly records: Pick<Records, "audit">;
}

/** What the operator books on an agent's balance. */
export interface Booking {
  /** A top-up is more than zero: the agent has paid it in. An adjustment may be less. */
  readonly what: "top-up" | "adjustment";
  readonly agent: Staff;
  readonly amount: Rupiah;
  /** Neither is empty. */
  readonly by: string;
  readonly why: string;
  /** It is known that the same sum was booked a moment ago: this is another one. */
  readonly again: boolean;
  /** Stable: the same id twice is one booking, whenever it comes. Without it the same sum within a minute is refused. */
  readonly id?: string;
}

export type Booked =
  | { readonly kind: "booked"; readonly balance: Rupiah }
  /** The same sum was booked within the last minute, or just now by somebody else: nothing was changed. */
  | { readonly kind: "twice" }
  /** The balance would fall below his credit by so much: nothing was changed. */
  | { readonly kind: "short"; readonly missing: Rupiah };

/**
 * Books it, and tells the agent in the chat that he bound last. Two at the same time with the same sum are one: a double
 * press is no money. Throws RangeError for a sum that cannot be booked.
 */
export async function book({ ledger, records }: BalanceDeps, booking: Booking, at: number): Promise<Booked> {
  const { what, agent, amount, by, why, again } = booking;
  if (amount === 0 || (what === "top-up" && amount < 0)) throw new RangeError(`a ${what} of ${amount}`);
  const account = agentAccount(agent.id);
  // Read before the lines: whoever books in between changes it, or is found among the lines.
  const id = booking.id ?? (await idOf(ledger, booking, at));
  if (!again && booking.id === undefined) {
    const lately = await ledger.lines(account, { since: at - TWICE_MS });
    if (lately.some((line) => line.what === what && line.amount === amount)) return { kind: "twice" };
  }
  const from = what === "top-up" ? ACCOUNTS.topups : ACCOUNTS.adjustments;
  const posted = await ledger.post(
    { id, what, entries: moved(from, account, amount), by, why, letters: lettersOf(booking) },
    at,
    rupiah(-agent.credit),
  );
  if (posted === "again") {
    return booking.id === undefined ? { kind: "twice" } : { kind: "booked", balance: await ledger.balance(account) };
  }
  if (posted !== "done") return posted;
  await records.audit.write({ at, who: by, what, ref: agent.id, detail: `${showRupiah(amount)}: ${why}` });
  return { kind: "booked", balance: await ledger.balance(account) };
}

/**
 * What two that are sent at the same moment have in common. All that was ever topped up only grows: the next one has
 * another id. Adjustments go both ways, and have the moment alone.
 */
async function idOf(ledger: BalanceDeps["ledger"], { what, agent, amount }: Booking, at: number): Promise<string> {
  const mark = what === "top-up" ? -(await ledger.balance(ACCOUNTS.topups)) : at;
  return `${what}:${agent.id}:${amount}:${mark}`;
}

function lettersOf({ what, agent, amount }: Booking) {
  return agent.chats
    .slice(0, 1)
    .map((to) => ({ to, language: agent.language, notice: { kind: "balance", what, amount } as const }));
}
