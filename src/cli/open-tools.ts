import { existsSync } from "node:fs";
import type { Biller } from "../biller/biller.ts";
import { systemClock } from "../clock.ts";
import { databasePath } from "../config/stores.ts";
import type { Config } from "../config.ts";
import { makeLog } from "../log.ts";
import { openStores } from "../store/open.ts";
import { StoreError } from "../store/store-error.ts";
import type { Stores } from "../store/stores.ts";
import type { Tools } from "./tools.ts";

/** An address at which nobody answers. */
const NOBODY = { url: "http://127.0.0.1:1", username: "nobody", password: "nobody", body: "form" } as const;

/** Opens the stores, and what works on them. Rejects with StoreError, a sentence for the operator. */
export async function openTools(config: Config, as: "tool" | "program"): Promise<Tools> {
  const stores = await openExisting(config, as);
  const log = makeLog("warn", (line) => process.stderr.write(line));
  const { ledger, records } = stores;
  return { config, stores, ledger, records, biller: billerFor(config, log), clock: systemClock, log };
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
  const login = config.mmbc ?? NOBODY;
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
