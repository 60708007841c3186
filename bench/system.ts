/** What one system is given: where it keeps things, and who listens. */
export interface World {
  /** Empty, and its own. */
  readonly folder: string;
  /** Of an empty server; undefined for a system that needs none. */
  readonly redisUrl: string | undefined;
  /** A reply has reached the Bot API. `stage` is 1 to 6, by the words; 0 for a reply of another kind. */
  readonly told: (user: number, stage: number) => void;
  /** The biller's pay was called. Returning lets it go on; it may end the process instead. */
  readonly paid: (user: number) => void;
  /** Whether the fifth turn pays (what happens on a kill) or not (how fast a turn is): of Loket alone, peers always pay. */
  readonly pays: boolean;
}

/** One instance that runs. */
export interface Running {
  /**
   * A user's message number `turn` (0 to 5) of the six, as the update of that id. Resolves when the platform would hear
   * that the update was taken.
   */
  deliver(user: number, update: number, turn: number): Promise<void>;
  /** Resolves at the next reply to that user. Undefined where the reply was sent when `deliver` resolves. */
  readonly replied?: (user: number) => Promise<void>;
  /** Resolves when nothing is under way any more. */
  readonly settled?: () => Promise<void>;
  /** The Redis key of one conversation, for its size; undefined where there is no Redis. */
  readonly keyOf?: (user: number) => string;
  /** Puts `count` conversations into the store, the first `from`, that stand where the user `like` stands. */
  readonly park?: (like: number, from: number, count: number) => Promise<void>;
  close(): Promise<void>;
}

export interface System {
  readonly name: string;
  /** A limit keeps no promise: it shows what a part of the work costs by itself. */
  readonly kind: "loket" | "peer" | "limit";
  readonly usesRedis: boolean;
  /** The turn that pays, from 0. */
  readonly payTurn: number;
  start(world: World): Promise<Running>;
}
