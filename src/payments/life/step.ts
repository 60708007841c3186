import type { Settlement } from "../../biller/biller.ts";
import type { Notice, WithdrawnWhy } from "../../domain/notice.ts";
import type { NewOperatorTask } from "../../records/records.ts";
import type { Posting } from "../ledger.ts";
import type { Payment, Sighting } from "../payment.ts";
import type { Answer } from "./answers.ts";

/** How the operator decides a review. `reference`: the bank's, as the operator has it. */
export type Outcome =
  | { readonly kind: "paid"; readonly reference: string }
  | { readonly kind: "refunded" | "not-charged" };

interface At {
  /** Our clock, ms. */
  readonly at: number;
}

interface Jitter {
  /** 0 to 0.03: spreads the asks. */
  readonly jitter: number;
}

/** What can happen to a payment. */
export interface Happenings {
  /** All checks of money rule 9 were passed: the call goes out when this is committed. */
  readonly send: At;
  readonly withdraw: At & { readonly why: WithdrawnWhy };
  /** pay or status said something, or nothing. */
  readonly answer: Answer & Jitter;
  /** What status said of an `intended` that was found after a restart or a takeover. */
  readonly found: At & Jitter & { readonly settlement: Settlement };
  /** A `sending` whose caller is gone. */
  readonly lost: At & Jitter;
  /** Its time has come: a word that was promised, the operator's alarm, the end of the asking. */
  readonly due: At & Jitter;
  /** The ledger went back in time. */
  readonly restored: At;
  /** The operator takes it over before the 24 h are up. */
  readonly escalate: At & { readonly by: string };
  readonly resolve: At & { readonly outcome: Outcome; readonly by: string; readonly why: string };
}

export type HappeningKind = keyof Happenings;

export type Happening<K extends HappeningKind = HappeningKind> = { [P in K]: { readonly kind: P } & Happenings[P] }[K];

/** All that one happening changes, for one transaction. */
export interface Step {
  readonly kind: "step";
  /** The revision is one more. */
  readonly next: Payment;
  /** In the order in which they are to be told. */
  readonly notices: readonly Notice[];
  readonly tasks: readonly NewOperatorTask[];
  /** Keys of the operator's tasks that this settles. */
  readonly closes: readonly string[];
  readonly postings: readonly Posting[];
  readonly sighting?: Sighting;
}

/** It cannot happen to a payment in this state. */
export interface Impossible {
  readonly kind: "impossible";
  /** For the operator and the log, in English. */
  readonly why: string;
}

type Extras = Partial<Omit<Step, "kind" | "next">>;

/** `change` may name no revision: it always grows by one. */
export function stepTo(
  payment: Payment,
  change: Partial<Omit<Payment, "ref" | "revision">>,
  extras: Extras = {},
): Step {
  const next = { ...payment, ...change, revision: payment.revision + 1 };
  return { kind: "step", next, notices: [], tasks: [], closes: [], postings: [], ...extras };
}

export function impossible(why: string): Impossible {
  return { kind: "impossible", why };
}
