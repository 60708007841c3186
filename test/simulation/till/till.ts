import { newContext } from "../../../flows/counter/context.ts";
import { noticeSay } from "../../../flows/counter/notices.ts";
import { type Context, part, speak } from "../../../flows/index.ts";
import type { Inquiry } from "../../../src/biller/biller.ts";
import { type ConversationKey, channelOf, type Outbound } from "../../../src/conversation/message.ts";
import { render } from "../../../src/conversation/render.ts";
import type { Bill } from "../../../src/domain/bill.ts";
import { debitOf } from "../../../src/domain/region.ts";
import { ZERO } from "../../../src/domain/rupiah.ts";
import { quoteEnd } from "../../../src/domain/time.ts";
import { makeDoorbell } from "../../../src/payments/doorbell.ts";
import type { Opened } from "../../../src/payments/ledger.ts";
import type { OwedNotice, Payment } from "../../../src/payments/payment.ts";
import { FLAGS } from "../../../src/payments/settle/deps.ts";
import { type Settler, settler } from "../../../src/payments/settle.ts";
import { makeProof } from "../../../src/proof/proof.ts";
import type { Vehicle } from "../biller/books.ts";
import { drawn, type Parts, POLICY, type Program } from "../program.ts";

/** A bill as it is offered. */
export interface Offer {
  readonly bill: Bill;
  readonly inquiredAt: number;
  readonly expiresAt: number;
}

/**
 * A program without conversations: the real settler and ledger, a clerk who asks for bills and takes confirmations, and
 * one who hands out what payers are owed. A tenth of the work of a whole one, so ten times as many payments are tried.
 */
export interface Till extends Program {
  ask(vehicle: Vehicle): Promise<Inquiry & { readonly inquiredAt: number }>;
  confirm(payer: ConversationKey, offer: Offer): Promise<Opened>;
  readonly cancel: Settler["cancel"];
}

const LEASE = 120_000;
const LOOK = 20_000;

export function startTill(parts: Parts): Till {
  const stopping = new AbortController();
  const { ledger, biller, records, clock, log } = parts;
  const payments = settler({ ledger, biller, records, clock, log, random: parts.random.next, policy: parts.pay });
  const run = async () => {
    await payments.recover();
    await Promise.all([payments.run(stopping.signal), tell(parts, stopping.signal)]);
  };
  return {
    ended: run(),
    stop: () => stopping.abort(),
    cancel: payments.cancel,
    async ask({ product, nik, chassis }) {
      const inquiredAt = clock.now();
      return { ...(await biller.inquire({ product, nik, chassis })), inquiredAt };
    },
    async confirm(payer, { bill, inquiredAt, expiresAt }) {
      // As handlePay does: after a restore nobody knows what became of an older bill.
      const voidBefore = Number((await records.flags.get(FLAGS.quotesVoidBefore)) ?? 0);
      if (inquiredAt < voidBefore) return { kind: "bill-too-old" };
      const look = await biller.regions(600_000);
      const region = look.kind === "regions" ? look.regions.find(({ product }) => product === bill.product) : undefined;
      const debit = region === undefined ? undefined : debitOf(region.debet, bill);
      const direct = { agent: undefined, request: undefined, markup: ZERO };
      const taken = { debit, cashback: region?.cashback ?? ZERO, ...direct };
      return ledger.open({ payer, language: "id", bill, inquiredAt, expiresAt, ...taken }, clock.now());
    },
  };
}

export function offerOf(bill: Bill, inquiredAt: number): Offer {
  return { bill, inquiredAt, expiresAt: quoteEnd(inquiredAt) };
}

/** What payers are owed, until a platform took it. */
async function tell(parts: Parts, stop: AbortSignal): Promise<void> {
  const { ledger, clock, log } = parts;
  const bell = makeDoorbell(clock, [ledger.wake(stop)]);
  while (!stop.aborted) {
    const owed = await ledger.owed(clock.now(), LEASE, 64).catch(() => []);
    // Of one chat one after the other, of several at once.
    await Promise.all(
      [...new Set(owed.map(({ to }) => to))].map((chat) =>
        inOrder(
          parts,
          owed.filter(({ to }) => to === chat),
        ).catch((error: unknown) => log.warn({ error }, "not told")),
      ),
    );
    if (owed.length === 0) await bell.wait(clock.now() + LOOK, stop);
  }
}

async function inOrder(parts: Parts, owed: readonly OwedNotice[]): Promise<void> {
  for (const notice of owed) if (!(await one(parts, notice))) return;
}

/** Whether it is done with. */
async function one(parts: Parts, { id, to, notice }: OwedNotice): Promise<boolean> {
  const { ledger, clock } = parts;
  const world = { ...WORLD, at: clock.now() };
  const message = render(noticeSay(notice, CONTEXT, world), "id", "buttons");
  const delivery = await send(parts, to, message, id);
  if (delivery === "given up") {
    const text = "A payer could not be told.";
    await ledger.untellable(id, { key: `notice:${id}`, kind: "proof-undelivered", text, chat: to }, clock.now());
    return true;
  }
  if (notice.kind === "paid") {
    const payment = await ledger.load(notice.payment.ref);
    if (payment !== undefined && !(await prove(parts, payment, id))) return false;
  }
  await ledger.told(id, `m:${id}`, clock.now());
  return true;
}

async function prove(parts: Parts, payment: Payment, id: string): Promise<boolean> {
  if (payment.receipt === undefined) return true;
  const proof = makeProof(payment, { name: POLICY.loket, contact: POLICY.contact, sandbox: false });
  const caption = speak(part("proof_caption", { ref: payment.ref, plate: "" }), "id", { style: "buttons" });
  const file: Outbound = { kind: "document", bytes: drawn(proof), name: "b.pdf", mime: "application/pdf", caption };
  if ((await send(parts, payment.payer, file, `${id}.proof`)) === "delivered") return true;
  const { ref, payer: chat } = payment;
  const task = { key: `document:${ref}`, kind: "proof-undelivered", text: "A proof was not sent.", ref, chat } as const;
  await parts.records.tasks.add(task, parts.clock.now());
  return true;
}

async function send(
  parts: Parts,
  to: ConversationKey,
  message: Outbound,
  id: string,
): Promise<"delivered" | "given up"> {
  const channel = parts.channels.find(({ name }) => name === channelOf(to));
  for (let tries = 1; channel !== undefined && tries < 200; tries++) {
    const delivery = await channel.send(to, message, id);
    if (delivery.kind === "delivered") return "delivered";
    if (delivery.kind === "gone" || delivery.kind === "refused") break;
    await parts.clock.sleep(parts.clock.now() + Math.min(tries, 30) * 1_000, new AbortController().signal);
  }
  return "given up";
}

const CONTEXT: Context = newContext("id", 0);

const WORLD = {
  at: 0,
  style: "buttons",
  forgets: false,
  language: "id",
  place: "idle",
  text: "",
  nonce: "",
  chance: 0,
  regions: [],
  policy: POLICY,
  who: { kind: "customer" },
} as const;
