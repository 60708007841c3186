import { randomBytes } from "node:crypto";
import { codeFrom, type PaymentRef, refFrom } from "../../domain/ref.ts";
import { rupiah } from "../../domain/rupiah.ts";
import { agentAccount } from "../../domain/staff.ts";
import type { Limits, Opened, Unsecured } from "../../payments/ledger.ts";
import { hold } from "../../payments/life/postings.ts";
import { LIVE, type NewPayment, NOTHING_HEARD, type Payment } from "../../payments/payment.ts";
import type { Sealer } from "../sealing.ts";
import type { DayTotal } from "./ledger-day.ts";
import type { Postings } from "./ledger-postings.ts";
import { CHANGING, changing, type PaymentRow, paymentOf, secretOf, vehicleKeys } from "./ledger-rows.ts";
import type { Db } from "./open.ts";

/** Within so long of a paid one only the operator pays the vehicle again (money rule 1), ms. */
const PAID_LATELY_MS = 24 * 3_600_000;

type Refusal = Exclude<Opened, { kind: "opened" | "exists" }>;
type NotOpened = Exclude<Opened, { kind: "opened" }>;

type OtherRow = Pick<PaymentRow, "ref" | "state" | "payer" | "opened_at" | "ended_at">;

interface Found {
  /** The row of the same invoice, if there is one. */
  readonly own: PaymentRow | undefined;
  /** Those of the same vehicle under other invoices. */
  readonly others: readonly OtherRow[];
}

export interface Opening {
  /** Why it cannot be opened; undefined when it can. */
  refusal(payment: NewPayment, at: number, limits?: Limits): NotOpened | undefined;
  /** Inside a transaction. The hold of a request's payment is there already. */
  open(payment: NewPayment, at: number, limits?: Limits): Opened;
}

export interface OpeningOptions {
  readonly postings: Postings;
  readonly dayTotal: DayTotal;
  readonly freeRef: FreeRef;
}

/** What neither a payment nor a request is called: people say a payment's without its TRX, too. */
export type FreeRef = () => PaymentRef;

export function freeRefs(db: Db, newRef: () => PaymentRef = () => refFrom(randomBytes(8))): FreeRef {
  const taken = db.prepare<{ ref: string }>(
    "SELECT ref FROM payments WHERE ref = ?1 UNION ALL SELECT ref FROM requests WHERE ref = ?1",
  );
  return () => {
    for (let tries = 0; tries < 100; tries++) {
      const ref = newRef();
      if (taken.get(ref) === undefined) return ref;
    }
    throw new Error("no free reference was found in 100 tries: the source of randomness is broken");
  };
}

export function opening(db: Db, sealer: Sealer, options: OpeningOptions): Opening {
  const { postings, freeRef } = options;
  const byInvoice = db.prepare<PaymentRow>("SELECT * FROM payments WHERE invoice = ?");
  const byVehicle = db.prepare<OtherRow>(
    `SELECT ref, state, payer, opened_at, ended_at FROM payments
     WHERE (chassis_ix = ? OR plate_ix = ?) AND invoice <> ? AND state <> 'withdrawn'`,
  );
  const find = ({ bill }: NewPayment): Found => {
    const { chassis, plate } = vehicleKeys(bill, sealer);
    return { own: byInvoice.get(bill.invoice), others: byVehicle.all(chassis, plate, bill.invoice) };
  };
  const write = writing(db, sealer, freeRef);
  const unsecured = securing(options);
  const refused = (payment: NewPayment, found: Found, at: number, limits?: Limits): NotOpened | undefined => {
    const same = sameAgain(payment, found.own);
    if (same !== undefined) return { kind: "exists", payment: paymentOf(same, sealer) };
    return refusal(payment, found, at) ?? unsecured(payment, limits);
  };
  return {
    refusal: (payment, at, limits) => refused(payment, find(payment), at, limits),
    open(payment, at, limits) {
      const found = find(payment);
      const no = refused(payment, found, at, limits);
      if (no !== undefined) return no;
      const opened = write(payment, found.own, at);
      if (payment.request === undefined) postings.write(hold(opened), opened, at);
      return { kind: "opened", payment: opened } as const;
    },
  };
}

/** Whether the agent's balance, with his credit, covers it, and his day. Of a request it was asked when he took it. */
function securing({
  postings,
  dayTotal,
}: OpeningOptions): (payment: NewPayment, limits?: Limits) => Unsecured | undefined {
  return ({ agent, request, bill: { total } }, limits) => {
    if (agent === undefined || request !== undefined) return undefined;
    const missing = total - postings.balance(agentAccount(agent.id)) - (limits?.credit ?? 0);
    if (missing > 0) return { kind: "short", missing: rupiah(missing) };
    const daily = limits?.daily;
    if (daily === undefined || dayTotal(agent.id, daily.since) + total <= daily.max) return undefined;
    return { kind: "capped" };
  };
}

/**
 * The same bill confirmed twice by the same payer. A bill that was inquired anew is another one, but while the first is
 * live it comes to the same; a withdrawn one it opens again.
 */
function sameAgain(payment: NewPayment, own: PaymentRow | undefined): PaymentRow | undefined {
  if (own === undefined || own.payer !== payment.payer || own.total !== payment.bill.total) return undefined;
  return LIVE.includes(own.state) || own.inquired_at === payment.inquiredAt ? own : undefined;
}

/** Why this bill may not be paid now (money rule 1). */
function refusal(payment: NewPayment, { own, others }: Found, at: number): Refusal | undefined {
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

function writing(db: Db, sealer: Sealer, freeRef: FreeRef) {
  const sent = db.prepare<{ ref: string }>("SELECT ref FROM attempts WHERE invoice = ?");
  const insert = db.prepare(
    `INSERT INTO payments(revision, state, sent_at, ended_at, due_at, shape, body, ref, payer, total, inquired_at,
       opened_at, agent, request, chassis_ix, plate_ix, secret, invoice)
     VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const reopen = db.prepare(
    `UPDATE payments SET ${CHANGING}, ref = ?, payer = ?, total = ?, inquired_at = ?, opened_at = ?,
       agent = ?, request = ?, chassis_ix = ?, plate_ix = ?, secret = ?, forgotten_at = NULL,
       lease = NULL, lease_until = NULL WHERE invoice = ?`,
  );
  return (payment: NewPayment, own: PaymentRow | undefined, at: number): Payment => {
    if (sent.get(payment.bill.invoice) !== undefined) {
      throw new Error("an invoice that was sent was about to be opened again: nothing was changed");
    }
    const opened = intended(payment, own?.ref ?? freeRef(), (own?.revision ?? 0) + 1, at);
    const keys = vehicleKeys(opened.bill, sealer);
    const values = [
      ...changing(opened),
      ...[opened.ref, opened.payer, opened.bill.total, opened.inquiredAt, opened.openedAt],
      ...[opened.agent?.id ?? null, opened.request ?? null],
      ...[keys.chassis, keys.plate, secretOf(opened, sealer), opened.bill.invoice],
    ];
    (own === undefined ? insert : reopen).run(...values);
    return opened;
  };
}

function intended(payment: NewPayment, ref: PaymentRef, revision: number, at: number): Payment {
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
