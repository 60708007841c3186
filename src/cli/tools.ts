import { existsSync } from "node:fs";
import type { Biller } from "../biller/biller.ts";
import { mmbcBiller } from "../biller/mmbc.ts";
import { SANDBOX_LOGIN } from "../biller/sandbox/server.ts";
import { systemClock } from "../clock.ts";
import { type Config, databasePath } from "../config.ts";
import { makeLog } from "../log.ts";
import type { OperatorDeps } from "../payments/operator.ts";
import { openStores, type Stores } from "../store/open.ts";
import { StoreError } from "../store/store-error.ts";
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
    stores = openExisting(config, as);
    const log = makeLog("warn", (line) => process.stderr.write(line));
    const { ledger, records } = stores;
    const biller = billerFor(config, log);
    process.exitCode = await work({ config, stores, ledger, records, biller, clock: systemClock, log });
  } catch (error) {
    console.error(sentenceOf(error));
    process.exitCode = 1;
  } finally {
    stores?.close();
  }
}

/** A tool makes no database: in the wrong folder an empty one would say that there are no payments. */
function openExisting({ databaseUrl, secret }: Config, as: "tool" | "program"): Stores {
  const path = databasePath(databaseUrl);
  if (!existsSync(path)) {
    throw new StoreError(
      `There is no database ${path}.`,
      "Call the tool in the folder in which the counter is started, or set the same DATABASE_URL.",
    );
  }
  return openStores({ databaseUrl, secret, as });
}

/** The sandbox lives inside the program: a tool cannot reach it, and then its questions are not answered. */
function billerFor(config: Config, log: ReturnType<typeof makeLog>) {
  const login = config.mmbc ?? { ...SANDBOX_LOGIN, url: "http://127.0.0.1:1", body: "form" as const };
  return mmbcBiller({ ...login, clock: systemClock, log });
}
