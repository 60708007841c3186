import { openSealer, type Sealer } from "../sealing.ts";
import { StoreError } from "../store-error.ts";
import type { StoreOptions, Stores } from "../stores.ts";
import { checkKey, wasSealed } from "./key-check.ts";
import { postgresLeases } from "./leases.ts";
import { postgresLedger } from "./ledger.ts";
import { openPostgres, type Pg } from "./open.ts";
import { postgresRecords } from "./records.ts";
import { postgresWebInbox } from "./web-inbox.ts";
import { postgresWhatsappRooms } from "./whatsapp-rooms.ts";

export interface PostgresStores extends Omit<Stores, "conversations" | "crowd"> {
  readonly pg: Pg;
  readonly sealer: Sealer;
}

interface PostgresOptions extends StoreOptions {
  /** False for a database that is about to get everything, its key's mark too, from another one. */
  readonly keyCheck?: boolean;
}

/** All but the conversations, for any number of processes. Rejects with StoreError, a sentence for the operator. */
export async function openPostgresStores({
  databaseUrl,
  secret,
  keyFile,
  keyCheck = true,
}: PostgresOptions): Promise<PostgresStores> {
  const pg = await openPostgres(databaseUrl);
  let beats: Pg | undefined;
  const close = async () => {
    await beats?.close();
    await pg.close();
  };
  try {
    // A heartbeat that stands in a queue behind everything else comes too late, and the account rests for nothing.
    beats = await openPostgres(databaseUrl, { max: 1 });
    const sealer = openSealer({ secret, keyFile, mayMake: false });
    if (keyCheck) await checkKey(pg, sealer);
    else await wasSealed(pg);
    const [webInbox, whatsappRooms] = [await postgresWebInbox(pg, sealer), await postgresWhatsappRooms(pg, sealer)];
    return {
      pg,
      ledger: await postgresLedger({ pg, sealer }),
      records: await postgresRecords({ pg, sealer }),
      leases: await postgresLeases(beats),
      sealer,
      webInbox: () => webInbox,
      whatsappRooms: () => whatsappRooms,
      ownsAlone: false,
      warnings: await warningsOf(pg),
      backup() {
        throw new StoreError(
          `${pg.name} is PostgreSQL, which makes its own copies.`,
          "Use pg_dump, or continuous archiving; after putting one back run `npx loket restored`.",
        );
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A server that does not wait for its disk may forget that a payment was sent. */
async function warningsOf(pg: Pg): Promise<readonly string[]> {
  const row = await pg.get<{ fsync: string }>("SELECT current_setting('fsync') AS fsync");
  return row?.fsync === "off"
    ? ["PostgreSQL runs with fsync=off: a power cut can lose payments that were sent. Set fsync=on."]
    : [];
}
