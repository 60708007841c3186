/** One Signal key as it is kept. `value` is JSON with Baileys' own encoding of bytes; null takes it away. */
export interface KeyRow {
  readonly type: string;
  readonly id: string;
  readonly value: string | null;
}

/** Where a linked number's credentials and Signal keys outlive the program. */
export interface KeyRoom {
  load(): Promise<{ readonly creds: string | undefined; readonly rows: readonly KeyRow[] }>;
  saveCreds(creds: string): Promise<void>;
  /** All rows in one transaction, durable when it resolves; calls take effect in their order. */
  saveRows(rows: readonly KeyRow[]): Promise<void>;
  /** The number is no longer linked: everything goes. */
  clear(): Promise<void>;
}

/**
 * What was decrypted lately, by the ciphertext. Signal opens each message once: one that comes again, because the line
 * broke or the program was killed before it was confirmed, could not be read any more.
 */
export interface OpenedRoom {
  /** Those kept before `since` go with it. */
  keep(mark: string, plain: Uint8Array, at: number, since: number): Promise<void>;
  find(mark: string): Promise<Uint8Array | undefined>;
  prune(before: number): Promise<void>;
}

/** How far a message of ours got. Later ones say more; none goes back. */
export type Progress = "written" | "accepted" | "delivered" | "read";

export interface Sent {
  readonly id: string;
  /** Whose it is: an identity of `PeopleRoom`. */
  readonly chat: string;
  /** Encoded, as it was given to WhatsApp. */
  readonly message: Uint8Array;
  readonly at: number;
}

/** What was sent, for 48 hours: the receiver's phone may ask for it again, and we want to know whether it arrived. */
export interface SentRoom {
  /** The same id again changes nothing. */
  keep(sent: Sent): Promise<void>;
  find(id: string): Promise<Uint8Array | undefined>;
  /** Only ever further. */
  mark(id: string, progress: Progress): Promise<void>;
  /** "kept": built and not written yet, as far as is known. Undefined when it is not ours. */
  progress(id: string): Promise<Progress | "kept" | undefined>;
  prune(before: number): Promise<void>;
  /** What was sent to one person goes. */
  erase(chat: string): Promise<void>;
}

/**
 * One person's addresses: a hidden one (LID), a phone number, or both. The identity is a name of our own that tells
 * neither: it stands in logs and in the database, where a number may not.
 */
export interface PeopleRoom {
  /** The identity of these addresses; remembers them all, and `answer` as the one that wrote last. */
  identify(addresses: readonly string[], answer: string): Promise<string>;
  /** The identity of who has written to us before; nothing is remembered. */
  known(addresses: readonly string[]): Promise<string | undefined>;
  /** Where to answer an identity; undefined for one that never wrote. */
  answerTo(identity: string): Promise<string | undefined>;
  /** All that is known of an identity, for the operator. */
  addresses(identity: string): Promise<readonly string[]>;
  /** WhatsApp took a message of ours to this person: the chat is no new one any more. */
  markAnswered(identity: string): Promise<void>;
  wasAnswered(identity: string): Promise<boolean>;
}

export interface Rooms {
  readonly keys: KeyRoom;
  readonly opened: OpenedRoom;
  readonly sent: SentRoom;
  readonly people: PeopleRoom;
}
