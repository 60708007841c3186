import type { SandboxBook } from "../../src/biller/sandbox/book.ts";
import { DEBET } from "../../src/biller/sandbox/paying.ts";
import { debitOf } from "../../src/domain/region.ts";
import { showRupiah } from "../../src/domain/rupiah.ts";
import type { Payment } from "../../src/payments/payment.ts";
import { isProof, type Said, says } from "../program/customer.ts";
import type { Chat } from "./person.ts";
import type { Ledger } from "./rest.ts";

export interface Books {
  readonly biller: SandboxBook;
  readonly ledger: Ledger;
  readonly chats: readonly Chat[];
  /** Messages that waited in Redis were lost with it: a file that was to follow its proof, too. Kept, by default. */
  readonly outbox?: "kept" | "may be lost";
}

const isFile = says("Bukti pembayaran");
const isNotPaid = says("belum berhasil; pajaknya belum terbayar");

/** Compares the biller's books, the ledger, and what is in people's chats. A sentence for everything that must not be. */
export function violationsOf(books: Books): readonly string[] {
  const known = knownIn(books);
  const all = [
    ...twice(books),
    ...books.ledger.crooked,
    ...crookedAccounts(books.ledger),
    ...known.debits.flatMap((debit) => ofDebit(known, debit)),
    ...books.ledger.payments.flatMap((payment) => ofPayment(known, payment)),
    ...books.chats.flatMap((chat) => ofChat(known, chat)),
  ];
  // A message that came twice says it once.
  return [...new Set(all)];
}

/** Proofs by the payment's number, once each. */
export function proofsIn(chats: readonly Chat[]): ReadonlySet<string> {
  return new Set(chats.flatMap(({ customer }) => customer.all().filter(isProof).flatMap(refsIn)));
}

/** Proofs whose file did not arrive in the payer's chat. */
export function filesMissing(books: Books): number {
  const known = knownIn(books);
  return known.debits.filter(({ invoice }) => {
    const payment = known.byInvoice.get(invoice);
    return payment?.state === "paid" && missingOf(known, payment) === "file";
  }).length;
}

type Debit = SandboxBook["debits"][number];

interface Known {
  readonly debits: readonly Debit[];
  readonly debited: ReadonlySet<string>;
  readonly paid: ReadonlySet<string>;
  readonly byRef: ReadonlyMap<string, Payment>;
  readonly byInvoice: ReadonlyMap<string, Payment>;
  readonly chatOf: ReadonlyMap<string, Chat>;
  readonly tasks: Ledger["tasks"];
  readonly outbox: "kept" | "may be lost";
}

function knownIn({ biller, ledger, chats, outbox = "kept" }: Books): Known {
  const debits = biller.debits.filter(({ refundedAt }) => refundedAt === undefined);
  return {
    debits,
    debited: new Set(debits.map(({ invoice }) => invoice)),
    paid: new Set(biller.pays.map(({ invoice }) => invoice)),
    byRef: new Map(ledger.payments.map((payment) => [payment.ref, payment])),
    byInvoice: new Map(ledger.payments.map((payment) => [payment.bill.invoice, payment])),
    chatOf: new Map(chats.flatMap((chat) => chat.vehicles.map(({ chassis }) => [chassis, chat]))),
    tasks: ledger.tasks,
    outbox,
  };
}

function twice({ biller }: Books): readonly string[] {
  return [
    ...moreThanOnce(biller.pays.map(({ invoice }) => invoice)).map((invoice) => `pay was sent twice for ${invoice}`),
    ...moreThanOnce(biller.debits.flatMap(({ chassis, refundedAt }) => (refundedAt === undefined ? chassis : []))).map(
      (chassis) => `the vehicle ${chassis} was debited twice`,
    ),
  ];
}

function moreThanOnce(list: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return [...new Set(list.filter((one) => seen.size === seen.add(one).size))];
}

