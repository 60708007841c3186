import { debitOf } from "../../domain/region.ts";
import { addRupiah, type Rupiah, rupiah } from "../../domain/rupiah.ts";
import type { VehicleKind } from "./kinds.ts";
import type { Debit, Invoiced, SandboxState } from "./state.ts";
import { sumsOf } from "./sums.ts";
import { type SandboxVehicle, sandboxVehicle } from "./vehicles.ts";

/** What every region takes from the deposit. */
export const DEBET = "tagihan+5000";

export type InvoiceStatus = "INQUIRY" | "CONFIRM" | "PENDING" | "REFUND" | "FAILURE";

/** An invoice with the vehicle that it is for. */
export interface Slip {
  readonly invoiced: Invoiced;
  readonly vehicle: SandboxVehicle;
}

export type Pay =
  | { readonly kind: "taken"; readonly slip: Slip }
  | { readonly kind: "no"; readonly reason: string; readonly slip: Slip | undefined };

/** The moment of a question, and how long a pending payment stays so. */
export interface Moment {
  readonly at: number;
  readonly pendingMs: number;
}

type Fate = "confirm" | "nothing" | "late-confirm" | "late-refund";

/** What pay comes to, by the kind of vehicle; all others are confirmed at once. */
const FATES: Partial<Record<VehicleKind, Fate>> = {
  "hang-not-applied": "nothing",
  "bad-gateway": "nothing",
  refused: "nothing",
  "pending-confirm": "late-confirm",
  "pending-refund": "late-refund",
};

const ALREADY_PAID = "Transaksi tidak dapat diproses. Tagihan sudah dibayar (Kode: 0054)";

export function slipOf(state: SandboxState, invoice: string): Slip | undefined {
  const invoiced = Object.hasOwn(state.invoices, invoice) ? state.invoices[invoice] : undefined;
  const vehicle = sandboxVehicle(invoiced?.chassis ?? "");
  return invoiced === undefined || vehicle === undefined ? undefined : { invoiced, vehicle };
}

export function statusOf({ invoiced, vehicle }: Slip, { at, pendingMs }: Moment): InvoiceStatus {
  if (invoiced.takenAt === undefined) return "INQUIRY";
  const isOver = at >= invoiced.takenAt + pendingMs;
  switch (fateOf(vehicle.kind)) {
    case "nothing":
      return "FAILURE";
    case "late-confirm":
      return isOver ? "CONFIRM" : "PENDING";
    case "late-refund":
      return isOver ? "REFUND" : "PENDING";
    case "confirm":
      return "CONFIRM";
  }
}

function fateOf(kind: VehicleKind): Fate {
  return FATES[kind] ?? "confirm";
}

/** One pay call. It debits, by the vehicle's kind; again for an invoice that is not confirmed yet, so that tests can count. */
export function withPay(state: SandboxState, invoice: string, now: Moment): { pay: Pay; next: SandboxState } {
  const next = { ...state, pays: [...state.pays, { invoice, at: now.at }] };
  const slip = slipOf(state, invoice);
  const no = (reason: string) => ({ pay: { kind: "no", reason, slip } as const, next });
  if (slip === undefined) return no(`Invoice ${invoice} tidak ditemukan`);
  if (statusOf(slip, now) === "CONFIRM") return no(ALREADY_PAID);
  const amount = amountOf(slip.vehicle.kind);
  const debits = fateOf(slip.vehicle.kind) !== "nothing";
  if (debits && amount > state.deposit) return no("Saldo deposit tidak mencukupi");
  const taken = { ...slip.invoiced, takenAt: slip.invoiced.takenAt ?? now.at };
  const booked = { ...next, invoices: { ...state.invoices, [invoice]: taken } };
  if (slip.vehicle.kind === "refused") return { pay: { kind: "no", reason: ALREADY_PAID, slip }, next: booked };
  const pay = { kind: "taken", slip: { ...slip, invoiced: taken } } as const;
  return { pay, next: debits ? withDebit(booked, slip, amount, now.at) : booked };
}

function withDebit(state: SandboxState, { invoiced, vehicle }: Slip, amount: Rupiah, at: number): SandboxState {
  const debit = { invoice: invoiced.invoice, chassis: invoiced.chassis, plate: vehicle.plate, amount, at };
  return { ...state, deposit: rupiah(state.deposit - amount), debits: [...state.debits, debit] };
}

/** Gives back what is refunded by now. The same value when nothing is due. */
export function withRefunds(state: SandboxState, now: Moment): SandboxState {
  const isDue = (debit: Debit) => {
    const slip = slipOf(state, debit.invoice);
    return debit.refundedAt === undefined && slip !== undefined && statusOf(slip, now) === "REFUND";
  };
  const due = state.debits.filter(isDue);
  if (due.length === 0) return state;
  return {
    ...state,
    deposit: addRupiah(state.deposit, ...due.map(({ amount }) => amount)),
    debits: state.debits.map((debit) => (due.includes(debit) ? { ...debit, refundedAt: now.at } : debit)),
  };
}

function amountOf(kind: VehicleKind): Rupiah {
  const { total, fee } = sumsOf(kind);
  return debitOf(DEBET, { total: rupiah(total), fee: rupiah(fee) }) ?? rupiah(total);
}
