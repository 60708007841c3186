import type { PinEvent, PinTyped, Who } from "../../flows/index.ts";
import type { ConversationKey, Language } from "../conversation/message.ts";
import type { Rupiah } from "../domain/rupiah.ts";
import type { StaffId } from "../domain/staff.ts";

/** How an agent gets the proof of what he paid: 58 mm text, PDF, or picture. */
export type ProofForm = "struk" | "pdf" | "image";

/** One of the counter's own people, bound to chats by a code that is used once. */
export interface Staff {
  readonly id: StaffId;
  readonly role: "agent" | "operator";
  readonly name: string;
  /** Of an agent: where he sits; empty when customers do not choose him by name. */
  readonly place: string;
  /** Of an agent: the address or account to which a customer hands the money, as text. */
  readonly handover: string;
  /** Of an agent: how far below zero his balance may go. */
  readonly credit: Rupiah;
  /** Of an agent: most of what he may confirm from midnight to midnight WIB; undefined: no limit. */
  readonly daily: Rupiah | undefined;
  readonly state: "active" | "suspended";
  readonly pin: "none" | "set" | "locked";
  /** His chats, the one that was bound last first. */
  readonly chats: readonly ConversationKey[];
  readonly language: Language;
  readonly proofForm: ProofForm;
  /** Of an agent: whether requests are offered to him; `unanswered`: offers in a row without an answer. */
  readonly duty: { readonly on: boolean; readonly since: number; readonly unanswered: number };
  readonly addedAt: number;
}

export type NewStaff = Pick<Staff, "role" | "name" | "place" | "handover" | "credit" | "daily" | "language">;

export type StaffChange = Partial<
  Pick<Staff, "name" | "place" | "handover" | "credit" | "daily" | "state" | "proofForm" | "language" | "duty">
>;

export type Enrolled =
  | { readonly kind: "enrolled"; readonly staff: Staff }
  /** No such code, a used one, one that is older than a day, or of somebody who is suspended. */
  | { readonly kind: "wrong" }
  /** Five wrong codes of this chat within an hour: not even looked at. */
  | { readonly kind: "rest" }
  /** The chat belongs to somebody else of the staff already. */
  | { readonly kind: "taken" };

/** A try of a PIN, counted before the hash is given out, so that guesses at the same time count each. */
export type PinTry =
  | { readonly kind: "try"; readonly hash: string; readonly left: number }
  | { readonly kind: "locked" | "none" };

/** The counter's own people. Codes are kept as indexes, hashes of PINs sealed. */
export interface StaffRoom {
  add(staff: NewStaff, at: number): Promise<{ readonly staff: Staff; readonly code: string }>;
  /** A code for one more device; an older one that was not used ends. Undefined when there is no such person. */
  invite(id: StaffId, at: number): Promise<string | undefined>;
  /**
   * The message that used a code and comes a second time is answered alike. Typed on a device of his own, or one that is
   * another's, the code is left. The same wrong code again is no other guess.
   */
  enrol(chat: ConversationKey, code: string, at: number): Promise<Enrolled>;
  /** Whose chat this is: read at every turn. */
  byChat(chat: ConversationKey): Promise<Staff | undefined>;
  load(id: StaffId): Promise<Staff | undefined>;
  /** In the order in which they were added. */
  list(role?: Staff["role"]): Promise<readonly Staff[]>;
  /** The person as it is then; undefined when there is none. */
  change(id: StaffId, change: StaffChange, at: number): Promise<Staff | undefined>;
  unbind(id: StaffId, chat: ConversationKey, at: number): Promise<boolean>;
  /** undefined takes the PIN away; either way the count of wrong ones begins anew and a lock ends. */
  setPin(id: StaffId, hash: string | undefined, at: number): Promise<void>;
  /**
   * The same `tryId` counts once. Five wrong ones in a row lock. It is kept as an index alone: it holds the message's id
   * and what was typed.
   */
  tryPin(id: StaffId, tryId: string, at: number): Promise<PinTry>;
  /** It was right: the count begins anew. */
  rightPin(id: StaffId, at: number): Promise<void>;
}

/** Checks the PIN of who writes, or sets it. The same `tryId` counts once. */
export type JudgePin = (who: Who, typed: PinTyped, tryId: string) => Promise<PinEvent>;
