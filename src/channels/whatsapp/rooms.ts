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

/** How far a message of ours got. Later ones say more; none goes back. */
export type Progress = "written" | "accepted" | "delivered" | "read";

/** What was sent, for 48 hours: the receiver's phone may ask for it again, and we want to know whether it arrived. */
export interface SentRoom {
  /** `message` is the encoded message, as it was given to WhatsApp. The same id again changes nothing. */
  keep(id: string, jid: string, message: Uint8Array, at: number): Promise<void>;
  find(id: string): Promise<Uint8Array | undefined>;
  /** Only ever further. */
  mark(id: string, progress: Progress): Promise<void>;
  progress(id: string): Promise<Progress | undefined>;
  prune(before: number): Promise<void>;
}

/** One person's addresses: a hidden one (LID), a phone number, or both. The first that was seen stays the identity. */
export interface PeopleRoom {
  /** The identity of these addresses; remembers them all, and `answer` as the one that wrote last. */
  identify(addresses: readonly string[], answer: string): Promise<string>;
  /** Where to answer an identity; undefined for one that never wrote. */
  answerTo(identity: string): Promise<string | undefined>;
}

export interface Rooms {
  readonly keys: KeyRoom;
  readonly sent: SentRoom;
  readonly people: PeopleRoom;
}
