import type { Bill } from "../../src/domain/bill.ts";
import type { PaymentRef } from "../../src/domain/ref.ts";
import type { Rupiah } from "../../src/domain/rupiah.ts";
import type { RequestRef } from "../../src/domain/staff.ts";
import type { Answers } from "../counter/context.ts";
import type { Language } from "../words/words.ts";
import type { NoBill, UnreadItem, VehicleTyped } from "./events.ts";
import type { Hand } from "./hands.ts";

/** The states of an agent's conversation. */
export type Place = "desk" | "pinNew" | "pinAgain" | "pin";

/** A bill of the desk. The code of a row of a table is empty: the table has one for all. */
export interface Quote {
  readonly bill: Bill;
  readonly inquiredAt: number;
  readonly expiresAt: number;
  readonly nonce: string;
  readonly code: string;
}

/**
 * Where a vehicle stands. `asking`: the biller is asked; `waiting`: it gave no answer, and is asked again; `open`: its
 * bill is on the desk; `none`: a row of a table without a bill; `asked`: its confirmation is with the ledger; `unpaid`:
 * its payment came to nothing, and the customer's money is with the agent.
 */
export type EntryState = "asking" | "waiting" | "open" | "none" | "asked" | "live" | "paid" | "unpaid" | "ended";

/** One vehicle that the agent asked about. */
export interface Entry {
  /** Of its last inquiry: an answer to an older one is dropped. */
  readonly number: number;
  readonly answers: Answers;
  readonly state: EntryState;
  readonly quote: Quote | undefined;
  /** The table that it is a row of, and which row. */
  readonly batch: number | undefined;
  readonly item: number;
  readonly why: NoBill | undefined;
  /** Asked again after so many answers that were none, until then, ms. */
  readonly tries: number;
  readonly tryUntil: number;
  /** The sum that was shown before, of a bill that is asked for again. */
  readonly was: Rupiah | undefined;
  readonly ref: PaymentRef | undefined;
  /** When its state changed last, ms. */
  readonly at: number;
}

/** Several vehicles of one message. Its code changes with what it shows: a confirmation names what was seen. */
export interface Batch {
  readonly number: number;
  readonly unread: readonly UnreadItem[];
  readonly state: "collecting" | "shown" | "confirmed";
  readonly nonce: string;
  readonly code: string;
  /** The bills that it showed, by their nonces: no other is paid by its code. */
  readonly rows: readonly string[];
  /** Its codes and nonces of before: what they named is shown as it is now. */
  readonly old: readonly string[];
  /** The first news of its payments told of all rows. */
  readonly reported: boolean;
  readonly at: number;
}

/** What was typed of a vehicle so far, piece by piece, or what was not found and may be corrected. */
export interface Draft extends Answers {
  readonly guessed: boolean;
  /** Fifteen digits that were typed for a NIK: TETAP takes them. */
  readonly piece: string | undefined;
  readonly at: number;
}

/** A message of several vehicles that waits for its region. */
export interface Pending {
  readonly vehicles: readonly VehicleTyped[];
  readonly unread: readonly UnreadItem[];
}

/** What a number of the last list means. */
export type Question =
  | { readonly about: "unpaid"; readonly ref: PaymentRef; readonly plate: string }
  /** Of a request that is not paid. `again`: whether it may be tried again. */
  | { readonly about: "request"; readonly ref: RequestRef; readonly plate: string; readonly again: boolean }
  | { readonly about: "wish"; readonly readings: readonly Rupiah[]; readonly again: boolean };

export interface Context {
  readonly language: Language;
  /** The region that was used last. */
  readonly region: string | undefined;
  readonly draft: Draft | undefined;
  readonly pending: Pending | undefined;
  /** The number of the last inquiry. */
  readonly inquiry: number;
  /** When the biller was asked, ms, in the last hour. */
  readonly inquiries: readonly number[];
  /** Oldest first. */
  readonly entries: readonly Entry[];
  readonly batches: readonly Batch[];
  /** The last codes of this chat: a new one differs from each in two digits. */
  readonly codes: readonly string[];
  /** A confirmation that waits for the PIN: the nonce of its bill or table, and since when, ms. */
  readonly act: { readonly nonce: string; readonly at: number } | undefined;
  /** Since the PIN was typed, and the last act since, ms. */
  readonly session: { readonly since: number; readonly last: number } | undefined;
  readonly questions: readonly Question[];
  /** The requests that this chat was told of; none in a chat that was saved before there were any. */
  readonly hands?: readonly Hand[];
  /** Since when he is on duty by a TUGAS of this chat, ms: told when the closing time ends it. */
  readonly dutySince?: number | undefined;
  /** A human was asked for, or wrote himself: since when, ms. */
  readonly humanAt: number | undefined;
  /** Wrong codes of proofs, ms, in the last hour. */
  readonly wrongCodes: readonly number[];
  readonly strange: number;
  readonly late: boolean;
  /** The platform's ids of the messages that hold a NIK. */
  readonly nikMessages: readonly string[];
  readonly lastUserAt: number;
  /** Set by the pure step: the job whose keyboard is open. */
  readonly keyboard: string | undefined;
}

export function newContext(language: Language, at: number): Context {
  return {
    language,
    region: undefined,
    draft: undefined,
    pending: undefined,
    inquiry: 0,
    inquiries: [],
    entries: [],
    batches: [],
    codes: [],
    act: undefined,
    session: undefined,
    questions: [],
    humanAt: undefined,
    wrongCodes: [],
    strange: 0,
    late: false,
    nikMessages: [],
    lastUserAt: at,
    keyboard: undefined,
  };
}

/** The entry with changes, at its place. */
export function changed(context: Context, number: number, change: (entry: Entry) => Entry): Context {
  return { ...context, entries: context.entries.map((entry) => (entry.number === number ? change(entry) : entry)) };
}

export function entryOf(context: Context, number: number): Entry | undefined {
  return context.entries.findLast((entry) => entry.number === number);
}

export function batchOf(context: Context, number: number | undefined): Batch | undefined {
  return number === undefined ? undefined : context.batches.find((batch) => batch.number === number);
}

/** The rows of a table, in its order. */
export function rowsOf(context: Context, batch: Batch): readonly Entry[] {
  return context.entries.filter((entry) => entry.batch === batch.number).sort((a, b) => a.item - b.item);
}

/** The plate of a vehicle as far as it is known. */
export function plateOf(entry: Entry): string {
  return entry.quote?.bill.plate || (entry.answers.plate ?? "");
}
