/** One holding of an account: each new one has a higher `fence`. */
export interface Lease {
  /** The account: a bot or a number, by a name that is no secret. */
  readonly name: string;
  /** The process that holds it. */
  readonly owner: string;
  readonly fence: number;
}

export interface HeldLease extends Lease {
  /** ms until it lapses. */
  readonly left: number;
}

/**
 * Which process drives which account of a channel, by one clock: the store's. A holder counts for itself, from before it
 * asked, by a clock of its own that never goes back (keep-lease), so no two clocks are ever compared. Every method
 * rejects when the store is away.
 */
export interface Leases {
  /**
   * For `ttl` ms from now, when nobody holds it, its holder let it lapse, or `owner` is the holder himself (the answer to
   * his first try was lost): a holding of its own each time. Undefined while another one holds it.
   */
  acquire(name: string, owner: string, ttl: number): Promise<{ readonly fence: number } | undefined>;
  /** For `ttl` ms from now. False when it lapsed or has another fence: it is over then, and only a new one helps. */
  renew(lease: Lease, ttl: number): Promise<boolean>;
  /** Ends it at once; nothing when it is over already. */
  release(lease: Lease): Promise<void>;
  /** What is held now, by name. */
  list(): Promise<readonly HeldLease[]>;
}
