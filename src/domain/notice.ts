import type { Bill } from "./bill.ts";
import type { AuthenticityCode, PaymentRef } from "./ref.ts";
import type { Rupiah } from "./rupiah.ts";
import type { RequestRef, StaffId } from "./staff.ts";

/** What a sentence about a payment may name. No NIK, no chassis, no owner. */
export interface PaymentFacts {
  readonly ref: PaymentRef;
  /** As the biller prints it, cleaned: `F 0001 Z`. */
  readonly plate: string;
  /** Brand, model and year, cleaned: `YAMAHA 28D (AL115S/MIO) 2010`. */
  readonly vehicle: string;
  readonly product: string;
  readonly total: Rupiah;
}

/** What a paid payment adds: taken from the biller's CONFIRM answer alone (money rule 12), but for what is `decided`. */
export interface PaidFacts extends PaymentFacts {
  /** Our clock at CONFIRM, ms. */
  readonly paidAt: number;
  /** The operator decided it, and the biller never said CONFIRM: `reference` is the operator's, and there is no proof. */
  readonly decided?: true;
  readonly reference: string;
  /** Empty when the biller gave none. */
  readonly trace: string;
  readonly code: AuthenticityCode;
}

/** Why a payment that was never sent was let go. */
export type WithdrawnWhy =
  | "expired"
  | "cancelled"
  | "region-closed"
  | "regions-unknown"
  | "paused"
  | "day-cap"
  | "restart"
  | "too-slow";

/** What a sentence about a request may name. No NIK, no chassis, no owner. */
export interface RequestFacts {
  readonly ref: RequestRef;
  readonly plate: string;
  readonly vehicle: string;
  readonly product: string;
  /** The bill's, and the counter's own fee on top: the customer hands over both. */
  readonly total: Rupiah;
  readonly markup: Rupiah;
}

/** An agent as a customer hears of him. */
export interface AgentFacts {
  readonly id: StaffId;
  readonly name: string;
}

/**
 * What a person is owed. Written in the same transaction as the state that it tells of, and owed until a platform took
 * the message (money rule 12).
 */
export type Notice = PaymentNotice | CustomerNotice | AgentNotice | BalanceNotice;

/** About a payment: to its payer, and to the agent who secures it. */
export type PaymentNotice = (
  | { readonly kind: "under-way"; readonly payment: PaymentFacts; readonly nextAt: number }
  | {
      readonly kind: "still-asking";
      readonly stage: "minute" | "half-hour" | "three-hours" | "day";
      readonly payment: PaymentFacts;
      /** When the next word comes, ms. For the last stage there is none: a human has it. */
      readonly nextAt: number;
    }
  | { readonly kind: "withdrawn"; readonly why: WithdrawnWhy; readonly payment: PaymentFacts }
  | { readonly kind: "paid"; readonly payment: PaidFacts }
  | { readonly kind: "not-paid"; readonly how: "refunded" | "not-charged"; readonly payment: PaymentFacts }
  | { readonly kind: "changed-its-word"; readonly payment: PaymentFacts }
) & {
  /** To the agent of a request: its customer has the slip and the proof in his own chat. */
  readonly relayed?: true;
};

interface OfRequest {
  readonly request: RequestFacts;
}

/** Why a request whose money the agent has is not paid. "taken-back": the customer wants it no more. */
export type UnpaidWhy = "not-paid" | "no-bill" | "already-paid" | "balance" | "taken-back";

/** What became of its payment, where there was one. */
export type UnpaidHow = "refunded" | "not-charged" | WithdrawnWhy;

