import { systemClock } from "../clock.ts";
import { KEEP } from "../domain/keep.ts";
import { enterRestored } from "../payments/settle/restored.ts";
import { moveConversations } from "../store/move/conversations.ts";
import { type Compared, moveDatabase } from "../store/move/database.ts";
import { openPostgresStores } from "../store/postgres/stores.ts";
import { redisConversations } from "../store/redis/conversations.ts";
import { checkRedisKey } from "../store/redis/key-check.ts";
import { openRedis } from "../store/redis/open.ts";
import { MOVED } from "../store/sqlite/moved.ts";
import { openSqliteStores, type SqliteStores } from "../store/sqlite/stores.ts";
import { StoreError } from "../store/store-error.ts";
import { operatorName, settingsOrExit } from "./settings.ts";
import { sentenceOf } from "./start.ts";

/** What moves where: addresses, as they were typed. */
export interface Migration {
  readonly from: string;
  readonly to: string;
  readonly redis: string;
  readonly json?: true;
}

/** Moves the file's counter to the new stores, and bars the file. A fault becomes a sentence and the exit code 1. */
export async function migrate({ from, to, redis, json }: Migration): Promise<void> {
  await withFile(from, async (file, secrets) => {
    const tables: Compared[] = [];
    const onTable = (told: Compared) => {
      tables.push(told);
      if (!json) console.log(`${String(told.rows).padStart(9)}  ${told.table}`);
    };
    const target = await openPostgresStores({ databaseUrl: to, as: "program", ...secrets, keyCheck: false });
    try {
      await moveDatabase(file.db, target.pg, onTable);
      const moved = await toRedis(file, redis);
      await file.records.flags.set(MOVED, target.pg.name, systemClock.now());
      const rows = tables.reduce((sum, one) => sum + one.rows, 0);
      if (json) console.log(JSON.stringify({ rows, tables, ...moved }));
      else console.log(doneText(rows, moved, secrets.secret === undefined));
    } finally {
      await target.close();
    }
  });
}

/** Takes the bar off a moved file. A fault becomes a sentence and the exit code 1. */
export async function unmigrate(from: string): Promise<void> {
  await withFile(from, async ({ ledger, records }) => {
    if ((await records.flags.get(MOVED)) === undefined) throw new StoreError("The file was not moved.", "Start on it.");
    // What was opened since the move is not in the file: as after a restore. The bar goes last.
    await enterRestored({ ledger, records, clock: systemClock }, operatorName(), "it was moved, and taken back");
    await records.flags.set(MOVED, undefined, systemClock.now());
    console.log("The counter starts on the file again, as after a restore: nothing is paid for 15 minutes.");
  });
}

async function toRedis(file: SqliteStores, url: string) {
  const redis = await openRedis(url);
  try {
    const { sealer } = file;
    await checkRedisKey({ redis, sealer });
    return await moveConversations(file, redisConversations({ redis, sealer, keep: KEEP, alone: false }));
  } finally {
    await redis.close();
  }
}

function doneText(
  rows: number,
  moved: { readonly conversations: number; readonly jobs: number },
  keyFile: boolean,
): string {
  const key = keyFile ? "LOKET_KEY_FILE naming a copy of the file's key (data/loket.db.key)" : "the same LOKET_SECRET";
  return [
    `${rows} rows are there and are the same, the balances too; ${moved.conversations} conversations and ${moved.jobs} jobs are in Redis.`,
    `Start the counters with DATABASE_URL, REDIS_URL and ${key}. The file starts no more, so that no bill is paid from both.`,
  ].join("\n");
}

type Secrets = { readonly secret: string | undefined; readonly keyFile: string | undefined };

/** The file, for us alone: a counter that runs on it would go on writing. */
async function withFile(url: string, work: (file: SqliteStores, secrets: Secrets) => Promise<void>): Promise<void> {
  const { secret, keyFile } = settingsOrExit();
  let file: SqliteStores | undefined;
  try {
    file = openSqliteStores({ databaseUrl: url, secret, keyFile, as: "program" });
    if (!file.ownsAlone) throw new StoreError("A counter runs on the file.", "Stop it first.");
    await work(file, { secret, keyFile: keyFile ?? (secret === undefined ? `${file.db.path}.key` : undefined) });
  } catch (error) {
    console.error(sentenceOf(error));
    process.exitCode = 1;
  } finally {
    file?.close();
  }
}
