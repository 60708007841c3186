import type { Rupiah } from "../../domain/rupiah.ts";

/** What the sandbox's biller took from the deposit. */
export interface Debit {
  readonly invoice: string;
  readonly chassis: string;
  readonly plate: string;
  readonly amount: Rupiah;
  /** ms since 1970. */
  readonly at: number;
  /** When the money came back; undefined while the debit stands. */
  readonly refundedAt?: number;
}

/** A pay call that arrived, whatever came of it. */
export interface PayCall {
  readonly invoice: string;
  readonly at: number;
}

/** One inquiry's invoice. */
export interface Invoiced {
  readonly invoice: string;
  readonly product: string;
  readonly nik: string;
  readonly chassis: string;
  /** When pay was first taken up (whether or not it debited), ms; undefined while nobody paid. */
  readonly takenAt?: number;
}

/** All that the sandbox remembers. A value: each change makes a new one. */
export interface SandboxState {
  readonly deposit: Rupiah;
  readonly lastInvoice: number;
  /** Product code to ON or OFF. */
  readonly regions: Readonly<Record<string, "ON" | "OFF">>;
  readonly invoices: Readonly<Record<string, Invoiced>>;
  readonly debits: readonly Debit[];
  readonly pays: readonly PayCall[];
}

/** The document's own list. */
const REGIONS = { SAMSAT_JABAR: "ON", SAMSAT_JATENG: "OFF", SAMSAT_JAKARTA: "OFF", SAMSAT_JATIM: "OFF" } as const;

/** Invoices that were never paid are kept up to so many, the newest: an inquiry costs nothing, and the file stays small. */
const MOST_UNPAID = 2_000;

export function freshState(deposit: Rupiah): SandboxState {
  return { deposit, lastInvoice: 0, regions: REGIONS, invoices: {}, debits: [], pays: [] };
}

/** A new invoice. Its number comes from the clock, so that a sandbox without a file gives none of an earlier run again. */
export function withInvoice(state: SandboxState, query: Omit<Invoiced, "invoice">, now: number): SandboxState {
  const lastInvoice = Math.max(state.lastInvoice + 1, now);
  const invoice = String(lastInvoice);
  const invoices = { ...state.invoices, [invoice]: { ...query, invoice } };
  return { ...state, lastInvoice, invoices: withoutOld(invoices) };
}

function withoutOld(invoices: SandboxState["invoices"]): SandboxState["invoices"] {
  const all = Object.values(invoices);
  if (all.length < 2 * MOST_UNPAID) return invoices;
  const unpaid = all.filter(({ takenAt }) => takenAt === undefined).slice(-MOST_UNPAID);
  const kept = [...all.filter(({ takenAt }) => takenAt !== undefined), ...unpaid];
  return Object.fromEntries(kept.map((one) => [one.invoice, one]));
}