/** About a request: to the customer. Times are ms. */
export type CustomerNotice =
  /** R2. `agent`: whom he chose; undefined: any. */
  | ({ readonly kind: "asked"; readonly agent: AgentFacts | undefined; readonly nextAt: number } & OfRequest)
  /** R3. `handover`: where and how the money is handed over, as the agent wrote it. */
  | ({
      readonly kind: "taken";
      readonly agent: AgentFacts;
      readonly handover: string;
      readonly until: number;
    } & OfRequest)
  /** R4: the agent has the money, and it is being paid. */
  | ({
      readonly kind: "received";
      readonly agent: AgentFacts;
      readonly receivedAt: number;
      readonly nextAt: number;
    } & OfRequest)
  /**
   * The agent has the money, and the bill has another sum by now: it goes on when the customer says yes to it, and the
   * agent that he has the rest.
   */
  | ({
      readonly kind: "sum-moved";
      readonly agent: AgentFacts;
      /** undefined: he was told before, and is asked once more. */
      readonly was: Rupiah | undefined;
      readonly nextAt: number;
    } & OfRequest)
  /** The agent has the money, and the biller gives no bill just now. */
  | ({ readonly kind: "bill-late"; readonly agent: AgentFacts; readonly nextAt: number } & OfRequest)
  /** R5: nobody has taken it for ten minutes. */
  | ({ readonly kind: "no-answer"; readonly agent: AgentFacts | undefined } & OfRequest)
  /** R6: closed, since nobody took it. */
  | ({ readonly kind: "nobody" } & OfRequest)
  /** R8: he said that the money is handed over, and the agent is silent. */
  | ({
      readonly kind: "silent-agent";
      readonly agent: AgentFacts;
      readonly saidAt: number;
      readonly nextAt: number;
    } & OfRequest)
  /** The agent let go: it is asked again, and no money must be handed over. */
  | ({ readonly kind: "let-go"; readonly agent: AgentFacts; readonly nextAt: number } & OfRequest)
  /** The time to hand the money over has passed, and he said nothing: closed. */
  | ({ readonly kind: "expired"; readonly agent: AgentFacts } & OfRequest)
  /** The operator gave it to another agent after the money was handed over: nothing more is to be handed over. */
  | ({ readonly kind: "passed-on"; readonly agent: AgentFacts } & OfRequest)
  /** N1: it is not paid, and the agent has the money. `tried`: the payment, if there was one. */
  | ({
      readonly kind: "unpaid-with-agent";
      readonly agent: AgentFacts;
      readonly tried: PaymentRef | undefined;
      readonly why: UnpaidWhy;
      readonly how?: UnpaidHow;
    } & OfRequest)
  /** The agent says that he gave the money back: closed. */
  | ({ readonly kind: "returned"; readonly agent: AgentFacts } & OfRequest)
  /** The operator closed it. `agent`: in whose hand it was. */
  | ({ readonly kind: "shut"; readonly agent: AgentFacts | undefined } & OfRequest);

/** About a request: to an agent. Times are ms. */
export type AgentNotice =
  /** A1. */
  | ({ readonly kind: "offer" } & OfRequest)
  /** It was offered to him, and another has taken it, or it is closed. */
  | ({ readonly kind: "offer-gone"; readonly why: "taken" | "closed" } & OfRequest)
  /** A2: he has it, and its total is held of his balance. */
  | ({ readonly kind: "yours"; readonly until: number } & OfRequest)
  /** The customer says that the money is handed over. `photo`: with a picture of the transfer. */
  | ({ readonly kind: "customer-paid"; readonly saidAt: number; readonly photo: boolean } & OfRequest)
  /** He is silent since the customer said so. */
  | ({ readonly kind: "reminder"; readonly saidAt: number } & OfRequest)
  /** The customer takes it back: the hold is released. */
  | ({ readonly kind: "customer-cancelled" } & OfRequest)
  /** The time to hand the money over has passed, or the operator took it from him: the hold is released. */
  | ({ readonly kind: "not-yours"; readonly why: "expired" | "passed-on" | "shut" } & OfRequest)
  /** He has the money, and the bill has another sum by now: the customer is asked. */
  | ({ readonly kind: "sum-asked"; readonly was: Rupiah } & OfRequest)
  /** The customer said yes to it: the agent says once more that he has it. */
  | ({ readonly kind: "sum-agreed" } & OfRequest)
  /** The biller gives no bill just now. */
  | ({ readonly kind: "bill-wait"; readonly nextAt: number } & OfRequest)
  /** N2: it is not paid; the balance is back, the customer's money with the agent. `tried` as the customer hears it. */
  | ({
      readonly kind: "unpaid";
      readonly tried: PaymentRef | undefined;
      readonly why: UnpaidWhy;
      readonly how?: UnpaidHow;
    } & OfRequest)
  /** His third offer in a row without an answer: he is on duty no more. */
  | ({ readonly kind: "duty-over" } & OfRequest);

/** About an agent's balance: to him. `amount` is below zero when the operator took from it. */
export interface BalanceNotice {
  readonly kind: "balance";
  readonly what: "top-up" | "adjustment";
  readonly amount: Rupiah;
}

/** The vehicle of a bill in one short line. */
export function vehicleOf(bill: Bill): string {
  return [bill.brand, bill.model, bill.year].filter((part) => part !== "").join(" ");
}
