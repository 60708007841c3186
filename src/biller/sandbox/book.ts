import type { Clock } from "../../clock.ts";
import type { Rupiah } from "../../domain/rupiah.ts";
import { type InvoiceStatus, type Pay, type Slip, slipOf, statusOf, withPay, withRefunds } from "./paying.ts";
import { type Debit, freshState, type Invoiced, type PayCall, type SandboxState, withInvoice } from "./state.ts";
import { loadState, saveState } from "./state-file.ts";

/** The sandbox's books, as a test or a visitor reads them. */
export interface SandboxBook {
  readonly deposit: Rupiah;
  /** Oldest first. A debit stands while its `refundedAt` is undefined. */
  readonly debits: readonly Debit[];
  /** Every pay call that arrived, whatever came of it. */
  readonly pays: readonly PayCall[];
  setRegion(product: string, status: "ON" | "OFF"): void;
}

/** The books with what the server does to them. Each change is on the disk, when there is a file, before it returns. */
export interface ServerBook extends SandboxBook {
  readonly regions: SandboxState["regions"];
  /** A new invoice, at each inquiry. */
  invoice(query: Pick<Invoiced, "product" | "nik" | "chassis">): Slip | undefined;
  /** Whether a debit of the vehicle stands. */
  isPaid(chassis: string): boolean;
  pay(invoice: string): Pay;
  slip(invoice: string): Slip | undefined;
  statusOf(slip: Slip): InvoiceStatus;
}

export interface BookOptions {
  readonly clock: Pick<Clock, "now">;
  /** At the first start; later the file knows. */
  readonly deposit: Rupiah;
  /** How long a pending payment stays so, ms. */
  readonly pendingMs: number;
  readonly file: string | undefined;
}

export function openBook({ clock, deposit, pendingMs, file }: BookOptions): ServerBook {
  let state = (file === undefined ? undefined : loadState(file)) ?? freshState(deposit);
  const moment = () => ({ at: clock.now(), pendingMs });
  const change = (next: SandboxState) => {
    if (next === state) return;
    if (file !== undefined) saveState(file, next);
    state = next;
  };
  /** Refunds come due by themselves: booked whenever somebody looks. */
  const settled = () => {
    change(withRefunds(state, moment()));
    return state;
  };
  return {
    get deposit() {
      return settled().deposit;
    },
    get debits() {
      return settled().debits;
    },
    get pays() {
      return state.pays;
    },
    get regions() {
      return state.regions;
    },
    setRegion: (product, status) => change({ ...state, regions: { ...state.regions, [product]: status } }),
    invoice(query) {
      change(withInvoice(state, query, clock.now()));
      return slipOf(state, String(state.lastInvoice));
    },
    isPaid: (chassis) => settled().debits.some((debit) => debit.chassis === chassis && debit.refundedAt === undefined),
    pay(invoice) {
      const { pay, next } = withPay(settled(), invoice, moment());
      change(next);
      return pay;
    },
    slip: (invoice) => slipOf(state, invoice),
    statusOf: (slip) => statusOf(slip, moment()),
  };
}
