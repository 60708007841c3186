import type { ConversationKey } from "../conversation/message.ts";
import type { PaymentRef } from "../domain/ref.ts";
import type { Rupiah } from "../domain/rupiah.ts";
import type { StaffId } from "../domain/staff.ts";
import type { StaffRoom } from "./staff.ts";

/** Something that only a human can do. `key` is stable: the same key twice, while it is open, is one task. */
export interface NewOperatorTask {
  readonly key: string;
  readonly kind:
    | "suspect"
    | "review"
    | "refused-in-a-row"
    | "bad-bill"
    | "invoice-reused"
    | "biller-login"
    | "proof-undelivered"
    | "message-poison"
    | "human-wanted"
    | "restored"
    | "stuck"
    | "erase-later"
    /** The deposit at the biller lasts for a few bills only, or sales pause for it. */
    | "deposit-low"
    /** An agent asks that his balance is filled (ISI). */
    | "top-up-wish"
    /** One operator's word above the sum of the setting: another one must agree. */
    | "approval"
    /** A customer's request that its agent does not bring to an end. */
    | "request"
    /** A channel cannot go on without a human. */
    | "channel";
  /** What happened and what to do, in English, without personal data. */
  readonly text: string;
  readonly ref?: PaymentRef;
  readonly chat?: ConversationKey;
  /** What one word of an operator does, and for an approval which operator asks for it. */
  readonly errand?: Errand;
  readonly by?: StaffId;
}

/** Something that waits for an operator's yes. */
export type Errand =
  | { readonly kind: "top-up"; readonly agent: StaffId; readonly amount: Rupiah }
  | { readonly kind: "resolve"; readonly ref: PaymentRef; readonly outcome: Verdict; readonly why: string };

/** What became of a payment, by an operator's word. */
export type Verdict =
  | { readonly kind: "paid"; readonly reference: string }
  | { readonly kind: "refunded" | "not-charged" };

export interface OperatorTask extends NewOperatorTask {
  readonly id: number;
  readonly at: number;
  /** When the operators' chats were told of it; undefined: not yet. */
  readonly alertedAt: number | undefined;
  /** The operator's chat in which it is being dealt with: who answers a customer hears what he writes on. */
  readonly hand: ConversationKey | undefined;
  readonly closed: { readonly at: number; readonly by: string; readonly why: string } | undefined;
}

export interface AuditEntry {
  readonly at: number;
  readonly who: string;
  readonly what: string;
  readonly ref: string;
  readonly detail: string;
}

/** A file that was made once from the biller's answer and is given again as it is. */
export interface StoredProof {
  readonly ref: PaymentRef;
  readonly madeAt: number;
  /** JSON of proof/proof's Proof. Sealed by the driver. */
  readonly proof: string;
  /** How often it was handed out. */
  readonly copies: number;
}

/** All else that must outlive the conversations. One small typed repository each. */
export interface Records {
  readonly staff: StaffRoom;
  readonly tasks: {
    /** Twice with the key of an open task is once. Resolves to whether a new task was made. */
    add(task: NewOperatorTask, at: number): Promise<boolean>;
    list(which: "open" | "all", limit: number): Promise<readonly OperatorTask[]>;
    load(id: number): Promise<OperatorTask | undefined>;
    /** The open one of that key. */
    open(key: string): Promise<OperatorTask | undefined>;
    /** Open ones of which no operator was told in his chat, oldest first. */
    unalerted(limit: number): Promise<readonly OperatorTask[]>;
    alerted(id: number, at: number): Promise<void>;
    /** The chat has it in hand from now on. False when there is no such open task. */
    takeInHand(id: number, hand: ConversationKey): Promise<boolean>;
    /** False when there is no such open task. */
    close(id: number, by: string, why: string, at: number): Promise<boolean>;
    closeKey(key: string, by: string, why: string, at: number): Promise<boolean>;
  };
  readonly consents: {
    give(chat: ConversationKey, version: string, at: number): Promise<void>;
    given(chat: ConversationKey): Promise<{ readonly version: string; readonly at: number } | undefined>;
    withdraw(chat: ConversationKey): Promise<void>;
  };
  readonly audit: {
    write(entry: AuditEntry): Promise<void>;
    list(limit: number): Promise<readonly AuditEntry[]>;
  };
  readonly proofs: {
    /** Kept as first saved: a second save of the same reference changes nothing. */
    save(ref: PaymentRef, proof: string, at: number): Promise<void>;
    /** Counts a copy; undefined when there is none. */
    take(ref: PaymentRef): Promise<StoredProof | undefined>;
    erase(ref: PaymentRef): Promise<void>;
  };
  readonly flags: {
    get(name: string): Promise<string | undefined>;
    /** undefined takes it away. */
    set(name: string, value: string | undefined, at: number): Promise<void>;
  };
  readonly chats: {
    /** The chat blocked us or is no more. */
    markGone(chat: ConversationKey, at: number): Promise<void>;
    /** It wrote again. */
    markHere(chat: ConversationKey): Promise<void>;
    isGone(chat: ConversationKey): Promise<boolean>;
  };
  /** What people wrote to a human, sealed, until the operator has read it. */
  readonly letters: {
    keep(chat: ConversationKey, text: string, at: number): Promise<void>;
    list(chat: ConversationKey, limit: number): Promise<readonly { readonly text: string; readonly at: number }[]>;
    erase(chat: ConversationKey): Promise<void>;
    /** Takes away those written before. */
    prune(before: number): Promise<number>;
  };
  readonly poison: {
    /** Takes away those kept before. */
    prune(before: number): Promise<number>;
    /** An inbound that failed five times, kept sealed for the operator. */
    keep(chat: ConversationKey, inboundId: string, body: string, why: string, at: number): Promise<void>;
    list(limit: number): Promise<
      readonly {
        readonly chat: ConversationKey;
        readonly inboundId: string;
        readonly why: string;
        readonly at: number;
      }[]
    >;
  };
}
