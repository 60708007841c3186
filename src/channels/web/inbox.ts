import type { ConversationKey } from "../../conversation/message.ts";

/** One thing that a tab is to show, as saved. `event` is the JSON of a WebEvent. */
export interface StoredEvent {
  /** Grows with each append, over all tabs; never used twice. */
  readonly seq: number;
  readonly event: string;
}

export interface WebFile {
  /** Unguessable without the tab's token. */
  readonly id: string;
  readonly name: string;
  readonly mime: string;
  readonly bytes: Uint8Array;
}

/** What happened to a tab: something was saved for it, the counter is typing, all of it was taken away. */
export type Nudge = "saved" | "typing" | "cleared";

/** Hears what the other processes do. Without a key: some of it was missed, of whichever tabs. */
export type Ring = (what: Nudge, key: ConversationKey | undefined) => void;

/**
 * What was sent to the tabs of the web chat, so that a tab that was away gets it when it comes back. May hold personal
 * data: sealed before any driver writes it. What resolves is durable.
 */
export interface WebInbox {
  /** Twice the same id of one key is one event, the first one. Resolves to its number. */
  append(
    key: ConversationKey,
    entry: { readonly id: string; readonly event: string; readonly at: number },
  ): Promise<number>;
  /** Puts another event in the place of one that was appended, under the same number. Nothing happens without one. */
  replace(key: ConversationKey, id: string, event: string): Promise<void>;
  /** Events of the key behind `seq`, oldest first. */
  since(key: ConversationKey, seq: number, limit: number): Promise<readonly StoredEvent[]>;
  /** The number of the key's last event; 0 when there is none. */
  last(key: ConversationKey): Promise<number>;
  /** Twice the same id is the first file. */
  keepFile(key: ConversationKey, file: WebFile, at: number): Promise<void>;
  file(key: ConversationKey, id: string): Promise<WebFile | undefined>;
  /** Takes away events and files from before the time. Resolves to how many. */
  prune(before: number): Promise<number>;
  /** Takes away everything of one tab. */
  erase(key: ConversationKey): Promise<void>;
  /** Tells the other processes, whose streams show it. Nothing is kept. */
  typing(key: ConversationKey): Promise<void>;
  /**
   * Calls `ring` when another process on the same inbox appended, typed or erased, until what it gives is called. A ring
   * may be lost with a connection: who shows events looks by himself from time to time.
   */
  listen(ring: Ring): () => void;
}
