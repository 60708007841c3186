import { mmbcBiller } from "../biller/mmbc.ts";
import { SANDBOX_LOGIN } from "../biller/sandbox/server.ts";
import { systemClock } from "../clock.ts";
import type { Config } from "../config.ts";
import { makeLog } from "../log.ts";
import type { OperatorDeps } from "../payments/operator.ts";
import { openStores, type Stores } from "../store/open.ts";
import { settingsOrExit } from "./settings.ts";
import { sentenceOf } from "./start.ts";

/** What a tool beside the running program works with. */
export interface Tools extends OperatorDeps {
  readonly config: Config;
  readonly stores: Stores;
  readonly records: Stores["records"];
}

/** Opens the stores beside the program, does the work, closes them; a fault becomes a sentence and the exit code 1. */
export async function withTools(work: (tools: Tools) => Promise<number>): Promise<void> {
  const config = settingsOrExit();
  let stores: Stores | undefined;
  try {
    stores = openStores({ databaseUrl: config.databaseUrl, secret: config.secret, as: "tool" });
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

/** The sandbox lives inside the program: a tool cannot reach it, and then its questions are not answered. */
function billerFor(config: Config, log: ReturnType<typeof makeLog>) {
  const login = config.mmbc ?? { ...SANDBOX_LOGIN, url: "http://127.0.0.1:1", body: "form" as const };
  return mmbcBiller({ ...login, clock: systemClock, log });
}
