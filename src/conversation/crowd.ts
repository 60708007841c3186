import type { ConversationKey } from "./message.ts";

/** What is counted, each by itself: bills that are asked for, and proofs that are asked for by their code. */
export type Counted = "inquiry" | "code";

/** So many of a kind may one address ask in `span` ms: a family or an office, not somebody who opens tab after tab. */
export const SHARE = { most: 20, span: 60 * 60 * 1000 } as const;

/**
 * How much one address asks where an identity costs nothing (the web chat): there the limit of a chat alone would be got
 * round by opening another tab (security: enumeration), and the code of a proof guessed from many. The message and the
 * inquiry may be in the hands of two processes: whatever they share keeps it. A restart may forget it.
 */
export interface Crowd {
  /** A message came from there; channels whose people have an identity of their own give no address. */
  seen(chat: ConversationKey, address: string | undefined): Promise<void>;
  /** Counts one of the chat's address, an inquiry if not said otherwise; once it had its share, until when it waits, ms. */
  enter(chat: ConversationKey, now: number, what?: Counted): Promise<number | undefined>;
}
