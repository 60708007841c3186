import { Command, InvalidArgumentError } from "commander";
import { type PaymentRef, readRef } from "../domain/ref.ts";
import type { Outcome } from "../payments/life/step.ts";
import { listPayments, resolvePayment, resumePaying, showPayment, type Told } from "../payments/operator.ts";
import { LIVE } from "../payments/payment.ts";
import { operatorName, WRONG } from "./settings.ts";
import { type Tools, withTools } from "./tools.ts";
import { refusal } from "./two-persons.ts";

interface ResolveOptions {
  readonly paid?: string;
  readonly refunded?: true;
  readonly notCharged?: true;
  readonly why: string;
}

/** `npx loket payments`: what became of the money. */
export function paymentsCommand(): Command {
  const payments = new Command("payments").description("what became of the money: list, show, resolve, resume");
  payments
    .command("list", { isDefault: true })
    .description("the last payments, newest first")
    .option("--open", "only those that have not ended")
    .option("--limit <n>", "how many", howMany, 50)
    .action(({ open, limit }: { open?: true; limit: number }) =>
      withTools(async (tools) => tell(await listPayments(tools, { ...(open ? { states: LIVE } : {}), limit }))),
    );
  payments
    .command("show")
    .argument("<ref>", "TRX-7K2MQ")
    .description("the whole story of one payment")
    .action((text: string) => withRef(text, (tools, ref) => showPayment(tools, ref)));
  payments
    .command("resolve")
    .argument("<ref>", "TRX-7K2MQ")
    .description("decides a payment that is in review; who and why is kept")
    .option("--paid <reference>", "the bank's reference: it was paid")
    .option("--refunded", "the biller gave the money back")
    .option("--not-charged", "the deposit was not debited")
    .requiredOption("--why <words>", "how you know")
    .action(resolve);
  payments
    .command("resume")
    .description("goes on paying after the pause that three refusals in a row make")
    .requiredOption("--why <words>", "what was found")
    .action(({ why }: { why: string }) =>
      withTools(async (tools) => tell(await resumePaying(tools, operatorName(), why))),
    );
  return payments;
}

function resolve(text: string, options: ResolveOptions): Promise<void> | undefined {
  const outcome = outcomeOf(options);
  if (outcome === undefined) {
    console.error("Say what became of it with exactly one of: --paid REFERENCE, --refunded, --not-charged.");
    process.exitCode = WRONG;
    return undefined;
  }
  return withRef(text, async (tools, ref) => {
    const payment = await tools.ledger.load(ref);
    const instead = `In an operator's chat: ${inChat(ref, outcome)}; another operator answers SETUJU in his.`;
    const no = payment === undefined ? undefined : refusal(tools.config, payment.bill.total, instead);
    if (no !== undefined) return { done: false, text: no };
    return resolvePayment(tools, ref, { outcome, by: operatorName(), why: options.why });
  });
}

/** The same decision as an operator types it. */
function inChat(ref: PaymentRef, outcome: Outcome): string {
  switch (outcome.kind) {
    case "paid":
      return `TETAPKAN ${ref} LUNAS ${outcome.reference}`;
    case "refunded":
      return `TETAPKAN ${ref} KEMBALI and why`;
    case "not-charged":
      return `TETAPKAN ${ref} TIDAK and why`;
  }
}

/** How many lines of a list, as it was typed. */
export function howMany(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError("It must be a whole number from 1 on.");
  return Number(text);
}

function outcomeOf({ paid, refunded, notCharged }: ResolveOptions): Outcome | undefined {
  const said = [paid !== undefined, refunded === true, notCharged === true].filter(Boolean).length;
  if (said !== 1) return undefined;
  if (paid !== undefined) return { kind: "paid", reference: paid };
  return refunded === true ? { kind: "refunded" } : { kind: "not-charged" };
}

function withRef(text: string, work: (tools: Tools, ref: NonNullable<ReturnType<typeof readRef>>) => Promise<Told>) {
  const ref = readRef(text);
  if (ref === undefined) {
    console.error(`"${text}" is no payment's number. It looks like TRX-7K2MQ.`);
    process.exitCode = WRONG;
    return undefined;
  }
  return withTools(async (tools) => tell(await work(tools, ref)));
}

function tell({ done, text }: Told): number {
  if (done) console.log(text);
  else console.error(text);
  return done ? 0 : 1;
}
