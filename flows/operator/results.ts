import type { PaymentNotice } from "../../src/domain/notice.ts";
import type { PaymentRef } from "../../src/domain/ref.ts";
import type { Rupiah } from "../../src/domain/rupiah.ts";
import type { RequestRef, StaffId } from "../../src/domain/staff.ts";
import type { Alert, AlertKind, DepositShown, PaymentBrief, PaymentShown } from "./events.ts";

/** One thing that happened in a payment's life. Times are ms; `who` is how a chat may be shown. */
export type StoryLine = { readonly at: number } & (
  | { readonly what: "asked" | "confirmed"; readonly who: string }
  | { readonly what: "taken" | "received"; readonly agent: string }
  | { readonly what: "said-paid"; readonly photo: boolean }
  | { readonly what: "sent" }
  /** The biller's word; the same one several times is one line, of the last. */
  | { readonly what: "says"; readonly from: "pay" | "status"; readonly said: BillerWord; readonly times: number }
  | { readonly what: "decided"; readonly detail: string }
  | { readonly what: "told"; readonly who: string; readonly news: PaymentNotice["kind"]; readonly arrived: boolean }
  | { readonly what: "ended"; readonly state: PaymentShown | "request-closed" }
);

export type BillerWord = "confirm" | "pending" | "refund" | "no" | "failure" | "inquiry" | "not-sent" | "silent";

/** O1: a payment, or a request that has none yet. */
export interface Story {
  readonly payment: PaymentBrief | undefined;
  /** The request: its number and where it stands. */
  readonly request: RequestBrief | undefined;
  readonly lines: readonly StoryLine[];
  /** When the biller is asked next, ms. */
  readonly nextAt: number | undefined;
  /** Since when the payer knows how it stands, ms. */
  readonly knownAt: number | undefined;
  readonly agent: string;
}

export interface RequestBrief {
  readonly ref: string;
  readonly plate: string;
  readonly total: Rupiah;
  readonly state: "asked" | "taken" | "received" | "paying" | "unpaid" | "done" | "closed";
}

export interface AgentCard {
  readonly id: StaffId;
  readonly name: string;
  readonly place: string;
  readonly suspended: boolean;
  readonly pin: "none" | "set" | "locked";
  readonly onDuty: boolean;
  readonly balance: Rupiah;
}

export interface TaskLine {
  readonly id: number;
  readonly kind: AlertKind;
  readonly at: number;
  readonly ref: PaymentRef | undefined;
  readonly who: string;
}

/** O4: from midnight WIB on. Whole rupiah. */
export interface Today {
  readonly at: number;
  readonly count: number;
  readonly total: Rupiah;
  readonly profit: Rupiah;
  /** Payments whose end is not certain. */
  readonly unsure: readonly PaymentRef[];
  readonly undelivered: readonly PaymentRef[];
  readonly openTasks: number;
  readonly deposit: DepositShown;
}

/** What became of a command. */
export type CommandResult =
  | { readonly kind: "story"; readonly story: Story }
  | {
      readonly kind: "found";
      readonly payments: readonly PaymentBrief[];
      readonly requests: readonly RequestBrief[];
      readonly agents: readonly AgentCard[];
    }
  | { readonly kind: "nothing"; readonly asked: string }
  | { readonly kind: "tasks"; readonly tasks: readonly TaskLine[]; readonly more: number }
  | { readonly kind: "task"; readonly alert: Alert }
  | { readonly kind: "agents"; readonly agents: readonly AgentCard[] }
  | { readonly kind: "agent"; readonly agent: AgentCard; readonly payments: readonly PaymentBrief[] }
  | { readonly kind: "deposit"; readonly deposit: DepositShown }
  | { readonly kind: "today"; readonly today: Today }
  | { readonly kind: "how-to-resolve"; readonly ref: PaymentRef; readonly state: PaymentShown }
  | { readonly kind: "not-asked"; readonly ref: PaymentRef; readonly state: PaymentShown }
  | Changed
  | NotDone;

/** What was done. */
export type Changed =
  | { readonly kind: "resent" | "told"; readonly ref: PaymentRef; readonly who: string }
  | { readonly kind: "resolved"; readonly ref: PaymentRef; readonly state: PaymentShown }
  | {
      readonly kind: "topped-up";
      readonly name: string;
      readonly amount: Rupiah;
      readonly balance: Rupiah;
      /** Whether the agent has a chat in which he hears of it. */
      readonly told: boolean;
    }
  | { readonly kind: "wish-declined"; readonly name: string; readonly amount: Rupiah }
  | { readonly kind: "opened"; readonly name: string; readonly how: "unlock" | "new-pin" | "resume" }
  | { readonly kind: "deposit-in"; readonly amount: Rupiah; readonly deposit: DepositShown }
  | { readonly kind: "replied"; readonly id: number; readonly who: string }
  | { readonly kind: "closed"; readonly id: number; readonly human: boolean }
  | { readonly kind: "waits-for-second"; readonly id: number; readonly others: number }
  | { readonly kind: "rejected"; readonly id: number }
  | { readonly kind: "request-given"; readonly request: RequestBrief; readonly name: string }
  | { readonly kind: "request-closed"; readonly request: RequestBrief }
  | { readonly kind: "paying-goes-on" };

/** Why nothing was done. */
export type NotDone =
  | { readonly kind: "no-proof" | "no-payment"; readonly ref: PaymentRef }
  | {
      readonly kind: "not-resolved";
      readonly ref: PaymentRef;
      readonly why: "biller-confirms" | "ended" | "changed" | "impossible";
      readonly state: PaymentShown;
      /** In English, of the program. */
      readonly detail: string;
    }
  | { readonly kind: "no-agent"; readonly asked: string }
  /** Several fit, or one fits in part: which is meant, and for what. */
  | {
      readonly kind: "which-agent";
      readonly asked: string;
      readonly agents: readonly AgentCard[];
      readonly act: MeantFor;
    }
  | { readonly kind: "how-open"; readonly agent: AgentCard }
  | {
      readonly kind: "twice";
      /** Empty: the deposit. */
      readonly agent: StaffId | "";
      readonly name: string;
      readonly amount: Rupiah;
      readonly since: number;
    }
  | { readonly kind: "deposit-not-started" }
  | { readonly kind: "no-task"; readonly id: number }
  | { readonly kind: "handled"; readonly id: number; readonly by: string; readonly at: number }
  | { readonly kind: "not-for-that"; readonly id: number }
  | { readonly kind: "own-approval"; readonly id: number }
  | { readonly kind: "unreachable"; readonly id: number }
  | { readonly kind: "no-request"; readonly request: RequestRef }
  /** Nothing of it was changed. `detail`: in English, of the program. */
  | { readonly kind: "request-stays"; readonly request: RequestBrief; readonly why: StaysWhy; readonly detail: string }
  | { readonly kind: "not-paused" }
  | { readonly kind: "refused" };

/** What the agent who is meant is to have: ISI, BUKA, BERIKAN. */
export type MeantFor =
  | { readonly kind: "top-up"; readonly amount: Rupiah }
  | { readonly kind: "open" }
  | { readonly kind: "give"; readonly request: RequestRef };

/** "short", "capped": the agent's balance, or his limit of a day, does not cover it. */
export type StaysWhy = "short" | "capped" | "no-chat" | "impossible";
