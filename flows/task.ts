import type { Bill } from "../src/domain/bill.ts";
import type { Chassis } from "../src/domain/chassis.ts";
import type { Nik } from "../src/domain/nik.ts";
import type { AuthenticityCode, PaymentRef } from "../src/domain/ref.ts";
import type { Rupiah } from "../src/domain/rupiah.ts";
import type { StaffId } from "../src/domain/staff.ts";
import type { AgentTask, ProofForm } from "./agent/events.ts";
import type { TimerName } from "./flow.ts";
import type { OperatorTask } from "./operator/events.ts";
import type { RelayTask } from "./relay/events.ts";
import type { Language, Part } from "./words/words.ts";

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
  | AgentTask
  | RelayTask
  | OperatorTask
  | { readonly kind: "say"; readonly say: Say; readonly language: Language; readonly notice?: string }
  /**
   * The proof, or (`slip`) the temporary slip of a payment that is under way. `code`: whoever holds the proof's whole
   * code may have it, in any chat.
   */
  | {
      readonly kind: "document";
      readonly ref: PaymentRef;
      readonly form: ProofForm | "slip";
      readonly language: Language;
      readonly code?: AuthenticityCode;
    }
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
      /** Of an agent: who confirmed it, and the fee that he was shown to take in cash beside the bill. */
      readonly by?: { readonly agent: StaffId; readonly markup: Rupiah };
    }
  /** BATAL: the payment of this chat that a confirmation at `since` became, by its bill, is stopped if it was not sent. */
  | { readonly kind: "cancel"; readonly plate: string; readonly total: Rupiah; readonly since: number }
  | { readonly kind: "look"; readonly what: "status" | "history" }
  | {
      readonly kind: "look";
      readonly what: "proof";
      readonly ref: PaymentRef | undefined;
      /** Whole, it opens the proof in any chat. */
      readonly code?: AuthenticityCode;
    }
  | { readonly kind: "look"; readonly what: "authentic"; readonly code: AuthenticityCode }
  | { readonly kind: "timer"; readonly name: TimerName; readonly number: number; readonly at: number }
  | { readonly kind: "forget"; readonly refs: readonly string[] }
  | { readonly kind: "close"; readonly job: string }
  | { readonly kind: "human"; readonly text: string }
  | { readonly kind: "consent" }
  | { readonly kind: "erase" }
  | { readonly kind: "enrol"; readonly code: string }
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
