import type { Bill } from "../src/domain/bill.ts";
import { debitOf } from "../src/domain/region.ts";
import type { World } from "./flow.ts";

/** Whether the deposit at the biller covers what it takes for this bill. If not, it is shown without a way to pay. */
export function isSellable(bill: Bill, { policy: { sellable }, regions }: World): boolean {
  if (sellable === undefined) return true;
  const region = regions.find(({ product }) => product === bill.product);
  const debit = region === undefined ? undefined : debitOf(region.debet, bill);
  return (debit ?? bill.total) <= sellable;
}
