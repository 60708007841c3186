import type { Bill } from "../../src/domain/bill.ts";
import type { Chassis } from "../../src/domain/chassis.ts";
import type { Nik } from "../../src/domain/nik.ts";
import type { PaymentRef } from "../../src/domain/ref.ts";
import type { Rupiah } from "../../src/domain/rupiah.ts";
import type { Field } from "../flow.ts";
import type { Language, Part } from "../words/words.ts";
import type { Requested } from "./relay-context.ts";

/** The three answers, and the plate when it was typed. */
export interface Answers {
  readonly product: string | undefined;
  readonly nik: Nik | undefined;
  readonly chassis: Chassis | undefined;
  /** As typed by the user: compared with the bill's (script rule 6). */
  readonly plate: string | undefined;
}

export const NO_ANSWERS: Answers = { product: undefined, nik: undefined, chassis: undefined, plate: undefined };

/** A bill on offer: what a confirmation must name. */
export interface Quote {
  readonly bill: Bill;
  readonly inquiredAt: number;
  readonly expiresAt: number;
  /** In the button. */
  readonly nonce: string;
  /** Three digits, to be typed. */
  readonly code: string;
}

/**
 * A bill that was shown in this chat, remembered so that an old button or code finds its own vehicle again, and a second
 * tap is answered truly. `open`: on offer, or stale; `asked`: its confirmation is with the ledger; `relayed`: it is a
 * request.
 */
export interface Shown {
  readonly nonce: string;
  readonly code: string;
  readonly plate: string;
  readonly total: Rupiah;
  readonly answers: Answers;
  readonly state: "open" | "asked" | "relayed" | "live" | "paid" | "ended";
  readonly ref: PaymentRef | undefined;
  /** When it was shown; once confirmed, when that was, ms. */
  readonly at: number;
}

/** Something typed that is doubtful, with what it would be if the doubt is right. Asked one at a time. */
export type Doubt =
  | {
      readonly about: "nik-letters";
      readonly typed: string;
      readonly fixed: Nik;
      readonly letters: string;
      readonly digits: string;
    }
  | { readonly about: "nik-unusual"; readonly typed: Nik }
  | { readonly about: "nik-joined"; readonly typed: Nik }
  | { readonly about: "chassis-letters"; readonly typed: Chassis; readonly fixed: Chassis; readonly letters: string }
  | { readonly about: "chassis-length"; readonly typed: Chassis; readonly count: number };

export interface Context {
  readonly language: Language;
  /** The greeting with the conditions was shown. */
  readonly greeted: boolean;
  readonly consented: boolean;
  readonly answers: Answers;
  /**
   * The answers of before BATAL, MENU or a payment, for LANJUT, with the time they were left. `first`: LANJUT was named
   * for them in the last news, so it means them even while another vehicle is asked about.
   */
  readonly kept: { readonly answers: Answers; readonly at: number; readonly first: boolean } | undefined;
  /** The vehicle that was paid last. */
  readonly last: { readonly answers: Answers; readonly plate: string } | undefined;
  /** Paragraphs that the next question opens with. */
  readonly preface: readonly Part[];
  readonly doubts: readonly Doubt[];
  /** Which doubt is asked: an old button names an old number. */
  readonly doubtNumber: number;
  /** The first half of a NIK, or 15 digits that were typed once. */
  readonly nikPiece: string | undefined;
  /** The number of the last inquiry: a late answer to an older one is dropped. */
  readonly inquiry: number;
  /** Which old bill is asked for again, and why: its old sum is compared. */
  readonly refresh: { readonly why: "stale" | "expired"; readonly total: Rupiah; readonly plate: string } | undefined;
  /** Until when a slow biller is tried, ms, and how often it was. */
  readonly retry: { readonly phase: "slow" | "down"; readonly until: number; readonly tries: number } | undefined;
  /** When this chat caused inquiries, ms, in the last 24 h. */
  readonly inquiries: readonly number[];
  /** Bills not found in a row; at three the chat rests. */
  readonly misses: number;
  readonly restUntil: number | undefined;
  readonly quote: Quote | undefined;
  /** The last 20 bills of this chat: the code of a new one differs from theirs. */
  readonly bills: readonly Shown[];
  /** What idle offers: the next vehicle, and the proof of the payment that was made last, if one was. */
  readonly offer: { readonly proof: PaymentRef | undefined } | undefined;
  /** Regions that fit what was typed, when there are several. */
  readonly among: readonly string[];
  /** A question of the counter's own that lies over the open one. */
  readonly overlay: "help" | "fix" | "erase" | "handed" | undefined;
  /** A region that the user waits for, and since when, ms: an older watch ends. */
  readonly waitsFor: { readonly product: string; readonly since: number } | undefined;
  readonly parked: boolean;
  readonly nudged: boolean;
  /** Messages in a row that could not be read. */
  readonly strange: number;
  /** Voice notes, pictures and calls in a row. */
  readonly media: number;
  /** That we were away was said, and nothing was read since. */
  readonly late: boolean;
  /** The requests of this chat that are not over; none in a chat that was saved before there were any. */
  readonly requests?: readonly Requested[];
  /** Since when the user waits that a counter comes on duty, ms: an older watch ends. */
  readonly dutyWait?: number | undefined;
  /** Wrong codes of proofs, ms, in the last hour; none in a chat that was saved before they counted. */
  readonly wrongCodes?: readonly number[];
  /** When the operator wrote here himself last, ms; undefined when a human was only asked for. */
  readonly operatorAt: number | undefined;
  /** The platform's ids of the messages that hold a NIK. */
  readonly nikMessages: readonly string[];
  /** When the user last did something, ms. */
  readonly lastUserAt: number;
  /** Set by the pure step: the job whose keyboard is open. */
  readonly keyboard: string | undefined;
}

export function newContext(language: Language, at: number): Context {
  return {
    language,
    greeted: false,
    consented: false,
    answers: NO_ANSWERS,
    kept: undefined,
    last: undefined,
    preface: [],
    doubts: [],
    doubtNumber: 0,
    nikPiece: undefined,
    inquiry: 0,
    refresh: undefined,
    retry: undefined,
    inquiries: [],
    misses: 0,
    restUntil: undefined,
    quote: undefined,
    bills: [],
    offer: undefined,
    among: [],
    overlay: undefined,
    waitsFor: undefined,
    parked: false,
    nudged: false,
    strange: 0,
    media: 0,
    late: false,
    operatorAt: undefined,
    nikMessages: [],
    lastUserAt: at,
    keyboard: undefined,
  };
}

export function missing(answers: Answers): Field | undefined {
  if (answers.product === undefined) return "region";
  if (answers.nik === undefined) return "nik";
  if (answers.chassis === undefined) return "chassis";
  return undefined;
}

export function hasAny(answers: Answers): boolean {
  return answers.product !== undefined || answers.nik !== undefined || answers.chassis !== undefined;
}

/** The last bill whose payment is with the ledger or under way. */
export function liveBill(context: Context): Shown | undefined {
  return context.bills.findLast(({ state }) => state === "live" || state === "asked");
}
