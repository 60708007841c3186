import type { Bill } from "../src/domain/bill.ts";
import { debitOf } from "../src/domain/region.ts";
import type { World } from "./flow.ts";

/** Whether the deposit at the biller covers what it takes for this bill. If not, it is shown without a way to pay. */
export function isSellable(bill: Bill, world: World): boolean {
  return areSellable([bill], world);
}

/** The same of several that are confirmed at once. */
export function areSellable(bills: readonly Bill[], { policy: { sellable }, regions }: World): boolean {
  return sellable === undefined || bills.reduce((sum, bill) => sum + takenFor(bill, regions), 0) <= sellable;
}

function takenFor(bill: Bill, regions: World["regions"]): number {
  const region = regions.find(({ product }) => product === bill.product);
  return (region === undefined ? undefined : debitOf(region.debet, bill)) ?? bill.total;
}
