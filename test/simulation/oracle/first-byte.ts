import { minuteOfDay, startOfDay } from "../../../src/domain/time.ts";
import { isOpen, type Sheet, stands } from "../biller/books.ts";
import type { Counter } from "../biller/counter.ts";
import type { Sim } from "../sim.ts";
import type { Approvals } from "../staff/approvals.ts";
import type { Confirmations } from "./confirmations.ts";
import type { PaymentBook, Watched } from "./payments.ts";
import type { Running } from "./running.ts";

export interface FirstByteOptions {
  readonly sim: Sim;
  readonly counter: Counter;
  readonly payments: PaymentBook;
  readonly running: Running;
  readonly confirmations: Confirmations;
  /** Of agents, where there are any. */
  readonly approvals: Approvals | undefined;
  /** Most for a day, rupiah. */
  readonly maxDay: number | undefined;
}

/** Between the commit of the intent and the first byte (money rule 3), ms. */
const MAY_GO = 10_000;
/** A look at the regions may be so old at the checks, and then the call may still wait, ms. */
const LOOK = 60_000 + MAY_GO + 1_500;
const HOUR = 3_600_000;
/** No quote lives longer (money rule 10). */
const LAST_MINUTE = 23 * 60 + 58;

/** What must hold in the moment in which a pay call can no longer be held back: I1, I2, I15, and rules 1 to 3 and 9. */
export function firstByte(options: FirstByteOptions): (sheet: Sheet) => void {
  const spent = new Map<number, number>();
  return (sheet) => {
    const { sim, payments } = options;
    const now = sim.time.steady();
    sim.note(() => `biller: first byte of pay ${sheet.invoice}`);
    if (sheet.sentAt.length > 0) again(options, sheet);
    sheet.sentAt.push(now);
    if (!sim.lies) otherInvoices(sim, sheet);
    const watched = payments.byInvoice(sheet.invoice);
    if (watched === undefined) return sim.violate("intent", `${sheet.invoice} is in no ledger`);
    older(options, sheet);
    intent(options, sheet, watched);
    inTime(options, sheet, watched);
    if (watched.payment.agent === undefined) options.confirmations.use(watched.payment.payer, sheet);
    else options.approvals?.use(watched.payment, sheet);
    capped(options, sheet, spent);
  };
}

/**
 * A ledger that lost its memory may send an invoice that the biller gives once more. Its promise is the pause of 15 min:
 * by then the first call is dead, and the money of the first stands nowhere.
 */
function again({ sim, running }: FirstByteOptions, sheet: Sheet): void {
  if (running.restored && sheet.settled && !stands(sheet)) sim.cover.count("outcomes", "sent again after a restore");
  else sim.violate("I2", `pay was sent again for ${sheet.invoice}`);
}

function otherInvoices(sim: Sim, sheet: Sheet): void {
  for (const other of sheet.vehicle.sheets) {
    if (other === sheet || other.sentAt.length === 0) continue;
    if (stands(other)) sim.violate("I1", `${sheet.invoice} is paid while the debit of ${other.invoice} stands`);
    else if (isOpen(other))
      sim.violate("I2", `${sheet.invoice} is paid while ${other.invoice} may still be carried out`);
  }
}

/** Rule 1: the bill was asked for after the vehicle's last payment ended. */
function older({ sim, payments }: FirstByteOptions, sheet: Sheet): void {
  for (const other of sheet.vehicle.sheets) {
    const endedAt = other === sheet ? undefined : payments.byInvoice(other.invoice)?.endedAt;
    if (endedAt !== undefined && endedAt > sheet.givenAt) {
      sim.violate("rule 1", `the bill ${sheet.invoice} is older than the end of ${other.invoice}`);
    }
  }
}

/** The intent was written, lately, and stands. */
function intent({ sim }: FirstByteOptions, sheet: Sheet, { payment, sentAt }: Watched): void {
  if (payment.state !== "sending" && sentAt === undefined) {
    sim.violate("intent", `${sheet.invoice} goes out while the ledger says ${payment.state}`);
  }
  if (sentAt === undefined || sim.time.steady() - sentAt > MAY_GO + 1) {
    sim.violate("rule 3", `${sheet.invoice} goes out ${sim.time.steady() - (sentAt ?? 0)} ms after its intent`);
  }
  if (payment.bill.total !== sheet.total) sim.violate("I10", `${sheet.invoice}: the total is not the biller's`);
}

/** I15: the region was open, and the quote had not ended. */
function inTime({ sim, counter, running }: FirstByteOptions, sheet: Sheet, { payment }: Watched): void {
  const now = sim.time.steady();
  if (!counter.wasOpen(sheet.vehicle.product, Math.max(0, now - LOOK))) {
    sim.violate("I15", `${sheet.invoice} goes out though its region has been closed`);
  }
  const age = now - sheet.givenAt;
  if (age > HOUR + MAY_GO + running.clockSet) sim.violate("I15", `the quote of ${sheet.invoice} is ${age} ms old`);
  const wall = sim.time.wall();
  const sameDay = startOfDay(wall) === startOfDay(wall - MAY_GO);
  const late = sameDay ? minuteOfDay(wall - MAY_GO) >= LAST_MINUTE : startOfDay(wall) !== startOfDay(wall - age);
  if (late && running.clockSet === 0) sim.violate("I15", `${sheet.invoice} goes out at midnight`);
  if (payment.expiresAt < wall - MAY_GO - running.clockSet) sim.violate("I15", `${sheet.invoice}: its quote has ended`);
}

function capped({ sim, maxDay, running }: FirstByteOptions, sheet: Sheet, spent: Map<number, number>): void {
  const day = startOfDay(sim.time.wall());
  const sum = (spent.get(day) ?? 0) + sheet.total;
  spent.set(day, sum);
  if (maxDay !== undefined && sum > maxDay && !running.restored && running.clockSet === 0) {
    sim.violate("day cap", `Rp${sum} were sent on one day`);
  }
}
