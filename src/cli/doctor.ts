import { existsSync } from "node:fs";
import { Command } from "commander";
import { systemClock } from "../clock.ts";
import { databasePath } from "../config/stores.ts";
import { type Config, readConfig } from "../config.ts";
import { loadDotEnv, WRONG } from "./settings.ts";
import { sentenceOf } from "./start.ts";

/** What was looked at, how it is, and what to do when it is not well. */
interface Finding {
  readonly what: string;
  readonly well: boolean;
  readonly says: string;
}

/** `npx loket doctor`: settings, stores, the biller's login, the channels' tokens. Exit code 1 when something is ill. */
export function doctorCommand(): Command {
  return new Command("doctor")
    .description("looks at settings, stores, the biller's login and the bot's token, and says what to do")
    .action(async () => {
      loadDotEnv();
      const read = readConfig(process.env);
      if (read.kind === "faults") {
        for (const fault of read.faults) show({ what: "settings", well: false, says: fault });
        process.exitCode = WRONG;
        return;
      }
      show({ what: "settings", well: true, says: "all read" });
      const findings = [
        node(),
        await stores(read.config),
        await biller(read.config),
        await telegram(read.config),
        money(read.config),
      ];
      for (const finding of findings) show(finding);
      process.exitCode = findings.every(({ well }) => well) ? 0 : 1;
    });
}

function show({ what, well, says }: Finding): void {
  console.log(`${well ? "ok   " : "FAULT"} ${what.padEnd(9)} ${says}`);
}

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const well = major > 20 || (major === 20 && minor >= 19);
  return {
    what: "node",
    well,
    says: well ? process.version : `${process.version} is too old: install Node 20.19 or later`,
  };
}

async function stores({ databaseUrl, redisUrl, secret, keyFile }: Config): Promise<Finding> {
  const path = databasePath(databaseUrl);
  if (path !== undefined && !existsSync(path))
    return { what: "database", well: true, says: `${path} is not there yet: the first start makes it` };
  try {
    const { openStores } = await import("../store/open.ts");
    const opened = await openStores({ databaseUrl, redisUrl, secret, keyFile, as: "tool" });
    const { warnings } = opened;
    await opened.conversations.depth();
    await opened.close();
    const name = path ?? "PostgreSQL";
    const redis = redisUrl === undefined ? "" : "; Redis answers";
    return { what: "database", well: true, says: [`${name} opens, and its key fits${redis}`, ...warnings].join(". ") };
  } catch (error) {
    return { what: "database", well: false, says: sentenceOf(error) };
  }
}

async function biller({ mmbc }: Config): Promise<Finding> {
  if (mmbc === undefined) return { what: "biller", well: true, says: "the built-in sandbox: no tax is really paid" };
  // The clients are large: no other command waits for them to be loaded.
  const [{ mmbcBiller }, { silentLog }] = await Promise.all([import("../biller/mmbc.ts"), import("../log.ts")]);
  const client = mmbcBiller({ ...mmbc, clock: systemClock, log: silentLog });
  const answer = await client.regions(0);
  if (answer.kind === "regions") {
    const open = answer.regions.filter((region) => region.open).map(({ product }) => product);
    return { what: "biller", well: true, says: `${mmbc.url} takes the login; open: ${open.join(", ") || "none"}` };
  }
  const advice = {
    login: "check MMBC_USERNAME and MMBC_PASSWORD, and that the biller has this machine's address on its list",
    network: "check MMBC_URL and this machine's way to the internet",
    timeout: "it did not answer in time; try again",
    garbled: "what answered does not speak the biller's language: check MMBC_URL, and try MMBC_BODY=json",
  } as const;
  return { what: "biller", well: false, says: `${mmbc.url}: ${answer.reason}. ${advice[answer.why]}` };
}

async function telegram({ telegram: settings }: Config): Promise<Finding> {
  if (settings === undefined) return { what: "telegram", well: true, says: "off (TELEGRAM_BOT_TOKEN is not set)" };
  const { checkToken } = await import("../channels/telegram/check.ts");
  const checked = await checkToken(settings.token, settings.apiRoot);
  return { what: "telegram", well: checked.well, says: checked.says };
}

function money(config: Config): Finding {
  const open = config.customers === "direct" && config.mmbc !== undefined && config.directUsers.length === 0;
  if (!open) return { what: "money", well: true, says: `customers: ${config.customers}` };
  return {
    what: "money",
    well: true,
    says: "CUSTOMER_PAYMENT=direct without DIRECT_USERS: whoever confirms debits your deposit. Set DIRECT_USERS, or use relay",
  };
}
