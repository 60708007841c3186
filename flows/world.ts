import type { Region } from "../src/domain/region.ts";
import type { Rupiah } from "../src/domain/rupiah.ts";
import type { StaffId } from "../src/domain/staff.ts";
import type { ProofForm } from "./agent/events.ts";
import type { CounterView } from "./relay/events.ts";
import type { Language } from "./words/words.ts";

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
  /** Who writes: it picks the flow. */
  readonly who: Who;
  /** The agents on duty; undefined where nobody's request can be given to one: there are none, or customers pay directly. */
  readonly counters?: readonly CounterView[];
}

/** Whose chat it is: a customer's, or one of the counter's own people's. */
export type Who =
  | { readonly kind: "customer" }
  | { readonly kind: "agent"; readonly agent: AgentView }
  | { readonly kind: "operator"; readonly operator: OperatorView };

/** An agent as his conversation may know him in one step. */
export interface AgentView {
  readonly id: StaffId;
  readonly name: string;
  readonly place: string;
  readonly suspended: boolean;
  readonly pin: "none" | "set" | "locked";
  /** What the ledger has for him; what is held is out of it already. Below zero by at most `credit`. */
  readonly balance: Rupiah;
  readonly credit: Rupiah;
  /** Most of what he may confirm in a day; undefined: no limit. */
  readonly daily: Rupiah | undefined;
  readonly proofForm: ProofForm;
  readonly onDuty: boolean;
  /** The counter's own fee on each bill, taken in cash beside it; 0 for none. */
  readonly markup: Rupiah;
  /** From this sum on the PIN is asked at each confirmation. */
  readonly pinAlways: Rupiah;
}

export interface OperatorView {
  readonly id: StaffId;
  readonly name: string;
  readonly pin: "none" | "set" | "locked";
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
  /** Most that the deposit at the biller still covers; absent: no floor is set, and sales never pause for it. */
  readonly sellable?: Rupiah;
  /** Inquiries a chat may cause; undefined for no limit (the sandbox). */
  readonly limits: { readonly perHour: number; readonly perDay: number } | undefined;
}
