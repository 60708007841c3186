import type { Conversations } from "../conversation/conversations.ts";
import type { Ledger } from "../payments/ledger.ts";
import type { Records } from "../records/records.ts";
import { openSealer, type Sealer } from "./sealing.ts";
import { backup } from "./sqlite/backup.ts";
import { sqliteConversations } from "./sqlite/conversations.ts";
import { fileCounter, memoryCounter } from "./sqlite/counter.ts";
import { checkKey, wasSealed } from "./sqlite/key-check.ts";
import { sqliteLedger } from "./sqlite/ledger.ts";
import { lockOwner } from "./sqlite/lock.ts";
import { type Db, isNew, MEMORY, openSqlite } from "./sqlite/open.ts";
import { sqliteRecords } from "./sqlite/records.ts";
import { migrateWebInbox } from "./sqlite/web-inbox.ts";
import { migrateWhatsapp } from "./sqlite/whatsapp-rooms.ts";
import { StoreError } from "./store-error.ts";

export interface StoreOptions {
  /** `sqlite:data/loket.db`, `sqlite:/absolute/loket.db` or `sqlite::memory:`. */
  readonly databaseUrl: string;
  /** LOKET_SECRET. */
  readonly secret?: string | undefined;
  /** Without a secret; by default `<database>.key`. */
  readonly keyFile?: string | undefined;
  /**
   * A program wants the file for itself, and an owner does nothing without it; a tool beside the program (`npx loket
   * tasks`) takes no lock. Who does not own the file never brings it to a newer version.
   */
  readonly as: "owner" | "program" | "tool";
}

export interface Stores {
  readonly conversations: Conversations;
  readonly ledger: Ledger;
  readonly records: Records;
  readonly db: Db;
  readonly sealer: Sealer;
  /** No other program has this database: its work may be taken over at once (money rule 8). Always false for a tool. */
  readonly ownsAlone: boolean;
  /** A consistent copy in a new file. The key is not in it: it has to be kept by itself. */
  backup(target: string): void;
  close(): void;
}

/** Opens what DATABASE_URL names. Throws StoreError, with a sentence for the operator. */
export function openStores(options: StoreOptions): Stores {
  const path = pathOf(options.databaseUrl);
  const file = openSqlite(path);
  const owner = options.as === "tool" ? undefined : lockOwner(file.path);
  const close = () => {
    file.close();
    owner?.release();
  };
  try {
    if (options.as === "owner" && owner === undefined) throw ownedByAnother(file.path);
    const db = owner === undefined && !isNew(file) ? ({ ...file, isGuest: true } as const) : file;
    const sealer = sealerFor(db, options);
    // All rooms at once, also those that this program does not use: a tool beside it makes none.
    if (owner !== undefined) for (const make of [migrateWebInbox, migrateWhatsapp]) make(db);
    const counter = path === MEMORY ? memoryCounter() : fileCounter(`${db.path}.count`);
    return {
      conversations: sqliteConversations({ db, sealer }),
      records: sqliteRecords({ db, sealer }),
      db,
      sealer,
      ledger: sqliteLedger({ db, sealer, counter }),
      ownsAlone: owner !== undefined,
      backup: (target) => backup(db, target),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

function ownedByAnother(path: string): StoreError {
  return new StoreError(
    `Another Loket is running on ${path}.`,
    "Stop that one first, or name another file in DATABASE_URL.",
  );
}

function sealerFor(db: Db, { secret, keyFile }: StoreOptions): Sealer {
  const beside = db.path === MEMORY ? undefined : `${db.path}.key`;
  const sealer = openSealer({ secret, keyFile: keyFile ?? beside, mayMake: !wasSealed(db) });
  checkKey(db, sealer);
  return sealer;
}

function pathOf(url: string): string {
  const path = /^sqlite:(?:\/\/(?=\/))?(.+)$/.exec(url)?.[1];
  if (path !== undefined) return path;
  // The scheme alone: the rest of another database's address may hold a password.
  throw new StoreError(
    `DATABASE_URL begins with "${/^[a-z]{0,12}/i.exec(url)?.[0]}:", which this version does not know.`,
    "Use sqlite: and a path, for example sqlite:data/loket.db.",
  );
}
