import { type Rupiah, rupiah, showRupiah } from "../../domain/rupiah.ts";
import type { Records } from "../../records/records.ts";
import type { Ledger } from "../ledger.ts";
import { ACCOUNTS, moved } from "../life/postings.ts";

/** The same sum again within so long may be one that was sent twice, ms. */
const TWICE_MS = 60_000;

export interface DepositBookingDeps {
  readonly ledger: Pick<Ledger, "balance" | "post" | "lines">;
  readonly records: Pick<Records, "audit">;
}

/** What the operator enters of his deposit at the biller. */
export interface DepositBooking {
  /** start: what is there now, once. top-up: paid in since, more than zero. adjustment: a drift, in either direction. */
  readonly what: "start" | "top-up" | "adjustment";
  readonly amount: Rupiah;
  readonly by: string;
  /** For an adjustment the reason, for a top-up the transfer's reference. */
  readonly why: string;
  /** Stable: the same id twice is one booking. Without it the same sum within a minute is refused. */
  readonly id?: string;
  /** It is known that the same sum was booked a moment ago: this is another one. */
  readonly again?: boolean;
}

export type DepositBooked =
  | { readonly kind: "booked"; readonly sum: Rupiah }
  /** start: it was said before. Else: there is no sum to start from yet. Nothing was changed. */
  | { readonly kind: "started" | "not-started" }
  /** The same sum was booked within the last minute: nothing was changed. */
  | { readonly kind: "twice" };

const WHAT = { start: "deposit start", "top-up": "deposit top-up", adjustment: "deposit adjustment" } as const;
const FROM = {
  start: ACCOUNTS.depositStart,
  "top-up": ACCOUNTS.depositTopups,
  adjustment: ACCOUNTS.depositAdjustments,
} as const;

/** Books it, with a line in the audit log. Throws RangeError for a sum that cannot be booked. */
export async function bookDeposit(
  { ledger, records }: DepositBookingDeps,
  booking: DepositBooking,
  at: number,
): Promise<DepositBooked> {
  const { what, amount, by } = booking;
  if (amount === 0 || (what !== "adjustment" && amount < 0)) throw new RangeError(`a deposit's ${what} of ${amount}`);
  const started = (await ledger.balance(ACCOUNTS.depositStart)) !== 0;
  if (started === (what === "start")) return { kind: started ? "started" : "not-started" };
  const why = booking.why === "" ? WHAT[what] : booking.why;
  if (await isTwice(ledger, booking, at)) return { kind: "twice" };
  // What was debited before the counter knew of a deposit is out of the sum to start from already.
  const sum = what === "start" ? rupiah(amount - (await ledger.balance(ACCOUNTS.deposit))) : amount;
  const entries = moved(FROM[what], ACCOUNTS.deposit, sum);
  const posted = await ledger.post({ id: idOf(booking, at), what: WHAT[what], entries, by, why }, at);
  if (posted === "again" && booking.id === undefined) return { kind: "twice" };
  if (posted === "done") {
    await records.audit.write({ at, who: by, what: WHAT[what], ref: "", detail: `${showRupiah(amount)}: ${why}` });
  }
  return { kind: "booked", sum: await ledger.balance(ACCOUNTS.deposit) };
}

function idOf({ what, amount, id }: DepositBooking, at: number): string {
  return what === "start" ? "deposit.start" : `deposit.${what}.${id ?? `${amount}.${at}`}`;
}

async function isTwice(ledger: Pick<Ledger, "lines">, booking: DepositBooking, at: number): Promise<boolean> {
  const { what, amount, id, again = false } = booking;
  if (what === "start" || id !== undefined || again) return false;
  const lately = await ledger.lines(ACCOUNTS.deposit, { since: at - TWICE_MS });
  return lately.some((line) => line.what === WHAT[what] && line.amount === amount);
}
