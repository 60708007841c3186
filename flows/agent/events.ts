import type { Chassis } from "../../src/domain/chassis.ts";
import type { Nik } from "../../src/domain/nik.ts";
import type { PaymentRef } from "../../src/domain/ref.ts";
import type { Rupiah } from "../../src/domain/rupiah.ts";
import type { StaffId } from "../../src/domain/staff.ts";
import type { Language } from "../words/words.ts";

/** Why a row has no bill. */
export type NoBill =
  | "not-found"
  | "already-paid"
  | "closed"
  | "bad"
  | "used"
  | "busy"
  | "paid-lately"
  | "unavailable"
  | "over";

/** How an agent gets the proofs of what he paid. */
export type ProofForm = "struk" | "pdf" | "image";

/** One vehicle of a message, whole enough to be asked for. `item`: its place among all that the message holds. */
export interface VehicleTyped {
  readonly item: number;
  readonly nik: Nik;
  readonly chassis: Chassis;
  /** Without one the region that was used last is meant. */
  readonly region?: { readonly product: string; readonly guessed: boolean };
  readonly plate?: string;
}

/** Something of a message that gave no vehicle: named, so that nothing is dropped in silence. `text` holds no whole NIK. */
export interface UnreadItem {
  readonly item: number;
  readonly text: string;
  readonly why: "unread" | "no-nik" | "no-chassis" | "nik-length" | "twice" | "full";
  /** Of "twice": the item that it is the same as. Of "nik-length": how many digits there are. */
  readonly number?: number;
}

/** A row of the table as it is shown. */
export interface TableRow {
  readonly item: number;
  readonly plate: string;
  readonly owner: string;
  /** Of a bill. */
  readonly total: Rupiah | undefined;
  /** The plate that was typed, where the bill has another. */
  readonly typed: string;
  /** Why there is no bill; empty where there is one. */
  readonly why: "" | "asking" | NoBill;
}

export type AgentWord = "balance" | "lines" | "lock" | "on-duty" | "off-duty";

/** What an agent does beside what everybody may do. */
export type AgentUserEvent =
  /** Several vehicles in one message, often one that a customer wrote. */
  | {
      readonly type: "entries";
      readonly vehicles: readonly VehicleTyped[];
      readonly unread: readonly UnreadItem[];
      readonly messageRef?: string;
    }
  /** BUANG: rows of the table, or the code of a bill. */
  | { readonly type: "drop"; readonly rows: readonly number[]; readonly codes: readonly string[] }
  | { readonly type: "agent-word"; readonly word: AgentWord }
  /** An agent's words in the chat of somebody who is none. */
  | { readonly type: "agents-only" }
  /** ISI. Several readings, or one that is not sure, are asked about; none: how it is typed. */
  | {
      readonly type: "top-up";
      readonly readings: readonly Rupiah[];
      readonly sure: boolean;
      /** The same sum once more, though it is asked for already. */
      readonly again: boolean;
    }
  | { readonly type: "no-top-up" }
  /** LAP: from `since` until before `until`, ms; undefined: a time that could not be read. */
  | { readonly type: "report"; readonly range: { readonly since: number; readonly until: number } | undefined }
  | { readonly type: "proof-form"; readonly form: ProofForm }
  /** Coba lagi: the bill of a payment that came to nothing, anew. */
  | { readonly type: "retry"; readonly ref: PaymentRef }
  /** The customer has his money back. */
  | { readonly type: "returned"; readonly ref: PaymentRef }
  /** Six digits where no PIN is asked for. */
  | { readonly type: "pin-unasked"; readonly messageRef?: string };

/** A line of an agent's account, newest first. */
export interface AccountLine {
  readonly at: number;
  readonly what: string;
  readonly amount: Rupiah;
  /** Of a payment. */
  readonly ref: string | undefined;
}

/** What an agent paid in a time. Sums in whole rupiah. */
export interface Report {
  readonly since: number;
  readonly until: number;
  readonly count: number;
  /** Of the bills, the biller's fees among it. */
  readonly total: Rupiah;
  /** Of it the fees. */
  readonly fees: Rupiah;
  readonly cashback: Rupiah;
  /** The counter's own fee, taken in cash beside it. */
  readonly markup: Rupiah;
}

export type AccountResult =
  | { readonly what: "balance"; readonly balance: Rupiah; readonly held: Rupiah; readonly credit: Rupiah }
  | { readonly what: "lines"; readonly balance: Rupiah; readonly lines: readonly AccountLine[] }
  | { readonly what: "report"; readonly report: Report };

/** What the world answers an agent. */
export type AgentWorldEvent =
  | { readonly type: "accounted"; readonly result: AccountResult }
  /** What became of ISI. "twice": the same sum is asked for already, since when, ms. */
  | { readonly type: "wished"; readonly amount: Rupiah; readonly result: "sent" | "twice"; readonly since: number };

interface ReportOf {
  readonly agent: StaffId;
  readonly since: number;
  readonly until: number;
  readonly language: Language;
}

/** What an agent's conversation asks of the world beside what every one may. */
export type AgentTask =
  | { readonly kind: "account"; readonly agent: StaffId; readonly what: "balance" | "lines" }
  /** Answered with its sums. */
  | ({ readonly kind: "report" } & ReportOf)
  /** The same as a file, line by line. */
  | ({ readonly kind: "report-file" } & ReportOf)
  /** ISI: the operator is asked to fill the balance. */
  | { readonly kind: "top-up-wish"; readonly agent: StaffId; readonly amount: Rupiah; readonly again: boolean }
  | { readonly kind: "proof-form"; readonly agent: StaffId; readonly form: ProofForm }
  | { readonly kind: "duty"; readonly agent: StaffId; readonly on: boolean };
