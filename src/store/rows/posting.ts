import type { PaymentRef } from "../../domain/ref.ts";
import { rupiah } from "../../domain/rupiah.ts";
import type { RequestRef } from "../../domain/staff.ts";
import type { Entry, FreePosting, Line, Posting, Unsecured } from "../../payments/ledger.ts";
import { isSecured } from "../../payments/life/postings.ts";

/** What a posting is about; `who` and `why` of one that is about neither. */
export interface About {
  readonly ref?: PaymentRef | undefined;
  readonly request?: RequestRef | undefined;
  readonly who?: string;
  readonly why?: string;
}

export type Short = Extract<Unsecured, { kind: "short" }>;

/** The agents' accounts among these postings', in the order in which they are locked. */
export function securedIn(postings: readonly Posting[]): readonly string[] {
  const accounts = postings.flatMap(({ entries }) => entries.map(({ account }) => account));
  return [...new Set(accounts.filter(isSecured))].sort();
}

/** Whether postings, all of them new, would take from an agent's account what it has not, down to `floor`. */
export function shortOf(postings: readonly Posting[], account: string, balance: number, floor: number) {
  const change = postings
    .flatMap(({ entries }) => entries)
    .filter((entry) => entry.account === account)
    .reduce((sum, { amount }) => sum + amount, 0);
  const after = balance + change;
  return change < 0 && after < floor ? ({ kind: "short", missing: rupiah(floor - after) } satisfies Short) : undefined;
}

/** Whether it was made before. Throws when it was made with other sums, and for one that moves nothing. */
export function isMade({ id, entries }: FreePosting, before: readonly Entry[]): boolean {
  if (before.length > 0) {
    if (isSame(before, entries)) return true;
    throw new Error(`the posting ${id} was made before, with other sums: nothing was posted`);
  }
  if (entries.length === 0) throw new Error(`the posting ${id} moves nothing`);
  return false;
}

function isSame(before: readonly Entry[], after: readonly Entry[]): boolean {
  const key = ({ account, amount }: Entry) => `${account} ${amount}`;
  return before.map(key).join() === after.map(key).join();
}

/** Throws: an agent's balance is asked for at the opening; later only a dispute takes from it, enough there or not. */
export function mayTake({ id, what, entries }: Posting): void {
  const takes = entries.some(({ account, amount }) => isSecured(account) && amount < 0);
  if (takes && what !== "dispute") throw new Error(`the posting ${id} takes from an agent what was not held`);
}

/** One line of an account, with its posting. */
export interface LineRow extends Omit<Line, "ref" | "request" | "by"> {
  readonly ref: PaymentRef | null;
  readonly request: RequestRef | null;
  readonly who: string;
}

export function lineOf({ at, what, amount, ref, request, who, why }: LineRow): Line {
  return { at, what, amount: rupiah(amount), ref: ref ?? undefined, request: request ?? undefined, by: who, why };
}
