import type { Bill } from "../../domain/bill.ts";
import { plateKey } from "../../domain/plate.ts";
import { ZERO } from "../../domain/rupiah.ts";
import type { Payment } from "../../payments/payment.ts";
import type { Sealer } from "../sealing.ts";
import { StoreError } from "../store-error.ts";
import type { Cell } from "./columns.ts";

/** The version of `body` and `secret`. A change of their shape raises it and brings a reader for the old one. */
const SHAPE = 1;

/** A payment, as both databases keep it. */
export interface PaymentRow {
  readonly ref: Payment["ref"];
  readonly revision: number;
  readonly state: Payment["state"];
  readonly payer: Payment["payer"];
  readonly total: number;
  readonly inquired_at: number;
  readonly opened_at: number;
  readonly sent_at: number | null;
  readonly ended_at: number | null;
  readonly due_at: number | null;
  readonly chassis_ix: string;
  readonly plate_ix: string | null;
  readonly lease: string | null;
  readonly lease_until: number | null;
  readonly shape: number;
  readonly body: string;
  readonly secret: string;
}

export type Person = Pick<Bill, "nik" | "chassis" | "plate" | "owner" | "address">;

/** What is sealed: the person, and the code that gives away the proof. */
interface Secret {
  readonly code: Payment["code"];
  readonly person: Person;
}

/** By what a vehicle is found again, without telling what it is (money rule 1). A plate that is none does not count. */
export function vehicleKeys(bill: Bill, sealer: Sealer): { readonly chassis: string; readonly plate: string | null } {
  const plate = plateKey(bill.plate);
  return {
    chassis: sealer.index(`chassis:${bill.product}:${bill.chassis}`),
    plate: plate === undefined ? null : plateIndex(plate, sealer),
  };
}

/** `plate` as plateKey gives it. */
export function plateIndex(plate: string, sealer: Sealer): string {
  return sealer.index(`plate:${plate}`);
}

export function secretOf({ ref, code, bill }: Payment, sealer: Sealer): string {
  const secret: Secret = { code, person: personOf(bill) };
  return sealer.seal(JSON.stringify(secret), `payments:${ref}`);
}

export function personOf({ nik, chassis, plate, owner, address }: Bill): Person {
  return { nik, chassis, plate, owner, address };
}

/** What of a bill needs no seal. */
export function billWithoutPerson(bill: Bill): Omit<Bill, keyof Person> {
  const { nik: _nik, chassis: _chassis, plate: _plate, owner: _owner, address: _address, ...rest } = bill;
  return rest;
}

/** Empty where the person was. The plate stays: it is the vehicle's. */
export function withoutPerson<Of extends { readonly bill: Bill }>(payment: Of): Of {
  const nobody = { nik: "" as Bill["nik"], chassis: "" as Bill["chassis"], owner: "", address: "" };
  return { ...payment, bill: { ...payment.bill, ...nobody } };
}

/** The columns that a commit changes, in the order of CHANGED. */
export function changing(payment: Payment): readonly Cell[] {
  const { revision, state, sentAt, endedAt, dueAt } = payment;
  return [revision, state, sentAt ?? null, endedAt ?? null, dueAt ?? null, SHAPE, bodyOf(payment)];
}

export const CHANGED = ["revision", "state", "sent_at", "ended_at", "due_at", "shape", "body"] as const;

/** What a payment is read from. The other columns are there to be searched and checked. */
export type KeptRow = Pick<PaymentRow, "ref" | "shape" | "body" | "secret">;
export const KEPT = "ref, shape, body, secret";

export function paymentOf(row: KeptRow, sealer: Sealer): Payment {
  if (row.shape !== SHAPE) {
    throw new StoreError(
      `A payment has shape ${row.shape}; this program knows ${SHAPE}.`,
      "Start the newer program that wrote it.",
    );
  }
  const body = JSON.parse(row.body) as Body;
  const { code, person } = JSON.parse(sealer.open(row.secret, `payments:${row.ref}`)) as Secret;
  return { ...fieldsOf(body), code, heard: heardOf(body.heard), bill: { ...body.bill, ...person } };
}

type Body = Omit<Payment, "bill" | "code"> & { readonly bill: Omit<Bill, keyof Person> };

/**
 * JSON has no undefined: a field that was undefined is missing, and is given back as it was. So is one of today that a
 * payment of earlier did not have. Field by field, so that all payments are objects of one shape, which is read faster.
 */
function fieldsOf(body: Body): Omit<Payment, "bill" | "code" | "heard"> {
  return {
    ref: body.ref,
    revision: body.revision,
    state: body.state,
    payer: body.payer,
    language: body.language,
    inquiredAt: body.inquiredAt,
    expiresAt: body.expiresAt,
    openedAt: body.openedAt,
    sentAt: body.sentAt,
    endedAt: body.endedAt,
    receipt: body.receipt,
    ...(body.decidedAs === undefined ? {} : { decidedAs: body.decidedAs }),
    paidAt: body.paidAt,
    debit: body.debit,
    cashback: body.cashback,
    withdrawnWhy: body.withdrawnWhy,
    told: body.told,
    watched: body.watched,
    dueAt: body.dueAt,
    refused: body.refused,
    agent: body.agent,
    request: body.request,
    markup: body.markup ?? ZERO,
  };
}

function heardOf(heard: Payment["heard"]): Payment["heard"] {
  return {
    everOk: heard.everOk,
    saidPaid: heard.saidPaid,
    failures: heard.failures,
    firstFailureAt: heard.firstFailureAt,
    lastFailureAt: heard.lastFailureAt,
    refundAt: heard.refundAt,
    asks: heard.asks,
    askedAt: heard.askedAt,
    sureAt: heard.sureAt,
    last: heard.last,
  };
}

function bodyOf({ code: _code, ...payment }: Payment): string {
  return JSON.stringify({ ...payment, bill: billWithoutPerson(payment.bill) });
}
