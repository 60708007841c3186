import type { PaymentRef } from "../../domain/ref.ts";
import { agentAccount } from "../../domain/staff.ts";
import type { Limits, Opened, Unsecured } from "../../payments/ledger.ts";
import { hold } from "../../payments/life/postings.ts";
import type { NewPayment, Payment } from "../../payments/payment.ts";
import { numbered, places } from "../rows/columns.ts";
import {
  type Found,
  freshRef,
  intended,
  type NotOpened,
  noFreeRef,
  OPENED,
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
import { dayTotal } from "./ledger-day.ts";
import { lockNames, vehicleLocks } from "./ledger-locks.ts";
import { balanceOf, lockBalances, type Postings } from "./ledger-postings.ts";
import type { Sql } from "./open.ts";

export interface Opening {
  /** Why it cannot be opened; undefined when it can. Sure until the transaction ends, when its vehicle is locked. */
  refusal(sql: Sql, payment: NewPayment, at: number, limits?: Limits): Promise<NotOpened | undefined>;
  /** Of two that open payments of one vehicle the second waits. */
  lockVehicle(sql: Sql, payment: NewPayment): Promise<void>;
  /** Inside a transaction. The hold of a request's payment is there already. */
  open(sql: Sql, payment: NewPayment, at: number, limits?: Limits): Promise<Opened>;
}

export interface OpeningOptions {
  readonly sealer: Sealer;
  readonly postings: Postings;
  readonly freeRef: FreeRef;
}

/** What neither a payment nor a request is called: people say a payment's without its TRX, too. */
export type FreeRef = (sql: Sql) => Promise<PaymentRef>;

export function freeRefs(newRef: () => PaymentRef = freshRef): FreeRef {
  return async (sql) => {
    for (let tries = 0; tries < REF_TRIES; tries++) {
      const ref = newRef();
      const taken = await sql.get(
        "SELECT ref FROM payments WHERE ref = $1 UNION ALL SELECT ref FROM requests WHERE ref = $1",
        [ref],
      );
      if (taken === undefined) return ref;
    }
    throw noFreeRef();
  };
}

export function opening(options: OpeningOptions): Opening {
  const { sealer, postings } = options;
  const lockVehicle = ({ bill }: NewPayment, sql: Sql) => lockNames(sql, vehicleLocks(vehicleKeys(bill, sealer)));
  const refused = async (sql: Sql, asked: Asked): Promise<NotOpened | undefined> => {
    const { payment, found, at, limits } = asked;
    const same = sameAgain(payment, found.own);
    if (same !== undefined) return { kind: "exists", payment: paymentOf(same, sealer) };
    return refusal(payment, found, at) ?? (await unsecured(sql, payment, limits));
  };
  return {
    refusal: async (sql, payment, at, limits) =>
      refused(sql, { payment, found: await find(sql, payment, sealer), at, limits }),
    lockVehicle: (sql, payment) => lockVehicle(payment, sql),
    async open(sql, payment, at, limits) {
      await lockVehicle(payment, sql);
      if (payment.agent !== undefined) await lockBalances(sql, [agentAccount(payment.agent.id)]);
      const found = await find(sql, payment, sealer);
      const no = await refused(sql, { payment, found, at, limits });
      if (no !== undefined) return no;
      const opened = await write(sql, { payment, before: found.own, at }, options);
      if (payment.request === undefined) await postings.write(sql, [hold(opened)], opened, at);
      return { kind: "opened", payment: opened };
    },
  };
}

interface Asked {
  readonly payment: NewPayment;
  readonly found: Found;
  readonly at: number;
  readonly limits: Limits | undefined;
}

async function find(sql: Sql, { bill }: NewPayment, sealer: Sealer): Promise<Found> {
  const { chassis, plate } = vehicleKeys(bill, sealer);
  const rows = await sql.all<PaymentRow & { readonly invoice: string }>(
    "SELECT * FROM payments WHERE invoice = $1 OR ((chassis_ix = $2 OR plate_ix = $3) AND state <> 'withdrawn')",
    [bill.invoice, chassis, plate],
  );
  return {
    own: rows.find(({ invoice }) => invoice === bill.invoice),
    others: rows.filter(({ invoice }) => invoice !== bill.invoice),
  };
}

/** Whether the agent's balance, with his credit, covers it, and his day. Of a request it was asked when he took it. */
async function unsecured(sql: Sql, payment: NewPayment, limits: Limits | undefined): Promise<Unsecured | undefined> {
  const { agent, request, bill } = payment;
  if (agent === undefined || request !== undefined) return undefined;
  const short = shortFor(bill.total, await balanceOf(sql, agentAccount(agent.id)), limits);
  if (short !== undefined) return short;
  const daily = limits?.daily;
  if (daily === undefined || (await dayTotal(sql, agent.id, daily.since)) + bill.total <= daily.max) return undefined;
  return { kind: "capped" };
}

interface Writing {
  readonly payment: NewPayment;
  /** The withdrawn one of the invoice. */
  readonly before: PaymentRow | undefined;
  readonly at: number;
}

const INSERT = `INSERT INTO payments(${OPENED.join()}) VALUES(${places(OPENED.length)})`;
const REOPEN = `UPDATE payments SET ${numbered(OPENED)}, forgotten_at = NULL, lease = NULL, lease_until = NULL
  WHERE ref = $${OPENED.length + 1}`;

async function write(sql: Sql, { payment, before, at }: Writing, options: OpeningOptions): Promise<Payment> {
  const { sealer, freeRef } = options;
  const { invoice } = payment.bill;
  const sent = await sql.get("SELECT 1 FROM attempts WHERE invoice = $1", [invoice]);
  if (sent !== undefined) throw sentBefore();
  const own = ownAgain(payment, before);
  if (before !== undefined && own === undefined) {
    await sql.run("UPDATE payments SET invoice = invoice || '/' || ref WHERE ref = $1", [before.ref]);
  }
  const of = { ref: own?.ref ?? (await freeRef(sql)), revision: (own?.revision ?? 0) + 1 };
  const opened = intended(payment, of, at);
  const values = openedValues(opened, sealer);
  if (own === undefined) await sql.run(INSERT, values);
  else await sql.run(REOPEN, [...values, own.ref]);
  return opened;
}
