import type { BillSums } from "../domain/bill.ts";
import type { Chassis } from "../domain/chassis.ts";
import { maskNik } from "../domain/mask.ts";
import type { AuthenticityCode, PaymentRef } from "../domain/ref.ts";
import { endorsementOf, regionName } from "../domain/region.ts";
import { type Rupiah, rupiahInWords } from "../domain/rupiah.ts";
import { clean } from "../domain/text.ts";
import { type Zone, zoneOf } from "../domain/time.ts";
import type { Payment } from "../payments/payment.ts";

/** Raised when a field is added, renamed or changes its meaning; `read-proof.ts` then learns the way up. */
export const PROOF_VERSION = 1;

/** Who took the payment, as it is to be printed. */
export interface Counter {
  readonly name: string;
  /** How to write to the counter: `WA 0811-2222-333`. May be empty. */
  readonly contact: string;
  /** The biller is the sandbox: nothing of this is real, and every form of the proof says so. */
  readonly sandbox: boolean;
}

/** Where and with what the proof has to be validated: whole sentences, ready to be printed. */
export interface Validation {
  readonly place: string;
  readonly bring: string;
  /** What is handed out there. Empty where the region's rules are not known. */
  readonly receive: string;
}

/**
 * The proof of one payment: plain JSON, complete in itself, made once from the biller's CONFIRM answer and stored
 * (money rule 12). Sums are whole rupiah as the biller gave them; `paidAt` is ms since the epoch. It holds the owner's
 * name and the whole chassis number, which the Samsat clerk needs: whoever stores it seals it. It never holds a whole
 * NIK nor an address.
 */
export interface Proof {
  readonly version: typeof PROOF_VERSION;
  readonly title: string;
  readonly sandbox: boolean;
  readonly counter: string;
  readonly contact: string;
  readonly ref: PaymentRef;
  readonly code: AuthenticityCode;
  /** 0 on the first; n on the n-th repeat, which is then marked `SALINAN n`. */
  readonly copy: number;
  readonly invoice: string;
  readonly paymentCode: string;
  /** The bank's reference number. */
  readonly reference: string;
  /** The bank's trace number; empty when none was given. */
  readonly trace: string;
  readonly paidAt: number;
  readonly zone: Zone;
  /** The biller's own time of the payment, as given. May be empty. */
  readonly tanggal: string;
  readonly product: string;
  readonly region: string;
  readonly plate: string;
  readonly owner: string;
  readonly chassis: Chassis;
  readonly brand: string;
  readonly model: string;
  readonly color: string;
  readonly year: string;
  readonly maskedNik: string;
  readonly sums: BillSums;
  readonly other: Rupiah;
  readonly fee: Rupiah;
  readonly total: Rupiah;
  readonly totalInWords: string;
  readonly validation: Validation;
}

const BRING = "cetakan bukti ini, KTP asli pemilik, dan STNK asli";

/** The owner's conditions after paying. Where a region's own rules are not known, only what holds everywhere. */
const VALIDATION: Readonly<Record<ReturnType<typeof endorsementOf>, Validation>> = {
  jabar: {
    place: "kantor Samsat di Jawa Barat, cabang Bank BJB, atau Polsek yang ditunjuk (hubungi dulu)",
    bring: BRING,
    receive: "e-SKKP",
  },
  "jabar-b": { place: "Samsat Depok, Cinere, atau Bekasi", bring: BRING, receive: "e-SKKP" },
  general: { place: "kantor Samsat penerbit STNK", bring: BRING, receive: "" },
};

/**
 * The proof of a payment that the biller confirmed. Throws for any other: a proof without a CONFIRM would be a forgery
 * (invariant I4), so asking for one is a bug.
 */
export function makeProof(payment: Payment, counter: Counter): Proof {
  const { bill, ref } = payment;
  const { receipt, paidAt } = confirmed(payment);
  return {
    version: PROOF_VERSION,
    title: "BUKTI PEMBAYARAN E-SAMSAT",
    sandbox: counter.sandbox,
    counter: clean(counter.name),
    contact: clean(counter.contact),
    ref,
    code: payment.code,
    copy: 0,
    invoice: bill.invoice,
    paymentCode: receipt.paymentCode === "" ? bill.paymentCode : receipt.paymentCode,
    reference: receipt.reference,
    trace: receipt.trace,
    paidAt,
    zone: zoneOf(bill.product),
    tanggal: receipt.tanggal,
    product: bill.product,
    region: regionName(bill.product),
    plate: bill.plate,
    owner: bill.owner,
    chassis: bill.chassis,
    brand: bill.brand,
    model: bill.model,
    color: bill.color,
    year: bill.year,
    maskedNik: maskNik(bill.nik),
    sums: {
      pkb: bill.pkb,
      swdkllj: bill.swdkllj,
      bbn: bill.bbn,
      pkbPenalty: bill.pkbPenalty,
      swdklljPenalty: bill.swdklljPenalty,
      bbnPenalty: bill.bbnPenalty,
    },
    other: bill.other,
    fee: bill.fee,
    total: receipt.total,
    totalInWords: rupiahInWords(receipt.total),
    validation: VALIDATION[endorsementOf(bill.product, bill.plate)],
  };
}

/** The same proof as its n-th repeat. `copy` counts from 1; 0 is the first one. */
export function copyOf(proof: Proof, copy: number): Proof {
  if (!Number.isSafeInteger(copy) || copy < 0) throw new RangeError(`A copy's number is 0 or more, not ${copy}.`);
  return { ...proof, copy };
}

function confirmed({ ref, state, receipt, paidAt, bill }: Payment) {
  const fault = (what: string) => new Error(`No proof of TRX-${ref}: ${what}. A proof needs the biller's CONFIRM.`);
  if (state !== "paid") throw fault(`its state is ${state}`);
  if (receipt === undefined || paidAt === undefined) throw fault("it has no receipt");
  if (receipt.reference === "") throw fault("its receipt has no bank reference");
  if (receipt.total !== bill.total) throw fault("the receipt's total is not the one that was confirmed");
  return { receipt, paidAt };
}
