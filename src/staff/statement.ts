import { csvOf } from "../domain/csv.ts";
import { showRef } from "../domain/ref.ts";
import { addRupiah, type Rupiah, ZERO } from "../domain/rupiah.ts";
import type { Line } from "../payments/ledger.ts";

/** What an account did in a time: where it stood, its lines oldest first, where it stands. */
export interface Statement {
  readonly opening: Rupiah;
  readonly lines: readonly (Line & { readonly balance: Rupiah })[];
  readonly closing: Rupiah;
}

/** Of all lines of the account up to the end of the time, newest first, as the ledger gives them. */
export function statementOf(all: readonly Line[], since = 0): Statement {
  const opening = all.filter(({ at }) => at < since).reduce((sum, { amount }) => addRupiah(sum, amount), ZERO);
  let balance = opening;
  const lines = all
    .filter(({ at }) => at >= since)
    .reverse()
    .map((line) => {
      balance = addRupiah(balance, line.amount);
      return { ...line, balance };
    });
  return { opening, lines, closing: lines.at(-1)?.balance ?? opening };
}

/** A line each, oldest first, with a head. Times are ISO 8601 in WIB, sums whole rupiah. */
export function statementCsv({ lines }: Statement): string {
  const head = ["time", "what", "number", "amount", "balance", "by", "why"];
  return csvOf([
    head,
    ...lines.map((line) => [wib(line.at), line.what, numberOf(line), line.amount, line.balance, line.by, line.why]),
  ]);
}

/** What the line is about, as people call it; empty when it is about no payment and no request. */
export function numberOf({ ref, request }: Pick<Line, "ref" | "request">): string {
  return ref === undefined ? (request ?? "") : showRef(ref);
}

const WIB_MS = 7 * 3_600_000;

function wib(at: number): string {
  return `${new Date(at + WIB_MS).toISOString().slice(0, 19)}+07:00`;
}
