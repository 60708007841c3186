import type { Bill } from "../src/domain/bill.ts";
import type { Chassis, ChassisReading } from "../src/domain/chassis.ts";
import type { Nik, NikReading } from "../src/domain/nik.ts";
import type { Notice } from "../src/domain/notice.ts";
import type { AuthenticityCode, PaymentRef } from "../src/domain/ref.ts";
import type { Region } from "../src/domain/region.ts";
import type { Rupiah } from "../src/domain/rupiah.ts";
import type { Language, Part } from "./words/words.ts";

/** What a flow may know of the world in one step. Time and randomness arrive here, so that a step is a pure function. */
export interface World {
  /** Wall clock of this step, ms. */
  readonly at: number;
  /** How this person answers: by tapping, or by typing numbers and words. */
  readonly style: "buttons" | "numbers";
  /** Whether the channel can delete the user's own message. */
  readonly forgets: boolean;
  /** The language that the platform says this person uses; Indonesian unless it is surely English. */
  readonly language: Language;
  /** The state that the conversation was in before this step. */
  readonly place: string;
  /** What the user wrote in this step, cleaned, empty for a tap; kept only when a human is asked for. */
  readonly text: string;
  /** Fresh for every step: 12 characters of A-Z a-z 0-9 - _ that nobody can guess. */
  readonly nonce: string;
  /** Fresh for every step, in [0, 1). */
  readonly chance: number;
  /** As the biller last listed them; empty when the list was never read. */
  readonly regions: readonly Region[];
  readonly policy: Policy;
}

/** The operator's settings, as far as they show in a conversation. */
export interface Policy {
  readonly loket: string;
  readonly sandbox: boolean;
  /** Whether this person's own confirmation may cause a debit (money-rules: who may cause a debit). */
  readonly mayPay: boolean;
  /** Name and number of the operator; empty when not set. */
  readonly contact: string;
  /** `08.00–20.00 WIB`, and the same in minutes of the day. */
  readonly hours: { readonly text: string; readonly from: number; readonly to: number };
  readonly relayText: string;
  readonly adminFee: Rupiah;
  readonly payMax: Rupiah;
  /** Inquiries a chat may cause; undefined for no limit (the sandbox). */
  readonly limits: { readonly perHour: number; readonly perDay: number } | undefined;
}

export type Field = "region" | "nik" | "chassis";

/** Words that work in every state (script rule 3). */
export type GlobalWord =
  | "cancel"
  | "menu"
  | "back"
  | "help"
  | "status"
  | "proof"
  | "history"
  | "human"
  | "restart"
  | "resume"
  | "privacy"
  | "erase"
  | "authentic"
  | "english"
  | "indonesian"
  | "where-chassis";

/** What a user did, as an event of the open question. */
export type UserEvent =
  /** Fields that the message fills, whatever the open question (script rule 4). */
  | {
      readonly type: "fill";
      readonly region?: { readonly product: string; readonly guessed: boolean };
      readonly plate?: string;
      readonly nik?: NikReading;
      readonly chassis?: ChassisReading;
      readonly messageRef?: string;
    }
  | { readonly type: "confirm"; readonly nonce: string }
  | { readonly type: "confirm-code"; readonly code: string }
  /** `ya`, `ok`, `bayar`, `1` at a bill, or BAYAR with a code that is not clear: wants to pay, but names no bill. */
  | { readonly type: "wants-to-pay" }
  | { readonly type: "word"; readonly word: GlobalWord; readonly ref?: PaymentRef; readonly code?: AuthenticityCode }
  | { readonly type: "change"; readonly field: Field | "unsaid" }
  | { readonly type: "doubt"; readonly answer: "fix" | "keep" | "retype"; readonly number: number | undefined }
  | { readonly type: "another" }
  | { readonly type: "same-nik" }
  | { readonly type: "last-vehicle" }
  | { readonly type: "tell-when-open"; readonly product: string }
  | { readonly type: "proof"; readonly ref: PaymentRef; readonly form: "pdf" | "image" }
  | { readonly type: "erase"; readonly sure: boolean }
  | { readonly type: "region-many"; readonly products: readonly string[]; readonly plate?: string }
  /** `halo`, a lone letter: MENU, but for who is writing to a human. */
  | { readonly type: "greets" }
  | { readonly type: "thanks" }
  | { readonly type: "media"; readonly media: "voice" | "photo" | "call" | "other" }
  /** A number that no choice has; `choices` is how many there are. */
  | { readonly type: "no-such-choice"; readonly choices: number }
  /** The operator wrote to this person himself. */
  | { readonly type: "operator" }
  /** Something written while we were away, too long ago to be answered. */
  | { readonly type: "late" }
  /** A tap that no longer means anything. */
  | { readonly type: "old-tap" }
  | { readonly type: "nonsense"; readonly text: string };

