import { existsSync } from "node:fs";
import type { Biller } from "../biller/biller.ts";
import { SANDBOX_LOGIN } from "../biller/sandbox/server.ts";
import { systemClock } from "../clock.ts";
import { databasePath } from "../config/stores.ts";
import type { Config } from "../config.ts";
import { makeLog } from "../log.ts";
import type { OperatorDeps } from "../payments/operator.ts";
import { openStores } from "../store/open.ts";
import { StoreError } from "../store/store-error.ts";
import type { Stores } from "../store/stores.ts";
import { settingsOrExit } from "./settings.ts";
import { sentenceOf } from "./start.ts";

/** What a tool beside the running program works with. */
export interface Tools extends OperatorDeps {
  readonly config: Config;
  readonly stores: Stores;
  readonly records: Stores["records"];
  readonly biller: Biller;
}

/**
 * Opens the stores beside the program, does the work, closes them; a fault becomes a sentence and the exit code 1.
 * `as` "program": where the counter does not run, the file is ours meanwhile, and may be brought up to date.
 */
export async function withTools(
  work: (tools: Tools) => Promise<number>,
  as: "tool" | "program" = "tool",
): Promise<void> {
  const config = settingsOrExit();
  let stores: Stores | undefined;
  try {
    stores = await openExisting(config, as);
    const log = makeLog("warn", (line) => process.stderr.write(line));
    const { ledger, records } = stores;
    const biller = billerFor(config, log);
    process.exitCode = await work({ config, stores, ledger, records, biller, clock: systemClock, log });
  } catch (error) {
    console.error(sentenceOf(error));
    process.exitCode = 1;
  } finally {
    await stores?.close();
  }
}

/** A tool makes no database: in the wrong folder an empty one would say that there are no payments. */
async function openExisting(
  { databaseUrl, redisUrl, secret, keyFile }: Config,
  as: "tool" | "program",
): Promise<Stores> {
  const path = databasePath(databaseUrl);
  if (path !== undefined && !existsSync(path)) {
    throw new StoreError(
      `There is no database ${path}.`,
      "Call the tool in the folder in which the counter is started, or set the same DATABASE_URL.",
    );
  }
  return openStores({ databaseUrl, redisUrl, secret, keyFile, as });
}

/** The sandbox lives inside the program: a tool cannot reach it, and then its questions are not answered. */
function billerFor(config: Config, log: ReturnType<typeof makeLog>): Biller {
  const login = config.mmbc ?? { ...SANDBOX_LOGIN, url: "http://127.0.0.1:1", body: "form" as const };
  let made: Promise<Biller> | undefined;
  // Its HTTP client takes as long to load as all else together, and few tools ask the biller anything.
  const biller = () => {
    made ??= import("../biller/mmbc.ts").then(({ mmbcBiller }) => mmbcBiller({ ...login, clock: systemClock, log }));
    return made;
  };
  return {
    regions: async (maxAgeMs) => (await biller()).regions(maxAgeMs),
    inquire: async (query) => (await biller()).inquire(query),
    pay: async (order, mayGo) => (await biller()).pay(order, mayGo),
    status: async (order) => (await biller()).status(order),
  };
}
