import type { ConversationKey } from "../../../src/conversation/message.ts";
import { type Books, type Sheet, stands } from "../biller/books.ts";
import type { Claim, Read } from "../people/reads.ts";
import type { Shown } from "../platform/platform.ts";
import type { Sim } from "../sim.ts";
import type { PaymentBook, Watched } from "./payments.ts";
import type { Running } from "./running.ts";

export interface ShownOptions {
  readonly sim: Sim;
  readonly books: Books;
  readonly payments: PaymentBook;
  readonly running: Running;
}

/** What people were told about payments, against the biller's own books (I3, I4, I5, I13). */
export interface ToldBook {
  shown(shown: Shown, read: Read): void;
  /** Payments whose proof is in its payer's chat. */
  readonly proven: ReadonlySet<string>;
  /** Sheets of which somebody was told that they are not paid, and when last, ms since the world began. */
  readonly denied: ReadonlyMap<Sheet, number>;
}

export function toldBook(options: ShownOptions): ToldBook {
  const { sim, payments, running } = options;
  const proven = new Set<string>();
  const denied = new Map<Sheet, number>();
  const begun = new Set<string>();
  const references = new Map<string, string>();
  const about = (claim: Claim, { key, id }: Shown): Watched | undefined => {
    const [, noticed, revision] = NOTICE.exec(id) ?? [];
    const ref = claim.ref ?? noticed;
    if (ref !== undefined) {
      const watched = payments.all.get(ref);
      // Of an earlier opening: a conversation says so (`withdrawn_older`), a till has no memory to know it from.
      return revision !== undefined && Number(revision) < (watched?.since ?? 0) ? undefined : watched;
    }
    // A sentence with a plate alone speaks of the payment that this chat made last for it.
    const mine = [...payments.all.values()].filter(
      ({ payment }) => payment.payer === key && payment.bill.plate === claim.plate,
    );
    return mine.at(-1);
  };
  return {
    proven,
    denied,
    shown(shown, read) {
      const { key, message } = shown;
      strangers(options, key, read);
      for (const claim of read.claims) {
        sim.cover.count("told", claim.says);
        judge(options, { claim, key, watched: about(claim, shown) }, denied);
        if (claim.says === "under-way" && claim.ref !== undefined) begun.add(`${key} ${claim.ref}`);
        const early = claim.says === "paid" && !begun.has(`${key} ${claim.ref}`);
        if (early && !running.restored) sim.cover.count("orders", "paid was told, under way was not");
      }
      const proof = proofIn(message);
      if (proof === undefined) return;
      sim.cover.count("told", "proof");
      checkProof(options, { ...proof, key }, references);
      proven.add(proof.ref);
    },
  };
}

/** A till's message has the id of the notice that it is: of a plate's earlier payment, maybe, that comes late. */
const NOTICE = /^([2-9A-HJKMNP-Z]{5})\.(\d+)\.\d+$/;

/** I13: a reference is only ever shown to its payer. */
function strangers({ sim, payments }: ShownOptions, key: ConversationKey, { text }: Read): void {
  for (const [, ref] of text.matchAll(/TRX-([2-9A-HJKMNP-Z]{5})/g)) {
    const watched = payments.all.get(ref ?? "");
    if (watched !== undefined && watched.payment.payer !== key && watched.payment.agent?.chat !== key) {
      sim.violate("I13", `${key} was shown ${ref}, which is ${watched.payment.payer}'s`);
    }
  }
}

interface Judged {
  readonly claim: Claim;
  readonly key: ConversationKey;
  readonly watched: Watched | undefined;
}

function judge(
  { sim, books, payments }: ShownOptions,
  { claim, key, watched }: Judged,
  denied: Map<Sheet, number>,
): void {
  const sheet = books.sheets.get(watched?.payment.bill.invoice ?? "");
  if (sheet === undefined) return;
  if (claim.says === "paid" && !stands(sheet) && !sim.lies) {
    sim.violate("I4", `${key} was told that ${sheet.invoice} is paid, and no debit stands`);
  }
  if (claim.says !== "not-paid" && claim.says !== "withdrawn") return;
  // His own payment was never sent; the invoice is another payer's since.
  if (payments.byInvoice(sheet.invoice) !== watched) return;
  // A withdrawn one may be confirmed again: only what was sent and denied can never be paid.
  if (claim.says === "not-paid" && sheet.sentAt.length > 0) denied.set(sheet, sim.time.steady());
  if (stands(sheet) && !sim.lies) {
    sim.violate("I5", `${key} was told "${claim.says}" of ${sheet.invoice} while its debit stands`);
  }
}

interface ProofShown {
  readonly ref: string;
  readonly invoice: string;
  readonly reference: string;
  readonly total: number;
  readonly code: string;
}

function proofIn(message: Shown["message"]): ProofShown | undefined {
  if (message.kind !== "text" && message.kind !== "choices") {
    // An agent's list of what he paid.
    if (message.kind === "document" && message.mime.startsWith("text/csv")) return undefined;
    return JSON.parse(Buffer.from(message.bytes).toString("utf8")) as ProofShown;
  }
  if (!message.text.includes("BUKTI PEMBAYARAN E-SAMSAT")) return undefined;
  const find = (pattern: RegExp) => pattern.exec(message.text)?.[1] ?? "";
  return {
    ref: find(/TRX-([2-9A-HJKMNP-Z]{5})/),
    invoice: "",
    // A payment may be called TRX-BREF8.
    reference: find(/(REF\d{6,})/),
    total: Number.NaN,
    code: find(/([2-9A-HJKMNP-Z]{5}-[2-9A-HJKMNP-Z]{4})/),
  };
}

/** I4 and I8: from the biller's CONFIRM alone, for this invoice and total; a repeated one is the same. */
function checkProof(
  options: ShownOptions,
  proof: ProofShown & { readonly key: ConversationKey },
  references: Map<string, string>,
): void {
  const { sim, payments, books, running } = options;
  const { ref, reference, total, key } = proof;
  const watched = payments.all.get(ref);
  if (watched === undefined) {
    if (!running.restored) sim.violate("I4", `a proof of ${ref}, which is no payment`);
    return;
  }
  const sheet = books.sheets.get(watched.payment.bill.invoice);
  if (watched.payment.payer !== key) sim.violate("I13", `${key} was given the proof ${ref}`);
  if (sheet === undefined || !sheet.confirmSaid) sim.violate("I4", `the proof ${ref} exists, and CONFIRM was not said`);
  if (sheet?.reference !== reference) sim.violate("I4", `the proof ${ref} names ${reference}, not ${sheet?.reference}`);
  if (!Number.isNaN(total) && total !== sheet?.total) sim.violate("I10", `the proof ${ref} names ${total}`);
  const marks = `${reference} ${proof.code}`;
  if ((references.get(ref) ?? marks) !== marks) sim.violate("I8", `the proof ${ref} was repeated with other numbers`);
  references.set(ref, marks);
}
