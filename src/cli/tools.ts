import type { Biller } from "../biller/biller.ts";
import type { Config } from "../config.ts";
import type { OperatorDeps } from "../payments/operator.ts";
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
  let tools: Tools | undefined;
  try {
    // Only now: what there is, and what was typed wrongly, is said without the stores, which take longer to load.
    const { openTools } = await import("./open-tools.ts");
    tools = await openTools(config, as);
    process.exitCode = await work(tools);
  } catch (error) {
    console.error(sentenceOf(error));
    process.exitCode = 1;
  } finally {
    await tools?.stores.close();
  }
}
