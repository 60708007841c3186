import type { Reader } from "./reader.ts";

/** Where things are kept. */
export interface StoreSettings {
  /** `sqlite:…` or `postgres://…`. */
  readonly databaseUrl: string;
  /** Undefined: the conversations are in the database. */
  readonly redisUrl: string | undefined;
  readonly secret: string | undefined;
  /** A key file in place of the secret; undefined: beside the SQLite file. */
  readonly keyFile: string | undefined;
}

export const DEFAULT_DATABASE = "sqlite:data/loket.db";
const POSTGRES = "postgres://loket:password@127.0.0.1:5432/loket";
const REDIS = "redis://127.0.0.1:6379";

/** The environment's values are not repeated: an address may hold a password. */
export function readStores(reader: Reader): StoreSettings {
  const settings = {
    databaseUrl: readDatabase(reader),
    redisUrl: readRedis(reader),
    secret: readSecret(reader),
    keyFile: reader.text("LOKET_KEY_FILE"),
  };
  if (!isShared(settings)) return settings;
  if (settings.redisUrl === undefined) {
    reader.fault("REDIS_URL", "is missing: with PostgreSQL the conversations are in Redis", REDIS);
  }
  if (settings.secret === undefined && settings.keyFile === undefined) {
    reader.fault(
      "LOKET_SECRET",
      "is missing: all processes on one PostgreSQL need the same (or the same LOKET_KEY_FILE)",
      SECRET,
    );
  }
  return settings;
}

/** Whether several processes may run on these stores. */
export function isShared({ databaseUrl }: Pick<StoreSettings, "databaseUrl">): boolean {
  return /^postgres(ql)?:/i.test(databaseUrl);
}

/** The file that a checked DATABASE_URL names; undefined of PostgreSQL. */
export function databasePath(url: string): string | undefined {
  return isShared({ databaseUrl: url }) ? undefined : url.replace(/^sqlite:(?:\/\/(?=\/))?/, "");
}

function readDatabase(reader: Reader): string {
  const url = reader.text("DATABASE_URL") ?? DEFAULT_DATABASE;
  if (isShared({ databaseUrl: url })) {
    if (!/^postgres(ql)?:\/\/./i.test(url) || !URL.canParse(url)) {
      reader.fault("DATABASE_URL", "is no address of a PostgreSQL database", POSTGRES);
    }
  } else if (!/^sqlite:.+/.test(url)) {
    reader.fault("DATABASE_URL", "must begin with sqlite: and name a file, or with postgres://", DEFAULT_DATABASE);
  }
  return url;
}

function readRedis(reader: Reader): string | undefined {
  const url = reader.text("REDIS_URL");
  if (url !== undefined && !/^rediss?(\+sentinel|\+cluster)?:\/\/./.test(url)) {
    reader.fault("REDIS_URL", "is no address of a Redis", REDIS);
  }
  return url;
}

const SECRET = "$(openssl rand -hex 32)";

function readSecret(reader: Reader): string | undefined {
  const secret = reader.text("LOKET_SECRET");
  if (secret !== undefined && secret.length < 32) {
    reader.fault("LOKET_SECRET", "must have at least 32 characters", SECRET);
  }
  return secret;
}
