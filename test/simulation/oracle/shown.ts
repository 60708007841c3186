import type { ConversationKey } from "../../../src/conversation/message.ts";
import { type Books, type Sheet, stands } from "../biller/books.ts";
import type { Claim, Read } from "../people/reads.ts";
import type { Shown } from "../platform/platform.ts";
import type { Sim } from "../sim.ts";
import type { PaymentBook } from "./payments.ts";
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
  /** Sheets of which somebody was told that they are not paid. */
  readonly denied: ReadonlySet<Sheet>;
}

export function toldBook(options: ShownOptions): ToldBook {
  const { sim, payments, running } = options;
  const proven = new Set<string>();
  const denied = new Set<Sheet>();
  const begun = new Set<string>();
  const references = new Map<string, string>();
  const about = (claim: Claim, { key, id }: Shown): Sheet | undefined => {
    const ref = claim.ref ?? NOTICE.exec(id)?.[1];
    if (ref !== undefined) return sheetOf(options, ref);
    // A sentence with a plate alone speaks of the payment that this chat made last for it.
    const mine = [...payments.all.values()].filter(
      ({ payment }) => payment.payer === key && payment.bill.plate === claim.plate,
    );
    return sheetOf(options, mine.at(-1)?.payment.ref);
  };
  return {
    proven,
    denied,
    shown(shown, read) {
      const { key, message } = shown;
      strangers(options, key, read);
      for (const claim of read.claims) {
        sim.cover.count("told", claim.says);
        judge(options, { claim, key, sheet: about(claim, shown) }, denied);
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
const NOTICE = /^([2-9A-HJKMNP-Z]{5})\.\d+\.\d+$/;

function sheetOf({ payments, books }: ShownOptions, ref: string | undefined): Sheet | undefined {
  const watched = ref === undefined ? undefined : payments.all.get(ref);
  return watched === undefined ? undefined : books.sheets.get(watched.payment.bill.invoice);
}

/** I13: a reference is only ever shown to its payer. */
function strangers({ sim, payments }: ShownOptions, key: ConversationKey, { text }: Read): void {
  for (const [, ref] of text.matchAll(/TRX-([2-9A-HJKMNP-Z]{5})/g)) {
    const watched = payments.all.get(ref ?? "");
    if (watched !== undefined && watched.payment.payer !== key) {
      sim.violate("I13", `${key} was shown ${ref}, which is ${watched.payment.payer}'s`);
    }
  }
}

interface Judged {
  readonly claim: Claim;
  readonly key: ConversationKey;
  readonly sheet: Sheet | undefined;
}

function judge({ sim }: ShownOptions, { claim, key, sheet }: Judged, denied: Set<Sheet>): void {
  if (sheet === undefined) return;
  if (claim.says === "paid" && !stands(sheet) && !sim.lies) {
    sim.violate("I4", `${key} was told that ${sheet.invoice} is paid, and no debit stands`);
  }
  if (claim.says !== "not-paid" && claim.says !== "withdrawn") return;
  // A withdrawn one may be confirmed again: only what was sent and denied can never be paid.
  if (claim.says === "not-paid" && sheet.sentAt.length > 0) denied.add(sheet);
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
    return JSON.parse(Buffer.from(message.bytes).toString("utf8")) as ProofShown;
  }
  if (!message.text.includes("BUKTI PEMBAYARAN E-SAMSAT")) return undefined;
  const find = (pattern: RegExp) => pattern.exec(message.text)?.[1] ?? "";
  return {
    ref: find(/TRX-([2-9A-HJKMNP-Z]{5})/),
    invoice: "",
    reference: find(/(REF\d+)/),
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
