import { KEEP } from "../domain/keep.ts";
import type { Log } from "../log.ts";
import type { Sealer } from "./sealing.ts";
import { openSqliteStores } from "./sqlite/stores.ts";
import { StoreError } from "./store-error.ts";
import type { StoreOptions, Stores } from "./stores.ts";

/**
 * Opens what DATABASE_URL and REDIS_URL name. Rejects with StoreError, a sentence for the operator. A vendor's library is
 * loaded only by who uses it.
 */
export async function openStores(options: StoreOptions): Promise<Stores> {
  const { redisUrl } = options;
  if (/^postgres(ql)?:/i.test(options.databaseUrl)) {
    if (redisUrl === undefined) {
      throw new StoreError("With PostgreSQL the conversations are in Redis.", "Name it in REDIS_URL.");
    }
    const { openPostgresStores } = await import("./postgres/stores.ts");
    return withRedis(await openPostgresStores(options), redisUrl, options.log);
  }
  const { close, ...stores } = openSqliteStores(options);
  const whole = { ...stores, close: async () => close() };
  return redisUrl === undefined ? whole : withRedis(whole, redisUrl, options.log);
}

type Database = Omit<Stores, "conversations" | "crowd"> & { readonly sealer: Sealer };

/** A database with the conversations beside it. */
async function withRedis(database: Database, url: string, log: Log | undefined): Promise<Stores> {
  const opened: (() => Promise<void>)[] = [database.close];
  try {
    const [{ openRedis }, { redisConversations }, { redisCrowd }, { checkRedisKey }] = await Promise.all([
      import("./redis/open.ts"),
      import("./redis/conversations.ts"),
      import("./redis/crowd.ts"),
      import("./redis/key-check.ts"),
    ]);
    const redis = await openRedis(url, log === undefined ? {} : { log });
    opened.unshift(redis.close);
    const { sealer, ownsAlone, warnings } = database;
    await checkRedisKey({ redis, sealer });
    return {
      ...database,
      conversations: redisConversations({ redis, sealer, keep: KEEP, alone: ownsAlone }),
      crowd: redisCrowd({ redis, sealer }),
      warnings: [...warnings, ...redis.warnings],
      close: () => closeAll(opened),
    };
  } catch (error) {
    await closeAll(opened);
    throw error;
  }
}

async function closeAll(opened: readonly (() => Promise<void>)[]): Promise<void> {
  for (const close of opened) await close();
}
