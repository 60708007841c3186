import type { Bill } from "../../src/domain/bill.ts";
import type { Rupiah } from "../../src/domain/rupiah.ts";
import type { RequestRef, StaffId } from "../../src/domain/staff.ts";
import type { Language } from "../words/words.ts";

/** What a customer does with his request. "yes": to the sum that moved. */
export type CustomerAct = "others" | "cancelled" | "taken-back" | "said" | "said-with-photo" | "yes";

/** What an agent does with a request. */
export type AgentAct = "take" | "skip" | "let-go" | "received" | "again" | "returned";

/** An agent on duty, as a customer may choose him. */
export interface CounterView {
  readonly id: StaffId;
  readonly name: string;
  /** Empty when customers do not choose him by name. */
  readonly place: string;
}

/** A request as its customer, or an agent, may see it. */
export interface RequestView {
  readonly ref: RequestRef;
  readonly state: "asked" | "taken" | "received" | "paying" | "unpaid" | "done" | "closed";
  readonly plate: string;
  readonly vehicle: string;
  readonly total: Rupiah;
  readonly markup: Rupiah;
  /** Who has it: his name; empty when nobody has. */
  readonly agent: string;
  /** Whether it is in the hand of the agent who asks. */
  readonly mine: boolean;
  /** The customer said that he has handed the money over. */
  readonly said: boolean;
  /** The agent said that he has it. */
  readonly received: boolean;
  /** The agent who asks has said no to it, or has let it go. */
  readonly declined: boolean;
  /** How it was closed: the money went back to the customer, or there is another reason; undefined while it is not. */
  readonly closed: "returned" | "otherwise" | undefined;
}

export type ActResult =
  | { readonly kind: "done" | "impossible" | "capped" | "suspended" | "sales-paused"; readonly request: RequestView }
  | { readonly kind: "short"; readonly missing: Rupiah; readonly request: RequestView }
  /** No such request, or another's. */
  | { readonly kind: "unknown" };

/** What became of a request that was to be made. */
export type RequestedResult =
  | { readonly kind: "asked" | "exists"; readonly ref: RequestRef }
  /** Nobody on duty can have it; or the one who was chosen cannot, and others can; or it is past 23.15 WIB. */
  | { readonly kind: "nobody" | "not-that-one" | "late" };

export type RelayUserEvent =
  /** R1: the counter that the customer chose; undefined: any. */
  | { readonly type: "counter"; readonly agent: StaffId | undefined }
  | { readonly type: "tell-on-duty" }
  /** `ref` undefined: of the request that is open. `sum`: of "yes", the one that was shown. */
  | {
      readonly type: "customer-act";
      readonly act: CustomerAct | "wait";
      readonly ref: RequestRef | undefined;
      readonly sum?: Rupiah;
    }
  | { readonly type: "agent-act"; readonly act: AgentAct; readonly ref: RequestRef };

export type RelayWorldEvent =
  | { readonly type: "requested"; readonly nonce: string; readonly result: RequestedResult }
  | {
      readonly type: "customer-acted";
      readonly act: CustomerAct;
      readonly ref: RequestRef;
      readonly result: ActResult;
      /** Its picture is on its way to the agent. */
      readonly passedOn?: true;
    }
  | { readonly type: "agent-acted"; readonly act: AgentAct; readonly ref: RequestRef; readonly result: ActResult };

export type RelayTask =
  | {
      readonly kind: "request";
      readonly nonce: string;
      readonly bill: Bill;
      readonly inquiredAt: number;
      readonly expiresAt: number;
      readonly wanted: StaffId | undefined;
      readonly language: Language;
    }
  | {
      readonly kind: "customer-act";
      readonly act: CustomerAct;
      readonly ref: RequestRef;
      readonly sum: Rupiah | undefined;
      /** Of "said-with-photo": what names the picture that goes to the agent. */
      readonly picture?: string;
    }
  /** To the agent who has the request: had from the customer's channel as it goes out, and stored nowhere. */
  | {
      readonly kind: "picture";
      readonly picture: string;
      /** The channel that can have it. */
      readonly from: string;
      readonly ref: RequestRef;
      readonly plate: string;
      readonly cash: Rupiah;
      readonly language: Language;
    }
  | { readonly kind: "agent-act"; readonly act: AgentAct; readonly ref: RequestRef; readonly agent: StaffId };