/** What became of an inquiry: the biller's answer, or our own reason not to show a bill. */
export type InquiryResult =
  | { readonly kind: "bill"; readonly bill: Bill }
  | { readonly kind: "bad-bill"; readonly why: string; readonly invoice: string }
  | { readonly kind: "not-found"; readonly reason: string }
  | { readonly kind: "already-paid"; readonly reason: string }
  | { readonly kind: "closed"; readonly reason: string }
  | { readonly kind: "unavailable"; readonly why: "timeout" | "network" | "garbled" | "login"; readonly reason: string }
  /** The biller gave an invoice again that was sent before (money rule 6). */
  | { readonly kind: "invoice-used" }
  | {
      readonly kind: "vehicle-busy";
      readonly plate: string;
      readonly since: number;
      readonly ref: PaymentRef | undefined;
    }
  | { readonly kind: "paid-lately"; readonly plate: string; readonly ref: PaymentRef | undefined }
  /** Too many people at once, or from one address: nothing was asked. */
  | { readonly kind: "crowded"; readonly until: number };

/** What the ledger answered to a confirmation. */
export type OpenResult =
  | { readonly kind: "opened"; readonly ref: PaymentRef; readonly state: "live" | "paid" | "ended" }
  | {
      readonly kind: "vehicle-busy";
      readonly plate: string;
      readonly since: number;
      readonly ref: PaymentRef | undefined;
    }
  | { readonly kind: "paid-lately"; readonly plate: string; readonly ref: PaymentRef | undefined }
  | { readonly kind: "bill-too-old" | "invoice-used" | "over-cap" | "quotes-void" };

/** One payment as its payer may see it. */
export interface PaymentLine {
  readonly ref: PaymentRef;
  readonly plate: string;
  readonly total: Rupiah;
  readonly state: "live" | "paid" | "not-paid" | "refunded";
  /** When it was opened or paid, ms. */
  readonly at: number;
  /** Of a live one: when the next word is due, ms. */
  readonly nextAt: number | undefined;
}

export type LookResult =
  | { readonly what: "status" | "history"; readonly payments: readonly PaymentLine[] }
  | { readonly what: "proof"; readonly found: PaymentLine | undefined; readonly asked: PaymentRef | undefined }
  | { readonly what: "authentic"; readonly code: AuthenticityCode; readonly found: PaymentLine | undefined };

/** What the world answers. Each may arrive twice or late: `number` says which question it answers. */
export type WorldEvent =
  | { readonly type: "inquired"; readonly number: number; readonly result: InquiryResult; readonly inquiredAt: number }
  | { readonly type: "opened"; readonly nonce: string; readonly result: OpenResult }
  | { readonly type: "notice"; readonly id: string; readonly notice: Notice }
  | { readonly type: "looked"; readonly result: LookResult }
  | { readonly type: "erased"; readonly busy: PaymentRef | undefined }
  | { readonly type: "timer"; readonly name: TimerName; readonly number: number }
  | { readonly type: "quiet" };

export type FlowEvent = UserEvent | WorldEvent;

export type TimerName = "slow" | "retry" | "forget" | "region";

/** One choice of a question: `id` is the event it stands for (choices.ts), `label` at most 20 characters when shown. */
export interface Choice {
  readonly id: string;
  readonly label: Part;
  /** On a channel of numbers: whether it is listed with a number. One that the sentence itself names is not. */
  readonly listed: boolean;
}

/** Something to be said: parts become paragraphs. */
export interface Say {
  readonly parts: readonly Part[];
  /** Said after the numbered list, or after `parts` where buttons are shown. */
  readonly tail: readonly Part[];
  readonly choices: readonly Choice[];
  /** How many buttons stand in a row. */
  readonly columns: 1 | 2;
  /** A keyboard that asks is taken off when it is answered; one that offers stays (script rule 2). */
  readonly stays: boolean;
}

/** What a flow asks of the world. Saved before it is done, and done at least once. */
export type Task =
  | { readonly kind: "say"; readonly say: Say; readonly language: Language; readonly notice?: string }
  | { readonly kind: "document"; readonly ref: PaymentRef; readonly form: "pdf" | "image"; readonly language: Language }
  | {
      readonly kind: "inquire";
      readonly number: number;
      readonly product: string;
      readonly nik: Nik;
      readonly chassis: Chassis;
    }
  | {
      readonly kind: "pay";
      readonly nonce: string;
      readonly bill: Bill;
      readonly inquiredAt: number;
      readonly expiresAt: number;
      readonly language: Language;
    }
  | { readonly kind: "look"; readonly what: "status" | "history" }
  | { readonly kind: "look"; readonly what: "proof"; readonly ref: PaymentRef | undefined }
  | { readonly kind: "look"; readonly what: "authentic"; readonly code: AuthenticityCode }
  | { readonly kind: "timer"; readonly name: TimerName; readonly number: number; readonly at: number }
  | { readonly kind: "forget"; readonly refs: readonly string[] }
  | { readonly kind: "close"; readonly job: string }
  | { readonly kind: "human"; readonly text: string }
  | { readonly kind: "consent" }
  | { readonly kind: "erase" }
  /**
   * The worker's own, after a proof: whether one of these messages reached the phone, where the platform tells. First it
   * is sent once more as text, then a human is told (money rule 12). `since` is when the proof was sent, ms.
   */
  | {
      readonly kind: "follow";
      readonly ref: PaymentRef;
      readonly sent: readonly string[];
      readonly since: number;
      readonly next: "again" | "operator";
    };

/** What an action may ask: a task, or nothing after all. */
export type Asked = Task | { readonly kind: "nothing" };
