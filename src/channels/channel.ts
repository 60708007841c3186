import type { ConversationKey, Inbound, Outbound } from "../conversation/message.ts";

/**
 * What became of one outbound message. `ref` is the platform's id of the (last) message.
 * retry: surely not delivered, try again (not before `afterMs`). gone: the chat takes nothing from us any more.
 * refused: this message will never be taken. ambiguous: it may have arrived; the worker sends it again.
 */
export type Delivery =
  | { readonly kind: "delivered"; readonly ref: string }
  | { readonly kind: "retry"; readonly afterMs?: number; readonly reason: string }
  | { readonly kind: "gone"; readonly reason: string }
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "ambiguous"; readonly reason: string };

/** A file that somebody sent. retry: perhaps later. gone: it cannot be had, or is none of ours to take. */
export type Fetched =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "retry"; readonly reason: string }
  | { readonly kind: "gone"; readonly reason: string };

/** How a person answers a question: by tapping, or by typing a number or the word itself. */
export type Style = "buttons" | "numbers";

/**
 * A messaging platform. `receive` may see the same id twice; an inbound is taken, and confirmed to the platform, only
 * once `receive` resolved. When `receive` rejects (the store is down), the same inbound is offered again, and those
 * behind it of the same conversation wait.
 */
export interface Channel {
  readonly name: string;
  readonly style: Style;
  /** Whether a user's own message can be deleted. */
  readonly forgets: boolean;
  /** Listens until `stop` aborts, whatever the platform does meanwhile; then lets what is under way end, and resolves. */
  listen(receive: (inbound: Inbound) => Promise<void>, stop: AbortSignal): Promise<void>;
  /**
   * Never rejects. `id` is stable per message, for platforms that can dedupe. `mayGo` is asked in the tick in which it
   * goes out: a process that stood still may have lost the job to another one, and then it answers "retry".
   */
  send(to: ConversationKey, message: Outbound, id: string, mayGo?: () => boolean): Promise<Delivery>;
  /** The typing sign, best effort: never rejects, is not saved. */
  typing(to: ConversationKey): Promise<void>;
  /**
   * The picture that an inbound names, of at most `limit` bytes: in memory, and asked of the platform each time. Never
   * rejects; needs no line of its own, so that any process may ask. Not there where people send none.
   */
  picture?(named: string, limit: number): Promise<Fetched>;
  /** The channel itself stores the files that it sends: none may go there that are to be stored nowhere. */
  readonly keepsFiles?: true;
  /** Takes away what the channel itself keeps of a chat (HAPUS DATA): a platform that keeps it elsewhere has none. */
  erase?(chat: ConversationKey): Promise<void>;
  /** Whether the receiver's own device has what was delivered under that `ref`: only where the platform tells. */
  arrived?(ref: string): Promise<boolean>;
  /** Whether the platform was reached since the start (for /readyz), and in a word what is wrong if not. */
  state(): { readonly ready: boolean; readonly detail: string };
}
