import type { PaymentRef } from "../../src/domain/ref.ts";
import type { Rupiah } from "../../src/domain/rupiah.ts";
import type { RequestRef, StaffId } from "../../src/domain/staff.ts";
import type { CommandResult, Today } from "./results.ts";

/** What became of a payment, by an operator's word. */
export type Verdict =
  | { readonly kind: "paid"; readonly reference: string }
  | { readonly kind: "refunded" | "not-charged" };

/** Shows something, and changes nothing. */
export type Looking =
  | { readonly kind: "find"; readonly text: string }
  | { readonly kind: "story"; readonly ref: PaymentRef }
  /** The biller is asked now. */
  | { readonly kind: "check"; readonly ref: PaymentRef }
  /** How a payment is decided. */
  | { readonly kind: "how-to-resolve"; readonly ref: PaymentRef }
  | { readonly kind: "tasks" | "agents" | "deposit" | "today" }
  | { readonly kind: "task"; readonly id: number };

/** Changes something, or speaks to somebody: for that the PIN is asked. `id` is a task's number. */
export type Changing =
  /** The proof once more, to its payer. */
  | { readonly kind: "resend"; readonly ref: PaymentRef }
  /** The payer is told how his payment stands. */
  | { readonly kind: "tell"; readonly ref: PaymentRef }
  | { readonly kind: "resolve"; readonly ref: PaymentRef; readonly verdict: Verdict; readonly why: string }
  /** `again`: the same sum once more, though it was booked a moment ago. */
  | { readonly kind: "top-up"; readonly agent: string; readonly amount: Rupiah; readonly again: boolean }
  /** What an agent says that he paid in: is it there? */
  | { readonly kind: "wish"; readonly id: number; readonly got: boolean }
  | { readonly kind: "open"; readonly who: string; readonly how: "ask" | "unlock" | "new-pin" | "resume" }
  | { readonly kind: "deposit-in"; readonly amount: Rupiah; readonly again: boolean }
  /** To a customer, as from the staff. */
  | { readonly kind: "reply"; readonly id: number; readonly text: string }
  /** It is done; a customer's chat goes back to the counter. */
  | { readonly kind: "close"; readonly id: number }
  | { readonly kind: "approve"; readonly id: number; readonly yes: boolean }
  /** A relay request, to another agent: his name as it was typed. `why`: what was typed behind a comma. */
  | { readonly kind: "give-request"; readonly request: RequestRef; readonly agent: string; readonly why?: string }
  | { readonly kind: "close-request"; readonly request: RequestRef; readonly why: string }
  /** Paying goes on after a pause. */
  | { readonly kind: "resume-paying" };

export type Command = Looking | Changing;

/** A command that lacks something: how it is typed. */
export type Usage =
  | "find"
  | "resolve"
  | "why"
  | "resend"
  | "top-up"
  | "open"
  | "reply"
  | "number"
  | "sum"
  | "give"
  | "close";

export type OperatorUserEvent =
  | { readonly type: "command"; readonly command: Command }
  | { readonly type: "command-unclear"; readonly usage: Usage }
  /** A sum that may mean thousands: which one. */
  | { readonly type: "command-sums"; readonly commands: readonly Command[] }
  /** What is written next goes to the customer of this task. */
  | { readonly type: "reply-to"; readonly id: number }
  | { readonly type: "lock" };

/** What an operator is told of by itself. */
export type DeskNews =
  /** Another operator was quicker. */
  | { readonly kind: "handled"; readonly id: number; readonly by: string; readonly how: "closed" | "answers" }
  /** A customer whose chat a human has wrote on. */
  | { readonly kind: "wrote"; readonly id: number; readonly who: string; readonly text: string }
  | { readonly kind: "evening"; readonly today: Today }
  /** So many open tasks, of which he was told none. */
  | { readonly kind: "many"; readonly count: number };

export type OperatorWorldEvent =
  | { readonly type: "commanded"; readonly result: CommandResult }
  | { readonly type: "alert"; readonly alert: Alert }
  | { readonly type: "desk-news"; readonly news: DeskNews };

export type OperatorTask = { readonly kind: "command"; readonly command: Command };

/** A payment in one line. */
export interface PaymentBrief {
  readonly ref: PaymentRef;
  readonly plate: string;
  readonly total: Rupiah;
  readonly state: PaymentShown;
  readonly openedAt: number;
}

export type PaymentShown = "sent" | "checking" | "review" | "paid" | "refunded" | "not-charged" | "withdrawn";

/** What kind of thing waits for an operator: it decides the sentence, and the acts on offer. */
export type AlertKind =
  | "suspect"
  | "review"
  | "undelivered"
  | "human"
  | "wish"
  | "approval"
  | "paused"
  | "deposit"
  | "channel"
  | "login"
  | "bill"
  | "request"
  | "restored"
  | "erase"
  | "fault";

export interface Alert {
  readonly id: number;
  readonly kind: AlertKind;
  readonly at: number;
  /** The task's own text, in English. */
  readonly text: string;
  readonly payment: PaymentBrief | undefined;
  /** Whom it is about, as far as it may be shown: `WA …789`. */
  readonly who: string;
  /** What a customer wrote, oldest first. */
  readonly letters: readonly string[];
  readonly errand: ErrandShown | undefined;
  readonly deposit: DepositShown | undefined;
}

/** What waits for a yes. `by`: which operator wants it; empty when an agent does. */
export type ErrandShown =
  | {
      readonly kind: "top-up";
      readonly agent: StaffId;
      readonly name: string;
      readonly amount: Rupiah;
      readonly balance: Rupiah;
      readonly by: string;
    }
  | { readonly kind: "resolve"; readonly ref: PaymentRef; readonly verdict: Verdict; readonly by: string };

export interface DepositShown {
  readonly started: boolean;
  readonly sum: Rupiah;
  readonly underWay: Rupiah;
  readonly bills: number | undefined;
  readonly floor: Rupiah | undefined;
  /** Nothing can be sold. */
  readonly paused: boolean;
}
