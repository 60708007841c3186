import { openSealer, type Sealer } from "../sealing.ts";
import { StoreError } from "../store-error.ts";
import type { StoreOptions, Stores } from "../stores.ts";
import { backup } from "./backup.ts";
import { sqliteConversations } from "./conversations.ts";
import { fileCounter, memoryCounter } from "./counter.ts";
import { checkKey, wasSealed } from "./key-check.ts";
import { sqliteLedger } from "./ledger.ts";
import { lockOwner } from "./lock.ts";
import { refuseMoved } from "./moved.ts";
import { type Db, isNew, MEMORY, openSqlite } from "./open.ts";
import { sqliteRecords } from "./records.ts";
import { migrateWebInbox, sqliteWebInbox } from "./web-inbox.ts";
import { migrateWhatsapp, sqliteWhatsappRooms } from "./whatsapp-rooms.ts";

export interface SqliteStores extends Omit<Stores, "close"> {
  readonly db: Db;
  readonly sealer: Sealer;
  close(): void;
}

/** Opens a SQLite file for everything. Throws StoreError, with a sentence for the operator. */
export function openSqliteStores(options: StoreOptions): SqliteStores {
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
    const records = sqliteRecords({ db, sealer });
    if (options.as === "owner") refuseMoved(db);
    return {
      conversations: sqliteConversations({ db, sealer }),
      records,
      db,
      sealer,
      leases: undefined,
      crowd: undefined,
      webInbox: () => sqliteWebInbox(db, sealer),
      whatsappRooms: () => sqliteWhatsappRooms(db, sealer),
      ledger: sqliteLedger({ db, sealer, counter }),
      ownsAlone: owner !== undefined,
      warnings: [],
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
    "Use sqlite: and a path, for example sqlite:data/loket.db, or postgres:// and the server's address.",
  );
}