/** A debit has its proof in the payer's chat, or is somebody's who still works on it. */
function ofDebit(known: Known, { invoice, amount }: Debit): readonly string[] {
  const { byInvoice, tasks, outbox } = known;
  const payment = byInvoice.get(invoice);
  if (payment === undefined) return [`the debit of ${invoice} is in no ledger`];
  const { ref, state, bill } = payment;
  const due = debitOf(DEBET, bill);
  const sum = amount === due ? [] : [`${amount} was debited for ${ref}, and ${due} was confirmed`];
  if (state === "suspect" || state === "review" || state === "sending") return sum;
  if (state !== "paid") return [...sum, `${ref} is ${state}, and its debit stands`];
  const missing = missingOf(known, payment);
  const isOperators = tasks.some((task) => task.ref === ref || (task.chat === payment.payer && task.ref === undefined));
  return missing === undefined || isOperators || (missing === "file" && outbox === "may be lost")
    ? sum
    : [...sum, `${ref} is paid: no ${missing} arrived, no task is open`];
}

function missingOf({ chatOf }: Known, { ref, bill }: Payment): "file" | "proof" | undefined {
  const all = chatOf.get(bill.chassis)?.customer.all() ?? [];
  const said = all.filter((one) => one.text.includes(ref));
  return said.some(isProof) ? (said.some(isFile) ? undefined : "file") : "proof";
}

function ofPayment({ debited, paid }: Known, { ref, state, bill, sentAt }: Payment): readonly string[] {
  const found: string[] = [];
  if (state === "paid" && !debited.has(bill.invoice)) found.push(`${ref} is paid, and no debit stands`);
  if (sentAt === undefined && paid.has(bill.invoice)) found.push(`${ref} is ${state}, and pay was sent for it`);
  if (state === "intended" || state === "sending") found.push(`${ref} is ${state} for ever`);
  return found;
}

/** No proof without a debit, no "not paid" with one, and nothing that belongs to another chat. */
function ofChat({ byRef, debited }: Known, { name, customer, vehicles }: Chat): readonly string[] {
  const isOwn = (payment: Payment) => vehicles.some(({ chassis }) => chassis === payment.bill.chassis);
  const plates = new Set(vehicles.map(({ plate }) => plate));
  const ofRef = (said: Said, ref: string): readonly string[] => {
    const payment = byRef.get(ref);
    if (payment === undefined) return [`${name} is told of ${ref}, which is in no ledger`];
    if (!isOwn(payment) || !isPayer(payment, name)) return [`${name} is told of ${ref}, which is another chat's`];
    const stands = debited.has(payment.bill.invoice);
    if (isNotPaid(said) && stands) return [`${name} is told that ${ref} was not paid, and its debit stands`];
    if (!isProof(said)) return [];
    if (!stands) return [`${name} has a proof of ${ref}, and no debit stands`];
    return said.text.includes(showRupiah(payment.bill.total)) ? [] : [`the proof of ${ref} has another sum`];
  };
  return customer
    .all()
    .flatMap((said) => [
      ...platesIn(said).flatMap((plate) =>
        plates.has(plate) ? [] : [`${name} is told of ${plate}, which is another's`],
      ),
      ...refsIn(said).flatMap((ref) => ofRef(said, ref)),
    ]);
}

/** A tab's chat has a name that only the counter knows. */
function isPayer({ payer }: Payment, name: string): boolean {
  return !name.startsWith("telegram:") || payer === name;
}

/** `7K2MQ`, as the ledger has it. */
function refsIn({ text }: Said): readonly string[] {
  return [...text.matchAll(/TRX-([2-9A-Z]{5})/g)].map(([, ref = ""]) => ref);
}

function platesIn({ text }: Said): readonly string[] {
  return [...text.matchAll(/\b[A-Z]{1,2} \d{4} [A-Z]{1,3}\b/g)].map(([plate]) => plate);
}

/** Holds are what the open payments come to, and all accounts together nothing. */
function crookedAccounts({ accounts, payments }: Ledger): readonly string[] {
  const sum = [...accounts.values()].reduce((all, one) => all + one, 0);
  const bound = (accounts.get("holds") ?? 0) + (accounts.get("disputed") ?? 0);
  const open = payments
    .filter(({ state }) => state === "sending" || state === "suspect" || state === "review")
    .reduce((all, { bill }) => all + bill.total, 0);
  return [
    ...(sum === 0 ? [] : [`the accounts come to ${sum}`]),
    ...(bound === open ? [] : [`the holds come to ${bound}, the open payments to ${open}`]),
  ];
}
