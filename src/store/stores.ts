import type { Leases } from "../channels/leases.ts";
import type { WebInbox } from "../channels/web/inbox.ts";
import type { Rooms } from "../channels/whatsapp/rooms.ts";
import type { Conversations } from "../conversation/conversations.ts";
import type { Crowd } from "../conversation/crowd.ts";
import type { Log } from "../log.ts";
import type { Ledger } from "../payments/ledger.ts";
import type { Records } from "../records/records.ts";

export interface StoreOptions {
  /** `sqlite:data/loket.db`, `sqlite:/absolute/loket.db`, `sqlite::memory:`, or `postgres://user:password@host/name`. */
  readonly databaseUrl: string;
  /** Conversations and their outbox in Redis; without it they are in the database. Needed by PostgreSQL. */
  readonly redisUrl?: string | undefined;
  /** Hears when a store is lost and when it is there again. */
  readonly log?: Log | undefined;
  /** LOKET_SECRET. */
  readonly secret?: string | undefined;
  /** Without a secret; by default `<database>.key`. */
  readonly keyFile?: string | undefined;
  /**
   * A program wants a SQLite file for itself, and an owner does nothing without it; a tool beside the program (`npx loket
   * tasks`) takes no lock. Who does not own the file never brings it to a newer version. PostgreSQL is everybody's.
   */
  readonly as: "owner" | "program" | "tool";
}

/** Everything that outlives the process. */
export interface Stores {
  readonly conversations: Conversations;
  readonly ledger: Ledger;
  readonly records: Records;
  /** Who drives which account of a channel; undefined where one program has everything for itself. */
  readonly leases: Leases | undefined;
  /** Shared by those who share the conversations; undefined where one program has them for itself. */
  readonly crowd: Crowd | undefined;
  readonly webInbox: () => WebInbox;
  readonly whatsappRooms: () => Rooms;
  /** No other program has this database: its work may be taken over at once (money rule 8). Always false for a tool. */
  readonly ownsAlone: boolean;
  /** What the operator should know of how the stores are set, as sentences. */
  readonly warnings: readonly string[];
  /** A consistent copy in a new file. The key is not in it: it has to be kept by itself. Throws StoreError. */
  backup(target: string): void;
  close(): Promise<void>;
}
