import type { PaymentRef } from "../../domain/ref.ts";
import { agentAccount } from "../../domain/staff.ts";
import type { Limits, Opened, Unsecured } from "../../payments/ledger.ts";
import { hold } from "../../payments/life/postings.ts";
import type { NewPayment, Payment } from "../../payments/payment.ts";
import { marked } from "../rows/columns.ts";
import {
  type Found,
  freshRef,
  intended,
  type NotOpened,
  noFreeRef,
  OPENED,
  type OtherRow,
  openedValues,
  ownAgain,
  REF_TRIES,
  refusal,
  sameAgain,
  sentBefore,
  shortFor,
} from "../rows/opening.ts";
import { type PaymentRow, paymentOf, vehicleKeys } from "../rows/payment.ts";
import type { Sealer } from "../sealing.ts";
import type { DayTotal } from "./ledger-day.ts";
import type { Postings } from "./ledger-postings.ts";
import type { Db } from "./open.ts";

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

export function freeRefs(db: Db, newRef: () => PaymentRef = freshRef): FreeRef {
  const taken = db.prepare<{ ref: string }>(
    "SELECT ref FROM payments WHERE ref = ?1 UNION ALL SELECT ref FROM requests WHERE ref = ?1",
  );
  return () => {
    for (let tries = 0; tries < REF_TRIES; tries++) {
      const ref = newRef();
      if (taken.get(ref) === undefined) return ref;
    }
    throw noFreeRef();
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
    const short = shortFor(total, postings.balance(agentAccount(agent.id)), limits);
    if (short !== undefined) return short;
    const daily = limits?.daily;
    if (daily === undefined || dayTotal(agent.id, daily.since) + total <= daily.max) return undefined;
    return { kind: "capped" };
  };
}

function writing(db: Db, sealer: Sealer, freeRef: FreeRef) {
  const sent = db.prepare<{ ref: string }>("SELECT ref FROM attempts WHERE invoice = ?");
  const insert = db.prepare(`INSERT INTO payments(${OPENED.join()}) VALUES(${OPENED.map(() => "?").join()})`);
  const reopen = db.prepare(
    `UPDATE payments SET ${marked(OPENED)}, forgotten_at = NULL, lease = NULL, lease_until = NULL WHERE ref = ?`,
  );
  const leave = db.prepare("UPDATE payments SET invoice = invoice || '/' || ref WHERE ref = ?");
  return (payment: NewPayment, before: PaymentRow | undefined, at: number): Payment => {
    if (sent.get(payment.bill.invoice) !== undefined) throw sentBefore();
    const own = ownAgain(payment, before);
    if (before !== undefined && own === undefined) leave.run(before.ref);
    const opened = intended(payment, { ref: own?.ref ?? freeRef(), revision: (own?.revision ?? 0) + 1 }, at);
    const values = openedValues(opened, sealer);
    if (own === undefined) insert.run(...values);
    else reopen.run(...values, own.ref);
    return opened;
  };
}
