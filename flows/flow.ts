import type { Bill } from "../src/domain/bill.ts";
import type { ChassisReading } from "../src/domain/chassis.ts";
import type { NikReading } from "../src/domain/nik.ts";
import type { Notice } from "../src/domain/notice.ts";
import type { AuthenticityCode, PaymentRef } from "../src/domain/ref.ts";
import type { Rupiah } from "../src/domain/rupiah.ts";
import type { AgentUserEvent, AgentWorldEvent } from "./agent/events.ts";
import type { OperatorUserEvent, OperatorWorldEvent } from "./operator/events.ts";
import type { RelayUserEvent, RelayWorldEvent } from "./relay/events.ts";

export type { Asked, Choice, Say, Task } from "./task.ts";
export type { AgentView, OperatorView, Policy, Who, World } from "./world.ts";

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
  | AgentUserEvent
  | RelayUserEvent
  | OperatorUserEvent
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
  /** `picture`: what names it to its channel, where it can be passed on. */
  | { readonly type: "media"; readonly media: "voice" | "photo" | "call" | "other"; readonly picture?: string }
  /** A number that no choice has; `choices` is how many there are. */
  | { readonly type: "no-such-choice"; readonly choices: number }
  /** The operator wrote to this person himself. */
  | { readonly type: "operator" }
  /** DAFTAR and the code that makes this chat one of the counter's own people's. */
  | { readonly type: "enrol"; readonly code: string }
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
  | { readonly kind: "bill-too-old" | "invoice-used" | "over-cap" | "quotes-void" }
  /** An agent's alone: his balance does not cover it, his day's limit is reached, he is suspended. */
  | { readonly kind: "short"; readonly missing: Rupiah }
  | { readonly kind: "capped" | "suspended" }
  /** The deposit at the biller does not cover it: sales pause. */
  | { readonly kind: "sales-paused" };

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
  | {
      readonly what: "proof";
      readonly found: PaymentLine | undefined;
      readonly asked: PaymentRef | undefined;
      /** It was asked for by the proof's whole code. */
      readonly code?: AuthenticityCode;
    }
  | { readonly what: "authentic"; readonly code: AuthenticityCode; readonly found: PaymentLine | undefined }
  /** Too many codes from one address: none was looked at, and none is until then, ms. */
  | { readonly what: "crowded"; readonly until: number };

/** What the world answers. Each may arrive twice or late: `number` says which question it answers. */
export type WorldEvent =
  | AgentWorldEvent
  | RelayWorldEvent
  | OperatorWorldEvent
  | { readonly type: "inquired"; readonly number: number; readonly result: InquiryResult; readonly inquiredAt: number }
  | { readonly type: "opened"; readonly nonce: string; readonly result: OpenResult }
  /** BATAL came too late, or too early: what was confirmed goes on. When it came in time there is a notice. */
  | { readonly type: "not-cancelled" }
  | { readonly type: "notice"; readonly id: string; readonly notice: Notice }
  | { readonly type: "looked"; readonly result: LookResult }
  | { readonly type: "erased"; readonly busy: PaymentRef | undefined }
  /** The operator is done with this person: the chat is the counter's again. */
  | { readonly type: "handed-back" }
  /** What became of DAFTAR. When it worked, the flow of the role hears it. */
  | { readonly type: "enrolled"; readonly result: "done" | "wrong" | "rest" | "taken" }
  | { readonly type: "timer"; readonly name: TimerName; readonly number: number }
  | { readonly type: "quiet" };

/**
 * The digits of a PIN as they were typed. Who receives the message has them checked; no flow, job or store sees them.
 * "new": a PIN is chosen. "check": the one that is set is asked for.
 */
export interface PinTyped {
  readonly type: "pin-typed";
  readonly pin: string;
  readonly purpose: "new" | "check";
  readonly messageRef?: string;
}

/**
 * A PIN was typed where one was asked for. The digits themselves never reach a flow: who receives the message has them
 * checked first. `left`: how many tries are left.
 */
export interface PinEvent {
  readonly type: "pin";
  readonly outcome: "right" | "wrong" | "locked" | "none" | "weak" | "new";
  readonly left: number;
  readonly messageRef?: string;
}

export type FlowEvent = UserEvent | PinEvent | WorldEvent;

export type TimerName = "slow" | "retry" | "forget" | "region" | "batch" | "duty";
