import type { Today } from "../../../flows/index.ts";
import { addRupiah, type Rupiah, rupiah } from "../../domain/rupiah.ts";
import { startOfDay } from "../../domain/time.ts";
import { ACCOUNTS } from "../../payments/life/postings.ts";
import type { Deps } from "../deps.ts";
import { depositShown } from "./shown.ts";

const MANY = 1_000;

/**
 * O4: from midnight WIB on. The profit is what payers paid, less what the biller took from the deposit, with the cashback
 * that it owes and the counter's own fee.
 */
export async function todayOf(deps: Deps): Promise<Today> {
  const { ledger, records } = deps;
  const at = deps.clock.now();
  const since = startOfDay(at);
  const sum = async (account: string): Promise<Rupiah> => {
    const lines = await ledger.lines(account, { since });
    return addRupiah(...lines.filter(({ what }) => what === "paid").map(({ amount }) => amount));
  };
  const sales = (await ledger.lines(ACCOUNTS.sales, { since })).filter(({ what }) => what === "paid");
  const total = addRupiah(...sales.map(({ amount }) => amount));
  const debits = await sum(ACCOUNTS.deposit);
  const profit = rupiah(total + debits + (await sum(ACCOUNTS.cashback)) + (await sum(ACCOUNTS.markup)));
  const unsure = await ledger.find({ states: ["suspect", "review"], limit: MANY });
  const open = await records.tasks.list("open", MANY);
  const undelivered = open.flatMap(({ kind, ref }) => (kind === "proof-undelivered" && ref !== undefined ? [ref] : []));
  return {
    at,
    count: sales.length,
    total,
    profit,
    unsure: unsure.map(({ ref }) => ref),
    undelivered: [...new Set(undelivered)],
    openTasks: open.length,
    deposit: await depositShown(deps),
  };
}
