import { LIVE, type OwedNotice, type Payment } from "../../src/payments/payment.ts";
import type { World } from "./world.ts";

/** Money's invariants that do not hold, on the biller's own books and on what the payers were told or are owed. */
export async function lawsBroken(world: World, told: readonly OwedNotice[]): Promise<readonly string[]> {
  const { biller, ledger, records } = world;
  const payments = await ledger.find({ limit: 10_000 });
  const tasks = await records.tasks.list("open", 9_999);
  const sentTwice = new Set(biller.arrived.map(({ invoice }) => invoice)).size !== biller.arrived.length;
  return [
    ...(sentTwice ? ["I2: an invoice was sent twice"] : []),
    ...payments.flatMap((payment) =>
      lawsOfOne(world, {
        payment,
        heard: told.filter(({ ref }) => ref === payment.ref),
        hasTask: tasks.some(({ ref }) => ref === payment.ref),
      }),
    ),
    ...(await unbalanced(world, payments)),
  ];
}

interface One {
  readonly payment: Payment;
  readonly heard: readonly OwedNotice[];
  readonly hasTask: boolean;
}

function lawsOfOne({ biller, clock }: World, { payment, heard, hasTask }: One): readonly string[] {
  const { state, bill } = payment;
  const said = heard.map(({ notice }) => notice.kind);
  const inBooks = biller.statusAt(bill.invoice, clock.now());
  const withHuman = state === "review" && hasTask;
  const broken: string[] = [];
  const holds = (law: string, is: boolean) => {
    if (!is) broken.push(`${law}: it is ${state}, the biller says ${inBooks}, the payer was told ${said.join(", ")}`);
  };
  holds("I4", (state === "paid") === said.includes("paid"));
  holds("I4", state !== "paid" || inBooks === "CONFIRM");
  holds("I3", inBooks !== "CONFIRM" || state === "paid" || withHuman);
  for (const { notice, writtenAt } of heard) {
    const denies = notice.kind === "not-paid" || notice.kind === "withdrawn";
    const stands = [biller.statusAt(bill.invoice, writtenAt), inBooks].some(
      (status) => status === "CONFIRM" || status === "PENDING",
    );
    holds("I5", !denies || !stands);
  }
  holds("I6", !LIVE.includes(state) || withHuman);
  const ended = said.includes("paid") || said.includes("not-paid");
  holds("rule 9", !ended || said[0] === "under-way");
  return broken;
}

async function unbalanced({ ledger }: World, payments: readonly Payment[]): Promise<readonly string[]> {
  const balances = new Map((await ledger.accounts()).map(({ account, balance }) => [account, balance]));
  const sumOf = (states: readonly Payment["state"][]) =>
    payments.filter(({ state }) => states.includes(state)).reduce((sum, { bill }) => sum + bill.total, 0);
  const bound = (balances.get("holds") ?? 0) + (balances.get("disputed") ?? 0);
  const sales = balances.get("sales") ?? 0;
  const all = [...balances.values()].reduce((sum, balance) => sum + balance, 0);
  return [
    ...(bound === sumOf(LIVE) ? [] : [`I9: the holds come to ${bound}`]),
    ...(sales === sumOf(["paid"]) ? [] : [`I10: the sales come to ${sales}`]),
    ...(all === 0 ? [] : [`I9: all accounts come to ${all}`]),
  ];
}
