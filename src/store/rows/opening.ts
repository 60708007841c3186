import { randomBytes } from "node:crypto";
import { codeFrom, type PaymentRef, refFrom } from "../../domain/ref.ts";
import { rupiah } from "../../domain/rupiah.ts";
import type { Limits, Opened, Unsecured } from "../../payments/ledger.ts";
import { LIVE, type NewPayment, NOTHING_HEARD, type Payment } from "../../payments/payment.ts";
import type { Sealer } from "../sealing.ts";
import type { Cell } from "./columns.ts";
import { CHANGED, changing, type PaymentRow, secretOf, vehicleKeys } from "./payment.ts";

/** Within so long of a paid one only the operator pays the vehicle again (money rule 1), ms. */
const PAID_LATELY_MS = 24 * 3_600_000;

export type Refusal = Exclude<Opened, { kind: "opened" | "exists" }>;
export type NotOpened = Exclude<Opened, { kind: "opened" }>;

export type OtherRow = Pick<PaymentRow, "ref" | "state" | "payer" | "opened_at" | "ended_at">;

/** What is known of a bill that is to be paid. */
export interface Found {
  /** The row of the same invoice, if there is one. */
  readonly own: PaymentRow | undefined;
  /** Those of the same vehicle under other invoices. */
  readonly others: readonly OtherRow[];
}

export function freshRef(): PaymentRef {
  return refFrom(randomBytes(8));
}

/** How often a reference that is taken is drawn anew. */
export const REF_TRIES = 100;

export function noFreeRef(): Error {
  return new Error(`no free reference was found in ${REF_TRIES} tries: the source of randomness is broken`);
}

/**
 * The same bill confirmed twice by the same payer. A bill that was inquired anew is another one, but while the first is
 * live it comes to the same; a withdrawn one it opens again.
 */
export function sameAgain(payment: NewPayment, own: PaymentRow | undefined): PaymentRow | undefined {
  if (own === undefined || own.payer !== payment.payer || own.total !== payment.bill.total) return undefined;
  return LIVE.includes(own.state) || own.inquired_at === payment.inquiredAt ? own : undefined;
}

/** Why this bill may not be paid now (money rule 1). */
export function refusal(payment: NewPayment, { own, others }: Found, at: number): Refusal | undefined {
  const all = own === undefined ? others : [own, ...others];
  const refFor = (row: OtherRow) => (row.payer === payment.payer ? row.ref : undefined);
  const plate = payment.bill.plate;
  const live = all.find((row) => LIVE.includes(row.state));
  if (live !== undefined) return { kind: "vehicle-busy", since: live.opened_at, plate, ref: refFor(live) };
  const lately = all.find((row) => row.state === "paid" && at - (row.ended_at ?? at) < PAID_LATELY_MS);
  if (lately !== undefined) return { kind: "paid-lately", plate, ref: refFor(lately) };
  // Any end but "withdrawn" means that the invoice was sent.
  if (own !== undefined && (own.state !== "withdrawn" || own.sent_at !== null)) return { kind: "invoice-used" };
  const ends = others.map((row) => row.ended_at ?? at);
  return ends.some((endedAt) => endedAt >= payment.inquiredAt) ? { kind: "bill-too-old" } : undefined;
}

/** Whether a balance, with the credit, covers a total. */
export function shortFor(total: number, balance: number, limits: Limits | undefined): Unsecured | undefined {
  const missing = total - balance - (limits?.credit ?? 0);
  return missing > 0 ? { kind: "short", missing: rupiah(missing) } : undefined;
}

export function sentBefore(): Error {
  return new Error("an invoice that was sent was about to be opened again: nothing was changed");
}

/** As it is opened: under the reference of a withdrawn one of its own payer, or a new one. */
export function intended(payment: NewPayment, of: Pick<Payment, "ref" | "revision">, at: number): Payment {
  const { ref, revision } = of;
  return {
    ...payment,
    ref,
    code: codeFrom(ref, randomBytes(8)),
    revision,
    state: "intended",
    openedAt: at,
    sentAt: undefined,
    endedAt: undefined,
    heard: NOTHING_HEARD,
    receipt: undefined,
    paidAt: undefined,
    withdrawnWhy: undefined,
    told: 0,
    watched: 0,
    dueAt: at,
    refused: false,
  };
}

/**
 * A withdrawn payment, when it is opened again as itself. A reference is one person's for ever: what he was told under it
 * stays his, and another's payment has its own.
 */
export function ownAgain({ payer }: NewPayment, before: PaymentRow | undefined): PaymentRow | undefined {
  return before?.payer === payer ? before : undefined;
}

/** The columns that an opening writes, the invoice last. */
export const OPENED = [
  ...CHANGED,
  ...["ref", "payer", "total", "inquired_at", "opened_at", "agent", "request", "chassis_ix", "plate_ix", "secret"],
  "invoice",
] as const;

export function openedValues(opened: Payment, sealer: Sealer): readonly Cell[] {
  const keys = vehicleKeys(opened.bill, sealer);
  return [
    ...changing(opened),
    ...[opened.ref, opened.payer, opened.bill.total, opened.inquiredAt, opened.openedAt],
    ...[opened.agent?.id ?? null, opened.request ?? null],
    ...[keys.chassis, keys.plate, secretOf(opened, sealer), opened.bill.invoice],
  ];
}
